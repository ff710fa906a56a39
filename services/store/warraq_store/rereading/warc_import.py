"""Taking in WARC files of somebody else (CC-NEWS, another crawler's, our own): streamed, no fetch.

Each HTML response that the filters mean becomes a page, known but not scheduled, and its bytes go through the parse
queue. The raw page stays where it is: its snapshot names the imported file.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlmodel import col, select

from warraq_shared.errors import NotFound, PageProblem, Permanent
from warraq_shared.messages import BatchMark, FetchedPage
from warraq_shared.settings import Settings
from warraq_shared.source_rules import SourceRules
from warraq_shared.urls import canonical
from warraq_store.archive.reading import Damaged, Response, payload, responses
from warraq_store.archive.records import digest_of, response_headers
from warraq_store.article_tables import Snapshot
from warraq_store.database import writing
from warraq_store.rereading.batches import CHUNK, Chunk, chunked
from warraq_store.schedule import pages
from warraq_store.schedule.pages import NewPage
from warraq_store.sources import own_rules
from warraq_store.tables import Page
from warraq_store.upserts import insert_or_ignore

_HTML: Final = ("text/html", "application/xhtml+xml")
_OK: Final = 200
_NOT_KEPT: Final = frozenset({"content-encoding", "transfer-encoding", "content-length", "set-cookie"})


@dataclass(frozen=True)
class Wanted:
    """Which records of a file are taken in; None means all."""

    hosts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    def wants(self, url: str, at: datetime) -> bool:
        """Tell whether a record of ``url`` at that moment is meant. A host means its subdomains, too."""
        if (self.since and at < self.since) or (self.until and at >= self.until):
            return False
        host = urlsplit(url).hostname or ""
        return not self.hosts or any(host == one or host.endswith(f".{one}") for one in self.hosts)


@dataclass(frozen=True)
class _Found:
    url: str
    at: datetime
    status: int
    headers: dict[str, str]
    body: bytes
    offset: int
    end: int


def key_of(file: Path, wanted: Wanted) -> str:
    """Return what names the import of ``file``: the same file with the same filters goes on where it was stopped.

    Raises:
        NotFound: there is no such file.
    """
    if not file.is_file():
        raise NotFound(f"There is no file {file}.")
    return f"import:{file.resolve()}:{file.stat().st_size}:{wanted}"


def chunks(
    engine: Engine,
    settings: Settings,
    file: Path,
    wanted: Wanted,
    after: str,
    now: datetime,
    report: Callable[[Damaged], None] = lambda _: None,
) -> Iterator[Chunk]:
    """Yield the wanted pages of ``file`` from offset ``after`` on, made known and ready for the parsers.

    A damaged record costs itself alone; ``report`` is told of it.

    Raises:
        BrokenArchive: the file is no WARC file.
    """
    with ExitStack() as stack:
        stream = stack.enter_context(file.open("rb"))
        skipped: Counter[str] = Counter()
        records = responses(stream, start=int(after or 0), most=settings.max_body_bytes)
        for some in chunked(_wanted(records, settings, wanted, skipped, report), CHUNK):
            yield _chunk(engine, file.resolve(), wanted, some, skipped, now)
            skipped.clear()
        if skipped:
            yield Chunk(str(file.stat().st_size), (), dict(skipped))


def _wanted(
    records: Iterator[Response | Damaged],
    settings: Settings,
    wanted: Wanted,
    skipped: Counter[str],
    report: Callable[[Damaged], None],
) -> Iterator[_Found]:
    for one in records:
        if isinstance(one, Damaged):
            report(one)
        found = "damaged" if isinstance(one, Damaged) else _found(one, settings, wanted)
        if isinstance(found, str):
            skipped[found] += 1
        else:
            yield found


def _found(one: Response, settings: Settings, wanted: Wanted) -> _Found | str:
    """Return the page in a record, or why it is passed over."""
    record = one.record
    headers = response_headers(record)
    try:
        url = canonical((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"))
        at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
        status = int(record.http_headers.get_statuscode())
    except (Permanent, ValueError):
        return "unreadable"
    if status != _OK or not headers.get("content-type", "text/html").lower().startswith(_HTML):
        return "no-page"
    if len(url) > settings.max_url_length or not wanted.wants(url, at):
        return "filtered"
    try:
        body = payload(record, settings.max_body_bytes)
    except PageProblem:
        return "unreadable"
    if len(body) > settings.max_body_bytes:
        return "too-large"
    kept = {name: value for name, value in headers.items() if name not in _NOT_KEPT}
    return _Found(url, at, status, kept, body, one.offset, one.end)


def _chunk(
    engine: Engine, file: Path, wanted: Wanted, found: Sequence[_Found], skipped: Counter[str], now: datetime
) -> Chunk:
    """Make the pages of ``found`` known and return them; what is forgotten, or known with newer bytes, is left."""
    newest = {one.url: one for one in sorted(found, key=lambda one: one.at)}
    with writing(engine) as session:
        wanted_urls = {
            *pages.unknown(session, newest),
            *session.exec(select(Page.url).where(col(Page.url).in_(newest))),
        }
        rows = [pages.new_row(NewPage(url=url), now) | {"due_at": None} for url in sorted(wanted_urls)]
        if rows:
            session.execute(insert_or_ignore(session, Page), rows)
        known = {row.url: row for row in session.exec(select(Page).where(col(Page.url).in_(newest)))}
        fresh = [one for url, one in newest.items() if url in known and _is_newer(one, known[url])]
        ids = [known[one.url].id or 0 for one in fresh]
        rules = own_rules.of_pages(session, ids)
        taken = [
            (_as_fetched(one, id_, file, wanted, rules.get(id_)), one.body) for one, id_ in zip(fresh, ids, strict=True)
        ]
        snapshots = [_snapshot(page, one, file) for (page, _), one in zip(taken, fresh, strict=True)]
        if snapshots:
            session.execute(insert_or_ignore(session, Snapshot), snapshots)
    passed = Counter(skipped)
    passed["forgotten"] = sum(one.url not in known for one in found)
    passed["known"] += len(found) - len(taken) - passed["forgotten"]
    skips = {name: number for name, number in passed.items() if number}
    return Chunk(str(found[-1].end), taken, skips, set(rules.values()))


def _is_newer(one: _Found, row: Page) -> bool:
    return row.fetched_at is None or one.at > row.fetched_at


def _as_fetched(one: _Found, page_id: int, file: Path, wanted: Wanted, rules: SourceRules | None) -> FetchedPage:
    return FetchedPage(
        page_id=page_id,
        lease="",
        url=one.url,
        final_url=one.url,
        snapshot=hashlib.sha256(f"{file}:{one.offset}".encode()).hexdigest()[:32],
        status=one.status,
        headers=one.headers,
        fetched_at=one.at,
        content_hash="",
        size=len(one.body),
        rules=rules.digest if rules else None,
        batch=BatchMark(run="", languages=wanted.languages),
    )


def _snapshot(page: FetchedPage, one: _Found, file: Path) -> dict[str, Any]:
    return {
        "id": page.snapshot,
        "page_id": page.page_id,
        "url": one.url,
        "http_status": one.status,
        "fetched_at": one.at,
        "digest": digest_of(one.body),
        "size": len(one.body),
        "file": str(file),
        "offset": one.offset,
        "length": one.end - one.offset,
        "same_as": None,
    }
