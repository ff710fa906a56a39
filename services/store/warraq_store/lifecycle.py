"""What becomes of a page after each ending: its state, and when it is due next. Pure functions.

* A good end of an article: looked at again at growing ages (``REVISIT_AGES``), then no more.
* A good end of a polled page (feed, sitemap, section): due again as its source's schedule says.
* A temporary failure: tried again with growing, jittered, capped waits; an article gives up after ``GIVE_UP_AFTER``
  failures, a polled page never does by itself.
* A permanent failure: an article is over; a polled page is looked at again now and then.
* A wait (its host's turn has not come) is not a failure and counts as none.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from warraq_shared.reasons import FailureClass, PageState, Reason

MINUTE: Final = 60.0
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

REVISIT_AGES: Final = (15 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY)
FIRST_RETRY: Final = 30.0
LONGEST_RETRY: Final = 12 * HOUR
GIVE_UP_AFTER: Final = 8
LOOK_AGAIN: Final = 7 * DAY
DEFAULT_POLL: Final = 15 * MINUTE
_WAITS = frozenset({Reason.HOST_BUSY, Reason.INTAKE_FULL, Reason.RAW_LOST, Reason.LEASE_EXPIRED})
_DEAD = frozenset(
    {Reason.PARSER_CRASHED, Reason.PARSER_FAILED, Reason.TOO_MANY_ATTEMPTS, Reason.INTERNAL, Reason.TOO_COMPLEX}
)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a handing-out ended. ``poll_after`` (seconds) is when the schedule wants a polled page again."""

    reason: Reason
    detail: str = ""
    http_status: int | None = None
    retry_after: float | None = None
    moved_to: str | None = None
    stage: str = "fetch"
    poll_after: float | None = None
    revisits: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of the page."""

    state: PageState
    reason: Reason
    due_at: datetime | None
    failures: int
    revisit: int
    priority: int | None = None
    dead: bool = False


def next_step(
    ending: Ending, *, role: str, failures: int, revisit: int, now: datetime, chance: float | None = None
) -> Step:
    """Return what becomes of a page of ``role`` that had ``failures`` in a row and ``revisit`` looks so far.

    ``chance`` (0 to 1) is the jitter; None draws it.
    """
    luck = random.random() if chance is None else chance  # noqa: S311  # jitter, not a secret
    reason = ending.reason
    if reason in _WAITS:
        wait = ending.retry_after if ending.retry_after is not None else 1.0
        return Step(reason.state, reason, now + timedelta(seconds=wait), failures, revisit)
    if reason.failure is FailureClass.NONE:
        return _good_end(ending, role, revisit, now)
    if reason.failure is FailureClass.PERMANENT:
        due = now + timedelta(seconds=LOOK_AGAIN) if _is_polled(role) else None
        return Step(reason.state, reason, due, failures + 1, revisit, dead=reason in _DEAD)
    return _failed_for_now(ending, role, failures, revisit, now, luck)


def _good_end(ending: Ending, role: str, revisit: int, now: datetime) -> Step:
    if _is_polled(role):
        wait = ending.poll_after if ending.poll_after is not None else DEFAULT_POLL
        return Step(ending.reason.state, ending.reason, now + timedelta(seconds=wait), 0, revisit, priority=1)
    if ending.reason.state is PageState.REDIRECTED or not ending.revisits or revisit >= len(REVISIT_AGES):
        return Step(ending.reason.state, ending.reason, None, 0, revisit)
    wait = REVISIT_AGES[revisit] - (REVISIT_AGES[revisit - 1] if revisit else 0)
    return Step(ending.reason.state, ending.reason, now + timedelta(seconds=wait), 0, revisit + 1, priority=3)


def _failed_for_now(ending: Ending, role: str, failures: int, revisit: int, now: datetime, luck: float) -> Step:
    if failures + 1 >= GIVE_UP_AFTER and not _is_polled(role):
        return Step(PageState.FAILED, ending.reason, None, failures + 1, revisit, dead=True)
    wait = max(retry_delay(failures, luck), ending.retry_after or 0.0)
    return Step(ending.reason.state, ending.reason, now + timedelta(seconds=wait), failures + 1, revisit)


def retry_delay(failures: int, luck: float) -> float:
    """Return the seconds to wait after ``failures`` earlier ones: doubling, capped, half of it by ``luck`` (0 to 1)."""
    whole = min(LONGEST_RETRY, FIRST_RETRY * 2.0 ** min(failures, 20))
    return float(whole * (0.5 + luck / 2))


def _is_polled(role: str) -> bool:
    return role != "article"
