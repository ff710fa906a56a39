"""Synthetic sources: when each publishes, over a month and a fortnight before it.

Rates are log-normal (a few agencies, a long tail of blogs and local papers), each source has its own day and weekend,
about a quarter of the items come in bursts, some sources are dead, some die in the month.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HOUR = 3600.0
DAY = 24 * HOUR
HISTORY = 14 * DAY
# A Monday, 00:00 UTC.
START = 20_000 * DAY + 4 * DAY


@dataclass(frozen=True)
class World:
    """What the sources are like."""

    median_per_day: float = 2.0
    spread: float = 1.7
    dead: float = 0.12
    dying: float = 0.05
    in_bursts: float = 0.25
    burst_items: float = 4.0
    burst_seconds: float = 2400.0
    night: float = 0.85
    weekend: float = 0.5


@dataclass(frozen=True)
class Habits:
    """The truth about one source: items a day, when its day is, how quiet its nights and weekends are, its end."""

    per_day: float
    phase: float
    night: float
    weekend: float
    end: float

    def rates(self, moments: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the items per second to be expected at ``moments``, bursts spread evenly."""
        return np.where(moments < self.end, self.per_day / DAY * self._rhythm(moments), 0.0)

    def poisson(self, rng: np.random.Generator, per_day: float) -> NDArray[np.float64]:
        """Return a Poisson process with the source's day and week in it, by thinning."""
        begin = START - HISTORY
        moments = rng.uniform(begin, self.end, rng.poisson(per_day * (1 + self.night) * (self.end - begin) / DAY))
        return moments[rng.random(len(moments)) * (1 + self.night) < self._rhythm(moments)]

    def _rhythm(self, moments: NDArray[np.float64]) -> NDArray[np.float64]:
        day = 1 + self.night * np.sin((moments - self.phase) * 2 * np.pi / DAY)
        is_weekend = ((moments // DAY).astype(int) + 3) % 7 >= 5
        return np.asarray(day * np.where(is_weekend, self.weekend, 1.0))


def source(world: World, seed: int, days: float) -> tuple[Habits, NDArray[np.float64]]:
    """Return source number ``seed`` and the sorted moments (POSIX seconds) at which it publishes."""
    rng = np.random.default_rng([7, seed])
    habits = _habits(world, rng, days)
    if habits.end <= START - HISTORY:
        return habits, np.empty(0)
    leaders = habits.poisson(rng, habits.per_day * (1 - world.in_bursts))
    bursts = habits.poisson(rng, habits.per_day * world.in_bursts / world.burst_items)
    sizes = rng.geometric(1 / world.burst_items, len(bursts))
    crowd = np.repeat(bursts, sizes) + rng.exponential(world.burst_seconds, int(sizes.sum()))
    together = np.concatenate([leaders, crowd])
    return habits, np.sort(together[together < habits.end])


def _habits(world: World, rng: np.random.Generator, days: float) -> Habits:
    per_day = world.median_per_day * float(np.exp(rng.normal(0, world.spread)))
    fate = rng.random()
    phase, night, weekend = rng.random() * DAY, world.night * rng.random() ** 0.3, 1 - world.weekend * rng.random()
    end = START + days * DAY
    if fate < world.dead:
        end = START - HISTORY * (0.2 + 3 * rng.random())
    elif fate < world.dead + world.dying:
        end = START + rng.random() * days * DAY
    return Habits(per_day, phase, night, weekend, end)
