"""The ``auto`` rule: denser polls where items come, by the power of two thirds of their rate."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_store.sources import rhythm
from warraq_store.sources.rhythm import DAY, HOUR, Learned

# A Wednesday, noon UTC.
NOW = 20_000 * DAY + 6 * DAY + 12 * HOUR
PACE = 900.0


def wait(known: Learned, now: float = NOW) -> float:
    return rhythm.wait(known, now, pace=PACE, shortest=60, longest=DAY)


def steady(per_day: float, days: int = 14) -> Learned:
    return rhythm.first_look(NOW, [NOW - i * DAY / per_day for i in range(int(per_day * days))])


def played(moments: list[float], polls_every: float, start: float, end: float) -> Learned:
    known = rhythm.first_look(start, [moment for moment in moments if moment <= start])
    now = start
    while now < end:
        before, now = now, now + polls_every
        known = rhythm.learn(known, now, [moment for moment in moments if before < moment <= now])
    return known


def test_one_item_an_hour_means_one_poll_each_pace() -> None:
    assert wait(steady(24)) == pytest.approx(PACE, rel=0.15)
    assert rhythm.even_wait(steady(24), PACE) == pytest.approx(wait(steady(24)), rel=0.05)


def test_eight_times_the_items_means_four_times_the_polls() -> None:
    assert wait(steady(12)) / wait(steady(96)) == pytest.approx(4, rel=0.15)


def test_the_dates_of_a_first_look_tell_the_rate_at_once() -> None:
    assert rhythm.mean_rate(steady(10)) * DAY == pytest.approx(10, rel=0.15)


def test_a_feed_of_the_future_teaches_nothing() -> None:
    assert rhythm.first_look(NOW, [NOW + 60, NOW + 3600]) == Learned(NOW, counted_at=NOW)


def test_a_dead_source_is_polled_ever_less_but_at_least_once_a_day() -> None:
    known, now, waits = steady(24), NOW, []
    while now < NOW + 60 * DAY:
        waits.append(wait(known, now))
        now += waits[-1]
        known = rhythm.learn(known, now, [])
    assert waits[0] < HOUR < waits[len(waits) // 2] < waits[-1] <= DAY


def test_a_source_that_wakes_up_is_polled_more_within_hours() -> None:
    asleep = played([], DAY, NOW - 30 * DAY, NOW)
    awake = rhythm.learn(asleep, NOW + HOUR, [NOW + i * 600 for i in range(6)])
    assert wait(awake, NOW + HOUR) < wait(asleep) / 4


def test_polls_are_dense_in_the_hours_in_which_items_come() -> None:
    rng = random.Random(1)
    start = NOW - 21 * DAY
    morning = [start - start % DAY + day * DAY + (7 + 3 * rng.random()) * HOUR for day in range(21) for _ in range(8)]
    known = played(sorted(morning), 1800, start, NOW)
    midnight = NOW - NOW % DAY + DAY
    assert wait(known, midnight + 8 * HOUR) < wait(known, midnight + 20 * HOUR) / 2
    # From the evening on the wait reaches into the next busy hours, not past them.
    assert wait(known, midnight + 23 * HOUR) < 10.5 * HOUR


def test_a_burst_shortens_the_wait_and_is_forgotten() -> None:
    known = steady(12)
    burst = rhythm.learn(known, NOW + 600, [NOW + 60.0 * i for i in range(8)])
    later = rhythm.learn(burst, NOW + 12 * HOUR, [])
    assert wait(burst, NOW + 600) < wait(known) / 1.8
    assert wait(later, NOW + 12 * HOUR) > wait(burst, NOW + 600) * 1.5


moments = st.lists(st.floats(min_value=0, max_value=4e9), max_size=40)


@given(st.floats(min_value=0, max_value=4e9), moments, st.floats(min_value=-1e6, max_value=1e8), moments)
def test_whatever_a_feed_says_the_wait_stays_within_its_bounds(
    now: float, first: list[float], passed: float, more: list[float]
) -> None:
    known = rhythm.learn(rhythm.first_look(now, first), now + passed, more)
    seconds = rhythm.wait(known, now + passed, pace=PACE, shortest=60, longest=DAY)
    assert 60 <= seconds <= DAY
    assert math.isfinite(rhythm.mood(known))
