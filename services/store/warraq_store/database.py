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
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import TypeEngine
from sqlmodel import Session

from warraq_shared.article import aware
from warraq_shared.errors import NotReady

_BUSY_MILLISECONDS = 20_000
_WRITE = "warraq_write"
# SQLite's own 2 MB and 1,000 pages make each small transaction of a grown database write the same pages of its indexes
# to the file again and again: words and bands fall anywhere in them.
_CACHE_KIBIBYTES = 32 * 1024
_PAGES_PER_CHECKPOINT = 4000
_DEADLOCKS = 4
# deadlock_detected and serialization_failure (PostgreSQL, appendix A).
_DEADLOCK_STATES = ("40P01", "40001")
_LAST_STEPS = "warraq_last_steps"


class _SqliteMoment(sqlite.DATETIME):
    """SQLite has no time zones: there it is the text of the naive moment in UTC."""

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | None]:
        """Return what makes text of a moment."""
        return lambda moment: (
            None if moment is None else _utc(moment).replace(tzinfo=None).isoformat(" ", "microseconds")
        )

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], datetime | None]:
        """Return what makes a moment of text."""
        return lambda text: None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


class _PostgresMoment(postgresql.TIMESTAMP):
    """PostgreSQL keeps the moment, and gives it in the time zone of the connection."""

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], datetime | None]:
        """Return what brings a moment to UTC."""
        return lambda moment: None if moment is None else _utc(moment)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[datetime | None], datetime | None]:
        """Return what brings a moment to UTC."""
        return lambda moment: None if moment is None else moment.astimezone(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused. Each database's way is one step, for there are many."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return how ``dialect`` keeps it."""
        if dialect.name == "sqlite":
            return _SqliteMoment()  # type: ignore[no-untyped-call]  # SQLAlchemy's constructor has no types
        return _PostgresMoment(timezone=True)


def _utc(moment: datetime) -> datetime:
    return aware(moment).astimezone(UTC)


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
    with _session(engine) as session, session.begin():
        session.connection(execution_options={_WRITE: True})
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
    cursor.execute(f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}")
    cursor.execute(f"PRAGMA wal_autocheckpoint={_PAGES_PER_CHECKPOINT}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
