"""The pace of hosts. Every rule holds in Redis, for all workers, and in one process without it."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from redis import Redis

from warraq_fetcher.local_hosts import LocalHosts
from warraq_fetcher.pace import Hosts, Manners, Pace, RedisHosts, Report, Slot
from warraq_shared.errors import Temporary
from warraq_shared.reasons import Reason

HOST = "news.example:443"
MakeHosts = Callable[..., Hosts]


@pytest.fixture(params=["redis", "local"])
def make_hosts(request: pytest.FixtureRequest) -> MakeHosts:
    """Where the state of hosts is kept, in both ways; called twice, both see the same state."""
    if request.param == "redis":
        redis: Redis = request.getfixturevalue("redis")
        return lambda **manners: RedisHosts(redis, _manners(**manners))
    made: dict[str, Hosts] = {}
    return lambda **manners: made.setdefault("one", LocalHosts(_manners(**manners)))


def _manners(factor: float = 0.0, concurrency: int = 1, slot_seconds: float = 30.0) -> Manners:
    return Manners(factor, concurrency, slot_seconds)


@pytest.fixture
def pace(make_hosts: MakeHosts) -> Pace:
    return Pace(make_hosts())


GOOD = Report("good", latency=0.01)


def take(pace: Pace, gap: float = 0.0, patience: float = 0.0, host: str = HOST, *, insist: bool = False) -> Slot:
    return pace.take(host, gap, patience, insist=insist)


def wait_for(pace: Pace, gap: float = 0.0) -> Temporary:
    with pytest.raises(Temporary) as refused:
        take(pace, gap)
    return refused.value


def test_a_host_that_is_not_known_may_be_asked_at_once(pace: Pace) -> None:
    assert take(pace, gap=10).host == HOST


def test_a_second_request_waits_until_the_first_is_over(pace: Pace) -> None:
    slot = take(pace)
    assert wait_for(pace).reason is Reason.HOST_BUSY
    pace.give(slot, GOOD)
    take(pace)


def test_as_many_requests_as_configured_are_under_way(make_hosts: MakeHosts) -> None:
    pace = Pace(make_hosts(concurrency=3))
    for _ in range(3):
        take(pace)
    assert wait_for(pace).reason is Reason.HOST_BUSY


def test_hosts_do_not_wait_for_each_other(pace: Pace) -> None:
    take(pace, gap=60)
    take(pace, gap=60, host="other.example:443")


def test_the_pause_is_kept_after_an_answer(pace: Pace) -> None:
    pace.give(take(pace, gap=30), GOOD)
    wait = wait_for(pace, gap=30).retry_after
    assert wait is not None
    assert 28 < wait <= 30


def test_the_pause_counts_from_when_the_answer_came(pace: Pace) -> None:
    pace.give(take(pace, gap=30), Report("good", latency=0.01, ago=20))
    first = wait_for(pace, gap=30).retry_after
    assert first is not None
    assert first > 28  # the pause from the beginning still holds


def test_who_is_patient_waits_for_the_turn(pace: Pace) -> None:
    pace.give(take(pace, gap=0.2), GOOD)
    began = time.monotonic()
    take(pace, gap=0.2, patience=2)
    assert 0.15 < time.monotonic() - began < 1.5


def test_a_slow_host_is_asked_less_often_than_configured(make_hosts: MakeHosts) -> None:
    pace = Pace(make_hosts(factor=10.0))
    pace.give(take(pace), Report("good", latency=3.0))
    wait = wait_for(pace).retry_after
    assert wait is not None
    assert 28 < wait <= 30


@pytest.mark.parametrize("latency", [0.0, 0.0001, 0.0137, 1 / 3, 2.5])
@pytest.mark.parametrize("factor", [0.0, 0.7, 2.0])
def test_any_latency_gives_a_pause(make_hosts: MakeHosts, latency: float, factor: float) -> None:
    pace = Pace(make_hosts(factor=factor, concurrency=4))
    for verdict in ("good", "good", "bad", "good"):
        pace.give(take(pace, gap=0.001, insist=True), Report(verdict, latency=latency, ago=latency / 7))
    pace.give(take(pace, gap=0.001, insist=True), Report("throttled", latency=latency, asked=latency))


def test_good_answers_speed_a_host_up_again_and_error_pages_never_do(make_hosts: MakeHosts) -> None:
    pace = Pace(make_hosts(factor=0.01))
    pace.give(take(pace), Report("good", latency=10.0))
    pace.give(take(pace, patience=1), Report("bad", latency=0.0))
    slow = wait_for(pace).retry_after
    for _ in range(2):  # what is learned from an answer holds from the request after it
        pace.give(take(pace, patience=1), Report("good", latency=0.0))
    faster = wait_for(pace).retry_after
    assert slow is not None
    assert faster is not None
    assert slow > 0.08 > faster


def test_a_plea_for_quiet_holds_for_the_whole_host(pace: Pace) -> None:
    alone = pace.give(take(pace), Report("throttled", asked=120))
    assert 119 < alone <= 120
    problem = wait_for(pace)
    assert problem.reason is Reason.HOST_BUSY
    assert problem.retry_after is not None
    assert 119 < problem.retry_after <= 120


def test_who_insists_does_not_break_the_quiet(pace: Pace) -> None:
    pace.give(take(pace), Report("throttled", asked=120))
    with pytest.raises(Temporary):
        take(pace, insist=True)


def test_a_plea_without_a_time_grows_with_each(make_hosts: MakeHosts) -> None:
    pace = Pace(make_hosts(concurrency=3))
    slots = [take(pace) for _ in range(3)]
    assert [round(pace.give(slot, Report("throttled"))) for slot in slots] == [60, 120, 240]


def test_a_failed_connection_is_remembered_with_its_reason(pace: Pace) -> None:
    alone = pace.give(take(pace), Report("failed", why=Reason.TLS))
    assert 59 < alone <= 60
    assert wait_for(pace).reason is Reason.TLS


def test_a_request_that_was_not_sent_changes_nothing_but_frees_the_slot(pace: Pace) -> None:
    pace.give(take(pace), Report("none"))
    take(pace)


def test_a_slot_of_a_dead_worker_becomes_free(make_hosts: MakeHosts) -> None:
    pace = Pace(make_hosts(slot_seconds=0.1))
    take(pace)
    take(pace, patience=2)


def test_who_insists_goes_on_after_its_patience_and_the_host_gets_its_pause_later(pace: Pace) -> None:
    pace.give(take(pace, gap=30), GOOD)
    slot = take(pace, gap=30, patience=0.05, insist=True)
    pace.give(slot, GOOD)
    wait = wait_for(pace, gap=30).retry_after
    assert wait is not None
    assert wait > 58


def test_one_visit_at_a_time_is_at_a_host(pace: Pace) -> None:
    claim = pace.enter(HOST, 30)
    assert claim is not None
    assert pace.enter(HOST, 30) is None
    pace.stay(HOST, claim, 30)
    pace.leave(HOST, claim)
    assert pace.enter(HOST, 30) is not None


def test_a_visit_of_a_dead_worker_ends_by_itself(pace: Pace) -> None:
    pace.enter(HOST, 0.05)
    until = time.monotonic() + 2
    while pace.enter(HOST, 30) is None:
        assert time.monotonic() < until


def test_ten_threads_never_hold_more_slots_than_one(make_hosts: MakeHosts) -> None:
    """A race for one host: every holder finds itself alone, and the pauses add up."""
    under_way, most, lock, began = 0, 0, threading.Lock(), time.monotonic()

    def ask(_: int) -> None:
        nonlocal under_way, most
        pace = Pace(make_hosts())
        slot = take(pace, gap=0.02, patience=20)
        with lock:
            under_way += 1
            most = max(most, under_way)
        with lock:
            under_way -= 1
        pace.give(slot, GOOD)

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(ask, range(40)))
    assert most == 1
    assert time.monotonic() - began >= 39 * 0.02


def test_all_keys_of_a_host_go_by_themselves(redis: Redis) -> None:
    pace = Pace(RedisHosts(redis, _manners()))
    claim = pace.enter(HOST, 30)
    pace.give(take(pace, gap=5), Report("throttled", asked=60))
    assert claim is not None
    keys = list(redis.scan_iter("warraq:slot:*"))
    assert keys
    assert all(0 < redis.ttl(key) <= 2 * 3600 for key in keys)
