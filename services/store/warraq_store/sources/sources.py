"""Sources: adding, changing, pausing and removing what is followed, while everything runs."""

import difflib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, update
from sqlmodel import Session, col, func, select

from warraq_shared.errors import NotFound, UsageProblem
from warraq_shared.messages import FetchPolicy
from warraq_shared.reasons import PageState, Reason
from warraq_shared.urls import site_of
from warraq_store.schedule import hosts, lifecycle, pages
from warraq_store.schedule.pages import HELD, IS_POLLED, POLL, NewPage
from warraq_store.sources import every, paging, patterns, polls, rhythm
from warraq_store.sources.following import FOUND_IN_INDEX
from warraq_store.sources.wish import PolledPage, SourceWish
from warraq_store.tables import Page, Poll, Source


def add(session: Session, wish: SourceWish, now: datetime) -> Source:
    """Keep a new source and make its pages due.

    Raises:
        UsageProblem: the name is taken, or all of its pages are followed for another source.
    """
    wish = wish.checked()
    require_free(session, wish.name)
    source = Source(**_columns(wish), created_at=now, paused_at=now if wish.paused else None)
    session.add(source)
    session.flush()
    others = set_pages(session, source, wish.pages, now)
    if others and len(others) == len(wish.pages):
        raise UsageProblem(f"{wish.pages[0].url} is followed already, for the source {others[0]!r}.")
    return source


def require_free(session: Session, name: str) -> None:
    """Return if no source has ``name``.

    Raises:
        UsageProblem: one has.
    """
    if by_name(session, name) is not None:
        raise UsageProblem(f"There is a source {name!r} already; give another --name, or `warraq source edit` it.")


def _columns(wish: SourceWish) -> dict[str, Any]:
    return {
        "name": wish.name,
        "url": wish.url,
        "site": site_of(wish.url),
        "every": wish.every,
        "time_zone": wish.time_zone,
        "language": wish.language,
        "tags": list(wish.tags),
        "include": list(wish.include),
        "exclude": list(wish.exclude),
        "revisits": wish.revisits,
        "max_age_seconds": wish.max_age_seconds,
        "pagination": wish.pagination,
        "policy": wish.policy.model_dump(mode="json", exclude_defaults=True),
        "rules": wish.rules,
        "paused": bool(wish.paused),
    }


def set_pages(session: Session, source: Source, wanted: Sequence[PolledPage], now: datetime) -> list[str]:
    """Make ``wanted`` the polled pages that ``source`` names; found ones (sitemaps of an index) stay.

    Returns the names of other sources for which some of them are followed already.
    """
    fresh = [NewPage(url=page.url, role=page.role, source_id=source.id, priority=POLL) for page in wanted]
    pages.register(session, fresh, now)
    roles = {page.url: page.role for page in wanted}
    others = []
    for page in session.exec(select(Page).where(col(Page.url).in_(roles)).order_by(col(Page.id)).with_for_update()):
        is_polled = page.role != "article" and page.list_page is None
        other = session.get(Source, page.source_id) if page.source_id and is_polled else None
        if other is not None and other.id != source.id:
            others.append(other.name)
            continue
        if (page.source_id, page.role, is_polled) != (source.id, roles[page.url], True):
            _take_over(session, page, source, roles[page.url], now)
    return others


def _take_over(session: Session, page: Page, source: Source, role: str, now: datetime) -> None:
    """Make a page that was known as something else (added by hand, an article) a polled page of ``source``."""
    page.source_id, page.role, page.priority, page.list_page = source.id, role, POLL, None
    page.etag = page.last_modified = page.content_hash = None
    if page.lease is None:
        page.state, page.reason, page.due_at = PageState.WAITING, Reason.NEW, now
        hosts.wake(session, page.host, now)
    session.add(page)


def edit(session: Session, source: Source, wish: SourceWish, now: datetime) -> None:
    """Give ``source`` what ``wish`` says. A new schedule counts from the last poll, so it holds at the next tick.

    Raises:
        UsageProblem: something cannot be used, or the new name is taken.
    """
    wish = wish.checked()
    other = by_name(session, wish.name)
    if other is not None and other.id != source.id:
        raise UsageProblem(f"There is another source {wish.name!r}.")
    before = wish_of(session, source)
    if wish.paused is None:
        wish = wish.model_copy(update={"paused": before.paused})
    for name, value in _columns(wish).items():
        setattr(source, name, value)
    session.add(source)
    if wish.pages:
        _replace_pages(session, source, wish.pages, now)
    _follow_up(session, source, before, wish, now)


