"""A real worker process meets all hazards at once: none kills, fills or keeps it, and every page has its reason."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from queue import Empty
from typing import Any

import psutil
import pytest
from celery import Celery
from kombu.simple import SimpleQueue
from misbehaving.forbidden import SPELLINGS
from misbehaving.robots_files import FILES
from misbehaving.server import Canary, MisbehavingSite
from misbehaving.site import HAZARDS
from redis import Redis

from warraq_shared import routes
from warraq_shared.celery_app import make_app, publish
from warraq_shared.claim_check import ClaimCheck
from warraq_shared.messages import EndedFetch, FetchedPage, FetchesEnded, FetchPages, PagesFetched, PageToFetch, decode
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings

MOST_MEMORY = 300_000_000


@dataclass
class Worker:
    """A fetcher's worker process, with the most memory that was seen."""

    process: psutil.Popen
    most_memory: int = 0

    def look(self) -> None:
        assert self.process.poll() is None, "the worker died"
        self.most_memory = max(self.most_memory, self.process.memory_info().rss)


@pytest.fixture
def patient(settings: Settings) -> Settings:
    """The sizes that are the default, so that memory is what it would be; times short enough to wait for."""
    sizes = {name: Settings.model_fields[name].default for name in ("max_wire_bytes", "max_body_bytes")}
    return settings.model_copy(update=sizes | {"idle_timeout": 2.0, "connect_timeout": 2.0, "total_timeout": 6.0})


@pytest.fixture
def app(patient: Settings) -> Iterator[Celery]:
    app = make_app("test", patient)
    yield app
    app.close()


@pytest.fixture
def worker(patient: Settings, app: Celery) -> Iterator[Worker]:
    command = [sys.executable, "-m", "celery", "-A", "warraq_fetcher.app", "worker"]
    options = ["-Q", routes.FETCH_QUEUE, "--pool", "threads", "-c", "16", "--without-gossip", "--without-mingle"]
    process = psutil.Popen([*command, *options], env=os.environ | _environment(patient), stderr=subprocess.DEVNULL)
    try:
        yield Worker(process)
    finally:
        if process.poll() is None:
            process.terminate()
        assert process.wait(60) == 0


def _environment(settings: Settings) -> dict[str, str]:
    return {
        "WARRAQ_REDIS_URL": settings.redis_address(),
        "WARRAQ_ALLOW_NETWORKS": ",".join(settings.allow_networks),
        **{
            f"WARRAQ_{name.upper()}": str(getattr(settings, name))
            for name in ("host_delay", "latency_factor", "idle_timeout", "connect_timeout", "total_timeout")
        },
    }


Outcomes = dict[str, EndedFetch | FetchedPage]


def collect(app: Celery, expected: int, worker: Worker, seconds: float = 90) -> Outcomes:
    """Take what the worker publishes until ``expected`` pages have come, and return it by URL."""
    found: Outcomes = {}
    until = time.monotonic() + seconds
    with app.connection_for_read() as connection:
        queues = [connection.SimpleQueue(queue) for queue in (routes.PARSE_QUEUE, routes.STORE_QUEUE)]
        while len(found) < expected:
            worker.look()
            assert time.monotonic() < until, f"{len(found)} of {expected} came"
            for queue in queues:
                for page in _next_pages(queue):
                    assert page.url not in found, f"{page.url} ended twice"
                    found[page.url] = page
        for queue in queues:
            queue.close()
    return found


def _next_pages(queue: SimpleQueue) -> tuple[Any, ...]:
    try:
        message = queue.get(block=True, timeout=0.1)
    except Empty:
        return ()
    message.ack()
    (document,), _, _ = message.payload
    decoded = decode(document)
    assert isinstance(decoded, PagesFetched | FetchesEnded)
    return decoded.pages


def visit_to(url: str, number: int) -> FetchPages:
    return FetchPages(host=f"host{number}", pages=(PageToFetch(page_id=number, lease=f"lease{number}", url=url),))


def reason_of(page: EndedFetch | FetchedPage) -> str:
    return str(page.reason if isinstance(page, EndedFetch) else Reason.OK)


def test_all_hazards_together_leave_the_worker_well(
    site: MisbehavingSite, canary: Canary, app: Celery, worker: Worker, redis: Redis, patient: Settings
) -> None:
    expected = {site.url(hazard.path, hazard.host): {hazard.reason} for hazard in HAZARDS}
    expected |= {site.url(file.path, file.name): {file.reason} for file in FILES}
    refused = {Reason.ADDRESS_REFUSED, Reason.BAD_URL}
    expected |= {spelling.format(canary=canary.port): refused for spelling in SPELLINGS.values()}
    publish(app, [visit_to(url, number) for number, url in enumerate(expected)])
    found = collect(app, len(expected), worker)
    wrong = {
        url: (reason_of(page), getattr(page, "detail", ""))
        for url, page in found.items()
        if reason_of(page) not in expected[url]
    }
    assert not wrong
    assert canary.connections == 0
    assert worker.most_memory < MOST_MEMORY
    assert redis.llen(routes.FETCH_QUEUE) == 0
    snapshots = [page.snapshot for page in found.values() if isinstance(page, FetchedPage)]
    assert len(ClaimCheck.from_settings(redis, patient).get_many(snapshots)) == len(snapshots)


def test_many_large_pages_at_once_do_not_fill_the_memory(
    site: MisbehavingSite, app: Celery, worker: Worker, redis: Redis
) -> None:
    urls = [site.url(f"/fourteen-megabytes?{i}", f"large{i}") for i in range(40)]
    publish(app, [visit_to(url, number) for number, url in enumerate(urls)])
    found = collect(app, len(urls), worker)
    assert sum(reason_of(page) == "ok" for page in found.values()) >= 10
    assert worker.most_memory < MOST_MEMORY


def test_a_worker_that_is_told_to_stop_gives_its_pages_back(site: MisbehavingSite, app: Celery, worker: Worker) -> None:
    urls = [site.url(f"/dripped-body?{i}", "stopping") for i in range(20)]
    pages = tuple(PageToFetch(page_id=i, lease="lease", url=url) for i, url in enumerate(urls))
    publish(app, [FetchPages(host="stopping", pages=pages)])
    until = time.monotonic() + 20
    while not site.asked_for("/dripped-body?0"):
        assert time.monotonic() < until
    worker.process.terminate()
    worker.process.wait(30)
    with app.connection_for_read() as connection:
        queue = connection.SimpleQueue(routes.STORE_QUEUE)
        ended: list[EndedFetch] = []
        while len(ended) < 20:
            more = _next_pages(queue)
            assert more, f"only {len(ended)} came back"
            ended += more
        queue.close()
    assert {page.reason for page in ended} == {Reason.TIMEOUT, Reason.HOST_BUSY}
