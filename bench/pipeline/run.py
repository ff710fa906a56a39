"""Pages per second end to end: the whole pipeline against a bare loop of fetch, parse and insert, in one run.

    python bench/pipeline/run.py [--pages 500] [--rounds 3]

The bare loop does the same work with nothing between the steps: threads that fetch with requests, a process pool that
parses with the same parser, one writer that inserts in batches. What the pipeline costs more is what durability,
leases, politeness and the queues cost. Absolute figures depend on the machine; the ratio is what counts.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import psutil
import requests
from sqlmodel import func, select

from warraq_parser.parse import parse
from warraq_shared.article import Article as ArticleValue
from warraq_shared.parsed import ParseInput, utc_now
from warraq_shared.running.up import running
from warraq_shared.settings import Settings
from warraq_store.articles import articles
from warraq_store.database import connect, reading, writing
from warraq_store.migrate import migrate
from warraq_store.schedule import pages
from warraq_store.tables import Article

sys.path.insert(0, str(Path(__file__).parent))
from made_site import HOSTS

FETCH_THREADS = 16
BATCH = 20
PATIENCE = 300.0


class Figures(NamedTuple):
    """What one run took: wall seconds, CPU seconds of all processes but the site's, peak memory by process (MB)."""

    wall: float
    cpu: float
    memory: dict[str, float]


class Site(NamedTuple):
    """The running made site: its port, and its process, whose work is not counted."""

    port: int
    pid: int


@contextmanager
def made_site(number: int) -> Iterator[Site]:
    """Give a running made site with ``number`` pages."""
    command = [sys.executable, str(Path(__file__).with_name("made_site.py")), str(number)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Site(int(process.stdout.readline()), process.pid)
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


def urls(port: int, number: int) -> list[str]:
    return [f"http://h{i % HOSTS}.localhost:{port}/{i}" for i in range(number)]


def parse_one(item: tuple[str, bytes]) -> ArticleValue | None:
    url, body = item
    headers = {"content-type": "text/html; charset=utf-8"}
    return parse(ParseInput(url=url, body=body, headers=headers, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))).article


def bare_loop(site: Site, number: int, folder: Path) -> Figures:
    """Fetch, parse and insert with nothing in between."""
    port = site.port
    engine = connect(f"sqlite:///{folder / 'bare.db'}")
    migrate(engine)

    def fetch(numbers: range) -> list[tuple[str, bytes]]:
        with requests.Session() as session:
            session.trust_env = False
            return [
                (url, session.get(f"http://127.0.0.1:{port}/{i}", headers={"Host": f"h{i % HOSTS}"}).content)
                for i in numbers
                if (url := f"http://h{i % HOSTS}.localhost:{port}/{i}")
            ]

    with ProcessPoolExecutor(os.cpu_count()) as parsers, ThreadPoolExecutor(FETCH_THREADS) as fetchers:
        list(parsers.map(parse_one, [("http://a.example/", b"<p>warm</p>")] * 4))
        family = [psutil.Process()]
        began, cpu = time.perf_counter(), cpu_seconds(family, site)
        waiting: list[ArticleValue] = []
        for batch in fetchers.map(fetch, [range(i, min(i + BATCH, number)) for i in range(0, number, BATCH)]):
            waiting = [article for article in parsers.map(parse_one, batch, chunksize=5) if article]
            insert(engine, waiting)
        wall = time.perf_counter() - began
        used = cpu_seconds(family, site) - cpu
    engine.dispose()
    return Figures(wall, used, {})


def insert(engine, found: list[ArticleValue]) -> None:  # type: ignore[no-untyped-def]
    now = utc_now()
    with writing(engine) as session:
        for article in found:
            articles.store(session, article, url=article.url, source_id=None, fetched_at=now, now=now)


def pipeline(site: Site, number: int, folder: Path) -> Figures:
    """Let the whole of Warraq do it: leases in SQL, Redis between the stages, the plain Celery workers."""
    settings = Settings(
        data_dir=folder,
        allow_networks=(f"127.0.0.1:{site.port}",),
        host_delay=0,
        latency_factor=0,
        tick_seconds=0.5,
        fetch_threads=FETCH_THREADS,
        log_level="WARNING",
    )
    with running(settings) as supervisor:
        engine = connect(settings.database_address)
        wait_until_ready(settings)
        processes = [psutil.Process(pid) for pid in supervisor.pids.values()]
        cpu = cpu_seconds(processes, site)
        began = time.perf_counter()
        with writing(engine) as session:
            pages.register(session, [pages.NewPage(url=url) for url in urls(site.port, number)], utc_now())
        memory: dict[str, float] = {}
        while stored(engine) < number:
            if time.perf_counter() - began > PATIENCE:
                raise SystemExit(f"only {stored(engine)} of {number} pages came")
            note_memory(memory, supervisor.pids)
            time.sleep(0.1)
        wall = time.perf_counter() - began
        used = cpu_seconds(processes, site) - cpu
        engine.dispose()
    return Figures(wall, used, memory)


def wait_until_ready(settings: Settings) -> None:
    """Wait until all three stages answer, so that their start is not counted."""
    from warraq_shared.celery_app import make_app

    app = make_app("bench", settings)
    deadline = time.monotonic() + 60
    while len(app.control.ping(timeout=1.0)) < 3:
        assert time.monotonic() < deadline, "the workers did not start"


def stored(engine) -> int:  # type: ignore[no-untyped-def]
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(Article)).one()


def note_memory(memory: dict[str, float], pids: dict[str, int]) -> None:
    for name, pid in pids.items():
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        memory[name] = max(memory.get(name, 0), sum(one.memory_info().rss for one in family) / 1e6)


def cpu_seconds(processes: list[psutil.Process], site: Site) -> float:
    """Return the CPU seconds of ``processes`` with their children, without the made site's."""
    family = [*processes, *(child for one in processes for child in one.children(recursive=True))]
    return sum(sum(one.cpu_times()[:2]) for one in family if one.pid != site.pid and one.is_running())


def shown(name: str, figures: Figures, number: int) -> str:
    return f"{name} {number / figures.wall:6.0f} pages/s {1000 * figures.cpu / number:5.1f} ms CPU a page"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=500)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    ratios = []
    for number in range(1, chosen.rounds + 1):
        with made_site(chosen.pages) as site, tempfile.TemporaryDirectory() as folder:
            bare = bare_loop(site, chosen.pages, Path(folder))
            whole = pipeline(site, chosen.pages, Path(folder) / "data")
        ratios.append(bare.cpu / whole.cpu)
        print(f"round {number}: {shown('bare loop', bare, chosen.pages)} · {shown('pipeline', whole, chosen.pages)}")
        print("         peak memory, MB: " + ", ".join(f"{name} {mb:.0f}" for name, mb in whole.memory.items()))
    print(f"pipeline / bare loop, pages per CPU second: {statistics.median(ratios):.2f} (median of {chosen.rounds})")


if __name__ == "__main__":
    main()