def _follow_up(session: Session, source: Source, before: SourceWish, wish: SourceWish, now: datetime) -> None:
    """Bring the pages of ``source`` to what has changed from ``before`` to ``wish``."""
    if (wish.every, wish.time_zone) != (before.every, before.time_zone):
        _reschedule(session, source, now)
    if _admitted(wish) != _admitted(before):
        _reconsider(session, source, now)
    if wish.pagination > max(1, before.pagination):
        paging.look_as_if_new(session, polled_pages(session, source))
    if before.paused and not wish.paused:
        resume(session, source, now)
    if wish.paused and not before.paused:
        pause(session, source, now)


def _admitted(wish: SourceWish) -> tuple[object, ...]:
    """Return what decides which items are fetched."""
    return wish.include, wish.exclude, wish.max_age_seconds


def _replace_pages(session: Session, source: Source, wanted: Sequence[PolledPage], now: datetime) -> None:
    kept = {page.url for page in wanted}
    for page in polled_pages(session, source):
        if page.url not in kept and _is_named(page):
            session.delete(page)
    set_pages(session, source, wanted, now)


def _reschedule(session: Session, source: Source, now: datetime) -> None:
    for page in polled_pages(session, source):
        poll = session.get(Poll, page.id)
        since = (poll.polled_at if poll else None) or now - timedelta(days=365)
        known = polls.known_of(poll, since) if poll else rhythm.Learned(since.timestamp())
        wait = every.next_wait(
            source.every,
            source.time_zone,
            known,
            since,
            floor=poll.floor_seconds if poll else 0.0,
            limits=polls.limits_of(session),
        )
        if poll is not None:
            poll.wait_seconds, poll.wait_because = wait.seconds, wait.because
        if page.failures == 0:
            due_at: datetime = max(now, since + timedelta(seconds=wait.seconds))
            page.due_at = due_at
            hosts.wake(session, page.host, due_at)
        session.add(page)


def _reconsider(session: Session, source: Source, now: datetime) -> None:
    """Let other items in than before: those that wait, those that were refused, and those that a poll passed over."""
    _leave_out(session, source, now)
    _take_back(session, source, now)
    for page in polled_pages(session, source):
        # Or "not modified" would be the answer, and what was passed over would never be named again.
        page.etag = page.last_modified = page.content_hash = None
        session.add(page)


def _take_back(session: Session, source: Source, now: datetime) -> None:
    """Make articles due that were refused and are no longer: by pattern, or by age where any age is wanted now."""
    refused = [Reason.EXCLUDED, *([Reason.TOO_OLD] if source.max_age_seconds == 0 else [])]
    query = select(Page).where(
        Page.source_id == source.id, Page.role == "article", col(Page.reason).in_(refused), col(Page.lease).is_(None)
    )
    for page in session.exec(query.with_for_update(skip_locked=True)).all():
        if patterns.allows(source.include, source.exclude, page.url):
            page.state, page.reason, page.due_at = PageState.WAITING, Reason.NEW, now
            session.add(page)
            hosts.wake(session, page.host, now)


def _leave_out(session: Session, source: Source, now: datetime) -> None:
    """End waiting articles that the patterns now leave out."""
    waiting = select(Page).where(
        Page.source_id == source.id, Page.role == "article", Page.state == PageState.WAITING, col(Page.lease).is_(None)
    )
    for page in session.exec(waiting.with_for_update(skip_locked=True)).all():
        if not patterns.allows(source.include, source.exclude, page.url):
            pages.end(session, page, lifecycle.Ending(Reason.EXCLUDED, stage="schedule"), now)


def pause(session: Session, source: Source, now: datetime, because: str | None = None) -> None:
    """Stop following ``source`` from the next tick on. What is with the workers comes to its end."""
    source.paused, source.paused_at, source.paused_because = True, now, because
    session.add(source)


