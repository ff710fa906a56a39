"""Hosts and their turns: which hosts have something to give out now, each at its own pace.

A tick must cost what is due, not what is known, and a host with a million due pages must not hide the others. So hosts
stand in line, not pages: ``Host.ready_at`` says when a host's turn comes, and only the pages of hosts whose turn it is
are looked at (the two-level frontier of Mercator, Heritrix and StormCrawler).

The promise that everything rests on: **``ready_at`` is never later than the first moment at which a page of the host
may be given out.** Whoever gives a waiting page a due time calls ``wake``; the turn may then come too early, which
costs one look, but never too late. ``rescue`` repairs what a crash between two versions of this program, or a hand in
the database, may have left behind.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from warraq_store.database import at_the_end, is_postgres
from warraq_store.tables import Host, Page

_WAKES, _QUIETS, _REASONS = "warraq_wakes", "warraq_quiets", "warraq_quiet_reasons"
PRIORITIES: Final = 4
_RESCUE_AFTER: Final = timedelta(minutes=5)
_RESCUE_AT_ONCE: Final = 1000


def wake(session: Session, host: str, due_at: datetime) -> None:
    """Note that a page of ``host`` waits for ``due_at``. Written down by ``settle``, once a transaction."""
    wakes = _noted(session, _WAKES)
    wakes[host] = min(due_at, wakes.get(host, due_at))


def be_quiet(session: Session, host: str, reason: str, until: datetime) -> None:
    """Note that ``host`` must be left alone until then. Written down by ``settle``."""
    _noted(session, _QUIETS)[host] = until
    session.info.setdefault(_REASONS, {})[host] = reason


def settle(session: Session) -> None:
    """Write down what was noted: the last thing a transaction does, so that hosts are locked for a moment only.

    Hosts are locked in one order, and a woken one even if nothing changes: a tick that looks at it meanwhile would not
    see the caller's pages yet, and put the host's next turn too late.
    """
    wakes, quiets = session.info.pop(_WAKES, {}), session.info.pop(_QUIETS, {})
    reasons = session.info.pop(_REASONS, {})
    insert = (postgresql if is_postgres(session) else sqlite).insert(Host)
    if wakes:
        earlier = or_(col(Host.ready_at).is_(None), col(Host.ready_at) > insert.excluded.ready_at)
        upsert = insert.on_conflict_do_update(
            index_elements=["name"], set_={"ready_at": insert.excluded.ready_at}, where=earlier
        )
        session.execute(upsert, [{"name": name, "ready_at": wakes[name]} for name in sorted(wakes)])
    if quiets:
        longer = or_(col(Host.quiet_until).is_(None), col(Host.quiet_until) < insert.excluded.quiet_until)
        new = {"quiet_until": insert.excluded.quiet_until, "reason": insert.excluded.reason}
        upsert = insert.on_conflict_do_update(index_elements=["name"], set_=new, where=longer)
        rows = [{"name": name, "quiet_until": quiets[name], "reason": reasons[name]} for name in sorted(quiets)]
        session.execute(upsert, rows)


def _noted(session: Session, kind: str) -> dict[str, datetime]:
    at_the_end(session, settle)
    noted: dict[str, datetime] = session.info.setdefault(kind, {})
    return noted


def take_turns(session: Session, now: datetime, limit: int) -> list[Host]:
    """Return hosts whose turn has come, longest waiting first, locked; those that rest or are quiet wait on."""
    query = (
        select(Host)
        .where(col(Host.ready_at) <= now)
        .order_by(col(Host.ready_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ready = []
    for host in session.exec(query):
        silent_until = max(host.rests_until or now, host.quiet_until or now)
        if silent_until > now:
            host.ready_at = silent_until
            session.add(host)
        else:
            ready.append(host)
    return ready


def put_back(session: Session, hosts: Collection[Host], given: Mapping[str, float], now: datetime) -> None:
    """Give ``hosts`` their next turn, after their pages were leased.

    ``given`` maps a host to the seconds that what was just given out takes at its pace.
    """
    session.flush()
    next_due = _next_due(session, [host.name for host in hosts])
    for host in hosts:
        if host.name in given:
            host.rests_until = now + timedelta(seconds=given[host.name])
        due = next_due.get(host.name)
        host.ready_at = None if due is None else max(due, host.rests_until or due)
        session.add(host)
    session.flush()


def rescue(session: Session, now: datetime) -> int:
    """Wake hosts with pages long due that stand in no line. Returns how many; more than none is worth a log line."""
    query = (
        select(Page.host, func.min(Page.due_at))
        .join(Host, col(Host.name) == col(Page.host), isouter=True)
        .where(
            col(Page.due_at) <= now - _RESCUE_AFTER,
            col(Page.lease).is_(None),
            col(Page.priority) < PRIORITIES,
            or_(col(Host.name).is_(None), col(Host.ready_at).is_(None)),
        )
        .group_by(Page.host)
        .limit(_RESCUE_AT_ONCE)
    )
    lost = list(session.exec(query))
    for host, _due in lost:
        wake(session, host, now)
    return len(lost)


def _next_due(session: Session, names: Collection[str]) -> dict[str, datetime]:
    """Return when the next waiting page of each of ``names`` is due: one look into the index per priority."""
    looks = [
        select(func.min(Page.due_at))
        .where(
            col(Page.host) == col(Host.name),
            col(Page.priority) == priority,
            col(Page.due_at).is_not(None),
            col(Page.lease).is_(None),
        )
        .scalar_subquery()
        for priority in range(PRIORITIES)
    ]
    query = select(Host.name, *looks).where(col(Host.name).in_(names))
    found = {row[0]: [moment for moment in row[1:] if moment is not None] for row in session.execute(query)}
    return {name: min(moments) for name, moments in found.items() if moments}
