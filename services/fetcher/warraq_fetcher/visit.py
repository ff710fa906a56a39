"""A visit to a host: its pages one after the other, each ending in exactly one outcome."""

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from warraq_fetcher.fetch import Clock, Request, Trail, fetch
from warraq_fetcher.pace import Pace
from warraq_fetcher.politeness import Politeness
from warraq_fetcher.response import Response
from warraq_fetcher.robots import Robots
from warraq_fetcher.session import Session
from warraq_shared.errors import PageProblem, Temporary, Throttled
from warraq_shared.messages import EndedFetch, FetchedPage, FetchPages, FetchPolicy, PageToFetch
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings

Outcome = FetchedPage | EndedFetch

# A page whose turn comes within this many seconds is waited for; any other goes back with a time.
MOMENT = 2.0
# No page is begun later than this into a visit: with the longest page after it, it ends well before the message is
# handed out again.
VISIT_SECONDS = 30.0
# After a page that did not come in time, the others of the visit wait so long: a slow host must not keep a thread.
_SLOW_HOST_WAIT = 60.0
_INTAKE_WAIT = 15.0


class RawPages(Protocol):
    """Where raw pages wait for the parser."""

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content`` under ``key``."""

    def room_left(self) -> int:
        """Return how many bytes may still be put."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """What a visit works with. Belongs to one thread."""

    session: Session
    pace: Pace
    robots: Robots
    raw_pages: RawPages
    settings: Settings
    now: Clock
    clock: Callable[[], float] = time.monotonic

    def turns(self, policy: FetchPolicy) -> Politeness:
        """Return the turns for a visit under ``policy``."""
        delay = self.settings.host_delay if policy.delay_seconds is None else policy.delay_seconds
        return Politeness(
            self.session,
            self.pace,
            self.robots if policy.obey_robots else None,
            now=self.now,
            delay=delay,
            crawl_delay_cap=self.settings.crawl_delay_cap,
            patience=MOMENT,
        )


def visit(message: FetchPages, fetcher: Fetcher) -> Iterator[Outcome]:
    """Fetch the pages of ``message`` and yield what became of each, in order, as soon as it is known."""
    fetcher.session.new_visit()
    turns = fetcher.turns(message.policy)
    stop_at = fetcher.clock() + VISIT_SECONDS
    held: Temporary | None = None
    for page in message.pages:
        if held is None and fetcher.clock() > stop_at:
            held = Temporary(Reason.HOST_BUSY, "The visit took long; the rest goes on later.", retry_after=MOMENT)
        trail = Trail()
        try:
            if held is not None:
                raise held
            yield _fetch_one(page, message.policy, fetcher, turns, trail)
        except PageProblem as problem:
            yield _ended(page, problem, trail, fetcher, turns)
            held = held or _holds_up_others(problem, turns)
        except Exception as unexpected:  # noqa: BLE001 - every page must end in an outcome
            yield _broken(page, unexpected, trail, fetcher)


def _holds_up_others(problem: PageProblem, turns: Politeness) -> Temporary | None:
    """Return the problem with which the other pages of the host end at once, if this one is the host's."""
    if isinstance(problem, Throttled):
        return Temporary(Reason.HOST_BUSY, "The host asked to be left alone.", retry_after=turns.host_wait)
    if problem.reason is Reason.TIMEOUT:
        return Temporary(Reason.HOST_BUSY, "The host is slow; the rest waits.", retry_after=_SLOW_HOST_WAIT)
    if problem.reason is Reason.INTAKE_FULL and isinstance(problem, Temporary):
        return problem
    return None


def _fetch_one(page: PageToFetch, policy: FetchPolicy, fetcher: Fetcher, turns: Politeness, trail: Trail) -> Outcome:
    if fetcher.raw_pages.room_left() <= 0:
        raise Temporary(Reason.INTAKE_FULL, retry_after=_INTAKE_WAIT)
    request = Request(
        page.url,
        etag=page.etag,
        last_modified=page.last_modified,
        accept_language=policy.accept_language,
        headers=policy.headers,
    )
    response = fetch(request, fetcher.session, turns, fetcher.now, trail)
    if response.not_modified:
        return _unchanged(page, response, Reason.NOT_MODIFIED)
    if response.content_hash == page.content_hash:
        return _unchanged(page, response, Reason.SAME_BYTES)
    return _fetched(page, response, fetcher.raw_pages)


def _fetched(page: PageToFetch, response: Response, raw_pages: RawPages) -> FetchedPage:
    snapshot = uuid.uuid4().hex
    raw_pages.put(snapshot, response.body)
    return FetchedPage(
        page_id=page.page_id,
        lease=page.lease,
        url=page.url,
        final_url=response.final_url,
        snapshot=snapshot,
        status=response.status,
        headers=response.kept_headers,
        fetched_at=response.fetched_at,
        seconds=round(response.seconds, 3),
        hops=response.hops,
        moved_for_good=response.moved_for_good,
        content_hash=response.content_hash,
        size=len(response.body),
        hints=page.hints,
        notes=response.notes,
    )


def _unchanged(page: PageToFetch, response: Response, reason: Reason) -> EndedFetch:
    return EndedFetch(
        page_id=page.page_id,
        lease=page.lease,
        url=page.url,
        reason=reason,
        http_status=response.status,
        ended_at=response.fetched_at,
        seconds=round(response.seconds, 3),
        moved_to=response.final_url if response.moved_for_good else None,
        hops=response.hops,
        headers=response.kept_headers,
        notes=response.notes,
    )


def _ended(page: PageToFetch, problem: PageProblem, trail: Trail, fetcher: Fetcher, turns: Politeness) -> EndedFetch:
    wait = problem.retry_after if isinstance(problem, Temporary) else None
    throttled = isinstance(problem, Throttled)
    last = trail.steps[-1].answer if trail.steps else None
    return EndedFetch(
        page_id=page.page_id,
        lease=page.lease,
        url=page.url,
        reason=problem.reason,
        detail=problem.detail,
        http_status=problem.http_status or (last.status if last else None),
        ended_at=fetcher.now(),
        seconds=round(fetcher.session.meter.spent(), 3),
        retry_after=max(wait or 0.0, turns.host_wait) if throttled else wait,
        host_wait=throttled,
        hops=tuple(trail.hops),
        notes=tuple(dict.fromkeys(trail.notes)),
    )


def _broken(page: PageToFetch, unexpected: Exception, trail: Trail, fetcher: Fetcher) -> EndedFetch:
    return EndedFetch(
        page_id=page.page_id,
        lease=page.lease,
        url=page.url,
        reason=Reason.INTERNAL,
        detail=f"{type(unexpected).__name__}: {unexpected}"[:500],
        ended_at=fetcher.now(),
        hops=tuple(trail.hops),
    )
