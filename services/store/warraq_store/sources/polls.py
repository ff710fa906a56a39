"""Polled pages: what a poll brought is learned from, counted, kept for people who look, and decides the next one.

``note`` says what the bytes of a poll brought, before its page ends; ``plan`` is asked by the page's end when it is
due next; ``record`` writes down how it went. The rules of a transaction (what the settings say) are given once, by
``use``.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlmodel import Session, col, select

from warraq_shared.parsed import SourceFacts
from warraq_shared.reasons import FailureClass, Reason
from warraq_store.schedule.lifecycle import Ending, Plan, revisit_ages
from warraq_store.sources import every, rhythm, tally
from warraq_store.sources.every import Limits, Wait
from warraq_store.sources.rhythm import Learned
from warraq_store.sources.traps import shape_of
from warraq_store.tables import Page, Poll, PollEvent, Source
from warraq_store.websub import hub_trust, subscriptions

# The origin of what a section page says about its links.
SECTION_ORIGIN: Final = "section"
KEPT_EVENTS: Final = 30
# A source fails long when so much has failed in a row: then it rests, and is looked at now and then.
RESTS_AT: Final = 30.0
_WEIGHTS = {Reason.DNS: 0.25, Reason.HOST_BUSY: 0.0, Reason.INTAKE_FULL: 0.0, Reason.THROTTLED: 0.5}
_CLASS_WEIGHTS = {
    FailureClass.NONE: 0.0,
    FailureClass.PERMANENT: 1.0,
    FailureClass.TEMPORARY: 0.5,
    FailureClass.THROTTLED: 0.5,
}
_LIMITS, _BROUGHT = "warraq_limits", "warraq_brought"
# Waits and lost leases are no polls: nobody has answered yet.
NO_POLL: Final = frozenset({Reason.HOST_BUSY, Reason.INTAKE_FULL, Reason.RAW_LOST, Reason.LEASE_EXPIRED})
_CHANGES_OVER_DAYS = 14


class Brought(NamedTuple):
    """What the bytes of one poll brought. ``published`` are the dates of its new items, as far as they have one."""

    items: int
    new: int
    published: tuple[datetime, ...]
    newest: datetime | None
    facts: SourceFacts | None
    headers: dict[str, str]


def use(session: Session, limits: Limits) -> None:
    """Have this transaction decide by ``limits``."""
    session.info[_LIMITS] = limits


def limits_of(session: Session) -> Limits:
    """Return the limits by which this transaction decides."""
    limits: Limits = session.info.get(_LIMITS) or Limits()
    return limits


def note(session: Session, page: Page, brought: Brought) -> None:
    """Note what the poll of ``page`` brought, for its end in the same transaction."""
    noted: dict[int, Brought] = session.info.setdefault(_BROUGHT, {})
    noted[page.id or 0] = brought


def plan(session: Session, page: Page, ending: Ending, now: datetime) -> Plan:
    """Return what the page's source and what was learned of it mean for the time after ``ending``."""
    source = session.get(Source, page.source_id) if page.source_id else None
    if page.role == "article":
        return Plan(revisit_ages=_ages(session, source, now))
    if page.list_page is not None:
        return Plan(revisit_ages=())
    if ending.reason in NO_POLL:
        return Plan()
    poll = _poll(session, page)
    wait = _learn(session, page, poll, source, ending, now)
    poll.wait_seconds, poll.wait_because = wait.seconds, wait.because
    return Plan(poll_after=wait.seconds, rests=poll.failure_weight >= RESTS_AT)


def _ages(session: Session, source: Source | None, now: datetime) -> tuple[float, ...]:
    if source is None or source.id is None:
        return revisit_ages("news", None)
    return revisit_ages(source.revisits, _changing(session, source.id, now))


