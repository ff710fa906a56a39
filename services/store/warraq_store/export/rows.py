"""The articles of an export as a stream of documents, in small memory.

First the ids of all that are meant (8 bytes each), by whatever index finds them; then the articles in steps of their
ids, so that neither database keeps a result of any size, and an export of a database that is being written to holds no
lock for longer than one step.
"""

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Engine, Row
from sqlmodel import col

from warraq_store.article_tables import StoryMember
from warraq_store.database import reading
from warraq_store.filters import Filter, conditions
from warraq_store.search.find import matching
from warraq_store.search.query import Query
from warraq_store.tables import Article, Source

_STEP: Final = 500
_IN_PIECES: Final = {"yield_per": 10_000}
_TEXTS: Final = ("text", "blocks")

# As they stand in the table, in the order of the documents.
_PLAIN: Final = (
    "url", "canonical_url", "site", "title", "subtitle", "lead", "text", "blocks", "authors", "language", "direction",
    "section", "tags", "images", "word_count", "access", "fingerprint", "parser_version", "evidence", "revision",
    "first_seen_at", "changed_at", "fetched_at",
)  # fmt: skip

Document = dict[str, Any]


def documents(
    engine: Engine,
    chosen: Filter,
    query: Query | None = None,
    *,
    with_text: bool = True,
    newest_first: bool = False,
    limit: int | None = None,
) -> Iterator[Document]:
    """Yield the articles that ``chosen`` and ``query`` mean, oldest id first.

    ``newest_first`` is for feeds and goes with a ``limit`` that fits into memory.
    """
    if newest_first:
        yield from _newest(engine, chosen, query, with_text=with_text, limit=limit or _STEP)
        return
    ids = _ids(engine, chosen, query, limit)
    for start in range(0, len(ids), _STEP):
        these = col(Article.id).in_(ids[start : start + _STEP].tolist())
        yield from map(_document, _rows(engine, Filter(), None, _columns(with_text), [these], col(Article.id), None))


def _ids(engine: Engine, chosen: Filter, query: Query | None, limit: int | None) -> "array[int]":
    with reading(engine) as session:
        wanted = [*conditions(chosen), *([matching(session, query)] if query else [])]
        meant = sa.select(col(Article.id)).join_from(Article, Source, isouter=True).where(*wanted)
        # Ordered by a sum, for which there is no index: else PostgreSQL asks each article in turn whether it is meant.
        by_id = meant.order_by(col(Article.id) + 0).limit(limit)
        return array("q", session.scalars(by_id, execution_options=_IN_PIECES))


def count(engine: Engine, chosen: Filter, query: Query | None = None) -> int:
    """Return how many articles ``chosen`` and ``query`` mean."""
    counted = [sa.func.count().label("number")]
    return int(_rows(engine, chosen, query, counted, [], None, None)[0].number)


def _newest(engine: Engine, chosen: Filter, query: Query | None, *, with_text: bool, limit: int) -> Iterator[Document]:
    published = sa.func.coalesce(Article.published_at, Article.first_seen_at).desc()
    yield from (_document(row) for row in _rows(engine, chosen, query, _columns(with_text), [], published, limit))


def _columns(with_text: bool) -> list[Any]:
    plain = [name for name in _PLAIN if with_text or name not in _TEXTS]
    dates = ("published_at", "published_offset", "modified_at", "modified_offset")
    story = sa.select(col(StoryMember.story_id)).where(col(StoryMember.article_id) == col(Article.id)).scalar_subquery()
    return [
        col(Article.id),
        *(getattr(Article, name) for name in (*plain, *dates)),
        col(Source.name).label("source"),
        story.label("story"),
    ]


def _rows(
    engine: Engine,
    chosen: Filter,
    query: Query | None,
    columns: Sequence[Any],
    more: Sequence[ColumnElement[bool]],
    order: Any,
    limit: int | None,
) -> Sequence[Row[Any]]:
    with reading(engine) as session:
        wanted = [*conditions(chosen), *more, *([matching(session, query)] if query else [])]
        selected = sa.select(*columns).join_from(Article, Source, isouter=True).where(*wanted)
        return session.execute(selected.order_by(order).limit(limit)).all()


def _document(row: Row[Any]) -> Document:
    values = dict(row._mapping)
    published, modified = values.pop("published_offset"), values.pop("modified_offset")
    values["published_at"] = _with_offset(values["published_at"], published)
    values["modified_at"] = _with_offset(values["modified_at"], modified)
    if "blocks" in values:
        values["headings"] = [block["text"] for block in values["blocks"] if block["type"] == "heading"]
    return values


def _with_offset(moment: datetime | None, minutes: int | None) -> datetime | None:
    return moment.astimezone(timezone(timedelta(minutes=minutes))) if moment and minutes else moment
