"""One way of fetching, measured: prints pages per second and CPU milliseconds per page as JSON."""

import functools
import json
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from bench.fetch.server import HOSTS

VISIT = 20
Job = Callable[[Sequence[str]], int]


def bare(port: str, redis_url: str) -> Job:
    import requests

    mine = threading.local()

    def job(urls: Sequence[str]) -> int:
        if not hasattr(mine, "session"):
            mine.session = requests.Session()
            mine.session.trust_env = False
        return sum(bool(mine.session.get(url, timeout=20).content) for url in urls)

    return job


def kept(port: str, redis_url: str) -> Job:
    import requests
    import zstandard
    from redis import Redis

    mine, redis = threading.local(), Redis.from_url(redis_url)

    def job(urls: Sequence[str]) -> int:
        if not hasattr(mine, "session"):
            mine.session = requests.Session()
            mine.session.trust_env = False
        for url in urls:
            packed = zstandard.ZstdCompressor(level=3).compress(mine.session.get(url, timeout=20).content)
            redis.set(url, packed, ex=60)
        return len(urls)

    return job


def fetch(port: str, redis_url: str) -> Job:
    from warraq_fetcher.fetch import Request, Trail
    from warraq_fetcher.fetch import fetch as fetch_page
    from warraq_fetcher.guard import Guard
    from warraq_fetcher.large_bodies import LargeBodies
    from warraq_fetcher.local_hosts import LocalHosts
    from warraq_fetcher.names import Names
    from warraq_fetcher.pace import Pace
    from warraq_fetcher.politeness import Courtesy, Politeness
    from warraq_fetcher.robots import NoShelf, Robots
    from warraq_fetcher.workshop import manners_of, new_session
    from warraq_shared.parsed import utc_now

    settings = settings_for(port, redis_url)
    guard, large, pace = Guard(settings.allow_networks, Names()), LargeBodies(), Pace(LocalHosts(manners_of(settings)))
    robots = Robots(NoShelf(), settings.user_agent)
    mine = threading.local()

    def job(urls: Sequence[str]) -> int:
        if not hasattr(mine, "session"):
            mine.session = new_session(settings, guard, large)
        mine.session.new_visit()
        turns = Politeness(mine.session, pace, robots, Courtesy(0, 60, 10), utc_now)
        return sum(bool(fetch_page(Request(url), mine.session, turns, utc_now, Trail()).body) for url in urls)

    return job


def stage(port: str, redis_url: str) -> Job:
    from warraq_fetcher.outbox import Outbox
    from warraq_fetcher.visit import visit
    from warraq_fetcher.workshop import Workshop
    from warraq_shared.celery_app import make_app, publish
    from warraq_shared.messages import FetchedPage, FetchPages, PageToFetch

    settings = settings_for(port, redis_url)
    app, workshop = make_app("bench", settings), Workshop(settings)

    def job(urls: Sequence[str]) -> int:
        pages = tuple(PageToFetch(page_id=i, lease="lease", url=url) for i, url in enumerate(urls))
        message = FetchPages(host=urls[0].split("/")[2], pages=pages)
        came = 0
        with Outbox(functools.partial(publish, app)) as outbox:
            for outcome in visit(message, workshop.fetcher()):
                outbox.add(outcome)
                came += isinstance(outcome, FetchedPage)
        return came

    return job


def settings_for(port: str, redis_url: str):  # type: ignore[no-untyped-def]
    from warraq_shared.settings import Settings

    return Settings(
        redis_url=redis_url,
        allow_networks=(f"127.0.0.0/8:{port}",),
        host_delay=0,
        latency_factor=0,
        raw_ttl_seconds=60,
        raw_budget_bytes=400_000_000,
    )


def main() -> None:
    way, port, threads, pages, redis_url = sys.argv[1:]
    job: Job = {"bare": bare, "kept": kept, "fetch": fetch, "stage": stage}[way](port, redis_url)
    visits = [
        [f"http://127.0.0.{1 + i % HOSTS}:{port}/{i}/{j}" for j in range(VISIT)] for i in range(int(pages) // VISIT)
    ]
    with ThreadPoolExecutor(int(threads)) as pool:
        list(pool.map(job, [[f"http://127.0.0.{1 + i}:{port}/warm"] for i in range(HOSTS)]))  # connections, robots.txt
        began, cpu = time.perf_counter(), time.process_time()
        came = sum(pool.map(job, visits))
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    assert came == len(visits) * VISIT, f"{came} of {len(visits) * VISIT}"
    print(json.dumps({"rate": came / seconds, "cpu_ms": cpu / came * 1000}))


if __name__ == "__main__":
    main()
