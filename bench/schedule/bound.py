"""What could be had at all: the least median and 95th percentile of the delay for a number of requests.

With rates that are known, and the same for as long as a poll's wait, a poll covers the items of the last ``x`` seconds
before it. So the share of items that wait no longer than ``x`` is greatest when the busiest hours of all sources are
polled every ``x`` and the others hardly ever: for two shares and two limits, the busiest every ``x1``, those behind
them every ``x2``, the rest once a day. No rule that has to learn, and none that cares for the rest, does as well.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from synthetic import DAY, HOUR, START, Habits

_STEPS = 160


class Bound:
    """The hours of all sources, the busiest first, several together."""

    def __init__(self, everyone: Iterable[Habits], days: float) -> None:
        moments = START + (np.arange(int(days * 24)) + 0.5) * HOUR
        rates = np.sort(np.concatenate([habits.rates(moments).astype(np.float32) for habits in everyone]))[::-1]
        groups = np.array_split(rates, min(len(rates), 20_000))
        sizes = np.array([len(group) for group in groups], dtype=np.float64)
        items = np.array([group.sum(dtype=np.float64) for group in groups])
        self.seconds = np.concatenate([[0.0], np.cumsum(sizes * HOUR)])
        self.share = np.concatenate([[0.0], np.cumsum(items) / items.sum()])

    def least(self, median: float, late: float, requests: int) -> float:
        """Return the least factor on both ``median`` and ``late`` (95 %; seconds) that ``requests`` can buy."""
        low, high = 0.02, 4.0
        for _ in range(14):
            middle = (low * high) ** 0.5
            low, high = (low, middle) if self._requests(median * middle, late * middle) <= requests else (middle, high)
        return high

    def _requests(self, median: float, late: float) -> float:
        firsts = np.unique((np.linspace(0, 0.8, _STEPS) ** 2 * (len(self.share) - 1)).astype(int))
        return min(self._with_first(first, median, late) for first in firsts)

    def _with_first(self, first: int, median: float, late: float) -> float:
        """Return the requests if the first groups are polled every ``median`` seconds and as many more as need be."""
        busy, second = self.share[first], self.share[first:] - self.share[first]
        rest = 1 - busy - second
        within_median = busy + second * median / late + rest * median / DAY
        within_late = busy + second + rest * late / DAY
        fits: NDArray[np.intp] = np.nonzero((within_median >= 0.5) & (within_late >= 0.95))[0]
        if not len(fits):
            return float("inf")
        upto = first + int(fits[0])
        spent = self.seconds
        return float(spent[first] / median + (spent[upto] - spent[first]) / late + (spent[-1] - spent[upto]) / DAY)
