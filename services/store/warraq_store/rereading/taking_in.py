"""What the parsers made of pages that were not fetched: better readings of archived pages, and pages of imported files.

Nothing of the schedule is touched: when a page is looked at again, and what failed, is the live crawl's alone. Only a
page that had died, which nobody looks at any more, is scheduled anew once it could be read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from warraq_shared.article import Article as ArticleValue
from warraq_shared.messages import BatchMark, ParsedPage
from warraq_shared.parsed import Parsed
from warraq_shared.reasons import Reason
from warraq_store import deadletters, explain
from warraq_store.articles import articles, shelf
from warraq_store.articles.articles import Incoming, Stored
from warraq_store.articles.identity import Claim, identities
from warraq_store.schedule import lifecycle, pages
from warraq_store.tables import Article, Page

# What a dry run compares: everything a reader of the article may see.
COMPARED: Final = (
    "title", "subtitle", "lead", "text", "authors", "published_at", "modified_at", "language", "direction", "section",
    "tags", "images", "blocks", "canonical_url", "site", "access",
)  # fmt: skip
_LOST: Final = "lost"


@dataclass(frozen=True, slots=True)
class _Read:
    row: Page
    page: ParsedPage
    parsed: Parsed | None
    url: str

    @property
    def article(self) -> ArticleValue | None:
        return self.parsed.article if self.parsed is not None and self.page.reason is Reason.OK else None


def take_in(
    session: Session, parsed_pages: Sequence[ParsedPage], results: Mapping[str, Parsed], now: datetime
) -> dict[str, str]:
    """Store what was made of ``parsed_pages``; return the outcome of each by its snapshot.

    Outcomes: new, changed, same, older, no-article, failed, other-language, forgotten, gone (the page is not known any
    more).
    """
    outcomes, reads = _identified(session, *_sorted_out(session, parsed_pages, results))
    forgotten = shelf.forgotten(session, [read.url for read in reads])
    wanted = [read for read in reads if read.article is not None and read.url not in forgotten]
    incoming = [
        Incoming(read.article, read.url, read.row.source_id, read.page.fetched.fetched_at, reparsed=True)
        for read in wanted
        if read.article is not None
    ]
    stored = shelf.put(session, incoming, now)
    for read, done in zip(wanted, stored, strict=True):
        _note(session, read.row, read.page, done)
        outcomes[read.page.fetched.snapshot] = done.outcome.value
    for read in reads:
        if read.url in forgotten or read.article is None:
            outcomes[read.page.fetched.snapshot] = "forgotten" if read.article else _without_article(read.page.reason)
            _end_if_new(session, read.row, Reason.FORGOTTEN if read.article else read.page.reason)
    _bring_back(session, reads, forgotten, now)
    explain.remember(session, _steps(reads, dict(zip(map(id, wanted), stored, strict=True)), now))
    shelf.tell(session, incoming, stored)
    return outcomes


def _sorted_out(
    session: Session, parsed_pages: Sequence[ParsedPage], results: Mapping[str, Parsed]
) -> tuple[dict[str, str], list[_Read]]:
    """Return the outcome of pages that there is nothing to do about, and the rest."""
    rows = pages.locked(session, (page.page_id for page in parsed_pages))
    outcomes: dict[str, str] = {}
    reads: list[_Read] = []
    for page in parsed_pages:
        row, parsed = rows.get(page.page_id), results.get(page.result or "")
        if parsed is not None and not _is_wanted(parsed, page.fetched.batch):
            outcomes[page.fetched.snapshot] = "other-language"
            if row is not None and _is_new(row):
                session.delete(row)
        elif row is None or (page.result and parsed is None):
            outcomes[page.fetched.snapshot] = "gone" if row is None else _LOST
        else:
            found_at = page.fetched.final_url if page.fetched.moved_for_good else row.url
            reads.append(_Read(row, page, parsed, found_at))
    return outcomes, reads


def _identified(
    session: Session, outcomes: dict[str, str], reads: Sequence[_Read]
) -> tuple[dict[str, str], list[_Read]]:
    """Return ``reads`` with the URLs by which their articles are known."""
    claims = {
        id(read): Claim(read.url, read.article, read.row.article_id) for read in reads if read.article is not None
    }
    urls = dict(zip(claims, identities(session, list(claims.values())), strict=True))
    return outcomes, [replace(read, url=urls.get(id(read), read.url)) for read in reads]


def _is_wanted(parsed: Parsed, mark: BatchMark | None) -> bool:
    languages = mark.languages if mark else ()
    return not languages or (parsed.article is not None and parsed.article.language in languages)


def _is_new(row: Page) -> bool:
    """Tell whether a page is known only because this run names it."""
    return row.reason == Reason.NEW and row.due_at is None


def _note(session: Session, row: Page, page: ParsedPage, stored: Stored) -> None:
    row.article_id = stored.article_id
    row.fetched_at = max(row.fetched_at or page.fetched.fetched_at, page.fetched.fetched_at)
    _end_if_new(session, row, Reason.OK)


def _without_article(reason: Reason) -> str:
    return "failed" if lifecycle.reads_no_better(reason) else "no-article"


def _end_if_new(session: Session, row: Page, reason: Reason) -> None:
    """Give a page that only an import knows its state; one that had no article and now has one is stored."""
    found_at_last = reason is Reason.OK and row.lease is None and row.state == Reason.NO_TEXT.state
    if _is_new(row) or found_at_last:
        row.state, row.reason = reason.state, reason
    session.add(row)


def _bring_back(session: Session, reads: Sequence[_Read], forgotten: Collection[str], now: datetime) -> None:
    """Let the dead letters go of pages that could be read; those that are still as they died end as if just fetched."""
    well = {read.page.page_id: read for read in reads if not lifecycle.reads_no_better(read.page.reason)}
    for page_id, died_of in deadletters.read_at_last(session, well):
        read = well[page_id]
        if read.row.lease is None and read.row.reason == died_of:
            reason = Reason.FORGOTTEN if read.article and read.url in forgotten else read.page.reason
            pages.end(session, read.row, lifecycle.Ending(reason, stage="parse"), now)


def _steps(reads: Sequence[_Read], stored: Mapping[int, Stored], now: datetime) -> dict[int, list[explain.Event]]:
    steps: dict[int, list[explain.Event]] = {}
    for read in reads:
        steps[read.page.page_id] = explain.of_parsed(read.page, read.parsed, now)
        if done := stored.get(id(read)):
            moved = read.page.fetched.moved_for_good
            steps[read.page.page_id] += explain.of_stored(
                done, url=read.url, page_url=read.row.url, moved=moved, now=now
            )
    return steps


def differences(
    session: Session, parsed_pages: Sequence[ParsedPage], results: Mapping[str, Parsed]
) -> dict[str, dict[str, Any]]:
    """Return, by snapshot, what storing ``parsed_pages`` would change: nothing is written.

    Each has ``id``, ``url`` and ``fields``: the fields that differ with their value before and after.
    """
    rows = {
        row.id: row for row in session.exec(select(Page).where(col(Page.id).in_({p.page_id for p in parsed_pages})))
    }
    ids = {row.article_id for row in rows.values() if row.article_id is not None}
    kept = {row.id: articles.to_value(row) for row in session.exec(select(Article).where(col(Article.id).in_(ids)))}
    found: dict[str, dict[str, Any]] = {}
    for page in parsed_pages:
        row, parsed = rows.get(page.page_id), results.get(page.result or "")
        if row is not None:
            before = kept.get(row.article_id)
            after = parsed.article if parsed is not None and page.reason is Reason.OK else None
            found[page.fetched.snapshot] = {
                "id": row.article_id,
                "url": row.url,
                "fields": _fields(before, after, page.reason),
            }
    return found


def _fields(before: ArticleValue | None, after: ArticleValue | None, reason: Reason) -> dict[str, list[Any]]:
    if before is None and after is None:
        return {}
    if before is None or after is None:
        return {"article": ["none" if before is None else before.title, reason.value if after is None else after.title]}
    one, other = _comparable(before), _comparable(after)
    return {name: [one[name], other[name]] for name in COMPARED if one[name] != other[name]}


def _comparable(article: ArticleValue) -> dict[str, Any]:
    return {**article.model_dump(mode="json"), "text": article.text}
