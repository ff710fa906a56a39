"""Articles a second into SQLite and PostgreSQL, against a bare executemany of the same rows.

``python -m bench.store.writes [--count 3000]``. Three things are measured, each in transactions of 20 and of 100: the
bare ``executemany`` of the finished rows by the driver; ``articles.store_many``, which makes the rows, looks for what
is known and judges revisions; and ``shelf.put`` with ``shelf.tell``, which also indexes for search and finds stories.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.store.fill import batches, incoming
from bench.store.made_articles import NEWEST, made_articles
from bench.store.postgres import postgres
from sqlalchemy import Engine, text
from sqlmodel import Session

from warraq_store import articles, shelf
from warraq_store.articles import Incoming
from warraq_store.database import connect, writing
from warraq_store.migrate import migrate

_TIMES = 5
_JSON = ("blocks", "authors", "tags", "images", "evidence")


def main() -> None:
    """Measure both databases and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=3000)
    count = arguments.parse_args().count
    made = [incoming(one) for one in made_articles(count)]
    made = [Incoming(one.article, one.url, None, one.fetched_at) for one in made]
    print(f"{count} articles of about 320 words; articles a second, best of {_TIMES}, and share of bare executemany")
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder) / "pg", "warraq_writes") as address:
        for name, engine in (("SQLite", connect(f"sqlite:///{folder}/writes.db")), ("PostgreSQL", connect(address))):
            migrate(engine)
            for size in (20, 100):
                line(name, engine, made, size)
            engine.dispose()


def line(name: str, engine: Engine, made: Sequence[Incoming], size: int) -> None:
    """Measure one database with transactions of ``size`` and print the line."""
    rows = [_plain(articles._new_row(one, NEWEST), engine) for one in made]
    bare = rate(engine, made, lambda some, at: _bare(engine, rows[at : at + len(some)]), size)
    stored = rate(engine, made, lambda some, _: _in_transaction(engine, some, _store), size)
    shelved = rate(engine, made, lambda some, _: _in_transaction(engine, some, _shelve), size)
    print(
        f"{name:10} {size:4} a transaction   bare {bare:6.0f}   store_many {stored:6.0f} ({stored / bare:.2f})"
        f"   with search and stories {shelved:6.0f} ({shelved / bare:.2f})"
    )


def rate(engine: Engine, made: Sequence[Incoming], write: Callable[[list[Any], int], None], size: int) -> float:
    """Return articles a second of ``write``, the table emptied before each run."""
    rates = []
    for _ in range(_TIMES):
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM article"))
        began, at = time.perf_counter(), 0
        for some in batches(made, size):
            write(some, at)
            at += len(some)
        rates.append(len(made) / (time.perf_counter() - began))
    return max(rates)


def _in_transaction(engine: Engine, some: list[Incoming], work: Callable[[Session, list[Incoming]], object]) -> None:
    with writing(engine) as session:
        work(session, some)


def _store(session: Session, some: list[Incoming]) -> None:
    articles.store_many(session, some, NEWEST)


def _shelve(session: Session, some: list[Incoming]) -> None:
    shelf.tell(session, some, shelf.put(session, some, NEWEST))


def _plain(row: dict[str, Any], engine: Engine) -> dict[str, Any]:
    """Return a row as its driver takes it."""
    sqlite = engine.dialect.name == "sqlite"
    plain = {name: json.dumps(value, ensure_ascii=False) if name in _JSON else value for name, value in row.items()}
    return {name: str(value) if sqlite and hasattr(value, "isoformat") else value for name, value in plain.items()}


def _bare(engine: Engine, rows: list[dict[str, Any]]) -> None:
    names = list(rows[0])
    sqlite = engine.dialect.name == "sqlite"
    places = ", ".join(f":{name}" if sqlite else f"%({name})s" for name in names)
    insert = f"INSERT INTO article ({', '.join(names)}) VALUES ({places})"
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        if sqlite:
            cursor.execute("BEGIN IMMEDIATE")
        cursor.executemany(insert, rows)
        connection.commit()
    finally:
        connection.close()


if __name__ == "__main__":
    main()
