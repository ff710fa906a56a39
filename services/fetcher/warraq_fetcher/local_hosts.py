"""The state of hosts in this process alone, by the rules of ``slots.lua``: for one page by hand, without Redis."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from warraq_fetcher.pace import Manners, Reply, Report, Slot
from warraq_shared.reasons import Reason

_HOUR = 3600.0
_LONGEST_PAUSE = 60.0
_FIRST_QUIET = 60.0
_FIRST_FAIL = 60.0
_LONGEST_FAIL = 600.0
_BUSY = 1.0
_POLL = 0.05

UnderWay = dict[str, dict[str, float]]


@dataclass(slots=True)
class _Host:
    """What is known of one host. Times are seconds."""

    next_at: float = 0.0
    quiet: float = 0.0
    fail: float = 0.0
    why: str = ""
    latency: float = 0.0
    strikes: int = 0
    fails: int = 0


class LocalHosts:
    """The state of hosts in this process."""

    def __init__(self, manners: Manners, clock: Callable[[], float] = time.monotonic) -> None:
        self._manners = manners
        self._clock = clock
        self._known: defaultdict[str, _Host] = defaultdict(_Host)
        self._requests: UnderWay = defaultdict(dict)
        self._visits: UnderWay = defaultdict(dict)
        self._lock = threading.Lock()

    def enter(self, host: str, token: str, seconds: float) -> bool:
        """Begin or renew a visit of at most ``seconds``; False if as many as may be are there already."""
        with self._lock:
            return self._begin(self._visits[host], token, seconds)

    def leave(self, host: str, token: str) -> None:
        """End a visit."""
        with self._lock:
            self._visits[host].pop(token, None)

    def take(self, host: str, token: str, gap: float, *, insist: bool) -> Reply:
        """Ask for a slot; who insists does not wait for the pause."""
        with self._lock:
            now, known = self._clock(), self._known[host]
            if known.quiet > now:
                return Reply(known.quiet - now, Reason.THROTTLED, known.quiet - now)
            if known.fail > now:
                return Reply(known.fail - now, known.why, known.fail - now)
            if self._full(self._requests[host], now):
                return Reply(max(self._pause(known, gap), _BUSY), Reason.HOST_BUSY, _POLL)
            if known.next_at > now and not insist:
                return Reply(known.next_at - now, Reason.HOST_BUSY, known.next_at - now)
            known.next_at = max(known.next_at, now) + self._pause(known, gap)
            self._begin(self._requests[host], token, self._manners.slot_seconds)
            return Reply(0, "", 0)

    def give(self, slot: Slot, report: Report) -> float:
        """Give a slot back; return for how many seconds the host must be left alone."""
        with self._lock:
            self._requests[slot.host].pop(slot.token, None)
            now, known = self._clock(), self._known[slot.host]
            alone = _learn(known, report, now)
            if report.verdict != "none":
                known.next_at = max(known.next_at, now - report.ago + self._pause(known, slot.gap))
            return alone

    def _full(self, under_way: dict[str, float], now: float) -> bool:
        for token in [token for token, ends in under_way.items() if ends <= now]:
            del under_way[token]
        return len(under_way) >= self._manners.concurrency

    def _begin(self, under_way: dict[str, float], token: str, seconds: float) -> bool:
        now = self._clock()
        if self._full(under_way, now) and token not in under_way:
            return False
        under_way[token] = now + seconds
        return True

    def _pause(self, known: _Host, gap: float) -> float:
        return max(gap, min(known.latency * self._manners.factor, _LONGEST_PAUSE))


def _learn(known: _Host, report: Report, now: float) -> float:
    """Note in ``known`` how a request went; return for how many seconds the host must be left alone."""
    if report.verdict == "good":
        known.latency = known.latency * 0.7 + report.latency * 0.3 if known.latency else report.latency
        known.strikes = known.fails = 0
    elif report.verdict == "bad":
        known.latency = max(known.latency, report.latency)
    elif report.verdict == "throttled":
        known.strikes += 1
        asked = report.asked or min(_FIRST_QUIET * 2.0 ** (known.strikes - 1), _HOUR)
        known.quiet = max(known.quiet, now + asked)
        return known.quiet - now
    elif report.verdict == "failed":
        known.fails += 1
        known.fail = now + min(_FIRST_FAIL * 2.0 ** (known.fails - 1), _LONGEST_FAIL)
        known.why = str(report.why or Reason.CONNECT)
        return known.fail - now
    return 0.0