def _changing(session: Session, source_id: int, now: datetime) -> float | None:
    """Return the share of second looks that found another text; None while that rests on too few."""
    known: dict[int, float | None] = session.info.setdefault("warraq_changing", {})
    if source_id not in known:
        rows = tally.days(session, source_id, now, _CHANGES_OVER_DAYS)
        looks = tally.total(rows, "looks")
        known[source_id] = tally.total(rows, "changes") / looks if looks >= 20 else None
    return known[source_id]


def _poll(session: Session, page: Page) -> Poll:
    known = session.get(Poll, page.id)
    if known is None:
        known = Poll(page_id=page.id or 0)
        session.add(known)
    return known


def _learn(session: Session, page: Page, poll: Poll, source: Source | None, ending: Ending, now: datetime) -> Wait:
    """Bring ``poll`` up to what this ending tells and return the wait until the next one."""
    brought: Brought | None = session.info.get(_BROUGHT, {}).get(page.id)
    found = hub_trust.Found(brought.new if brought else 0, poll.polled_at, poll.brought_at)
    _note_health(poll, ending, now)
    known = known_of(poll, now)
    if is_good(ending.reason):
        known = _learned(poll, known, brought, now)
        poll.learned = known._asdict()
    if brought is not None:
        _keep_facts(poll, brought, now)
        _keep_hub(session, page, poll, brought.facts, now)
    elif ending.headers:
        poll.floor_seconds = every.publisher_floor(dict(ending.headers), None, now)
    poll.polls += 1
    poll.polled_at = now
    wait = _next_wait(session, poll, source, known, brought, now)
    if not poll.hub_url or not is_good(ending.reason):
        return wait
    limits = limits_of(session)
    if source is not None and source.every != every.AUTO:
        limits = replace(limits, pushed=None)  # an interval or cron is the user's word
    return hub_trust.wait_after(session, poll.page_id, wait, found, limits, now)


def _next_wait(
    session: Session, poll: Poll, source: Source | None, known: Learned, brought: Brought | None, now: datetime
) -> Wait:
    full = brought.new / brought.items if brought is not None and brought.items and poll.polls > 1 else 0.0
    return every.next_wait(
        source.every if source else every.AUTO,
        source.time_zone if source else "UTC",
        known,
        now,
        floor=poll.floor_seconds,
        limits=limits_of(session),
        full=full,
        polls=poll.polls - 1,
    )


def is_good(reason: Reason) -> bool:
    """Tell whether a poll that ended so was answered as it should be, with or without news."""
    return reason.failure is FailureClass.NONE and reason not in (Reason.EMPTY_FEED, Reason.NO_TEXT)


def weight(reason: Reason) -> float:
    """Return how much a failed poll counts: what looks like the end 1, what may pass half, a name server a quarter."""
    return _WEIGHTS.get(reason, _CLASS_WEIGHTS[reason.failure])


def _note_health(poll: Poll, ending: Ending, now: datetime) -> None:
    if is_good(ending.reason):
        poll.succeeded_at, poll.failing_since, poll.failure_weight = now, None, 0.0
        return
    poll.failing_since = poll.failing_since or now
    poll.failure_weight += weight(ending.reason)


def known_of(poll: Poll, now: datetime) -> Learned:
    """Return what was learned so far; what an older version left behind and cannot be read is learned anew."""
    try:
        known = Learned(**poll.learned)
        return known._replace(hours=tuple(known.hours), weekdays=tuple(known.weekdays))
    except TypeError:
        return Learned(now.timestamp(), counted_at=now.timestamp())


def _learned(poll: Poll, known: Learned, brought: Brought | None, now: datetime) -> Learned:
    moment = now.timestamp()
    dates = [date.timestamp() for date in brought.published] if brought else []
    if poll.succeeded_at is None or not poll.learned:
        return rhythm.first_look(moment, dates)
    new = brought.new if brought else 0
    return rhythm.learn(known, moment, believable(dates, new, known.at, moment))


def believable(dates: list[float], new: int, since: float, now: float) -> list[float]:
    """Return a moment for each of ``new`` items: its date where that lies since the last poll, else spread evenly.

    Dates may be missing or lie (sitemaps; a feed that dates by editing): that an item was not there at the last poll
    is certain.
    """
    inside = [date for date in dates if since <= date <= now][:new]
    rest = new - len(inside)
    return inside + [since + (now - since) * (i + 0.5) / rest for i in range(rest)]


