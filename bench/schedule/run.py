"""A month of 10,000 synthetic sources against the schedule, with a fake clock: ``python bench/schedule/run.py``.

For each of three other rules, ``auto`` is given the pace at which it makes as many requests (found on a sample), so
that the delays can be compared: fixed 15 min, fixed 1 h, and the entry-frequency rule of Miniflux (a week over the
entries of the last week, between 5 min and 24 h). Last, ``auto`` as it comes.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from play import Auto, EntryFrequency, Fixed, Rule, play
from synthetic import DAY, START, World, source

MakeRule = Callable[[], Rule]
SAMPLE = 400
CHUNK = 50


@dataclass(frozen=True)
class Outcome:
    """What a rule did over all sources; delays in seconds."""

    requests: int
    items: int
    missed: int
    delays: NDArray[np.float32]

    def row(self, name: str) -> str:
        median, late, mean = np.median(self.delays), np.percentile(self.delays, 95), self.delays.mean()
        return (
            f"{name:34} {self.requests:>12,} {self.requests / max(1, self.items):>9.2f} {_span(float(median)):>9}"
            f" {_span(float(late)):>9} {_span(float(mean)):>9} {self.missed / max(1, self.items):>8.2%}"
        )


def _span(seconds: float) -> str:
    return f"{seconds / 60:.1f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _play_some(make: MakeRule, days: float, seeds: Iterable[int]) -> tuple[int, int, int, NDArray[np.float32]]:
    requests = items = missed = 0
    delays: list[float] = []
    for seed in seeds:
        moments = source(World(), seed, days).tolist()
        begin = START + seed * 7919 % 900
        played = play(moments, make(), begin, START + days * DAY)
        requests, missed = requests + played.polls, missed + played.missed
        items += len(played.delays) + played.missed
        delays += played.delays
    return requests, items, missed, np.array(delays, dtype=np.float32)


def outcome(pool: ProcessPoolExecutor, make: MakeRule, days: float, seeds: range) -> Outcome:
    chunks = [seeds[i : i + CHUNK] for i in range(0, len(seeds), CHUNK)]
    parts = list(pool.map(partial(_play_some, make, days), chunks))
    requests, items, missed, delays = zip(*parts, strict=True)
    return Outcome(sum(requests), sum(items), sum(missed), np.concatenate(delays))


def pace_for(pool: ProcessPoolExecutor, requests: int, days: float, seeds: range) -> float:
    """Return the pace at which ``auto`` makes so many requests."""
    low, high = 5.0, 60_000.0
    for _ in range(12):
        middle = (low * high) ** 0.5
        made = outcome(pool, partial(Auto, middle), days, seeds).requests
        if abs(made / requests - 1) < 0.005:
            break
        low, high = (middle, high) if made > requests else (low, middle)
    return middle


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--days", type=float, default=30)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    everyone = range(chosen.sources)
    sample = range(0, chosen.sources, max(1, chosen.sources // SAMPLE))
    others: tuple[tuple[str, MakeRule], ...] = (
        ("fixed 15 min", partial(Fixed, 900.0)),
        ("fixed 1 h", partial(Fixed, 3600.0)),
        ("entry frequency (Miniflux)", EntryFrequency),
    )
    began = time.monotonic()
    print(f"{chosen.sources:,} sources, {chosen.days:g} days; delay is from publication to the poll that finds it\n")
    print(f"{'rule':34} {'requests':>12} {'per item':>9} {'median':>9} {'95 %':>9} {'mean':>9} {'missed':>8}")
    with ProcessPoolExecutor(chosen.processes) as pool:
        for name, make in others:
            theirs = outcome(pool, make, chosen.days, everyone)
            print(theirs.row(name), flush=True)
            pace = pace_for(pool, outcome(pool, make, chosen.days, sample).requests, chosen.days, sample)
            ours = outcome(pool, partial(Auto, pace), chosen.days, everyone)
            print(ours.row(f"  auto, as many requests ({pace:.0f} s)"))
            ratios = [f(ours.delays) / f(theirs.delays) for f in (np.median, _late, np.mean)]
            print(f"{'  auto : ' + name:34} {ours.requests / theirs.requests:>12.2f} {'':9}", end=" ")
            print(" ".join(f"{ratio:>9.2f}" for ratio in ratios), "\n", flush=True)
        print(outcome(pool, partial(Auto, 900.0, 120.0), chosen.days, everyone).row("auto as it comes (900 s)"))
    print(f"\nplayed in {time.monotonic() - began:.0f} s")


def _late(delays: NDArray[np.float32]) -> float:
    return float(np.percentile(delays, 95))


if __name__ == "__main__":
    main()
