"""Many workers together: the site's own log says whether its pace was kept, and that no host waits for another."""

import itertools
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from misbehaving.server import MisbehavingSite

from warraq_fetcher.outcomes import Outcome
from warraq_fetcher.visit import MOMENT, visit
from warraq_fetcher.workshop import Workshop
from warraq_shared.messages import EndedFetch, FetchedPage, FetchPages, FetchPolicy, PageToFetch
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings

WORKERS = 10
ODD = [
    "ftp://nowhere/",
    "http://",
    "\0",
    "x" * 9000,
    "http://[::1/",
    "http://a.example:99999/",
    "http://xn--/",
    "//",
    "",
]


def message(urls: Sequence[str], host: str, *, priority: bool = False, policy: FetchPolicy | None = None) -> FetchPages:
    pages = tuple(PageToFetch(page_id=i, lease="lease", url=url) for i, url in enumerate(urls))
    return FetchPages(host=host, pages=pages, priority=priority, policy=policy or FetchPolicy())


def work(settings: Settings, messages: Sequence[FetchPages], workers: int = WORKERS) -> list[Outcome]:
    """Let ``workers``, who share nothing but Redis, do all ``messages``."""

    def make_visit(task: FetchPages) -> list[Outcome]:
        return list(visit(task, Workshop(settings).fetcher()))

    with ThreadPoolExecutor(workers) as pool:
        return list(itertools.chain.from_iterable(pool.map(make_visit, messages)))


def reasons(outcomes: Sequence[Outcome]) -> Counter[str]:
    return Counter(str(one.reason) if isinstance(one, EndedFetch) else "ok" for one in outcomes)


def test_ten_workers_on_one_host_never_exceed_its_pace(site: MisbehavingSite, settings: Settings) -> None:
    gap = 0.1
    urls = [site.url(f"/pages/{i}", "paced") for i in range(30)]
    policy = FetchPolicy(delay_seconds=gap)
    tasks = [message(urls[i::WORKERS], "paced", priority=True, policy=policy) for i in range(WORKERS)]
    outcomes = work(settings, tasks)
    assert len(outcomes) == 30
    assert set(reasons(outcomes)) <= {"ok", "host-busy"}
    assert reasons(outcomes)["ok"] >= 10
    times = [asked.at for asked in site.log if asked.host.startswith("paced.")]
    assert len(times) >= 11
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= gap


def test_redirects_keep_the_pace_too(site: MisbehavingSite, settings: Settings) -> None:
    policy = FetchPolicy(delay_seconds=0.1)
    (outcome,) = work(settings, [message([site.url("/redirect-to-a-page", "hops")], "hops", policy=policy)])
    assert isinstance(outcome, FetchedPage)
    times = [asked.at for asked in site.log if asked.host.startswith("hops.")]
    assert len(times) == 3  # robots.txt, the redirect, the page
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 0.1


def test_a_second_visit_to_a_host_gives_its_pages_back_at_once(site: MisbehavingSite, settings: Settings) -> None:
    fetcher = Workshop(settings).fetcher()
    assert fetcher.pace.enter("claimed", 30) is not None
    began = time.monotonic()
    outcomes = list(visit(message([site.url(f"/pages/{i}", "claimed") for i in range(20)], "claimed"), fetcher))
    assert reasons(outcomes) == {"host-busy": 20}
    assert time.monotonic() - began < 1
    assert not [asked for asked in site.log if asked.host.startswith("claimed.")]


def test_a_page_that_a_person_waits_for_does_not_wait_for_a_visit(site: MisbehavingSite, settings: Settings) -> None:
    fetcher = Workshop(settings).fetcher()
    fetcher.pace.enter("claimed-too", 30)
    (outcome,) = visit(message([site.url("/page", "claimed-too")], "claimed-too", priority=True), fetcher)
    assert isinstance(outcome, FetchedPage)


def test_a_visit_that_finds_the_hosts_slot_taken_waits_a_moment_once_not_for_each_page(
    site: MisbehavingSite, settings: Settings
) -> None:
    fetcher = Workshop(settings).fetcher()
    fetcher.pace.take(f"slot-taken.localhost:{site.port}", gap=0, patience=0)
    began = time.monotonic()
    urls = [site.url(f"/pages/{i}", "slot-taken") for i in range(20)]
    assert reasons(list(visit(message(urls, "slot-taken"), fetcher))) == {"host-busy": 20}
    assert time.monotonic() - began < 2 * MOMENT


def test_a_host_that_hangs_does_not_hold_up_others(site: MisbehavingSite, settings: Settings) -> None:
    """Twenty visits to a host that never answers come first; four workers still serve the others in time."""
    hanging = [message([site.url("/silence", "hanging")] * 5, "hanging") for _ in range(20)]
    quick = [message([site.url(f"/pages/{i}", f"quick{i}")], f"quick{i}") for i in range(20)]
    patient = settings.model_copy(update={"idle_timeout": 5.0, "total_timeout": 5.0})
    began = time.monotonic()
    done: list[float] = []

    def make_visit(task: FetchPages) -> list[Outcome]:
        outcomes = list(visit(task, Workshop(patient).fetcher()))
        if task.host != "hanging":
            done.append(time.monotonic() - began)
        return outcomes

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(itertools.chain.from_iterable(pool.map(make_visit, hanging + quick)))
    counted = reasons(outcomes)
    assert counted["ok"] == 20
    assert counted["timeout"] == 1
    assert counted["host-busy"] == 99
    assert max(done) < 4.0  # before the hanging one was given up


def test_after_a_429_nobody_asks_the_host_again(site: MisbehavingSite, settings: Settings) -> None:
    storm = [site.url(f"/too-many-requests-for-seconds?{i}", "storm") for i in range(50)]
    outcomes = work(settings, [message(storm[i::WORKERS], "storm", priority=True) for i in range(WORKERS)])
    asked = [one for one in site.log if one.host.startswith("storm.") and one.path != "/robots.txt"]
    assert len(asked) == 1
    assert reasons(outcomes) == {"throttled": 1, "host-busy": 49}
    ended = [one for one in outcomes if isinstance(one, EndedFetch)]
    assert all(one.retry_after is not None and 100 < one.retry_after <= 120 for one in ended)
    assert [one.host_wait for one in ended if one.reason is Reason.THROTTLED] == [True]


def test_a_dead_host_costs_one_timeout_not_one_for_each_page(settings: Settings, unused_port: int) -> None:
    dead = settings.model_copy(update={"allow_networks": (f"127.0.0.1:{unused_port}",)})
    urls = [f"http://dead.localhost:{unused_port}/{i}" for i in range(10)]
    outcomes = work(dead, [message(urls, "dead")])
    assert reasons(outcomes) == {"connect": 10}
    details = [one.detail for one in outcomes if isinstance(one, EndedFetch)]
    assert sum("a moment ago" in detail for detail in details) == 9


@pytest.mark.parametrize("pages", [1, 12])
def test_every_page_of_a_message_ends_in_exactly_one_outcome(
    pages: int, site: MisbehavingSite, settings: Settings
) -> None:
    mixed = itertools.cycle(["/page", "/not-found", "/gzip-bomb", "/cut-short", "/pages/x"])
    urls = [site.url(next(mixed), "mixed") for _ in range(pages)] + ODD
    outcomes = work(settings, [message(urls, "mixed")])
    assert [one.page_id for one in outcomes] == list(range(len(urls)))
