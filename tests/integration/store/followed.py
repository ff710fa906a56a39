"""A source that is followed through polls: added, polled as the pipeline does it, looked at."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import Engine
from sqlmodel import select

from warraq_shared.parsed import ItemHints, Link, PageKind, Parsed
from warraq_shared.reasons import Reason
from warraq_store.database import reading, writing
from warraq_store.schedule import pages
from warraq_store.schedule.lifecycle import Ending
from warraq_store.sources import every, following, polls, sources
from warraq_store.sources.diagnosis import Health
from warraq_store.sources.health import health
from warraq_store.sources.wish import PolledPage, SourceWish, changed
from warraq_store.tables import Page

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FEED = "https://one.example/feed"


def add(engine: Engine, name: str = "one", *polled: PolledPage, **wish: Any) -> None:
    polled = polled or (PolledPage(url=FEED, role="feed"),)
    with writing(engine) as session:
        sources.add(session, SourceWish(name=name, url=polled[0].url, pages=polled, **wish), NOW)


def item(slug: str, date: datetime | None = NOW, expects: PageKind = PageKind.ARTICLE) -> Link:
    hints = ItemHints(published_at=date) if date else None
    return Link(url=f"https://one.example/{slug}", expects=expects, hints=hints)


def poll(
    engine: Engine,
    items: Sequence[Link] | None,
    now: datetime = NOW,
    reason: Reason = Reason.OK,
    url: str = FEED,
    kind: PageKind = PageKind.FEED,
    **more: Any,
) -> None:
    """Poll as the pipeline does: what came is followed, then the page ends. ``items`` None: no bytes came."""
    with writing(engine) as session:
        polls.use(session, every.Limits())
        page = pages.find(session, url)
        assert page is not None
        ending = {name: more.pop(name) for name in ("detail", "http_status", "retry_after") if name in more}
        if items is not None:
            parsed = Parsed(url=url, kind=kind, reason=reason, links=tuple(items), **more)
            following.follow(session, page, parsed, {}, now)
            reason, detail = following.judge(page, parsed, reason)
            ending.setdefault("detail", detail)
        pages.end(session, page, Ending(reason, **ending), now)


def known_urls(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return {url.removeprefix("https://one.example/") for url in session.exec(select(Page.url))}


def end_articles(engine: Engine, reason: Reason, now: datetime = NOW) -> None:
    with writing(engine) as session:
        for page in session.exec(select(Page).where(Page.role == "article")):
            pages.end(session, page, Ending(reason), now)


def why(engine: Engine, now: datetime = NOW, name: str = "one") -> Health:
    with reading(engine) as session:
        return health(session, sources.find(session, name), now)


def page_of(engine: Engine, url: str = FEED) -> Page:
    with reading(engine) as session:
        found = pages.find(session, url)
    assert found is not None
    return found


def edit(engine: Engine, now: datetime, **changes: Any) -> None:
    with writing(engine) as session:
        found = sources.find(session, "one")
        sources.edit(session, found, changed(sources.wish_of(session, found), changes), now)