def _keep_facts(poll: Poll, brought: Brought, now: datetime) -> None:
    ttl = brought.facts.ttl_seconds if brought.facts else None
    poll.items, poll.new_items = brought.items, brought.new
    poll.floor_seconds = every.publisher_floor(brought.headers, ttl, now)
    poll.newest_at = max(filter(None, (poll.newest_at, brought.newest)), default=None)
    if brought.new:
        poll.brought_at = now


def _keep_hub(session: Session, page: Page, poll: Poll, facts: SourceFacts | None, now: datetime) -> None:
    """Keep the hub that a feed names, with the topic by which the hub knows it: its own address of itself."""
    if facts is None or (poll.hub_url is None and facts.hub_url is None):
        return
    hubs = (facts.hub_url, *facts.other_hubs) if facts.hub_url else ()
    subscriptions.offer(session, poll.page_id, hubs, facts.self_url or page.url, now)
    poll.hub_url = facts.hub_url


def record(session: Session, page: Page, ending: Ending, now: datetime) -> None:
    """Write down how a handing-out of ``page`` ended: an event of a polled page, the counters of its source's day."""
    if ending.reason in NO_POLL:
        return
    if page.role == "article":
        _count_article(session, page, ending, now)
        return
    brought: Brought | None = session.info.get(_BROUGHT, {}).pop(page.id, None)
    if page.list_page is not None:
        if brought is not None:
            tally.count(session, page.source_id, now, items=brought.items, new_items=brought.new)
        return
    poll = _poll(session, page)
    if ending.stage == "parse" and not is_good(ending.reason):
        # Or "not modified" would be the answer to the next poll, and look like a recovery.
        page.etag = page.last_modified = page.content_hash = None
    _keep_event(session, poll, ending, brought, now)
    tally.count(
        session,
        page.source_id,
        now,
        polls=1,
        failed_polls=int(not is_good(ending.reason)),
        items=brought.items if brought else 0,
        new_items=brought.new if brought else 0,
    )


def _keep_event(session: Session, poll: Poll, ending: Ending, brought: Brought | None, now: datetime) -> None:
    values: dict[str, Any] = {
        "polled_at": now,
        "reason": ending.reason,
        "detail": ending.detail[:500],
        "http_status": ending.http_status,
        "items": brought.items if brought else 0,
        "new_items": brought.new if brought else 0,
        "wait_seconds": poll.wait_seconds,
    }
    session.merge(PollEvent(page_id=poll.page_id, slot=poll.polls % KEPT_EVENTS, **values))


def _count_article(session: Session, page: Page, ending: Ending, now: datetime) -> None:
    if page.source_id is None:
        return
    is_second_look = page.revisit > 0
    has_article = ending.reason in (Reason.OK, Reason.MOVED, Reason.DUPLICATE_URL)
    failed = ending.reason.failure is not FailureClass.NONE
    tally.count(
        session,
        page.source_id,
        now,
        articles=int(has_article and not is_second_look),
        no_articles=int(not has_article and not failed and not is_second_look),
        failed_pages=int(failed and ending.reason.state.value != "refused"),
        refused_pages=int(ending.reason.state.value == "refused"),
        looks=int(is_second_look and not failed),
        changes=int(ending.changed),
    )
    if not is_second_look and not failed and (page.hints or {}).get("origin") == SECTION_ORIGIN:
        came = {"articles": 1} if has_article else {"others": 1}
        tally.count_shape(session, page.source_id, shape_of(page.url), **came)


def events(session: Session, page_id: int) -> list[PollEvent]:
    """Return the newest polls of a page, newest first."""
    query = select(PollEvent).where(PollEvent.page_id == page_id).order_by(col(PollEvent.polled_at).desc())
    return list(session.exec(query))