def resume(session: Session, source: Source, now: datetime) -> None:
    """Follow ``source`` again: what was held takes its place in the line, what is overdue at its host's pace."""
    source.paused, source.paused_at, source.paused_because = False, None, None
    session.add(source)
    held = (col(Page.source_id) == source.id, col(Page.priority) >= HELD)
    waiting = select(Page.host, func.min(Page.due_at)).where(*held, col(Page.due_at).is_not(None)).group_by(Page.host)
    for host, due_at in session.exec(waiting).all():
        hosts.wake(session, host, due_at or now)
    session.execute(update(Page).where(*held).values(priority=Page.priority - HELD))


def poll_now(session: Session, source: Source, now: datetime) -> int:
    """Make the polled pages of ``source`` due ahead of everything else; returns how many."""
    polled = polled_pages(session, source)
    pages.make_due(session, [page.url for page in polled], now, forget_validators=False)
    return len(polled)


def remove(session: Session, source: Source) -> None:
    """Forget ``source`` and what it polls; its articles stay. What it has found and nobody has fetched goes too."""
    polled = polled_pages(session, source)
    for page in polled:
        session.delete(page)
    session.execute(
        delete(Page).where(
            col(Page.source_id) == source.id,
            or_(
                and_(col(Page.state) == PageState.WAITING, col(Page.article_id).is_(None)),
                col(Page.list_page).is_not(None),
            ),
        )
    )
    session.execute(update(Page).where(col(Page.source_id) == source.id).values(due_at=None))
    session.flush()
    session.delete(source)
    session.flush()


def polled_pages(session: Session, source: Source) -> list[Page]:
    """Return the pages that are polled for ``source``, those that it names first."""
    query = select(Page).where(Page.source_id == source.id, IS_POLLED).order_by(col(Page.id))
    return list(session.exec(query))


def _is_named(page: Page) -> bool:
    """Tell whether the source itself names ``page``; the sitemaps of an index were found."""
    return (page.hints or {}).get("origin") != FOUND_IN_INDEX


def role_of(session: Session, url: str) -> str | None:
    """Return as what the page of a canonical ``url`` is polled; None if it is not."""
    page = pages.find(session, url)
    return page.role if page is not None and page.role != "article" else None


def by_name(session: Session, name: str) -> Source | None:
    """Return the source of exactly that name."""
    return session.exec(select(Source).where(Source.name == name)).first()


def find(session: Session, wanted: str) -> Source:
    """Return the source that a user means: by name, number, address, or how its name begins.

    Raises:
        NotFound: none fits; the message names the nearest.
        UsageProblem: more than one fits.
    """
    name = " ".join(wanted.split())
    lower = func.lower(Source.name)
    conditions = [col(Source.name) == name, lower == name.lower(), col(Source.url) == wanted]
    if name.isascii() and name.isdigit() and len(name) < 10:
        conditions.append(col(Source.id) == int(name))
    conditions.append(lower.startswith(name.lower(), autoescape=True))
    for condition in conditions:
        found = session.exec(select(Source).where(condition).limit(2)).all()
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageProblem(f"{wanted!r} may be {found[0].name!r} or {found[1].name!r}; give the number.")
    raise NotFound(_nothing_like(session, wanted))


def _nothing_like(session: Session, wanted: str) -> str:
    near = difflib.get_close_matches(wanted, session.exec(select(Source.name).limit(10_000)).all(), n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else " `warraq source list` shows them all."
    return f"There is no source {wanted!r}.{hint}"


def wish_of(session: Session, source: Source) -> SourceWish:
    """Return ``source`` as the wish that would make it."""
    named = filter(_is_named, polled_pages(session, source))
    return SourceWish(
        name=source.name,
        url=source.url,
        pages=tuple(PolledPage(url=page.url, role=page.role) for page in named),
        every=source.every,
        time_zone=source.time_zone,
        language=source.language,
        tags=tuple(source.tags),
        include=tuple(source.include),
        exclude=tuple(source.exclude),
        revisits=source.revisits,
        max_age_seconds=source.max_age_seconds,
        pagination=source.pagination,
        policy=FetchPolicy.model_validate(source.policy),
        rules=source.rules,
        paused=source.paused,
    )
