"""The pace of a host: how many requests are under way there, and when the next may begin.

The pause between the beginnings of two requests is the largest of what is configured, what robots.txt asks for, and the
host's own latency times a factor. A 429 quiets the whole host; a failed connection is remembered, so that the other
pages of that host do not wait for the same time-out. ``slots.lua`` holds the rules for all workers; ``LocalPace`` holds
the same for one process that has no Redis. The same tests run on both.
"""

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, Protocol, cast

from redis import Redis

from warraq_shared.errors import Temporary
from warraq_shared.reasons import Reason

Verdict = Literal["good", "bad", "throttled", "failed", "none"]

_PREFIX = "warraq:slot:"
_LONGEST_GAP = 60.0


@dataclass(frozen=True, slots=True)
class Slot:
    """Permission to send one request to ``host``, until it is given back or its time is over."""

    host: str
    token: str
    gap: float
    started_ms: float


@dataclass(frozen=True, slots=True)
class Report:
    """How a request went, for the pace. ``latency`` and ``wait`` (what a 429 asks for) are seconds."""

    verdict: Verdict
    latency: float = 0.0
    wait: float | None = None
    why: Reason | None = None


class Reply(NamedTuple):
    """What the rules answer: how long to wait (0: go on), why, and after how long to ask again. Milliseconds."""

    wait: float
    why: str
    poll: float
    now: float


class Rules(Protocol):
    """Where the state of hosts is kept."""

    def take(self, host: str, token: str, gap: float) -> Reply:
        """Ask for a slot."""

    def give(self, slot: Slot, report: Report) -> float:
        """Give a slot back; return for how many seconds the host must be left alone (0 if it need not be)."""


class Pace:
    """Hands out host slots."""

    def __init__(self, rules: Rules, sleep: Callable[[float], None] = time.sleep) -> None:
        self._rules = rules
        self._sleep = sleep

    def take(self, host: str, gap: float, patience: float) -> Slot:
        """Return a slot of ``host``, waiting for it up to ``patience`` seconds.

        Raises:
            Temporary: ``host-busy``, or the reason for which the host is left alone, with ``retry_after``.
        """
        token = uuid.uuid4().hex
        give_up = time.monotonic() + patience
        while True:
            reply = self._rules.take(host, token, gap)
            if reply.wait <= 0:
                return Slot(host, token, gap, reply.now)
            left = give_up - time.monotonic()
            if reply.poll / 1000 > left:
                raise _not_now(host, reply)
            self._sleep(max(reply.poll / 1000, 0.002))

    def give(self, slot: Slot, report: Report) -> float:
        """Give ``slot`` back; return for how many seconds the host must be left alone (0 if it need not be)."""
        return self._rules.give(slot, report)


def _not_now(host: str, reply: Reply) -> Temporary:
    wait = reply.wait / 1000
    if reply.why == Reason.HOST_BUSY:
        return Temporary(Reason.HOST_BUSY, f"{host} may be asked again in {wait:.1f} s.", retry_after=wait)
    if reply.why == Reason.THROTTLED:
        return Temporary(Reason.HOST_BUSY, f"{host} asked to be left alone for {wait:.0f} s more.", retry_after=wait)
    return Temporary(Reason(reply.why), f"{host} did not answer a moment ago; not tried again yet.", retry_after=wait)


@dataclass(frozen=True, slots=True)
class Manners:
    """What holds for all hosts. ``slot_seconds`` is when a slot that nobody gave back is free again."""

    factor: float
    concurrency: int
    slot_seconds: float


