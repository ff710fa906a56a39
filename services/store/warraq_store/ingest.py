"""What the other stages report, written down: one transaction a message, and twice is the same as once."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session

from warraq_shared.article import Article
from warraq_shared.messages import EndedFetch, FetchesEnded, PagesParsed, ParsedPage
from warraq_shared.parsed import PageObservation, Parsed, SiteProfile
from warraq_shared.reasons import Reason
from warraq_store import explain, profiles
from warraq_store.archive.snapshots import Keeper
from warraq_store.articles import articles, identity, settling, shelf
from warraq_store.articles.identity import Claim
from warraq_store.explain import Event
from warraq_store.profiles import Learned
from warraq_store.schedule import hosts, pages
from warraq_store.schedule.lifecycle import Ending, is_polled
from warraq_store.schedule.pages import NewPage
from warraq_store.sources import following
from warraq_store.tables import Page

# What a host that says "less often" without saying when is left alone for, in seconds.
DEFAULT_QUIET = 60.0


def end_fetches(session: Session, message: FetchesEnded, now: datetime) -> None:
    """Write down fetches that ended without bytes to parse."""
    rows = pages.locked(session, (page.page_id for page in message.pages))
    told: dict[int, list[Event]] = {}
    for ended in message.pages:
        row = rows.get(ended.page_id)
        if row is not None and pages.is_current(row, ended.lease):
            _end_fetch(session, row, ended, now)
            told[ended.page_id] = explain.of_ended_fetch(ended)
    explain.remember(session, told)


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
        headers=ended.headers,
    )
    pages.end(session, row, ending, now)


def store_pages(
    session: Session,
    message: PagesParsed,
    results: Mapping[str, Parsed],
    now: datetime,
    keeper: Keeper | None = None,
) -> list[SiteProfile]:
    """Write down pages that were parsed, and archive their raw bytes if there is a ``keeper``.

    ``results`` are the parse results that were still there, by their key.

    Returns the profiles of the sites that were learned from, for the parsers.
    """
    began = time.perf_counter()
    rows = pages.locked(session, (page.page_id for page in message.pages))
    reads = [read for page in message.pages if (read := _read(session, rows.get(page.page_id), page, results, now))]
    if keeper is not None:
        keeper.keep(session, [read.page.fetched for read in reads if not is_polled(read.row.role)])
    learned = _learn(session, reads, now)
    stored = _keep_articles(session, reads, learned, now)
    for read in reads:
        pages.remember_fetch(read.row, read.page.fetched)
        _store_page(session, read, stored.get(read.page.page_id), now)
    settling.settle(session, [site.profile for site in learned.values() if site.has_news], now)
    shelf.tell(session, [kept.incoming for kept in stored.values()], [kept.stored for kept in stored.values()])
    share = (time.perf_counter() - began) / max(1, len(reads))
    steps = {read.page.page_id: _steps(read, stored.get(read.page.page_id), now, share) for read in reads}
    explain.remember(session, steps)
    return [site.profile for site in learned.values()]


def _learn(session: Session, reads: Sequence["_Read"], now: datetime) -> dict[str, Learned]:
    """Learn from what was read, each site at once. Returns what is known now, by site."""
    seen: dict[str, list[PageObservation]] = {}
    for read in reads:
        if read.parsed is not None and read.parsed.observation is not None:
            seen.setdefault(read.row.site, []).append(read.parsed.observation)
    return {site: profiles.learn(session, site, seen[site], now) for site in sorted(seen)}


def _steps(read: "_Read", kept: "_Kept | None", now: datetime, seconds: float) -> list[Event]:
    """Return the steps of a page; ``seconds`` is its share of what storing its message took."""
    steps = [*explain.of_fetched(read.page.fetched), *explain.of_parsed(read.page, read.parsed, now)]
    if kept is not None:
        moved = read.page.fetched.moved_for_good
        steps += explain.of_stored(
            kept.stored, url=kept.url, page_url=read.row.url, moved=moved, now=now, seconds=seconds
        )
    return steps


class _Read(NamedTuple):
    """One page as it was read: its row, what the parser reports of it, and what it made of it."""

    row: Page
    page: ParsedPage
    parsed: Parsed | None

    @property
    def has_article(self) -> bool:
        """Whether an article was read."""
        return self.parsed is not None and self.parsed.article is not None and self.page.reason is Reason.OK


def _read(
    session: Session, row: Page | None, page: ParsedPage, results: Mapping[str, Parsed], now: datetime
) -> _Read | None:
    """Return what there is to write down of ``page``: nothing if a newer report is there, or its result is lost."""
    if row is None or not pages.is_current(row, page.lease, page.fetched.fetched_at):
        return None
    parsed = results.get(page.result) if page.result else None
    if page.result and parsed is None:
        pages.end(session, row, Ending(Reason.RAW_LOST, "Its parse result expired.", stage="parse"), now)
        return None
    return _Read(row, page, parsed)


class _Kept(NamedTuple):
    """An article that was kept, under its identity."""

    incoming: articles.Incoming
    stored: articles.Stored

    @property
    def url(self) -> str:
        """Its identity."""
        return self.incoming.url


def _keep_articles(
    session: Session, reads: Sequence[_Read], learned: Mapping[str, Learned], now: datetime
) -> dict[int, _Kept]:
    """Keep the articles of ``reads`` as one batch, each under its identity. Returns them by page."""
    found = [
        (read, _settled(read.parsed.article, learned.get(read.row.site)))
        for read in reads
        if read.has_article and read.parsed and read.parsed.article
    ]
    urls = identity.identities(
        session, [Claim(_found_at(read), article, read.row.article_id) for read, article in found]
    )
    incoming = {
        read.page.page_id: articles.Incoming(article, url, read.row.source_id, read.page.fetched.fetched_at)
        for (read, article), url in zip(found, urls, strict=True)
    }
    forgotten = shelf.forgotten(session, [one.url for one in incoming.values()])
    incoming = {page: one for page, one in incoming.items() if one.url not in forgotten}
    stored = shelf.put(session, list(incoming.values()), now)
    return {page: _Kept(one, done) for (page, one), done in zip(incoming.items(), stored, strict=True)}


def _settled(article: Article, site: Learned | None) -> Article:
    """Return ``article`` without what its site was meanwhile found to write on every page."""
    return settling.without_repeated(article, site.profile) if site else article


def _found_at(read: _Read) -> str:
    fetched = read.page.fetched
    return fetched.final_url if fetched.moved_for_good else read.row.url


def _store_page(session: Session, read: _Read, kept: _Kept | None, now: datetime) -> None:
    # Links found on an article are not followed.
    if read.parsed is not None and is_polled(read.row.role):
        following.follow(session, read.row, read.parsed, read.page.fetched.headers, now)
    if kept is not None:
        _end_article(session, read, kept, now)
        return
    reason, detail = read.page.reason, read.page.detail
    if is_polled(read.row.role):
        reason, said = following.judge(read.row, read.parsed, reason)
        detail = detail or said
        _note_move(read)
    elif read.has_article:
        reason = Reason.FORGOTTEN
    ending = Ending(reason, detail, http_status=read.page.fetched.status, stage="parse")
    pages.end(session, read.row, ending, now)


def _note_move(read: _Read) -> None:
    """Note where a polled page has moved to for good, for `warraq source why`; its redirect is followed each time."""
    read.row.moved_to = read.page.fetched.final_url if read.page.fetched.moved_for_good else None


def _end_article(session: Session, read: _Read, kept: _Kept, now: datetime) -> None:
    """End a page whose article was kept; one that moved for good, or is a twin, points to where it is."""
    row, url = read.row, kept.url
    row.article_id = kept.stored.article_id
    if url == row.url:
        pages.end(session, row, Ending(Reason.OK, changed=row.revisit > 0 and kept.stored.changed), now)
        return
    _follow_identity(session, row, url, kept.stored.article_id, now)
    reason = Reason.MOVED if read.page.fetched.moved_for_good else Reason.DUPLICATE_URL
    pages.end(session, row, Ending(reason, f"Now known as {url}.", moved_to=url), now)


def _follow_identity(session: Session, row: Page, url: str, article_id: int, now: datetime) -> None:
    """Make the page of the article's own URL known, with the article that was just read from its twin."""
    pages.register(session, [NewPage(url=url, source_id=row.source_id, priority=pages.REVISIT)], now)
    target = pages.find(session, url)
    if target is not None and target.article_id is None:
        target.article_id = article_id
        target.fetched_at = row.fetched_at
        pages.end(session, target, Ending(Reason.OK), now)
