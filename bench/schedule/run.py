"""A month of 10,000 synthetic sources against the schedule, with a fake clock: ``python bench/schedule/run.py``.

For each of three other rules, ``auto`` is given the pace at which it makes as many requests, so that the delays can be
compared: fixed 15 min, fixed 1 h, and the entry-frequency rule of Miniflux (a week over the entries of the last week,
between 5 min and 24 h). As its user would, it is told never to poll more often than about half of the interval that it
replaces (WARRAQ_POLL_SHORTEST). Beside it stand what the same rule does when it is told each source's true habits,
and what could be had at all (``bound.py``). Last, ``auto`` as it comes.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from bound import Bound
from numpy.typing import NDArray
from play import Auto, EntryFrequency, Fixed, Knowing, Rule, play
from synthetic import DAY, START, Habits, World, source

from warraq_store.sources.every import Limits

MakeRule = Callable[[Habits], Rule]
SAMPLE = 400
CHUNK = 50
CLOSE = 0.004
# How often a rule with a pace may ask at most, against the interval that it replaces.
ABOUT_HALF = 0.46


@dataclass(frozen=True)
class Outcome:
    """What a rule did over all sources; delays in seconds."""

    requests: int
    items: int
    missed: int
    delays: NDArray[np.float32]

    def measures(self) -> tuple[float, float, float]:
        """Return the median, the 95th percentile and the mean of the delays."""
        median, late = np.percentile(self.delays, (50, 95))
        return float(median), float(late), float(self.delays.mean())

    def row(self, name: str) -> str:
        spans = " ".join(f"{_span(seconds):>9}" for seconds in self.measures())
        per_item = self.requests / max(1, self.items)
        return f"{name:34} {self.requests:>12,} {per_item:>9.2f} {spans} {self.missed / max(1, self.items):>8.2%}"

    def against(self, other: "Outcome", name: str) -> str:
        ratios = (mine / theirs for mine, theirs in zip(self.measures(), other.measures(), strict=True))
        numbers = " ".join(f"{ratio:>9.2f}" for ratio in ratios)
        return f"{name:34} {self.requests / other.requests:>12.2f} {'':9} {numbers}"


def _span(seconds: float) -> str:
    return f"{seconds / 60:.1f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


# --- the rules -----------------------------------------------------------------------------------------------------


def fixed(seconds: float, _: Habits) -> Rule:
    return Fixed(seconds)


def entry_frequency(_: Habits) -> Rule:
    return EntryFrequency()


def auto(shortest: float, pace: float, _: Habits) -> Rule:
    return Auto(pace, shortest)


def knowing(days: float, shortest: float, pace: float, habits: Habits) -> Rule:
    return Knowing(habits, pace, shortest, days)


# --- playing them --------------------------------------------------------------------------------------------------


def _play_some(make: MakeRule, days: float, seeds: Iterable[int]) -> tuple[int, int, int, NDArray[np.float32]]:
    requests = items = missed = 0
    delays: list[float] = []
    for seed in seeds:
        habits, moments = source(World(), seed, days)
        begin = START + seed * 7919 % 900
        played = play(moments.tolist(), make(habits), begin, START + days * DAY)
        requests, missed = requests + played.polls, missed + played.missed
        items += len(played.delays) + played.missed
        delays += played.delays
    return requests, items, missed, np.array(delays, dtype=np.float32)


def outcome(pool: ProcessPoolExecutor, make: MakeRule, days: float, seeds: range) -> Outcome:
    chunks = [seeds[i : i + CHUNK] for i in range(0, len(seeds), CHUNK)]
    parts = list(pool.map(partial(_play_some, make, days), chunks))
    requests, items, missed, delays = zip(*parts, strict=True)
    return Outcome(sum(requests), sum(items), sum(missed), np.concatenate(delays))


def settled(
    pool: ProcessPoolExecutor, make: Callable[[float], MakeRule], days: float, seeds: range, wanted: int, pace: float
) -> tuple[float, Outcome]:
    """Return the pace, found from ``pace`` on, at which a rule makes ``wanted`` requests, and what it then does."""
    for _ in range(8):
        found = outcome(pool, make(pace), days, seeds)
        if abs(found.requests / wanted - 1) < CLOSE:
            break
        pace *= (found.requests / wanted) ** 1.25
    return pace, found


class Comparison:
    """The rival rules, each beside ``auto`` with as many requests."""

    def __init__(self, pool: ProcessPoolExecutor, sources: int, days: float) -> None:
        self.pool, self.days, self.everyone = pool, days, range(sources)
        self.sample = range(0, sources, max(1, sources // SAMPLE))
        self.bound = Bound((source(World(), seed, days)[0] for seed in self.everyone), days)

    def show(self, name: str, rival: MakeRule, replaced: float) -> None:
        theirs = outcome(self.pool, rival, self.days, self.everyone)
        print(theirs.row(name), flush=True)
        shortest = ABOUT_HALF * replaced
        pace, ours = self._at_as_many(rival, theirs, partial(_auto_at, shortest))
        print(ours.row(f"  auto ({pace:.0f} s, at least {shortest:.0f} s)"))
        print(ours.against(theirs, "  auto : it"), flush=True)
        _, told = self._at_as_many(rival, theirs, partial(_knowing_at, self.days, shortest))
        print(told.against(theirs, "  auto told the true habits : it"))
        median, late, _ = theirs.measures()
        print(
            f"  least that median and 95 % can both be: {self.bound.least(median, late, theirs.requests):.2f}\n",
            flush=True,
        )

    def _at_as_many(self, rival: MakeRule, theirs: Outcome, make: Callable[[float], MakeRule]) -> tuple[float, Outcome]:
        wanted = outcome(self.pool, rival, self.days, self.sample).requests
        near, _ = settled(self.pool, make, self.days, self.sample, wanted, 900.0)
        return settled(self.pool, make, self.days, self.everyone, theirs.requests, near)


def _auto_at(shortest: float, pace: float) -> MakeRule:
    return partial(auto, shortest, pace)


def _knowing_at(days: float, shortest: float, pace: float) -> MakeRule:
    return partial(knowing, days, shortest, pace)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--days", type=float, default=30)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    began = time.monotonic()
    print(f"{chosen.sources:,} sources, {chosen.days:g} days; delay is from publication to the poll that finds it\n")
    print(f"{'rule':34} {'requests':>12} {'per item':>9} {'median':>9} {'95 %':>9} {'mean':>9} {'missed':>8}")
    with ProcessPoolExecutor(chosen.processes) as pool:
        comparison = Comparison(pool, chosen.sources, chosen.days)
        comparison.show("fixed 15 min", partial(fixed, 900.0), 900.0)
        comparison.show("fixed 1 h", partial(fixed, 3600.0), 3600.0)
        comparison.show("entry frequency (Miniflux)", entry_frequency, 1800.0)
        usual = Limits()
        as_it_comes = partial(auto, usual.shortest, usual.auto_pace)
        print(outcome(pool, as_it_comes, chosen.days, range(chosen.sources)).row("auto as it comes"))
    print(f"\nplayed in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
