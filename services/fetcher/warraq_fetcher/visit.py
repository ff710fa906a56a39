"""A visit to a host: its pages one after the other, each ending in exactly one outcome."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import OutOfMemoryError
from redis.exceptions import TimeoutError as RedisTimeoutError

from warraq_fetcher.fetch import Clock, Request, Trail, fetch
from warraq_fetcher.outcomes import Outcome, broken, ended, fetched, unchanged
from warraq_fetcher.pace import Pace
from warraq_fetcher.politeness import Courtesy, Politeness
from warraq_fetcher.robots import Robots
from warraq_fetcher.session import Session
from warraq_fetcher.validators import PROBES, Trust, lies
from warraq_shared.errors import PageProblem, Temporary, Throttled
from warraq_shared.messages import FetchPages, FetchPolicy, PageToFetch
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings
from warraq_shared.urls import canonical, host_of

# A page whose turn comes within this many seconds is waited for; any other goes back with a time.
MOMENT = 2.0
# No page is begun later than this into a visit: with the longest page after it, a visit ends well before its message
# is handed out again.
VISIT_SECONDS = 30.0
# A visit renews its claim on the host with each page, so a killed worker's claim does not last.
_CLAIM_SECONDS = 20.0
_OTHER_VISIT_WAIT = 5.0
# After a page that did not come in time the others of the visit wait so long: a slow host must not keep a thread.
_SLOW_HOST_WAIT = 60.0
_INTAKE_WAIT = 15.0


class RawPages(Protocol):
    """Where raw pages wait for the parser."""

    def put(self, key: str, content: bytes) -> int:
        """Keep ``content`` under ``key``; return how many bytes may still be put."""

    def room_left(self) -> int:
        """Return how many bytes may still be put."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """What a visit works with. Belongs to one thread; ``stopping`` tells that the worker wants to end."""

    session: Session
    pace: Pace
    robots: Robots
    raw_pages: RawPages
    trust: Trust
    settings: Settings
    now: Clock
    stopping: Callable[[], bool] = lambda: False
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random

    def turns(self, policy: FetchPolicy) -> Politeness:
        """Return the turns for a visit under ``policy``."""
        delay = self.settings.host_delay if policy.delay_seconds is None else policy.delay_seconds
        courtesy = Courtesy(delay, self.settings.crawl_delay_cap, MOMENT)
        return Politeness(self.session, self.pace, self.robots if policy.obey_robots else None, courtesy, self.now)


def visit(message: FetchPages, fetcher: Fetcher) -> Iterator[Outcome]:
    """Fetch the pages of ``message`` and yield what became of each, in order, as soon as it is known.

    Raises:
        redis.exceptions.ConnectionError, redis.exceptions.TimeoutError: Redis has gone; the visit is over.
    """
    claim = fetcher.pace.enter(message.host, _CLAIM_SECONDS)
    if claim is None and not message.priority:
        busy = Temporary(Reason.HOST_BUSY, "Another visit is at this host.", retry_after=_OTHER_VISIT_WAIT)
        gap = fetcher.turns(message.policy).gap
        for place, page in enumerate(message.pages):
            yield ended(page, _later(busy, place * gap), Trail(), fetcher.now())
        return
    fetcher.session.new_visit(message.policy.proxy)
    try:
        yield from _Visit(message, fetcher, claim).outcomes()
    finally:
        if claim is not None:
            with suppress(RedisConnectionError, RedisTimeoutError):  # the claim ends by itself
                fetcher.pace.leave(message.host, claim)


class _Visit:
    """One visit under way. ``held`` is the problem with which all further pages end, once there is one."""

    def __init__(self, message: FetchPages, fetcher: Fetcher, claim: str | None) -> None:
        self._message = message
        self._fetcher = fetcher
        self._claim = claim
        self._turns = fetcher.turns(message.policy)
        self._stop_at = fetcher.clock() + VISIT_SECONDS
        self._renew_at = fetcher.clock() + _CLAIM_SECONDS / 2
        self._held: PageProblem | None = None
        self._room = fetcher.raw_pages.room_left()
        self._deferred = 0
        self._trusted = fetcher.trust.in_host(message.host)

    def outcomes(self) -> Iterator[Outcome]:
        """Yield what became of each page."""
        for page in self._message.pages:
            yield self._outcome(page)

    def _outcome(self, page: PageToFetch) -> Outcome:
        trail = Trail()
        try:
            return self._page(page, trail)
        except PageProblem as problem:
            return self._ended(page, problem, trail)
        except OutOfMemoryError:
            return self._ended(page, Temporary(Reason.INTAKE_FULL, "Redis is full.", retry_after=_INTAKE_WAIT), trail)
        except (RedisConnectionError, RedisTimeoutError):
            raise  # no page's fault, and nobody could be told: the lease ends, and the page is given out again
        except Exception as unexpected:  # noqa: BLE001 - every page must end in an outcome
            return broken(page, unexpected, trail, self._fetcher.now())
        finally:
            self._fetcher.session.large.leave()

    def _page(self, page: PageToFetch, trail: Trail) -> Outcome:
        self._check_whether_to_go_on()
        policy, fetcher = self._message.policy, self._fetcher
        request = Request(page.url, accept_language=policy.accept_language, headers=policy.headers)
        if self._trusted and fetcher.chance() >= PROBES:
            request = replace(request, etag=page.etag, last_modified=page.last_modified)
        if not policy.obey_robots:
            trail.notes.append("robots-ignored")
        response = fetch(request, fetcher.session, self._turns, fetcher.now, trail)
        if response.not_modified:
            return unchanged(page, response, Reason.NOT_MODIFIED)
        if response.content_hash == page.content_hash:
            return unchanged(page, response, Reason.SAME_BYTES)
        if lies(page, response):
            fetcher.trust.lost(self._message.host)
            self._trusted = False
        return fetched(page, response, self._put, fetcher.settings.user_agent)

    def _put(self, snapshot: str, body: bytes) -> None:
        self._room = self._fetcher.raw_pages.put(snapshot, body)

    def _check_whether_to_go_on(self) -> None:
        if self._held is not None:
            raise self._held
        if self._fetcher.stopping():
            raise Temporary(Reason.HOST_BUSY, "The worker is stopping.", retry_after=0.0)
        if self._fetcher.clock() > self._stop_at:
            raise Temporary(Reason.HOST_BUSY, "The visit took long; the rest goes on later.", retry_after=MOMENT)
        if self._room <= 0:
            raise Temporary(Reason.INTAKE_FULL, retry_after=_INTAKE_WAIT)
        if self._claim is not None and self._fetcher.clock() > self._renew_at:
            self._fetcher.pace.stay(self._message.host, self._claim, _CLAIM_SECONDS)
            self._renew_at = self._fetcher.clock() + _CLAIM_SECONDS / 2

    def _ended(self, page: PageToFetch, problem: PageProblem, trail: Trail) -> Outcome:
        of_this_host = self._turns.last_host == _host(page.url)
        if of_this_host and self._held is None:
            self._held = self._hold(problem)
        if problem.reason is Reason.HOST_BUSY and isinstance(problem, Temporary):
            problem = _later(problem, self._deferred * self._turns.gap)
            self._deferred += 1
        host_wait = self._turns.host_wait if of_this_host and isinstance(problem, Throttled) else 0.0
        return ended(
            page, problem, trail, self._fetcher.now(), seconds=self._fetcher.session.meter.spent(), host_wait=host_wait
        )

    def _hold(self, problem: PageProblem) -> PageProblem | None:
        """Return the problem with which the other pages of the host end at once, if this one is the host's."""
        if isinstance(problem, Throttled):
            wait = self._turns.host_wait
            return Temporary(Reason.HOST_BUSY, "The host asked to be left alone.", retry_after=wait)
        if problem.reason is Reason.TIMEOUT:
            return Temporary(Reason.HOST_BUSY, "The host is slow; the rest waits.", retry_after=_SLOW_HOST_WAIT)
        return problem if problem.reason is Reason.HOST_BUSY else None


def _later(busy: Temporary, seconds: float) -> Temporary:
    """Return ``busy`` with a longer wait: pages that are given back together must not come back together."""
    return Temporary(busy.reason, busy.detail, retry_after=(busy.retry_after or 0.0) + seconds)


def _host(url: str) -> str:
    try:
        return str(host_of(canonical(url)))
    except PageProblem:
        return ""
