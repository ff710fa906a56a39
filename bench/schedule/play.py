"""One source played against one rule: a fake clock, real decisions."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from synthetic import HOUR, START, Habits

from warraq_store.sources import rhythm

SHOWN = 30
SHORTEST = 60.0
LONGEST = 86400.0


class Played(NamedTuple):
    """What came of a month: polls, delays of the items that were seen (seconds), items that were missed."""

    polls: int
    delays: list[float]
    missed: int


class Rule(Protocol):
    """When to poll next. ``begin`` once with the items shown, then ``next`` after each poll."""

    def begin(self, now: float, shown: Sequence[float]) -> float: ...

    def next(self, now: float, new: Sequence[float], moments: Sequence[float], upto: int) -> float: ...


class Fixed(Rule):
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def begin(self, now: float, shown: Sequence[float]) -> float:
        return self.seconds

    def next(self, now: float, new: Sequence[float], moments: Sequence[float], upto: int) -> float:
        return self.seconds


class EntryFrequency(Rule):
    """Miniflux's: a week over the entries of the last week, between five minutes and a day."""

    def begin(self, now: float, shown: Sequence[float]) -> float:
        return self._wait(sum(moment > now - rhythm.WEEK for moment in shown))

    def next(self, now: float, new: Sequence[float], moments: Sequence[float], upto: int) -> float:
        return self._wait(upto - bisect_right(moments, now - rhythm.WEEK))

    @staticmethod
    def _wait(entries: int) -> float:
        return LONGEST if entries == 0 else min(LONGEST, max(300.0, rhythm.WEEK / entries))


class Auto(Rule):
    """Warraq's."""

    def __init__(self, pace: float, shortest: float = SHORTEST) -> None:
        self.pace = pace
        self.shortest = shortest

    def begin(self, now: float, shown: Sequence[float]) -> float:
        self.known = rhythm.first_look(now, shown)
        return self._wait(now)

    def next(self, now: float, new: Sequence[float], moments: Sequence[float], upto: int) -> float:
        self.known = rhythm.learn(self.known, now, new)
        return self._wait(now)

    def _wait(self, now: float) -> float:
        return rhythm.wait(self.known, now, pace=self.pace, shortest=self.shortest, longest=LONGEST)


class Knowing(Rule):
    """Warraq's rule, told the true habits of the source: what learning could bring at most."""

    def __init__(self, habits: Habits, pace: float, shortest: float, days: float) -> None:
        hours = np.arange(int(days * 24) + 48)
        density = np.maximum(habits.rates(START + (hours + 0.5) * HOUR), 1e-9) ** (2 / 3)
        self.reached = [0.0, *np.cumsum(density * HOUR).tolist()]
        self.density = density.tolist()
        self.todo = pace / HOUR ** (2 / 3)
        self.shortest = shortest

    def begin(self, now: float, shown: Sequence[float]) -> float:
        return self._wait(now)

    def next(self, now: float, new: Sequence[float], moments: Sequence[float], upto: int) -> float:
        return self._wait(now)

    def _wait(self, now: float) -> float:
        hour, rest = divmod(now - START, HOUR)
        wanted = self.reached[int(hour)] + rest * self.density[int(hour)] + self.todo
        at = bisect_right(self.reached, wanted) - 1
        if at >= len(self.density):
            return LONGEST
        then = START + at * HOUR + (wanted - self.reached[at]) / self.density[at]
        return min(LONGEST, max(self.shortest, then - now))


def play(moments: Sequence[float], rule: Rule, start: float, end: float) -> Played:
    """Poll a source that publishes at ``moments`` from ``start`` to ``end``; its feed shows the newest ``SHOWN``."""
    seen = bisect_right(moments, start)
    now = start + rule.begin(start, moments[max(0, seen - SHOWN) : seen])
    polls, missed, delays = 1, 0, []
    total = len(moments)
    while now < end:
        polls += 1
        upto = bisect_right(moments, now, seen) if seen < total and moments[seen] <= now else seen
        first = max(seen, upto - SHOWN)
        missed += first - seen
        new = moments[first:upto]
        delays += [now - moment for moment in new]
        seen = upto
        now += rule.next(now, new, moments, upto)
    return Played(polls, delays, missed)
