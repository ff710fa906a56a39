"""Adding URLs by hand: they go ahead of everything else, and are given out in the same transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from warraq_shared.article import Article as ArticleValue
from warraq_shared.errors import Permanent
from warraq_shared.messages import FetchPages
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings
from warraq_shared.urls import site_of
from warraq_store.articles import articles
from warraq_store.schedule import pages, schedule
from warraq_store.tables import Article, Page, Source, Tombstone


class Added(NamedTuple):
    """What adding did: the visits to publish once it is committed, and why some URLs were not taken."""

    visits: list[FetchPages]
    refused: Mapping[str, Permanent]


def add(session: Session, urls: list[str], now: datetime, *, settings: Settings, force: bool = False) -> Added:
    """Make canonical ``urls`` known and lease them.

    A page that is known already is fetched again; ``force`` also forgets its validators and a tombstone. Refused are
    those that are too long, and without ``force`` those that were forgotten on request.
    """
    refused = {url: problem for url in urls if (problem := _refusal(session, url, settings, force))}
    taken = [url for url in dict.fromkeys(urls) if url not in refused]
    fresh = [pages.NewPage(url=url, source_id=_source_of(session, url), priority=pages.HAND_ADDED) for url in taken]
    pages.register(session, fresh, now)
    pages.make_due(session, taken, now, forget_validators=force)
    query = select(Page).where(col(Page.url).in_(taken), col(Page.lease).is_(None)).with_for_update()
    visits = schedule.visits(
        session,
        session.exec(query).all(),
        now,
        lease_seconds=settings.lease_seconds,
        visit_pages=settings.visit_pages,
    )
    return Added(visits, refused)


def _refusal(session: Session, url: str, settings: Settings, force: bool) -> Permanent | None:
    """Return why ``url`` is not taken, if it is not; ``force`` removes its tombstone."""
    if len(url) > settings.max_url_length:
        return Permanent(Reason.URL_TOO_LONG, f"It has {len(url)} characters, the limit is {settings.max_url_length}.")
    tombstone = session.get(Tombstone, url)
    if tombstone is None:
        return None
    if not force:
        at = tombstone.forgotten_at.strftime("%Y-%m-%d %H:%M")
        return Permanent(Reason.FORGOTTEN, f"That was at {at} UTC; `warraq add --force {url}` takes it in again.")
    session.delete(tombstone)
    session.flush()
    return None


def _source_of(session: Session, url: str) -> int | None:
    """Return the source whose site ``url`` belongs to, if there is one."""
    return session.exec(select(Source.id).where(Source.site == site_of(url)).order_by(col(Source.id))).first()


def ended_since(session: Session, url: str, since: datetime) -> bool:
    """Tell whether the page of ``url`` has come to an end since then."""
    page = pages.find(session, url)
    return page is not None and page.ended_at is not None and page.ended_at >= since and page.lease is None


def article_of(session: Session, url: str) -> ArticleValue | None:
    """Return the article that the page of ``url`` led to, if there is one."""
    page = pages.find(session, url)
    row = session.get(Article, page.article_id) if page and page.article_id else None
    return articles.to_value(row) if row else None
