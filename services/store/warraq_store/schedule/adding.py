"""Adding URLs by hand: they go ahead of everything else, and are given out in the same transaction."""

from datetime import datetime

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


def add(
    session: Session, urls: list[str], now: datetime, *, settings: Settings, force: bool = False
) -> list[FetchPages]:
    """Make canonical ``urls`` known, lease them and return the visits to publish once this is committed.

    A page that is known already is fetched again; ``force`` also forgets its validators and a tombstone.

    Raises:
        Permanent: ``forgotten``: it was removed on request and ``force`` is not given.
        Permanent: ``url-too-long``.
    """
    for url in urls:
        _check(session, url, settings, force)
    fresh = [
        pages.NewPage(url=url, source_id=_source_of(session, url), priority=pages.HAND_ADDED)
        for url in dict.fromkeys(urls)
    ]
    pages.register(session, fresh, now)
    pages.make_due(session, urls, now, forget_validators=force)
    query = select(Page).where(col(Page.url).in_(urls), col(Page.lease).is_(None)).with_for_update()
    return schedule.visits(
        session,
        session.exec(query).all(),
        now,
        lease_seconds=settings.lease_seconds,
        visit_pages=settings.visit_pages,
    )


def _check(session: Session, url: str, settings: Settings, force: bool) -> None:
    if len(url) > settings.max_url_length:
        raise Permanent(Reason.URL_TOO_LONG, f"It has {len(url)} characters, the limit is {settings.max_url_length}.")
    tombstone = session.get(Tombstone, url)
    if tombstone is None:
        return
    if not force:
        at = tombstone.forgotten_at.strftime("%Y-%m-%d %H:%M")
        raise Permanent(Reason.FORGOTTEN, f"That was at {at} UTC; `warraq add --force {url}` takes it in again.")
    session.delete(tombstone)
    session.flush()


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
