"""What is due: one tick hands out pages, ranked so that no host and no source fills the batch.

Never more than the stages can take, never faster than each host's pace. What it costs follows from what is due, not
from what is known: see ``hosts.py``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlmodel import Session, col, select

from warraq_shared.messages import FetchPages, FetchPolicy, PageToFetch
from warraq_shared.parsed import ItemHints
from warraq_store.schedule import due, hosts, pages
from warraq_store.schedule.lifecycle import DEFAULT_POLL
from warraq_store.sources import own_rules
from warraq_store.tables import Page, Poll, Source

# So many hosts are looked at by one tick, also when there is room for fewer pages: a source with many hosts must not
# hide the others.
MOST_HOSTS = 1000
# One poll in so many asks for the whole page.
WHOLE_EVERY = 24
# A visit should be over well before its lease is, or its last pages would be given out twice.
_LEASE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Given:
    """What sources say about the pages to give out: the policy of each, which are paused, the digest of own rules."""

    policies: Mapping[int | None, FetchPolicy]
    paused: frozenset[int]
    rules: Mapping[int | None, str]

    def policy(self, source_id: int | None) -> FetchPolicy:
        """Return what the source asks of the fetcher; nothing without a source."""
        return self.policies.get(source_id) or FetchPolicy()


def tick(
    session: Session, now: datetime, *, room: int, lease_seconds: float, visit_pages: int, host_delay: float = 0.0
) -> list[FetchPages]:
    """Hand out what is due, at most ``room`` pages, and return the visits to publish once this is committed.

    Lease and due time change in the caller's transaction, so a crash before publishing costs one lease, no page.
    """
    if room <= 0:
        return []
    hosts.settle(session)
    ready = hosts.take_turns(session, now, MOST_HOSTS)
    if not ready:
        return []
    fair_share = max(1, min(visit_pages, -(-room // len(ready))))
    found = due.due_pages(session, [host.name for host in ready], now, fair_share)
    given = _given(session, found)
    free = _without_held(session, found, given)
    chosen = _ranked(_at_pace(free, given, host_delay, lease_seconds), visit_pages)[:room]
    made = _lease(session, chosen, given, now, lease_seconds, visit_pages)
    hosts.put_back(session, ready, _seconds_at_pace(chosen, given, host_delay), now)
    return made


def _given(session: Session, found: Iterable[Page]) -> Given:
    ids = {page.source_id for page in found if page.source_id is not None}
    sources = session.exec(select(Source).where(col(Source.id).in_(ids))).all() if ids else ()
    return Given(
        policies={source.id: FetchPolicy.model_validate(source.policy) for source in sources},
        paused=frozenset(source.id for source in sources if source.paused and source.id is not None),
        rules={source.id: rules.digest for source in sources if (rules := own_rules.of(source)) is not None},
    )


def _without_held(session: Session, found: Iterable[Page], given: Given) -> list[Page]:
    """Return the pages that may go out; those of paused sources are put where no tick looks until they resume."""
    free = []
    for page in found:
        if page.source_id in given.paused and page.priority != pages.HAND_ADDED:
            page.priority += pages.HELD
            session.add(page)
        else:
            free.append(page)
    return free


def _at_pace(found: Iterable[Page], given: Given, host_delay: float, lease_seconds: float) -> list[Page]:
    """Leave out what a host could not be asked for within the lease."""
    taken: dict[str, float] = {}
    kept = []
    for page in found:
        seconds = taken.get(page.host, 0.0)
        if seconds <= lease_seconds * _LEASE_SHARE:
            kept.append(page)
        taken[page.host] = seconds + _delay(page, given, host_delay)
    return kept


def _ranked(found: Sequence[Page], visit_pages: int) -> list[Page]:
    """Put the first pages of every host and source before the second ones; what a person waits for before all."""
    of_host: Counter[str] = Counter()
    of_source: Counter[int] = Counter()
    ranked: list[tuple[int, int, int, Page]] = []
    for place, page in enumerate(found):
        rank = max(of_host[page.host], of_source[page.source_id] // visit_pages if page.source_id else 0)
        of_host[page.host] += 1
        if page.source_id:
            of_source[page.source_id] += 1
        ranked.append((-1 if page.priority == pages.HAND_ADDED else rank, page.priority, place, page))
    return [page for *_, page in sorted(ranked, key=lambda entry: entry[:3])]


def _seconds_at_pace(chosen: Iterable[Page], given: Given, host_delay: float) -> dict[str, float]:
    seconds: dict[str, float] = {}
    for page in chosen:
        seconds[page.host] = seconds.get(page.host, 0.0) + _delay(page, given, host_delay)
    return seconds


def _delay(page: Page, given: Given, host_delay: float) -> float:
    asked = given.policy(page.source_id).delay_seconds
    return host_delay if asked is None else asked


def visits(
    session: Session, chosen: Sequence[Page], now: datetime, *, lease_seconds: float, visit_pages: int
) -> list[FetchPages]:
    """Lease ``chosen`` and return them as visits: pages of one host and one source, at most ``visit_pages`` each."""
    return _lease(session, chosen, _given(session, chosen), now, lease_seconds, visit_pages)


def _lease(
    session: Session, chosen: Iterable[Page], given: Given, now: datetime, lease_seconds: float, visit_pages: int
) -> list[FetchPages]:
    leased = sorted(chosen, key=lambda page: (page.host, page.source_id or 0, page.priority))
    pages.hand_out(session, leased, now, lease_seconds)
    whole = _set_next_due(session, leased, now)
    made: list[FetchPages] = []
    for (host, _), group in groupby(leased, key=lambda page: (page.host, page.source_id)):
        of_host = list(group)
        for i in range(0, len(of_host), visit_pages):
            made.append(_visit(host, of_host[i : i + visit_pages], given, whole))
    return sorted(made, key=lambda visit: not visit.priority)


def _set_next_due(session: Session, leased: Iterable[Page], now: datetime) -> frozenset[int]:
    """Set when polled pages are due next before they are fetched, so that no crash makes us hammer a site.

    Returns the ids of those that are fetched whole this time, without validators: some servers say "not modified" of
    what has changed, and a lie must end.
    """
    lists = [page for page in leased if page.role != "article" and page.list_page is None]
    polled = {page.id: page for page in lists if page.id is not None}
    if not polled:
        return frozenset()
    query = select(Poll.page_id, Poll.wait_seconds, Poll.polls).where(col(Poll.page_id).in_(polled))
    known = {page_id: (wait, polls) for page_id, wait, polls in session.exec(query).all()}
    for page_id, page in polled.items():
        wait, _ = known.get(page_id, (None, 0))
        page.due_at = now + timedelta(seconds=wait or DEFAULT_POLL)
    return frozenset(page_id for page_id, (_, polls) in known.items() if polls % WHOLE_EVERY == WHOLE_EVERY - 1)


def _visit(host: str, some: Sequence[Page], given: Given, whole: frozenset[int]) -> FetchPages:
    """Return a visit to ``some`` pages of one source."""
    source_id = some[0].source_id
    rules = given.rules.get(source_id)
    return FetchPages(
        host=host,
        pages=tuple(_to_fetch(page, rules, whole=page.id in whole) for page in some),
        policy=given.policy(source_id),
        priority=any(page.priority == pages.HAND_ADDED for page in some),
    )


def _to_fetch(page: Page, rules: str | None, *, whole: bool) -> PageToFetch:
    return PageToFetch(
        page_id=page.id or 0,
        lease=page.lease or "",
        url=page.url,
        etag=None if whole else page.etag,
        last_modified=None if whole else page.last_modified,
        content_hash=page.content_hash,
        hints=ItemHints.model_validate(page.hints) if page.hints else None,
        rules=rules,
    )
