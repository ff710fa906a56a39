"""A turn to ask a host: what robots.txt allows, at the pace of the host. Every request goes through here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from warraq_fetcher.exchange import Answer
from warraq_fetcher.fetch import Clock
from warraq_fetcher.pace import Pace, Report
from warraq_fetcher.robots import Robots
from warraq_fetcher.session import Session
from warraq_fetcher.verdict import problem_of
from warraq_shared.errors import PageProblem, Throttled
from warraq_shared.reasons import Reason
from warraq_shared.urls import host_of

_REMEMBERED = frozenset({Reason.DNS, Reason.CONNECT, Reason.TLS})


class Politeness:
    """Turns for one visit: what its source asks for, and what is known of the hosts.

    ``delay`` is the least time between two requests to a host, ``patience`` the longest wait for a turn (seconds).
    ``robots`` is None where a source's owner has said not to ask.
    """

    def __init__(
        self,
        session: Session,
        pace: Pace,
        robots: Robots | None,
        *,
        now: Clock,
        delay: float,
        crawl_delay_cap: float,
        patience: float,
    ) -> None:
        self._session = session
        self._pace = pace
        self._robots = robots
        self._now = now
        self._delay = delay
        self._crawl_delay_cap = crawl_delay_cap
        self._patience = patience
        # For how many seconds the host that was asked last must be left alone.
        self.host_wait = 0.0

    @contextmanager
    def turn(self, url: str) -> Iterator["_Turn"]:
        """Wait for the turn to ask for ``url``, and give the slot back when the block ends.

        Raises:
            PageProblem: ``robots``, ``host-busy``, or what is the matter with the host.
        """
        crawl_delay = 0.0
        if self._robots is not None:
            crawl_delay = self._robots.check(url, self._session, _WithoutRobots(self))
        with self._paced(url, min(crawl_delay, self._crawl_delay_cap)) as turn:
            yield turn

    @contextmanager
    def _paced(self, url: str, crawl_delay: float) -> Iterator["_Turn"]:
        slot = self._pace.take(str(host_of(url)), max(self._delay, crawl_delay), self._patience)
        turn = _Turn(self._now())
        try:
            yield turn
        except PageProblem as problem:
            turn.failed(problem)
            raise
        finally:
            self.host_wait = self._pace.give(slot, turn.report)


class _WithoutRobots:
    """Turns to ask for robots.txt itself."""

    def __init__(self, politeness: Politeness) -> None:
        self._politeness = politeness

    @contextmanager
    def turn(self, url: str) -> Iterator["_Turn"]:
        """Wait for the turn to ask for ``url``."""
        with self._politeness._paced(url, 0.0) as turn:
            yield turn


class _Turn:
    """One request: how it went decides what the host is asked next."""

    def __init__(self, began: datetime) -> None:
        self._began = began
        self.report = Report("none")

    def answered(self, answer: Answer) -> None:
        """Tell how the host answered."""
        problem = problem_of(answer.status, answer.headers, self._began) if answer.status >= 400 else None
        if isinstance(problem, Throttled):
            self.report = Report("throttled", answer.latency, problem.retry_after)
        else:
            self.report = Report("good" if problem is None else "bad", answer.latency)

    def failed(self, problem: PageProblem) -> None:
        """Tell that there was no answer, or none that could be used."""
        if problem.reason in _REMEMBERED:
            self.report = Report("failed", why=problem.reason)
        elif problem.reason is Reason.TIMEOUT:
            self.report = Report("bad", latency=_SLOW)


# What a host that did not answer in time is taken for, in seconds.
_SLOW = 10.0
