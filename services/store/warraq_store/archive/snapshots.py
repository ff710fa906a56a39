"""Which raw bytes are where: the table beside the WARC files.

A snapshot is kept once, whatever is redelivered; the same bytes again become a revisit record that names the first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from warraq_shared.claim_check import ClaimCheck
from warraq_shared.errors import NotFound
from warraq_shared.logs import log
from warraq_shared.messages import FetchedPage
from warraq_shared.settings import Settings
from warraq_store.archive.records import Original, RawPage, digest_of, unpacked
from warraq_store.archive.writing import ArchiveWriter, Written
from warraq_store.article_tables import Snapshot
from warraq_store.schedule import pages
from warraq_store.upserts import insert_or_ignore

NONE_KEPT = "No raw page of {url} is in the archive: its limits let it go, or it was never kept."

_log = log("store")


@dataclass(frozen=True)
class Keeper:
    """Puts raw pages into the archive before their claims are dropped."""

    writer: ArchiveWriter
    claims: ClaimCheck

    def keep(self, session: Session, fetched: Sequence[FetchedPage]) -> None:
        """Archive ``fetched`` pages that are not archived yet and whose bytes are still there.

        A full disk costs the raw pages, never the articles: it is logged, and the articles are stored.
        """
        wanted = {page.snapshot: page for page in fetched}
        known = set(session.exec(select(Snapshot.id).where(col(Snapshot.id).in_(wanted))))
        bodies = self.claims.find_many([snapshot for snapshot in wanted if snapshot not in known])
        raw = [_raw(wanted[snapshot], body) for snapshot, body in bodies.items()]
        if not raw:
            return
        digests = [digest_of(page.body) for page in raw]
        originals = _originals(session, digests)
        try:
            places = self.writer.append([(p, originals.get(d)) for p, d in zip(raw, digests, strict=True)])
        except OSError as problem:
            _log.error("raw pages were not archived", pages=len(raw), problem=str(problem))
            return
        rows = [
            _row(page, wanted[page.snapshot].page_id, digest, place, originals.get(digest))
            for page, digest, place in zip(raw, digests, places, strict=True)
        ]
        session.execute(insert_or_ignore(session, Snapshot), rows)


def open_keeper(settings: Settings, claims: ClaimCheck) -> Keeper | None:
    """Return what keeps raw pages, if ``settings`` want any kept."""
    if not settings.archive:
        return None
    return Keeper(ArchiveWriter(settings.archive_folder, file_bytes=settings.archive_file_bytes), claims)


def _raw(page: FetchedPage, body: bytes) -> RawPage:
    return RawPage(page.snapshot, page.final_url, page.status, page.fetched_at, body, page.headers, page.sent)


def _originals(session: Session, digests: Iterable[str]) -> dict[str, Original]:
    """Return where the bytes of ``digests`` are already, whole and in files of our own."""
    query = select(Snapshot).where(
        col(Snapshot.digest).in_(set(digests)), col(Snapshot.same_as).is_(None), col(Snapshot.file).not_like("/%")
    )
    return {row.digest: Original(row.id, row.url, row.fetched_at) for row in session.exec(query)}


def _row(page: RawPage, page_id: int, digest: str, place: Written, original: Original | None) -> dict[str, Any]:
    return {
        "id": page.snapshot,
        "page_id": page_id,
        "url": page.url,
        "http_status": page.status,
        "fetched_at": page.fetched_at,
        "digest": digest,
        "size": len(page.body),
        "file": place.file,
        "offset": place.offset,
        "length": place.length,
        "same_as": original.snapshot if original else None,
    }


def newest(session: Session, url: str, until: datetime) -> Snapshot:
    """Return the newest snapshot of the page of a canonical URL that was fetched by ``until``.

    Raises:
        NotFound: the URL is not known, or no raw page of it is kept.
    """
    page = pages.find(session, url)
    if page is None:
        raise NotFound(f"{url} is not known. `warraq add {url}` fetches it.")
    of_page = select(Snapshot).where(Snapshot.page_id == page.id, col(Snapshot.fetched_at) <= until)
    row = session.exec(of_page.order_by(col(Snapshot.fetched_at).desc())).first()
    if row is None:
        raise NotFound(f"{NONE_KEPT.format(url=url)} `warraq add --force {url}` fetches it again.")
    return row


def read(session: Session, settings: Settings, row: Snapshot) -> RawPage:
    """Return the raw page of a snapshot; the bytes of a revisit are those of its original.

    Raises:
        BrokenArchive: its file is not there or does not hold it.
    """
    headers, body = unpacked(settings.archive_folder / row.file, row.offset, row.length)
    original = session.get(Snapshot, row.same_as) if row.same_as else None
    if original is not None:
        body = unpacked(settings.archive_folder / original.file, original.offset, original.length)[1]
    headers = {name: value for name, value in headers.items() if name != "content-length"}
    return RawPage(row.id, row.url, row.http_status, row.fetched_at, body, headers)
