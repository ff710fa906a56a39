"""Further pages of a list: followed while they bring something new, as far as their source says; off unless asked.

A further page is a page of the list's own role with a number (``Page.list_page``). It is not polled: it is due once,
each time the page before it says so.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlmodel import Session

from warraq_shared.errors import Permanent
from warraq_shared.urls import canonical, same_site
from warraq_store.schedule import hosts, pages
from warraq_store.schedule.pages import POLL, NewPage
from warraq_store.tables import Page, Source

MOST_PAGES: Final = 100


def follow_on(
    session: Session, page: Page, source: Source | None, next_url: str | None, *, found: int, new: int, now: datetime
) -> None:
    """Make the page after ``page`` due if there may be more behind it that is not known.

    ``found`` is how many articles ``page`` names, ``new`` how many of them were new. The first page is followed on from
    at its first look, and when all it names is new, so that some may have gone by; any other while it brings something
    new.
    """
    number = page.list_page or 1
    if source is None or source.pagination <= number or next_url is None or not found:
        return
    is_first_look = page.list_page is None and page.ended_at is None
    goes_on = is_first_look or (new == found if page.list_page is None else new > 0)
    url = _address(page, next_url)
    if goes_on and url is not None:
        _make_due(session, page, url, number + 1, now)


def look_as_if_new(session: Session, lists: Iterable[Page]) -> None:
    """Let the next look at each of ``lists`` count as its first, and bring it whole, so that it is followed on from."""
    for page in lists:
        page.ended_at = page.etag = page.last_modified = page.content_hash = None
        session.add(page)


def _address(page: Page, next_url: str) -> str | None:
    try:
        url = canonical(next_url, page.url)
    except Permanent:
        return None
    return url if url != page.url and same_site(url, page.url) else None


def _make_due(session: Session, page: Page, url: str, number: int, now: datetime) -> None:
    further = NewPage(url=url, role=page.role, source_id=page.source_id, priority=POLL, list_page=number)
    if pages.register(session, [further], now):
        return
    known = pages.find(session, url)
    if known is None or known.list_page is None or known.source_id != page.source_id:
        return  # forgotten, or known as something else
    known = pages.locked(session, [known.id or 0]).get(known.id or 0)
    if known is not None and known.lease is None:
        known.due_at, known.priority, known.list_page, known.failures = now, POLL, number, 0
        session.add(known)
        hosts.wake(session, known.host, now)
