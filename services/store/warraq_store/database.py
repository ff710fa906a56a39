"""The database: SQLite (WAL) on one machine or PostgreSQL, behind the same tables.

``reading`` and ``writing`` are the only ways in. A writing session is one transaction; on SQLite it takes the write
lock at once, so that two writers wait for each other instead of failing half way.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar

from pydantic_core import to_json
from sqlalchemy import DateTime, Dialect, Engine, TypeDecorator, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from warraq_shared.article import aware
from warraq_shared.errors import NotReady

_BUSY_MILLISECONDS = 20_000
_WRITE = "warraq_write"
_DEADLOCKS = 4
# deadlock_detected and serialization_failure (PostgreSQL, appendix A).
_DEADLOCK_STATES = ("40P01", "40001")
_LAST_STEPS = "warraq_last_steps"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite has no time zones: there it is kept as the naive UTC moment."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return ``value`` in UTC, refusing a naive one."""
        if value is None:
            return None
        moment = aware(value).astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what was kept as an aware UTC moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def connect(address: str) -> Engine:
    """Return an engine for the database at ``address`` (a SQLAlchemy URL; ``postgresql://`` means psycopg).

    Nothing is connected yet. Connections are kept and used again, so ``dispose`` of the engine when done: opening
    SQLite for each transaction, and closing it as its last reader, writes the whole log back to the file each time.
    """
    url = make_url(address)
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            connect_args={"timeout": _BUSY_MILLISECONDS / 1000, "isolation_level": None},
            json_serializer=_to_json,
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=5, json_serializer=_to_json)


def _to_json(value: Any) -> str:
    """Return ``value`` as JSON with its letters as they are: Arabic as \\u escapes would take three times the space."""
    return to_json(value).decode()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Give a session that only reads.

    Raises:
        NotReady: the database cannot be reached.
    """
    with _session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Give a session that is one transaction: committed at the end of the block, rolled back if it raises.

    Raises:
        NotReady: the database cannot be reached.
    """
    with _session(engine.execution_options(**{_WRITE: True})) as session, session.begin():
        yield session
        for step in session.info.pop(_LAST_STEPS, {}):
            step(session)


def at_the_end(session: Session, step: Callable[[Session], None]) -> None:
    """Have ``step`` run once, as one of the last things of the transaction: for rows that many transactions share."""
    session.info.setdefault(_LAST_STEPS, {})[step] = None


@contextmanager
def _session(engine: Engine) -> Iterator[Session]:
    session = Session(engine, expire_on_commit=False)
    try:
        yield session
    except OperationalError as problem:
        if problem.connection_invalidated or "connect" in str(problem.orig).lower() or "unable to open" in str(problem):
            raise NotReady(f"The database at {shown(engine)} cannot be reached: {problem.orig}") from problem
        raise
    finally:
        session.close()


P = ParamSpec("P")
R = TypeVar("R")


def again_after_deadlock(work: Callable[P, R]) -> Callable[P, R]:
    """Return ``work`` done again, a few times, when the database ended its transaction to resolve a deadlock.

    PostgreSQL picks one of two transactions that wait for each other. What is done again must be harmless to repeat.
    """

    @functools.wraps(work)
    def working(*arguments: P.args, **named: P.kwargs) -> R:
        for _ in range(_DEADLOCKS - 1):
            try:
                return work(*arguments, **named)
            except OperationalError as problem:
                if getattr(problem.orig, "sqlstate", None) not in _DEADLOCK_STATES:
                    raise
        return work(*arguments, **named)

    return working


def shown(engine: Engine) -> str:
    """Return the engine's address with its password masked."""
    return engine.url.render_as_string(hide_password=True)


def is_postgres(session: Session) -> bool:
    """Tell whether ``session`` talks to PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
