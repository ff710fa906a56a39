"""INSERT that meets a row already there: the same statement on both databases.

Each is made once and used again: to put a statement together takes longer than to run it.
"""

import functools
from typing import Any

from sqlalchemy import Insert, Table, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from warraq_store.database import is_postgres


def upsert(session: Session, table: type[Any], key: tuple[str, ...], values: tuple[str, ...]) -> Insert:
    """Return an INSERT into ``table`` that sets ``values`` where ``key`` is there already."""
    return _setting(inspect(table).local_table, key, values, postgres=is_postgres(session))


def insert_or_ignore(session: Session, table: type[Any]) -> Insert:
    """Return an INSERT into ``table`` that leaves existing rows as they are."""
    return _ignoring(inspect(table).local_table, postgres=is_postgres(session))


@functools.cache
def _setting(table: Table, key: tuple[str, ...], values: tuple[str, ...], *, postgres: bool) -> Insert:
    insert = postgresql.insert(table) if postgres else sqlite.insert(table)
    return insert.on_conflict_do_update(index_elements=key, set_={name: insert.excluded[name] for name in values})


@functools.cache
def _ignoring(table: Table, *, postgres: bool) -> Insert:
    insert = postgresql.insert(table) if postgres else sqlite.insert(table)
    return insert.on_conflict_do_nothing()