class RedisRules:
    """The state of hosts in Redis, shared by all workers and machines. Every key goes by itself when unused."""

    def __init__(self, redis: "Redis", manners: Manners) -> None:
        self._script = redis.register_script(_script())
        self._manners = manners

    def take(self, host: str, token: str, gap: float) -> Reply:
        """Ask for a slot."""
        manners = self._manners
        wait, why, poll, now = self._run(
            host, "take", token, _ms(gap), manners.factor, manners.concurrency, _ms(manners.slot_seconds)
        )
        return Reply(float(wait), _text(why), float(poll), float(now))

    def give(self, slot: Slot, report: Report) -> float:
        """Give a slot back."""
        (until,) = self._run(
            slot.host, "give", slot.token, _ms(slot.gap), self._manners.factor, int(slot.started_ms), report.verdict,
            _ms(report.latency), _ms(report.wait or 0), str(report.why or ""),
        )  # fmt: skip
        return float(until) / 1000

    def _run(self, host: str, *arguments: Any) -> list[Any]:
        key = f"{_PREFIX}{{{host}}}"
        return cast("list[Any]", self._script(keys=[key, key + ":now"], args=arguments))


@cache
def _script() -> str:
    return files("warraq_fetcher").joinpath("slots.lua").read_text(encoding="utf-8")


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value


@dataclass(slots=True)
class _Host:
    """What is known of one host. Times are milliseconds, as in ``slots.lua``."""

    next_at: float = 0.0
    quiet: float = 0.0
    fail: float = 0.0
    why: str = ""
    latency: float | None = None
    strikes: int = 0
    fails: int = 0


class LocalRules:
    """The state of hosts in this process alone, by the rules of ``slots.lua``."""

    def __init__(self, manners: Manners, clock: Callable[[], float] = time.monotonic) -> None:
        self._manners = manners
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._busy: dict[str, dict[str, float]] = {}
        self._lock = threading.Lock()

    def take(self, host: str, token: str, gap: float) -> Reply:
        """Ask for a slot."""
        with self._lock:
            now, known = self._clock() * 1000, self._hosts.setdefault(host, _Host())
            if known.quiet > now:
                return Reply(known.quiet - now, Reason.THROTTLED, known.quiet - now, now)
            if known.fail > now:
                return Reply(known.fail - now, known.why, known.fail - now, now)
            busy = {one: ends for one, ends in self._busy.get(host, {}).items() if ends > now}
            if len(busy) >= self._manners.concurrency:
                return Reply(max(self._pause(known, gap), 1000), Reason.HOST_BUSY, 50, now)
            if known.next_at > now:
                return Reply(known.next_at - now, Reason.HOST_BUSY, known.next_at - now, now)
            known.next_at = now + self._pause(known, gap)
            self._busy[host] = busy | {token: now + self._manners.slot_seconds * 1000}
            return Reply(0, "", 0, now)

    def give(self, slot: Slot, report: Report) -> float:
        """Give a slot back."""
        with self._lock:
            self._busy.get(slot.host, {}).pop(slot.token, None)
            now, known = self._clock() * 1000, self._hosts.setdefault(slot.host, _Host())
            until = self._learn(known, report, now)
            known.next_at = max(known.next_at, slot.started_ms + self._pause(known, slot.gap))
            return (until - now) / 1000

    def _learn(self, known: _Host, report: Report, now: float) -> float:
        latency = report.latency * 1000
        if report.verdict == "good":
            known.latency = latency if known.latency is None else known.latency * 0.7 + latency * 0.3
            known.strikes = known.fails = 0
        elif report.verdict == "bad":
            known.latency = max(known.latency or 0, latency)
        elif report.verdict == "throttled":
            known.strikes += 1
            wait = (report.wait or 0) * 1000 or min(60_000 * 2.0 ** (known.strikes - 1), 3_600_000)
            known.quiet = max(known.quiet, now + wait)
            return known.quiet
        elif report.verdict == "failed":
            known.fails += 1
            known.fail = now + min(60_000 * 2.0 ** (known.fails - 1), 600_000)
            known.why = str(report.why or Reason.CONNECT)
            return known.fail
        return now

    def _pause(self, known: _Host, gap: float) -> float:
        return max(gap, min((known.latency or 0) / 1000 * self._manners.factor, _LONGEST_GAP)) * 1000
