"""The worst of the web through the whole pipeline: nothing dies, nothing fills, every page ends in its reason."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from misbehaving.forbidden import SPELLINGS
from misbehaving.robots_files import FILES
from misbehaving.server import Canary, MisbehavingSite
from misbehaving.site import HAZARDS, misbehaving_site
from redis import Redis

from e2e.commands import run, run_json, wait_for, warraq_up
from e2e.outcome import page_ends
from warraq_shared.errors import PageProblem
from warraq_shared.reasons import PageState, Reason
from warraq_shared.routes import QUEUES
from warraq_shared.settings import Settings
from warraq_shared.urls import canonical
from warraq_store.database import connect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

MOST_MEMORY = 300_000_000
ON_THE_WAY = {PageState.WAITING, PageState.LEASED, PageState.FETCHED}


@pytest.fixture
def site() -> Iterator[MisbehavingSite]:
    with misbehaving_site() as site:
        yield site


@pytest.fixture
def environment(site: MisbehavingSite, tmp_path: Path) -> dict[str, str]:
    return {
        "WARRAQ_DATA_DIR": str(tmp_path / "data"),
        "WARRAQ_ALLOW_NETWORKS": f"127.0.0.1:{site.port}",
        "WARRAQ_LOG_LEVEL": "ERROR",
        "WARRAQ_HOST_DELAY": "0",
        "WARRAQ_TICK_SECONDS": "0.5",
        "WARRAQ_CONNECT_TIMEOUT": "3",
        "WARRAQ_IDLE_TIMEOUT": "3",
        "WARRAQ_TOTAL_TIMEOUT": "8",
    }


def expected_ends(site: MisbehavingSite, canary: Canary) -> dict[str, set[Reason]]:
    """Return the reasons in which each address may end; none: it was fetched, and what it is, the parser says."""
    ends = {site.url(hazard.path, hazard.host): hazard.reason for hazard in HAZARDS}
    ends |= {site.url(file.path, file.name): file.reason for file in FILES}
    found = {canonical(url): set() if reason is Reason.OK else {reason} for url, reason in ends.items()}
    for spelling in SPELLINGS.values():
        url = spelling.format(canary=canary.port)
        if (address := _address(url)) is not None:
            found[address] = {Reason.ADDRESS_REFUSED}
    return found


def _address(url: str) -> str | None:
    try:
        return canonical(url)
    except PageProblem:
        return None


def test_every_hazard_ends_in_its_reason_and_the_pipeline_stays_well(
    site: MisbehavingSite, environment: dict[str, str]
) -> None:
    engine = connect(f"sqlite:///{environment['WARRAQ_DATA_DIR']}/warraq.db")
    with Canary() as canary, warraq_up(environment) as up:
        expected = expected_ends(site, canary)
        done = run("add", "-", environment=environment, stdin="\n".join(expected))
        assert done.returncode == 0, done.stderr
        most: dict[psutil.Process, int] = {}

        def all_ended() -> bool:
            for worker in _workers(up.pid):
                most[worker] = max(most.get(worker, 0), worker.memory_info().rss)
            ends = page_ends(engine)
            return all(url in ends and ends[url][0] not in ON_THE_WAY for url in expected)

        wait_for(all_ended, 150)
        ends = page_ends(engine)
        wrong = {url: ends[url] for url, reasons in expected.items() if reasons and ends[url][1] not in reasons}
        assert not wrong
        fetched = [url for url, reasons in expected.items() if not reasons]
        states = {url: ends[url] for url in fetched if ends[url][0] in (PageState.FAILED, PageState.REFUSED)}
        assert not states
        assert canary.connections == 0
        assert all(worker.is_running() for worker in most)
        assert max(most.values()) < MOST_MEMORY, {" ".join(one.cmdline())[-60:]: size for one, size in most.items()}
        _queues_are_empty(environment)


def _workers(supervisor: int) -> list[psutil.Process]:
    """Return the processes of the stages, which ``warraq up`` starts."""
    children = psutil.Process(supervisor).children(recursive=True)
    return [one for one in children if "celery" in " ".join(one.cmdline())]


def _queues_are_empty(environment: dict[str, str]) -> None:
    settings = Settings(data_dir=Path(environment["WARRAQ_DATA_DIR"]))
    with Redis.from_url(settings.redis_address()) as redis:
        wait_for(lambda: not any(redis.llen(queue) for queue in QUEUES), 30)
    assert run_json("queues", environment=environment)
