"""Parsing again what is in the archive: the newest raw page of each page that a filter means, no fetch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from warraq_shared.messages import BatchMark, FetchedPage
from warraq_shared.parsed import ItemHints
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings
from warraq_shared.source_rules import SourceRules
from warraq_store.archive import snapshots
from warraq_store.archive.reading import BrokenArchive
from warraq_store.archive.records import RawPage
from warraq_store.article_tables import Snapshot
from warraq_store.database import reading
from warraq_store.filters import Filter, conditions
from warraq_store.rereading.batches import CHUNK, Chunk
from warraq_store.sources import own_rules
from warraq_store.tables import Article, Page, Source

_UNREADABLE: Final = "unreadable"


@dataclass(frozen=True)
class Selection:
    """Which pages are parsed again. ``url`` is one of them; without a filter also pages that have no article.

    ``page_ids`` are the only ones, where they are given.
    """

    chosen: Filter
    url: str | None = None
    page_ids: tuple[int, ...] | None = None

    def pages(self, columns: Sequence[Any]) -> sa.Select[Any]:
        """Return the query for them: pages with a snapshot, their newest one, by page id."""
        later = aliased(Snapshot)
        newest = (
            sa.select(sa.func.max(later.fetched_at))
            .where(col(later.page_id) == col(Snapshot.page_id))
            .correlate(Snapshot)
            .scalar_subquery()
        )
        query = (
            sa.select(*columns)
            .select_from(Snapshot)
            .join(Page, col(Page.id) == col(Snapshot.page_id))
            .join(Article, col(Article.id) == col(Page.article_id), isouter=True)
            .join(Source, col(Source.id) == col(Page.source_id), isouter=True)
            .where(col(Snapshot.fetched_at) == newest, *conditions(self.chosen))
        )
        if self.page_ids is not None:
            query = query.where(col(Page.id).in_(self.page_ids))
        return query.where(col(Page.url) == self.url) if self.url else query


def count(engine: Engine, selection: Selection) -> int:
    """Return how many pages would be parsed again."""
    with reading(engine) as session:
        return int(session.execute(selection.pages([sa.func.count(col(Page.id).distinct())])).scalar_one())


def count_without_raw(engine: Engine, chosen: Filter) -> int:
    """Return how many articles ``chosen`` means that cannot be parsed again: no raw page of theirs is kept."""
    kept = sa.exists().where(col(Snapshot.page_id) == col(Page.id), col(Page.article_id) == col(Article.id))
    number = sa.select(sa.func.count(col(Article.id))).where(~kept, *conditions(chosen))
    with_source = number.join(Source, col(Source.id) == col(Article.source_id), isouter=True)
    with reading(engine) as session:
        return int(session.execute(with_source).scalar_one())


def chunks(engine: Engine, settings: Settings, selection: Selection, after: str, *, dry_run: bool) -> Iterator[Chunk]:
    """Yield the selected pages after position ``after``, ready for the parsers."""
    last = int(after or 0)
    while True:
        with reading(engine) as session:
            found = selection.pages([col(Page.id), col(Snapshot.id)]).where(col(Page.id) > last)
            ids = session.execute(found.order_by(col(Page.id)).limit(CHUNK)).all()
            if not ids:
                return
            last = ids[-1][0]
            yield _chunk(session, settings, dict(map(tuple, ids)), dry_run=dry_run)


def _chunk(session: Session, settings: Settings, ids: dict[int, str], *, dry_run: bool) -> Chunk:
    rows = session.exec(select(Page).where(col(Page.id).in_(ids)).order_by(col(Page.id))).all()
    kept = {row.id: row for row in session.exec(select(Snapshot).where(col(Snapshot.id).in_(ids.values())))}
    rules = own_rules.of_pages(session, ids)
    pages: list[tuple[FetchedPage, bytes]] = []
    unreadable = 0
    for row in rows:
        try:
            raw = snapshots.read(session, settings, kept[ids[row.id or 0]])
        except BrokenArchive:
            unreadable += 1
            continue
        pages.append((_as_fetched(row, raw, rules.get(row.id or 0), dry_run=dry_run), raw.body))
    return Chunk(str(max(ids)), pages, {_UNREADABLE: unreadable} if unreadable else {}, set(rules.values()))


def _as_fetched(row: Page, raw: RawPage, rules: SourceRules | None, *, dry_run: bool) -> FetchedPage:
    return FetchedPage(
        page_id=row.id or 0,
        lease="",
        url=row.url,
        final_url=raw.url,
        snapshot=raw.snapshot,
        status=raw.status,
        headers=dict(raw.headers),
        fetched_at=raw.fetched_at,
        moved_for_good=row.reason == Reason.MOVED,
        content_hash=row.content_hash or "",
        size=len(raw.body),
        hints=ItemHints.model_validate(row.hints) if row.hints else None,
        rules=rules.digest if rules else None,
        batch=BatchMark(run="", dry_run=dry_run),
    )
