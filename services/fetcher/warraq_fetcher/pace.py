"""The pace of a host: how many requests are under way there, and when the next may begin.

The pause after an answer is the largest of what is configured, what robots.txt asks for, and the host's own latency
times a factor. A 429 quiets the whole host; a failed connection is remembered, so that the other pages of that host
do not wait for the same time-out. The state of hosts is in Redis (``slots.lua``, for all workers of all machines) or
in this process (``local_hosts.py``, for one page by hand); the same tests run on both.
"""

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


@dataclass(frozen=True, slots=True)
class Slot:
    """Permission to send one request to ``host``, until it is given back or its time is over."""

    host: str
    token: str
    gap: float


@dataclass(frozen=True, slots=True)
class Report:
    """How a request went, for the pace.

    ``good`` may speed a host up, ``bad`` never; ``throttled`` quiets it, ``failed`` means no connection; ``none``: it
    was not asked. ``latency``, ``ago`` (since the headers of the answer came) and ``asked`` (by Retry-After) are
    seconds.
    """

    verdict: Verdict
    latency: float = 0.0
    ago: float = 0.0
    asked: float = 0.0
    why: Reason | None = None


class Reply(NamedTuple):
    """What a host's state answers: how long to wait (0: go on), why, and when to ask again. Seconds."""

    wait: float
    why: str
    poll: float


class Hosts(Protocol):
    """Where the state of hosts is kept."""

    def enter(self, host: str, token: str, seconds: float) -> bool:
        """Begin or renew a visit of at most ``seconds``; False if as many as may be are there already."""

    def leave(self, host: str, token: str) -> None:
        """End a visit."""

    def take(self, host: str, token: str, gap: float, *, insist: bool) -> Reply:
        """Ask for a slot; who insists does not wait for the pause, but the pause is added to the next one's."""

    def give(self, slot: Slot, report: Report) -> float:
        """Give a slot back; return for how many seconds the host must be left alone (0 if it need not be)."""


class Pace:
    """Hands out host slots."""

    def __init__(self, hosts: Hosts, sleep: Callable[[float], None] = time.sleep) -> None:
        self._hosts = hosts
        self._sleep = sleep

    def enter(self, host: str, seconds: float) -> str | None:
        """Begin a visit to ``host`` and return its token; None while another visit is there."""
        token = uuid.uuid4().hex
        return token if self._hosts.enter(host, token, seconds) else None

    def stay(self, host: str, token: str, seconds: float) -> None:
        """Go on with a visit for at most ``seconds`` more."""
        self._hosts.enter(host, token, seconds)

    def leave(self, host: str, token: str) -> None:
        """End a visit."""
        self._hosts.leave(host, token)

    def take(self, host: str, gap: float, patience: float, *, insist: bool = False) -> Slot:
        """Return a slot of ``host``, waiting for it up to ``patience`` seconds.

        Who insists (the next hop of a redirect, which was begun and must be able to end) waits as long and then goes
        on; the pause that was left is added to the host's next, so that the pace holds over time.

        Raises:
            Temporary: ``host-busy``, or the reason for which the host is left alone, with ``retry_after``.
        """
        token = uuid.uuid4().hex
        give_up = time.monotonic() + patience
        while True:
            left = give_up - time.monotonic()
            reply = self._hosts.take(host, token, gap, insist=insist and left <= 0)
            if reply.wait <= 0:
                return Slot(host, token, gap)
            if reply.poll > left and not (insist and left > 0 and reply.why == Reason.HOST_BUSY):
                raise _not_now(host, reply)
            self._sleep(max(min(reply.poll, left), 0.002))

    def give(self, slot: Slot, report: Report) -> float:
        """Give ``slot`` back; return for how many seconds the host must be left alone (0 if it need not be)."""
        return self._hosts.give(slot, report)


def _not_now(host: str, reply: Reply) -> Temporary:
    wait = reply.wait
    if reply.why == Reason.HOST_BUSY:
        return Temporary(Reason.HOST_BUSY, f"{host} may be asked again in {wait:.1f} s.", retry_after=wait)
    if reply.why == Reason.THROTTLED:
        return Temporary(Reason.HOST_BUSY, f"{host} asked to be left alone for {wait:.0f} s more.", retry_after=wait)
    return Temporary(Reason(reply.why), f"{host} did not answer a moment ago; not tried again yet.", retry_after=wait)


@dataclass(frozen=True, slots=True)
class Manners:
    """What holds for all hosts.

    ``factor`` times the latency is the least pause; ``concurrency`` is how many requests may be under way;
    ``slot_seconds`` is when a slot that nobody gave back is free again, because its worker is dead.
    """

    factor: float
    concurrency: int
    slot_seconds: float


class RedisHosts:
    """The state of hosts in Redis, shared by all workers and machines. Every key goes by itself when unused."""

    def __init__(self, redis: "Redis", manners: Manners) -> None:
        self._script = redis.register_script(_script())
        self._manners = manners

    def enter(self, host: str, token: str, seconds: float) -> bool:
        """Begin or renew a visit of at most ``seconds``; False if as many as may be are there already."""
        return int(self._run(host, "enter", token, self._manners.concurrency, _ms(seconds))) == 0

    def leave(self, host: str, token: str) -> None:
        """End a visit."""
        self._run(host, "leave", token)

    def take(self, host: str, token: str, gap: float, *, insist: bool) -> Reply:
        """Ask for a slot; who insists does not wait for the pause."""
        manners = self._manners
        wait, why, poll = self._run(
            host,
            "take",
            token,
            _ms(gap),
            manners.factor,
            manners.concurrency,
            _ms(manners.slot_seconds),
            int(insist),
        )
        return Reply(wait / 1000, why.decode() if isinstance(why, bytes) else why, poll / 1000)

    def give(self, slot: Slot, report: Report) -> float:
        """Give a slot back; return for how many seconds the host must be left alone."""
        alone = self._run(
            slot.host,
            "give",
            slot.token,
            _ms(slot.gap),
            self._manners.factor,
            report.verdict,
            _ms(report.latency),
            _ms(report.ago),
            _ms(report.asked),
            str(report.why or ""),
        )
        return float(alone) / 1000

    def _run(self, host: str, *arguments: Any) -> Any:
        # The braces keep a host's keys on one node of a Redis cluster.
        key = f"{_PREFIX}{{{host}}}"
        return cast("Any", self._script(keys=[key, f"{key}:now", f"{key}:visits"], args=arguments))


@cache
def _script() -> str:
    return files("warraq_fetcher").joinpath("slots.lua").read_text(encoding="utf-8")


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
