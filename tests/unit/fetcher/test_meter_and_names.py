"""Time and bytes of one page, places for large ones, and names: the parts that are counted and shared."""

import threading
from collections.abc import Iterator

import pytest

from warraq_fetcher.large_bodies import LARGE_BYTES, LargeBodies
from warraq_fetcher.limits import Limits
from warraq_fetcher.meter import Meter
from warraq_fetcher.names import Names
from warraq_shared.errors import PageProblem, Permanent, Temporary
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def meter(clock: Clock) -> Meter:
    settings = Settings(
        idle_timeout=20, total_timeout=45, connect_timeout=10, max_header_bytes=2000, max_wire_bytes=5000
    )
    return Meter(Limits.from_settings(settings), clock)


def test_only_the_asking_counts_not_the_waiting_for_turns(meter: Meter, clock: Clock) -> None:
    meter.new_page()
    for _ in range(3):
        clock.now += 100  # a turn is waited for
        meter.start()
        clock.now += 2
        meter.stop()
    assert meter.spent() == 6


def test_a_read_may_take_as_long_as_a_silence_or_as_what_is_left(meter: Meter, clock: Clock) -> None:
    meter.new_page()
    meter.start()
    assert meter.seconds_for_read() == 20
    assert meter.seconds_for_connect() == 10
    clock.now += 40
    assert meter.seconds_for_read() == meter.seconds_for_connect() == 5


def test_when_the_time_is_over_nothing_is_read(meter: Meter, clock: Clock) -> None:
    meter.new_page()
    meter.start()
    clock.now += 46
    with pytest.raises(Temporary) as problem:
        meter.seconds_for_read()
    assert problem.value.reason is Reason.TIMEOUT
    assert "45 s" in meter.silence().detail


def test_a_new_page_has_all_its_time(meter: Meter, clock: Clock) -> None:
    meter.start()
    clock.now += 44
    meter.stop()
    meter.new_page()
    assert meter.spent() == 0


def test_headers_and_bodies_have_limits_of_their_own(meter: Meter) -> None:
    with meter.headers(), pytest.raises(Permanent) as problem:
        meter.came(100_000)
    assert problem.value.reason is Reason.HEADERS_TOO_LARGE
    meter.start()
    meter.came(6000)  # what is read ahead with the headers does not count against the body
    with pytest.raises(Permanent) as problem:
        meter.came(6000)
    assert problem.value.reason is Reason.TOO_LARGE


def test_large_pages_wait_for_a_place_and_small_ones_do_not(clock: Clock) -> None:
    meter = Meter(Limits.from_settings(Settings(idle_timeout=0.05)), clock)
    bodies = LargeBodies(at_once=1)
    first, second = bodies.place(), bodies.place()
    first.need(LARGE_BYTES + 1, meter)
    second.need(LARGE_BYTES, meter)
    with pytest.raises(Temporary) as problem:
        second.need(LARGE_BYTES + 1, meter)
    assert problem.value.reason is Reason.INTAKE_FULL
    first.leave()
    second.need(LARGE_BYTES + 1, meter)


def test_an_answer_is_remembered_for_a_minute(clock: Clock) -> None:
    asked: list[str] = []

    def lookup(host: str) -> tuple[str, ...]:
        asked.append(host)
        return (f"1.1.1.{len(asked)}",)

    names = Names(lookup, clock)
    assert names.resolve("a.example", 1) == names.resolve("a.example", 1) == ("1.1.1.1",)
    clock.now += 61
    assert names.resolve("a.example", 1) == ("1.1.1.2",)
    names.forget("a.example")
    assert names.resolve("a.example", 1) == ("1.1.1.3",)


@pytest.fixture
def release() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def test_look_ups_that_hang_are_limited_in_number(release: threading.Event) -> None:
    def hanging(host: str) -> tuple[str, ...]:
        release.wait(30)
        return ("1.1.1.1",)

    names = Names(hanging)
    details = []
    for number in range(130):
        with pytest.raises(PageProblem) as problem:
            names.resolve(f"h{number}.example", 0.001)
        details.append(problem.value.detail)
    assert sum("Too many" in detail for detail in details) == 2


def test_a_name_that_there_is_not_has_its_reason() -> None:
    def missing(host: str) -> tuple[str, ...]:
        raise OSError("no such name")

    with pytest.raises(Temporary) as problem:
        Names(missing).resolve("a.example", 5)
    assert problem.value.reason is Reason.DNS
