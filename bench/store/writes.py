"""Articles a second into SQLite and PostgreSQL, against a bare executemany of the same rows.

``python -m bench.store.writes [--count 2000]``. Four things are measured by turns, each in transactions of 20 and of
100: ``ready``, the driver's bare ``executemany`` of rows that are finished; ``bare``, the same with what any loop has
to do, which is to make JSON of the lists and text of the moments; ``store_many``, which also looks for what is known
and judges revisions; and ``shelf.put`` with ``shelf.tell``, which index for search and find stories as well.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.store.fill import incoming
from bench.store.made_articles import NEWEST, made_articles
from bench.store.postgres import postgres
from pydantic_core import to_json
from sqlalchemy import Engine
from sqlmodel import Session

from warraq_store.articles import articles, shelf
from warraq_store.articles.articles import Incoming
from warraq_store.database import connect, writing
from warraq_store.migrate import migrate

_TIMES = 5
_TIMES_WITH_ALL = 2
_JSON = ("blocks", "authors", "tags", "images", "evidence")

Row = dict[str, Any]
Write = Callable[[int, int], None]


def main() -> None:
    """Measure both databases and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=2000)
    count = arguments.parse_args().count
    made = [incoming(one) for one in made_articles(count)]
    made = [Incoming(one.article, one.url, None, one.fetched_at) for one in made]
    print(f"{count} articles of about 320 words; articles a second, best of {_TIMES}, and share of bare executemany")
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder) / "pg", "warraq_writes") as address:
        for name, engine in (("SQLite", connect(f"sqlite:///{folder}/writes.db")), ("PostgreSQL", connect(address))):
            migrate(engine)
            for size in (20, 100):
                print(f"{name:10} {size:4} a transaction   {line(engine, made, size)}", flush=True)
            engine.dispose()


def line(engine: Engine, made: Sequence[Incoming], size: int) -> str:
    """Measure one database with transactions of ``size``; return what to print."""
    rows = [articles._new_row(one, NEWEST) for one in made]
    ready = [_plain(row, engine) for row in rows]
    ways: dict[str, Write] = {
        "ready": lambda start, end: _insert(engine, ready[start:end]),
        "bare": lambda start, end: _insert(engine, [_plain(row, engine) for row in rows[start:end]]),
        "store_many": lambda start, end: _in_transaction(engine, made[start:end], _store),
        "with search and stories": lambda start, end: _in_transaction(engine, made[start:end], _shelve),
    }
    best = dict.fromkeys(ways, 0.0)
    for turn in range(_TIMES):
        for name, write in ways.items():
            if write is not ways["with search and stories"] or turn < _TIMES_WITH_ALL:
                best[name] = max(best[name], rate(engine, write, len(made), size))
    return "   ".join(f"{name} {found:6.0f} ({found / best['bare']:.2f})" for name, found in best.items())


def rate(engine: Engine, write: Write, count: int, size: int) -> float:
    """Return articles a second of ``write`` into an empty table."""
    _empty(engine)
    began = time.perf_counter()
    for start in range(0, count, size):
        write(start, min(start + size, count))
    return count / (time.perf_counter() - began)


def _empty(engine: Engine) -> None:
    """Leave the table as if nothing had been there, so that no run pays for the one before."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("DELETE FROM article")
            connection.commit()
            engine.dispose()
        else:
            connection.exec_driver_sql("TRUNCATE article CASCADE")
            connection.commit()


def _in_transaction(
    engine: Engine, some: Sequence[Incoming], work: Callable[[Session, Sequence[Incoming]], object]
) -> None:
    with writing(engine) as session:
        work(session, some)


def _store(session: Session, some: Sequence[Incoming]) -> None:
    articles.store_many(session, some, NEWEST)


def _shelve(session: Session, some: Sequence[Incoming]) -> None:
    shelf.tell(session, some, shelf.put(session, some, NEWEST))


def _plain(row: Row, engine: Engine) -> Row:
    """Return a row as its driver takes it."""
    sqlite = engine.dialect.name == "sqlite"
    plain = {name: to_json(value).decode() if name in _JSON else value for name, value in row.items()}
    if not sqlite:
        return plain
    return {
        name: str(value.replace(tzinfo=None)) if hasattr(value, "isoformat") else value for name, value in plain.items()
    }


def _insert(engine: Engine, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    sqlite = engine.dialect.name == "sqlite"
    places = ", ".join(f":{name}" if sqlite else f"%({name})s" for name in names)
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        if sqlite:
            cursor.execute("BEGIN IMMEDIATE")
        cursor.executemany(f"INSERT INTO article ({', '.join(names)}) VALUES ({places})", rows)
        connection.commit()
    finally:
        connection.close()


if __name__ == "__main__":
    main()
