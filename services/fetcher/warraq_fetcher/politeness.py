"""A turn to ask a host: what robots.txt allows, at the pace of the host. Every request goes through here."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from warraq_fetcher.exchange import Head
from warraq_fetcher.fetch import Clock
from warraq_fetcher.pace import Pace, Report
from warraq_fetcher.robots import Robots
from warraq_fetcher.session import Session
from warraq_fetcher.verdict import problem_of
from warraq_shared.errors import PageProblem, Temporary, Throttled
from warraq_shared.reasons import Reason
from warraq_shared.urls import host_of

_REMEMBERED = frozenset({Reason.DNS, Reason.CONNECT, Reason.TLS})
# What a host that did not answer in time is taken for, in seconds.
_SLOW = 10.0
# A redirect is followed after at most so many seconds; what is left of the pause is added to the host's next.
_HOP_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Courtesy:
    """What one visit grants a host. Times are seconds.

    ``delay`` is the least pause between two requests, ``crawl_delay_cap`` the longest Crawl-delay that is obeyed,
    ``patience`` the longest wait for a turn.
    """

    delay: float
    crawl_delay_cap: float
    patience: float


class Politeness:
    """The turns of one visit. ``robots`` is None where the operator said not to ask."""

    def __init__(self, session: Session, pace: Pace, robots: Robots | None, courtesy: Courtesy, now: Clock) -> None:
        self._session = session
        self._pace = pace
        self._robots = robots
        self._courtesy = courtesy
        self._now = now
        # The host whose turn was asked for last, its pause, and for how many seconds it must be left alone.
        self.last_host = ""
        self.gap = courtesy.delay
        self.host_wait = 0.0

    @contextmanager
    def turn(self, url: str, *, begun: bool = False) -> Iterator["_Turn"]:
        """Wait for the turn to ask for ``url``, and give the slot back when the block ends.

        Raises:
            PageProblem: ``robots``, ``host-busy``, or what is the matter with the host.
        """
        crawl_delay = 0.0
        if self._robots is not None:
            crawl_delay = self._robots.check(url, self._session, _WithoutRobots(self))
        with self.paced(url, min(crawl_delay, self._courtesy.crawl_delay_cap), begun=begun) as turn:
            yield turn

    @contextmanager
    def paced(self, url: str, crawl_delay: float, *, begun: bool) -> Iterator["_Turn"]:
        """Wait for the turn to ask for ``url`` by the pace of its host alone."""
        host = str(host_of(url))
        patience = max(_HOP_PATIENCE, self._courtesy.patience) if begun else self._courtesy.patience
        self.last_host, self.gap = host, max(self._courtesy.delay, crawl_delay)
        slot = self._pace.take(host, self.gap, patience, insist=begun)
        turn = _Turn(self._now)
        try:
            yield turn
        except PageProblem as problem:
            turn.failed(problem)
            raise
        finally:
            self.host_wait = self._pace.give(slot, turn.report())


class _WithoutRobots:
    """Turns to ask for robots.txt itself."""

    def __init__(self, politeness: Politeness) -> None:
        self._politeness = politeness

    @contextmanager
    def turn(self, url: str, *, begun: bool = False) -> Iterator["_Turn"]:
        """Wait for the turn to ask for ``url``."""
        with self._politeness.paced(url, 0.0, begun=begun) as turn:
            yield turn


class _Turn:
    """One request: how it went decides when the host is asked next."""

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._report = Report("none")
        self._came_at: float | None = None

    def answered(self, head: Head) -> None:
        """Tell how the host answered."""
        self._came_at = head.came_at
        problem = problem_of(head.status, head.headers, self._now()) if head.status >= 400 else None
        if isinstance(problem, Throttled):
            self._report = Report("throttled", head.latency, asked=problem.retry_after or 0.0)
        else:
            self._report = Report("good" if problem is None else "bad", head.latency)

    def failed(self, problem: PageProblem) -> None:
        """Tell that there was no answer, or none that could be used."""
        if problem.reason in _REMEMBERED:
            self._report = Report("failed", why=problem.reason)
        elif problem.reason is Reason.TIMEOUT:
            self._report = Report("bad", latency=_SLOW)
        elif isinstance(problem, Temporary) and problem.reason is not Reason.INTAKE_FULL:
            self._report = Report("bad", latency=self._report.latency)

    def report(self) -> Report:
        """Return how it went, for the pace."""
        ago = 0.0 if self._came_at is None else time.monotonic() - self._came_at
        return replace(self._report, ago=ago)
