"""Synthetic sources: when each publishes, over a month and a fortnight before it.

Rates are log-normal (a few agencies, a long tail of blogs and local papers), each source has its own day and weekend,
about a quarter of the items come in bursts, some sources are dead, some die in the month.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DAY = 86400.0
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


def source(world: World, seed: int, days: float) -> NDArray[np.float64]:
    """Return the sorted moments (POSIX seconds) at which source number ``seed`` publishes."""
    rng = np.random.default_rng([7, seed])
    per_day = world.median_per_day * float(np.exp(rng.normal(0, world.spread)))
    fate = rng.random()
    phase, night, weekend = rng.random() * DAY, world.night * rng.random() ** 0.3, 1 - world.weekend * rng.random()
    end = START + days * DAY
    if fate < world.dead:
        end = START - HISTORY * (0.2 + 3 * rng.random())
    elif fate < world.dead + world.dying:
        end = START + rng.random() * days * DAY
    begin = START - HISTORY
    if end <= begin:
        return np.empty(0)
    leaders = _poisson(rng, per_day * (1 - world.in_bursts), begin, end, phase, night, weekend)
    bursts = _poisson(rng, per_day * world.in_bursts / world.burst_items, begin, end, phase, night, weekend)
    sizes = rng.geometric(1 / world.burst_items, len(bursts))
    crowd = np.repeat(bursts, sizes) + rng.exponential(world.burst_seconds, int(sizes.sum()))
    together = np.concatenate([leaders, crowd])
    return np.sort(together[together < end])


def _poisson(
    rng: np.random.Generator, per_day: float, begin: float, end: float, phase: float, night: float, weekend: float
) -> NDArray[np.float64]:
    """Return a Poisson process with a day and a week in it, by thinning."""
    peak = per_day * (1 + night)
    moments = rng.uniform(begin, end, rng.poisson(peak * (end - begin) / DAY))
    day = 1 + night * np.sin((moments - phase) * 2 * np.pi / DAY)
    is_weekend = ((moments // DAY).astype(int) + 3) % 7 >= 5
    kept = rng.random(len(moments)) * (1 + night) < day * np.where(is_weekend, weekend, 1.0)
    return np.asarray(moments[kept])
