"""What became of a page, as the messages say it. Pure but for the putting away of the bytes."""

import uuid
from collections.abc import Callable
from datetime import datetime

from warraq_fetcher.fetch import Trail
from warraq_fetcher.optouts import optouts
from warraq_fetcher.response import Response, printable
from warraq_fetcher.robots_rules import product_of
from warraq_fetcher.validators import lies
from warraq_shared.errors import PageProblem, Temporary
from warraq_shared.messages import EndedFetch, FetchedPage, PageToFetch
from warraq_shared.reasons import Reason

Outcome = FetchedPage | EndedFetch

LONGEST_DETAIL = 500
# What of a request goes into the archive: our own headers. A source's own, and cookies, may be secrets.
_ARCHIVED = frozenset(
    {
        "user-agent",
        "accept",
        "accept-encoding",
        "accept-language",
        "if-none-match",
        "if-modified-since",
        "cache-control",
    }
)


def fetched(page: PageToFetch, response: Response, put: Callable[[str, bytes], None], user_agent: str) -> FetchedPage:
    """Return that the page has come, after ``put`` has its bytes."""
    snapshot = uuid.uuid4().hex
    put(snapshot, response.body)
    lie = ("validator-lies",) if lies(page, response) else ()
    notes = (*response.notes, *lie, *optouts(response.headers, product_of(user_agent)))
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
        rules=page.rules,
        notes=notes,
        sent={name: value[:LONGEST_DETAIL] for name, value in response.sent.items() if name.lower() in _ARCHIVED},
    )


def unchanged(page: PageToFetch, response: Response, reason: Reason) -> EndedFetch:
    """Return that the page is as it was."""
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


def ended(
    page: PageToFetch,
    problem: PageProblem,
    trail: Trail,
    now: datetime,
    *,
    seconds: float = 0.0,
    host_wait: float = 0.0,
) -> EndedFetch:
    """Return that the fetch ended with ``problem``. ``host_wait``: for how long the whole host is left alone."""
    asked = problem.retry_after if isinstance(problem, Temporary) else None
    return EndedFetch(
        page_id=page.page_id,
        lease=page.lease,
        url=page.url,
        reason=problem.reason,
        detail=printable(problem.detail)[:LONGEST_DETAIL],
        http_status=problem.http_status or (trail.heads[-1].status if trail.heads else None),
        ended_at=now,
        seconds=round(seconds, 3),
        retry_after=max(asked or 0.0, host_wait) if host_wait else asked,
        host_wait=host_wait > 0,
        hops=tuple(trail.hops),
        notes=tuple(dict.fromkeys(trail.notes)),
    )


def broken(page: PageToFetch, unexpected: Exception, trail: Trail, now: datetime) -> EndedFetch:
    """Return that something in Warraq itself went wrong."""
    problem = Temporary(Reason.INTERNAL, f"{type(unexpected).__name__}: {unexpected}")
    return ended(page, problem, trail, now)
