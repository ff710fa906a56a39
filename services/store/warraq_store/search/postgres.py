"""How PostgreSQL is asked for the newest matches of a search.

There are two ways, and each is bounded, so that no search takes long on a million articles:

by words: the index of words gives every article that holds them, and the newest of those are taken. Where that says too
    much (a phrase, words of the text only: the index knows neither places nor parts) the newest ``OPENED`` are opened,
    one after the other until enough are found.
by time: the newest ``LOOKED_THROUGH`` articles are opened until enough are found. For words that stand in a great part
    of all articles, of which the index would give hundreds of thousands.

By words is right always; by time comes first where the newest ``TRIED`` promise that it finds enough. The database
would choose by itself, but it knows neither what opening a text costs, nor how rare a phrase is, nor that words of one
language stand together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import ColumnElement, text
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col

from warraq_shared.errors import WarraqError
from warraq_store.article_tables import SearchEntry
from warraq_store.search.query import Query, for_postgres, for_postgres_index

TRIED: Final = 300
LOOKED_THROUGH: Final = 5_000
OPENED: Final = 20_000

# {D, C, B, A}: text, tags, authors, title.
_WEIGHTS: Final = "CAST('{0.1, 0.4, 0.4, 1.0}' AS float4[])"
_BY_LENGTH: Final = 1
_WORDS: Final = sa.literal_column("search_entry.words", TSVECTOR)
_NEWEST_FIRST: Final = (col(SearchEntry.sort_at).desc(), col(SearchEntry.article_id).desc())
_ENTRIES: Final = sa.select(col(SearchEntry.article_id), col(SearchEntry.sort_at), _WORDS.label("words"))

_PATIENCE_SECONDS: Final = 20
# Compiling takes longer than searching, other processes would open texts that are not needed, a plan must know its
# words, and a bitmap of all articles must fit: without room it forgets which of a block's articles were meant.
_FOR_SEARCHES: Final = text(
    f"""SELECT set_config('statement_timeout', '{_PATIENCE_SECONDS}s', true), set_config('jit', 'off', true),
    set_config('max_parallel_workers_per_gather', '0', true), set_config('work_mem', '64MB', true),
    set_config('plan_cache_mode', 'force_custom_plan', true)"""
)
# query_canceled (PostgreSQL, appendix A).
_CANCELLED: Final = "57014"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as PostgreSQL understands it: exactly, and as far as the index of words alone can tell."""

    exact: ColumnElement[Any]
    in_index: ColumnElement[Any]
    must_open: bool
    conditions: Sequence[ColumnElement[bool]]


def wanted(query: Query, languages: Sequence[str | None], conditions: Sequence[ColumnElement[bool]]) -> Wanted:
    """Return ``query`` among the articles of ``conditions`` (over SearchEntry) in an index of ``languages``."""
    exact, in_index = for_postgres(query, languages), for_postgres_index(query, languages)
    return Wanted(_tsquery(exact), _tsquery(in_index), exact != in_index, conditions)


def matches(search: Wanted) -> ColumnElement[bool]:
    """Return the condition that the words of an entry are what is searched."""
    return _match(_WORDS, search.exact)


def newest(session: Session, search: Wanted, most: int) -> tuple[Sequence[Any], bool]:
    """Return the newest matches (``article_id, sort_at, relevance``), at most ``most``, and whether there may be more.

    Raises:
        WarraqError: it took too long.
    """
    try:
        session.execute(_FOR_SEARCHES)
        return _newest(session, search, most)
    except OperationalError as problem:
        if getattr(problem.orig, "sqlstate", None) != _CANCELLED:
            raise
        raise WarraqError(
            f"The search took longer than {_PATIENCE_SECONDS} seconds and was ended. "
            "Longer beginnings of words, or --since, --lang or --source, make it shorter."
        ) from problem


def _newest(session: Session, search: Wanted, most: int) -> tuple[Sequence[Any], bool]:
    if _share_of_newest(session, search) * LOOKED_THROUGH >= most:
        rows = _ranked(session, search, by_time(search, LOOKED_THROUGH, most))
        if len(rows) == most:
            return rows, True
    rows = _ranked(session, search, by_words(search, most))
    return rows, len(rows) == most or (search.must_open and _is_cut(session, search))


def by_time(search: Wanted, looked_through: int, most: int) -> sa.Select[Any]:
    """Return the query for the matches among the newest entries."""
    newest_first = _ENTRIES.where(*search.conditions).order_by(*_NEWEST_FIRST)
    return _opened(newest_first.limit(looked_through).subquery("entries"), search, most)


def by_words(search: Wanted, most: int) -> sa.Select[Any]:
    """Return the query for the newest matches among the entries that the index of words gives."""
    held = _held(search).c
    newest_first = sa.select(*held).order_by(held.sort_at.desc(), held.article_id.desc())
    if not search.must_open:
        return newest_first.limit(most)
    return _opened(newest_first.limit(OPENED).subquery("entries"), search, most)


def _held(search: Wanted) -> sa.Subquery:
    """Return the entries that hold the words. OFFSET 0 keeps this a step of its own: words first, then time."""
    return _ENTRIES.where(_match(_WORDS, search.in_index), *search.conditions).offset(0).subquery("held")


def _opened(entries: sa.Subquery, search: Wanted, most: int) -> sa.Select[Any]:
    """Return the query for the matches among ``entries``, which are opened in their order, no more than are needed."""
    newest_first = (entries.c.sort_at.desc(), entries.c.article_id.desc())
    return sa.select(*entries.c).where(_match(entries.c.words, search.exact)).order_by(*newest_first).limit(most)


def _ranked(session: Session, search: Wanted, found: sa.Select[Any]) -> Sequence[Any]:
    entry = found.subquery("found").c
    rank = sa.func.ts_rank(sa.literal_column(_WEIGHTS), entry.words, search.exact, _BY_LENGTH)
    return session.execute(sa.select(entry.article_id, entry.sort_at, rank.label("relevance"))).all()


def _is_cut(session: Session, search: Wanted) -> bool:
    """Tell whether the index gives more entries than were opened."""
    return _count(session, sa.select(_held(search).c.article_id).limit(OPENED + 1)) > OPENED


def _share_of_newest(session: Session, search: Wanted) -> float:
    return _count(session, by_time(search, TRIED, TRIED)) / TRIED


def _count(session: Session, query: sa.SelectBase) -> int:
    counted: int = session.execute(sa.select(sa.func.count()).select_from(query.subquery("counted"))).scalar_one()
    return counted


def _tsquery(said: str) -> ColumnElement[Any]:
    return sa.cast(sa.literal(said, sa.Text), TSQUERY)


def _match(words: ColumnElement[Any], said: ColumnElement[Any]) -> ColumnElement[bool]:
    return words.op("@@", return_type=sa.Boolean())(said)
