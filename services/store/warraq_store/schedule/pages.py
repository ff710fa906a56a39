"""The status index: what is known of every URL, and the ways a page's state may change.

``register`` makes pages known, ``hand_out`` leases them, ``end`` records how a handing-out ended, ``reap`` takes back
what was not reported in time. Each works inside the caller's transaction.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from pydantic import AwareDatetime
from sqlalchemy import and_, func, literal_column, update
from sqlmodel import Session, col, select

from warraq_shared.article import Frozen
from warraq_shared.messages import FetchedPage
from warraq_shared.parsed import ItemHints
from warraq_shared.reasons import PageState, Reason
from warraq_shared.urls import host_of, site_of
from warraq_store import explain
from warraq_store.schedule import hosts
from warraq_store.schedule.lifecycle import Ending, next_step
from warraq_store.sources import polls
from warraq_store.tables import DeadLetter, Page, Tombstone
from warraq_store.upserts import insert_or_ignore

HAND_ADDED: Final = 0
POLL: Final = 1
NEW_ARTICLE: Final = 2
REVISIT: Final = 3
# Added to the priority of pages whose source is paused: no tick looks there.
HELD: Final = 10
# As a literal, not a parameter: only so does a planner know that the index of the polled pages fits.
IS_POLLED: Final = and_(col(Page.role) != literal_column("'article'"), col(Page.list_page).is_(None))
_CHUNK = 500


class NewPage(Frozen):
    """A page to make known. ``url`` is canonical; without ``due_at`` it is due at once.

    With another ``reason`` than NEW it is known and not fetched.
    """

    url: str
    role: str = "article"
    source_id: int | None = None
    priority: int = NEW_ARTICLE
    hints: ItemHints | None = None
    due_at: AwareDatetime | None = None
    reason: Reason = Reason.NEW
    list_page: int | None = None


def register(session: Session, pages: Sequence[NewPage], now: datetime) -> int:
    """Make ``pages`` known and due; those already known, or forgotten on request, stay as they are.

    Returns how many were new.
    """
    fresh = unknown(session, [page.url for page in pages])
    insert(session, [page for page in pages if page.url in fresh], now)
    return len(fresh)


def unknown(session: Session, urls: Iterable[str]) -> set[str]:
    """Return those of canonical ``urls`` that are not known and were not forgotten on request."""
    fresh = set(urls)
    for some in _chunks(sorted(fresh)):
        known = session.exec(select(Page.url).where(col(Page.url).in_(some))).all()
        forgotten = session.exec(select(Tombstone.url).where(col(Tombstone.url).in_(some))).all()
        fresh.difference_update(known, forgotten)
    return fresh


def insert(session: Session, pages: Iterable[NewPage], now: datetime) -> None:
    """Make ``pages`` known, which were unknown a moment ago."""
    # In one order, so that two writers of the same pages wait for each other once; the unique URL decides.
    rows = [new_row(page, now) for page in sorted({page.url: page for page in pages}.values(), key=lambda p: p.url)]
    if rows:
        session.execute(insert_or_ignore(session, Page), rows)
    for row in rows:
        if row["due_at"] is not None:
            hosts.wake(session, row["host"], row["due_at"])


def new_row(page: NewPage, now: datetime) -> dict[str, Any]:
    """Return the row of a page that becomes known."""
    return {
        "url": page.url,
        "host": str(host_of(page.url)),
        "site": site_of(page.url),
        "source_id": page.source_id,
        "role": page.role,
        "state": page.reason.state,
        "reason": page.reason,
        "detail": "",
        "list_page": page.list_page,
        "priority": page.priority,
        "due_at": (page.due_at or now) if page.reason is Reason.NEW else None,
        "attempt": 0,
        "failures": 0,
        "revisit": 0,
        "discovered_at": now,
        "hints": page.hints.model_dump(mode="json") if page.hints else None,
    }


def find(session: Session, url: str) -> Page | None:
    """Return the page of a canonical URL, if it is known."""
    return session.exec(select(Page).where(Page.url == url)).first()


def locked(session: Session, page_ids: Iterable[int]) -> dict[int, Page]:
    """Return the pages of ``page_ids``, locked for this transaction, in one order so that no two writers block."""
    wanted = sorted(set(page_ids))
    query = select(Page).where(col(Page.id).in_(wanted)).order_by(col(Page.id)).with_for_update()
    return {page.id: page for page in session.exec(query) if page.id is not None}


def hand_out(session: Session, pages: Sequence[Page], now: datetime, lease_seconds: float) -> None:
    """Lease ``pages`` until ``now`` plus ``lease_seconds``; the attempt is counted before the work."""
    until = now + timedelta(seconds=lease_seconds)
    for page in pages:
        page.lease = uuid.uuid4().hex
        page.leased_until = until
        page.attempt += 1
        page.state = PageState.LEASED
        page.reason = Reason.LEASED
        session.add(page)


def is_current(page: Page, lease: str, fetched_at: datetime | None = None) -> bool:
    """Tell whether a report belongs to the page's newest handing-out, or brings newer bytes than it has.

    A late report of a lost lease must not undo a newer one; but bytes that came are not thrown away.
    """
    if page.lease == lease:
        return True
    return fetched_at is not None and (page.fetched_at is None or page.fetched_at < fetched_at)


def end(session: Session, page: Page, ending: Ending, now: datetime) -> None:
    """Record how a handing-out of ``page`` ended, and when it is due next."""
    plan = polls.plan(session, page, ending, now)
    polls.record(session, page, ending, now)
    role = page.role if page.list_page is None else "article"  # a further page ends as one: it is not due by itself
    step = next_step(ending, role=role, failures=page.failures, revisit=page.revisit, now=now, plan=plan)
    page.state = step.state
    page.reason = step.reason
    page.detail = ending.detail
    page.http_status = ending.http_status if ending.http_status is not None else page.http_status
    page.due_at = step.due_at
    page.failures = step.failures
    page.revisit = step.revisit
    page.priority = step.priority if step.priority is not None else page.priority
    page.moved_to = ending.moved_to or page.moved_to
    page.ended_at = now
    page.attempt = 0
    page.lease = None
    page.leased_until = None
    session.add(page)
    if page.due_at is not None:
        hosts.wake(session, page.host, page.due_at)
    if step.dead:
        session.add(
            DeadLetter(page_id=page.id or 0, stage=ending.stage, reason=step.reason, detail=ending.detail, died_at=now)
        )


def remember_fetch(page: Page, fetched: FetchedPage) -> None:
    """Keep what makes the next fetch of ``page`` cheap: its validators and the hash of its bytes."""
    page.fetched_at = fetched.fetched_at
    page.http_status = fetched.status
    page.etag = fetched.headers.get("etag")
    page.last_modified = fetched.headers.get("last-modified")
    page.content_hash = fetched.content_hash


def reap(session: Session, now: datetime, max_attempts: int, limit: int = 1000) -> int:
    """Take back pages whose lease ran out: due again, or a dead letter after ``max_attempts``. Returns how many."""
    query = (
        select(Page)
        .where(col(Page.lease).is_not(None), col(Page.leased_until) < now)
        .order_by(col(Page.leased_until))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    lost = list(session.exec(query))
    for page in lost:
        attempt = page.attempt
        if attempt >= max_attempts:
            end(session, page, Ending(Reason.TOO_MANY_ATTEMPTS, f"Given out {attempt} times.", stage="lease"), now)
            continue
        page.state, page.reason = PageState.WAITING, Reason.LEASE_EXPIRED
        page.lease, page.leased_until, page.due_at = None, None, now
        session.add(page)
        hosts.wake(session, page.host, now)
    explain.remember(session, {page.id or 0: explain.of_lost_lease(page.attempt, now) for page in lost})
    return len(lost)


def make_due(session: Session, urls: Sequence[str], now: datetime, *, forget_validators: bool) -> None:
    """Make known pages due now, ahead of what waits. Without their validators they come whole."""
    values: dict[str, Any] = {"due_at": now, "priority": HAND_ADDED, "failures": 0}
    if forget_validators:
        values |= {"etag": None, "last_modified": None, "content_hash": None}
    for some in _chunks(list(urls)):
        session.execute(update(Page).where(col(Page.url).in_(some), col(Page.lease).is_(None)).values(**values))
    for url in urls:
        hosts.wake(session, str(host_of(url)), now)


def given_out(session: Session) -> int:
    """Return how many pages are given out now. Costs what is given out, not what is known."""
    return int(session.exec(select(func.count()).select_from(Page).where(col(Page.lease).is_not(None))).one())


def counts(session: Session) -> Mapping[str, int]:
    """Return how many pages are in each state; states without pages are 0."""
    found = dict(session.execute(select(Page.state, func.count()).group_by(Page.state)).all())
    return {str(state): int(found.get(str(state), 0)) for state in PageState}


def _chunks(items: list[str]) -> Iterable[list[str]]:
    return (items[i : i + _CHUNK] for i in range(0, len(items), _CHUNK))
