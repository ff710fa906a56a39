"""How often a source brings something, learned from what its polls brought: the ``auto`` schedule. Pure numbers.

The rule. A source with eight times the items is polled four times as often: **T is proportional to λ to the power of
-2/3**, λ being the rate at which items come and T the time between two polls. Entry-frequency rules take 1/λ, and
leave the rare items of small sources waiting for hours; the same T for all is spent on the dead. In between, 1/√λ has
the least mean delay for a given number of polls, and λ^(-2/3) gives some of the mean for a shorter tail, so that the
slowest news, too, comes in half the time of a fixed interval, nearly (decision 31 has the figures). The same holds
for the hours of one source: it is polled more densely when its items usually come, and while a burst lasts. So the
next poll is where the integral of λ(t)^(2/3) from now reaches the pace's constant.

λ(t) is a product of four estimates, each pulled towards "nothing special" while little is known:

* the rate: items per day, older ones counting less (half of it after ``MEMORY``), from the dates that the first poll
  shows on, so that a new source needs no weeks of learning;
* the rhythm: the share of the hours of the day and of the days of the week, in UTC;
* the mood: what came in the last hours against what was to be expected;
* the silence: how many items were to be expected since the last one came. What is silent for much longer than chance
  allows has changed, and is believed less and less.

All moments are POSIX seconds, all spans seconds.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

HOUR: Final = 3600.0
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY
MEMORY: Final = 14 * DAY
_MOOD_MEMORY: Final = HOUR
_MEMORY_MEAN: Final = MEMORY / math.log(2)
_MOOD_MEAN: Final = _MOOD_MEMORY / math.log(2)

# How much denser the polls are the denser the items.
_POWER: Final = 2 / 3
# What is assumed of a source of which nothing is known: this many items over that span.
_PRIOR_ITEMS: Final = 0.3
_PRIOR_SPAN: Final = 2 * DAY
# Items that each hour of the day, day of the week and mood must bring before they are believed by half.
_HOUR_DOUBT: Final = 2.0
_WEEKDAY_DOUBT: Final = 20.0
_MOOD_DOUBT: Final = 1.5
# A silence in which so many items were to be expected is no chance any more.
_PATIENCE: Final = 5.0
_FLAT_HOURS: Final = (0.0,) * 24
_FLAT_DAYS: Final = (0.0,) * 7
# Thursday, the weekday of POSIX time 0, has index 3 in weeks that begin on Monday.
_FIRST_WEEKDAY: Final = 3


class Learned(NamedTuple):
    """What is known of how a source publishes.

    ``items`` over ``span`` is its rate; ``hours`` and ``weekdays`` are items by time of publication as of
    ``counted_at``; ``lately`` against ``expected`` is its mood: all these fade with time. ``missed`` is how many items
    were to be expected since the last one.
    """

    at: float
    items: float = 0.0
    span: float = 0.0
    lately: float = 0.0
    expected: float = 0.0
    hours: tuple[float, ...] = _FLAT_HOURS
    weekdays: tuple[float, ...] = _FLAT_DAYS
    counted_at: float = 0.0
    missed: float = 0.0


def first_look(now: float, published: Sequence[float]) -> Learned:
    """Return what one look at a feed tells: the dates of the items that it shows (those of the future left out)."""
    past = sorted(moment for moment in published if moment <= now)
    if len(past) < 2:
        return Learned(now, counted_at=now)
    span = min(now - past[0], _MEMORY_MEAN)
    recent = [moment for moment in past if moment > now - span]
    hours, weekdays = _counted(_FLAT_HOURS, _FLAT_DAYS, 1.0, recent)
    return Learned(now, float(len(recent)), span, hours=hours, weekdays=weekdays, counted_at=now)


def learn(known: Learned, now: float, published: Sequence[float]) -> Learned:
    """Return ``known`` with one more poll at ``now``, which brought new items with these dates."""
    passed = max(0.0, now - known.at)
    fade = math.exp(-passed / _MEMORY_MEAN)
    mood_fade = math.exp(-passed / _MOOD_MEAN)
    usual = usual_rate(known, now)
    expected = known.expected * mood_fade + usual * _MOOD_MEAN * (1 - mood_fade)
    hours, weekdays, counted_at = known.hours, known.weekdays, known.counted_at
    if published:
        hours, weekdays = _counted(hours, weekdays, math.exp((counted_at - now) / _MEMORY_MEAN), published)
        counted_at = now
    return Learned(
        now,
        known.items * fade + len(published),
        known.span * fade + _MEMORY_MEAN * (1 - fade),
        known.lately * mood_fade + len(published),
        expected,
        hours,
        weekdays,
        counted_at,
        0.0 if published else known.missed + usual * passed,
    )


def mean_rate(known: Learned) -> float:
    """Return the items per second that the source brings in the mean."""
    return (known.items + _PRIOR_ITEMS) / (known.span + _PRIOR_SPAN)


def usual_rate(known: Learned, moment: float) -> float:
    """Return the items per second to be expected at ``moment``, by the source's rhythm."""
    hours, weekdays = known.hours, known.weekdays
    hour = int(moment // HOUR) % 24
    weekday = (int(moment // DAY) + _FIRST_WEEKDAY) % 7
    total = sum(weekdays)
    # An hour is seen together with its neighbours: what comes at 8 often comes at 9.
    around = (hours[hour - 1] + 2 * hours[hour] + hours[(hour + 1) % 24]) / 4
    by_hour = (around + _HOUR_DOUBT) / (total / 24 + _HOUR_DOUBT)
    by_weekday = (weekdays[weekday] + _WEEKDAY_DOUBT) / (total / 7 + _WEEKDAY_DOUBT)
    return mean_rate(known) * by_hour * by_weekday


def mood(known: Learned) -> float:
    """Return how much more (over 1) or less than usual came lately."""
    return (known.lately + _MOOD_DOUBT) / (known.expected + _MOOD_DOUBT)


def liveliness(known: Learned) -> float:
    """Return how much of the learned rate is still believed, given how long the source has been silent: 0 to 1."""
    return min(1.0, _PATIENCE / known.missed) if known.missed else 1.0


def even_wait(known: Learned, pace: float) -> float:
    """Return the seconds between two polls if the source's items came evenly round the clock."""
    return pace / math.pow(HOUR * mean_rate(known), _POWER)


def wait(known: Learned, now: float, *, pace: float, shortest: float, longest: float) -> float:
    """Return the seconds from ``now`` to the next poll.

    ``pace`` is the wait for a source that brings one item an hour, evenly. The mood is believed to last as long as it
    is remembered.
    """
    todo = pace / math.pow(HOUR, _POWER)
    excess = mood(known) - 1
    alive = liveliness(known)
    passed = 0.0
    step = HOUR - now % HOUR
    while passed < longest:
        rate = alive * usual_rate(known, now + passed) * (1 + excess * math.exp(-passed / _MOOD_MEAN))
        density = math.pow(rate, _POWER)
        if density * step >= todo:
            return min(longest, max(shortest, passed + todo / density))
        todo -= density * step
        passed += step
        step = HOUR
    return longest


def _counted(
    hours: Sequence[float], weekdays: Sequence[float], fade: float, published: Sequence[float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    by_hour = [count * fade for count in hours]
    by_weekday = [count * fade for count in weekdays]
    for moment in published:
        by_hour[int(moment // HOUR) % 24] += 1
        by_weekday[(int(moment // DAY) + _FIRST_WEEKDAY) % 7] += 1
    return tuple(by_hour), tuple(by_weekday)
