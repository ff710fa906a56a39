"""INSERT that meets a row already there: the same statement on both databases."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Insert, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from warraq_store.database import is_postgres


def upsert(session: Session, table: type[Any], key: Sequence[str], values: Sequence[str]) -> Insert:
    """Return an INSERT into ``table`` that sets ``values`` where ``key`` is there already."""
    if is_postgres(session):
        insert = postgresql.insert(table)
        return insert.on_conflict_do_update(index_elements=key, set_={name: insert.excluded[name] for name in values})
    other = sqlite.insert(table)
    return other.on_conflict_do_update(index_elements=key, set_={name: other.excluded[name] for name in values})


def insert_or_ignore(session: Session, table: type[Any]) -> Insert:
    """Return an INSERT into ``table`` that leaves existing rows as they are."""
    rows_of = inspect(table).local_table
    if is_postgres(session):
        return postgresql.insert(rows_of).on_conflict_do_nothing()
    return sqlite.insert(rows_of).on_conflict_do_nothing()
