"""Asking the index: what matches, ranked by how well it fits and how new it is.

A search looks at the newest ``LOOKED_AT`` matches and ranks those; who wants what is older says ``--until``. How
PostgreSQL finds the newest without touching all of them: ``postgres.py``. Score: relevance (the database's own rank;
the best match is 1) times recency (it halves every ``HALF_LIFE_DAYS`` towards a floor, so that an old article that
fits much better still comes first).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import ColumnElement, text
from sqlmodel import Session, col, select

from warraq_store.article_tables import SearchEntry
from warraq_store.database import is_postgres
from warraq_store.filters import Filter, followers, members, require_source
from warraq_store.search import postgres
from warraq_store.search.query import Narrowing, Query, for_sqlite
from warraq_store.tables import Article, Source

LOOKED_AT: Final = 500
HALF_LIFE_DAYS: Final = 30.0
_FLOOR: Final = 0.25
_BM25: Final = "bm25(search_words, 10.0, 4.0, 4.0, 1.0)"


_LANGUAGES: Final = text(
    """WITH RECURSIVE found (language) AS (
        SELECT min(language) FROM search_entry
        UNION ALL SELECT (SELECT min(language) FROM search_entry WHERE language > found.language)
        FROM found WHERE found.language IS NOT NULL)
    SELECT language FROM found WHERE language IS NOT NULL"""
)

_Narrow = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that was found, and why it stands where it stands."""

    article_id: int
    sort_at: datetime
    relevance: float
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits, and how many matches were looked at; ``more`` says that there are older ones.

    ``languages`` are those in which the search was understood.
    """

    hits: tuple[Hit, ...]
    looked_at: int
    more: bool
    languages: Sequence[str | None]


def find(
    session: Session,
    query: Query,
    chosen: Filter,
    now: datetime,
    *,
    limit: int = 20,
    offset: int = 0,
    newest: bool = False,
) -> Found:
    """Return the articles that match ``query`` and ``chosen``, best first (or newest first).

    Raises:
        NotFound: ``query`` names a source that there is not.
    """
    _require_sources(session, query)
    on_postgres = is_postgres(session)
    # Left to choose, SQLite may begin with every entry of a language or a source and ask the full text about each.
    narrow = _as_it_is if on_postgres else _without_index
    conditions = [*_conditions(chosen, narrow), *(_narrowing(one, narrow) for one in query.narrowings)]
    languages = languages_asked(session)
    if on_postgres:
        rows, more = postgres.newest(session, postgres.wanted(query, languages, conditions), LOOKED_AT)
    else:
        rows = _ask_sqlite(session, for_sqlite(query, languages), conditions)
        more = len(rows) >= LOOKED_AT
    hits = _ranked(rows, now)
    if newest:
        hits.sort(key=lambda hit: (hit.sort_at, hit.article_id), reverse=True)
    return Found(tuple(hits[offset : offset + limit]), len(rows), more, languages)


def matching(session: Session, query: Query) -> ColumnElement[bool]:
    """Return the condition that an article matches ``query``, for exports: all of them, without a rank.

    Raises:
        NotFound: ``query`` names a source that there is not.
    """
    _require_sources(session, query)
    languages = languages_asked(session)
    narrowings = [_narrowing(one, _as_it_is) for one in query.narrowings]
    entries = sa.select(col(SearchEntry.article_id)).where(*narrowings)
    if is_postgres(session):
        return col(Article.id).in_(entries.where(postgres.matches(postgres.wanted(query, languages, narrowings))))
    match = text("search_words MATCH :match").bindparams(match=for_sqlite(query, languages))
    words_of = sa.select(sa.literal_column("rowid", sa.Integer)).select_from(text("search_words")).where(match)
    return col(Article.id).in_(entries.where(col(SearchEntry.article_id).in_(words_of)))


def _require_sources(session: Session, query: Query) -> None:
    for one in query.narrowings:
        if one.kind == "source":
            require_source(session, Filter(source=one.value))


def _ranked(rows: Sequence[Any], now: datetime) -> list[Hit]:
    best = max((row.relevance for row in rows), default=0.0) or 1.0
    hits = [
        Hit(row.article_id, row.sort_at, row.relevance / best, row.relevance / best * recency(row.sort_at, now))
        for row in rows
    ]
    return sorted(hits, key=lambda hit: (-hit.score, -hit.article_id))


def recency(moment: datetime, now: datetime) -> float:
    """Return the share of its relevance that an article of ``moment`` keeps: 1 now, towards the floor with age."""
    days = max(0.0, (now - moment).total_seconds() / 86_400)
    return _FLOOR + (1.0 - _FLOOR) * float(2.0 ** (-days / HALF_LIFE_DAYS))


def _ask_sqlite(session: Session, match: str, conditions: Sequence[ColumnElement[bool]]) -> Sequence[Any]:
    words = sa.table("search_words", sa.column("rowid", sa.Integer))
    query = (
        sa.select(
            col(SearchEntry.article_id),
            col(SearchEntry.sort_at),
            (-sa.literal_column(_BM25, sa.Float)).label("relevance"),
        )
        .join_from(words, SearchEntry, col(SearchEntry.article_id) == words.c.rowid)
        .where(text("search_words MATCH :match"), *conditions)
        .order_by(col(SearchEntry.sort_at).desc(), col(SearchEntry.article_id).desc())
        .limit(LOOKED_AT)
    )
    return session.execute(query, {"match": match}).all()


def languages_asked(session: Session) -> list[str | None]:
    """Return the languages in which a search is understood: those in the index, and none.

    One look-up for each, in one question, instead of a pass over all entries.
    """
    return [*session.scalars(_LANGUAGES), None]


def _as_it_is(column: Any) -> Any:
    return col(column)


def _without_index(column: Any) -> Any:
    """Return ``column`` as an expression of the same value for which no index can be used."""
    return sa.func.coalesce(column, None)


def _conditions(chosen: Filter, narrow: _Narrow) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool] | None] = [
        None if chosen.source is None else _of_source(chosen.source, narrow),
        None if chosen.language is None else narrow(SearchEntry.language) == chosen.language,
        None if chosen.since is None else col(SearchEntry.sort_at) >= chosen.since,
        None if chosen.until is None else col(SearchEntry.sort_at) < chosen.until,
        None if chosen.changed_since is None else _changed_since(chosen.changed_since),
        None if chosen.story is None else col(SearchEntry.article_id).in_(members(chosen.story)),
        col(SearchEntry.article_id).not_in(followers()) if chosen.one_a_story else None,
    ]
    return [condition for condition in wanted if condition is not None]


def _of_source(name: str, narrow: _Narrow) -> ColumnElement[bool]:
    source = select(Source.id).where(Source.name == name).scalar_subquery()
    condition: ColumnElement[bool] = narrow(SearchEntry.source_id) == source
    return condition


def _changed_since(moment: datetime) -> ColumnElement[bool]:
    return col(SearchEntry.article_id).in_(select(Article.id).where(col(Article.changed_at) >= moment))


def _narrowing(narrowing: Narrowing, narrow: _Narrow) -> ColumnElement[bool]:
    condition: ColumnElement[bool]
    match narrowing.kind:
        case "site":
            condition = narrow(SearchEntry.site) == narrowing.value
        case "lang":
            condition = narrow(SearchEntry.language) == narrowing.value
        case _:
            condition = _of_source(narrowing.value, narrow)
    return sa.or_(condition.is_(None), sa.not_(condition)) if narrowing.excluded else condition
