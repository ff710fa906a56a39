"""What the other stages report, written down: one transaction a message, and twice is the same as once."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from warraq_shared.errors import Permanent
from warraq_shared.messages import EndedFetch, FetchesEnded, PagesParsed, ParsedPage
from warraq_shared.parsed import Link, PageKind, Parsed, SiteProfile
from warraq_shared.reasons import PageState, Reason
from warraq_shared.urls import canonical, same_site
from warraq_store import articles, hosts, pages, profiles
from warraq_store.identity import article_url
from warraq_store.lifecycle import Ending
from warraq_store.pages import NEW_ARTICLE, POLL, NewPage
from warraq_store.tables import Page

# What a host that says "less often" without saying when is left alone for, in seconds.
DEFAULT_QUIET = 60.0
_ROLES = {
    PageKind.FEED: "feed",
    PageKind.SITEMAP: "sitemap",
    PageKind.SITEMAP_INDEX: "sitemap",
    PageKind.SECTION: "section",
}


def end_fetches(session: Session, message: FetchesEnded, now: datetime) -> None:
    """Write down fetches that ended without bytes to parse."""
    rows = pages.locked(session, (page.page_id for page in message.pages))
    for ended in message.pages:
        row = rows.get(ended.page_id)
        if row is not None and pages.is_current(row, ended.lease):
            _end_fetch(session, row, ended, now)


def _end_fetch(session: Session, row: Page, ended: EndedFetch, now: datetime) -> None:
    if ended.host_wait:
        quiet = ended.retry_after if ended.retry_after is not None else DEFAULT_QUIET
        hosts.be_quiet(session, row.host, ended.reason, now + timedelta(seconds=quiet))
    ending = Ending(
        ended.reason,
        ended.detail,
        http_status=ended.http_status,
        retry_after=ended.retry_after,
        moved_to=ended.moved_to,
    )
    pages.end(session, row, ending, now)


def store_pages(
    session: Session, message: PagesParsed, results: Mapping[str, Parsed], now: datetime
) -> list[SiteProfile]:
    """Write down pages that were parsed. ``results`` are the parse results that were still there, by their key.

    Returns the profiles of the sites that were learned from, for the parsers.
    """
    rows = pages.locked(session, (page.page_id for page in message.pages))
    learned: dict[str, SiteProfile] = {}
    for parsed_page in message.pages:
        row = rows.get(parsed_page.page_id)
        if row is None or not pages.is_current(row, parsed_page.lease, parsed_page.fetched.fetched_at):
            continue
        parsed = results.get(parsed_page.result) if parsed_page.result else None
        if parsed_page.result and parsed is None:
            pages.end(session, row, Ending(Reason.RAW_LOST, "Its parse result expired.", stage="parse"), now)
            continue
        pages.remember_fetch(row, parsed_page.fetched)
        if parsed is not None and parsed.observation is not None:
            learned[row.site] = profiles.learn(session, row.site, parsed.observation, now)
        _store_page(session, row, parsed_page, parsed, now)
    return list(learned.values())


def _store_page(session: Session, row: Page, parsed_page: ParsedPage, parsed: Parsed | None, now: datetime) -> None:
    if parsed is not None:
        _register_links(session, row, parsed, now)
    if parsed is not None and parsed.article is not None and parsed_page.reason is Reason.OK:
        _store_article(session, row, parsed_page, parsed, now)
        return
    reason = parsed_page.reason
    if _is_polled(row) and reason is Reason.NOT_AN_ARTICLE:
        reason = Reason.OK
    pages.end(session, row, Ending(reason, parsed_page.detail, stage="parse"), now)


def _store_article(session: Session, row: Page, parsed_page: ParsedPage, parsed: Parsed, now: datetime) -> None:
    """Keep the article under its identity; a page that moved for good, or is a twin, points to where it is."""
    if parsed.article is None:
        return
    fetched = parsed_page.fetched
    found_at = fetched.final_url if fetched.moved_for_good else row.url
    url = article_url(found_at, parsed.article.canonical_url)
    stored = articles.store(
        session, parsed.article, url=url, source_id=row.source_id, fetched_at=fetched.fetched_at, now=now
    )
    row.article_id = stored.article_id
    if url == row.url:
        pages.end(session, row, Ending(Reason.OK), now)
        return
    _follow_identity(session, row, url, stored.article_id, now)
    reason = Reason.MOVED if fetched.moved_for_good else Reason.DUPLICATE_URL
    pages.end(session, row, Ending(reason, f"Now known as {url}.", moved_to=url), now)


def _follow_identity(session: Session, row: Page, url: str, article_id: int, now: datetime) -> None:
    """Make the page of the article's own URL known, with the article that was just read from its twin."""
    pages.register(session, [NewPage(url=url, source_id=row.source_id, priority=pages.REVISIT)], now)
    target = pages.find(session, url)
    if target is not None and target.article_id is None:
        target.article_id = article_id
        target.fetched_at = row.fetched_at
        pages.end(session, target, Ending(Reason.OK), now)


def _register_links(session: Session, row: Page, parsed: Parsed, now: datetime) -> int:
    """Make the links of a polled page known. Links found on an article are not followed."""
    if not _is_polled(row):
        return 0
    found = [new for link in parsed.links if (new := _new_page(row, link)) is not None]
    return pages.register(session, found, now)


def _new_page(row: Page, link: Link) -> NewPage | None:
    try:
        url = canonical(link.url, row.url)
    except Permanent:
        return None
    role = _ROLES.get(link.expects, "article")
    if url == row.url or (role != "article" and not same_site(url, row.url)):
        return None
    return NewPage(
        url=url,
        role=role,
        source_id=row.source_id,
        priority=NEW_ARTICLE if role == "article" else POLL,
        hints=link.hints,
    )


def _is_polled(row: Page) -> bool:
    return row.role != "article"


def is_over(state: str) -> bool:
    """Tell whether a page in ``state`` has come to an end for now: there is an answer to give about it."""
    return PageState(state) not in (PageState.WAITING, PageState.LEASED, PageState.FETCHED)
