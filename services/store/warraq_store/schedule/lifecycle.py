"""What becomes of a page after each ending: its state, and when it is due next. Pure functions.

* A good end of an article: looked at again at growing ages (``REVISIT_AGES``), then no more; more often where a
  source's articles change often.
* A good end of a polled page (feed, sitemap, section): due again as its source's schedule says.
* A temporary failure: tried again with growing, jittered, capped waits; an article gives up after ``GIVE_UP_AFTER``
  failures.
* A permanent failure ends an article. A polled page is never given up: it is tried with growing waits, whatever the
  failure, and after long failure it rests, looked at once in ``LOOK_AGAIN``.
* A wait (its host's turn has not come) is not a failure and counts as none.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from warraq_shared.errors import UsageProblem
from warraq_shared.reasons import FailureClass, PageState, Reason
from warraq_store.sources import every

MINUTE: Final = 60.0
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

REVISIT_AGES: Final = (15 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY)
# For sources whose second looks find another text often, and for those where they hardly ever do.
RESTLESS_AGES: Final = tuple(
    MINUTE * minutes for minutes in (10, 30, 60, 120, 240, 480, 960, 36 * 60, 72 * 60, 120 * 60, 168 * 60)
)
CALM_AGES: Final = (HOUR, DAY, 7 * DAY)
RESTLESS_FROM: Final = 0.15
CALM_UPTO: Final = 0.02

FIRST_RETRY: Final = 30.0
LONGEST_RETRY: Final = 12 * HOUR
LONGEST_ASKED: Final = DAY
GIVE_UP_AFTER: Final = 8
LOOK_AGAIN: Final = 7 * DAY
DEFAULT_POLL: Final = 15 * MINUTE
_WAITS = frozenset({Reason.HOST_BUSY, Reason.INTAKE_FULL, Reason.RAW_LOST, Reason.LEASE_EXPIRED})
_DEAD = frozenset(
    {Reason.PARSER_CRASHED, Reason.PARSER_FAILED, Reason.TOO_MANY_ATTEMPTS, Reason.INTERNAL, Reason.TOO_COMPLEX}
)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a handing-out ended. ``changed``: a second look found another text. Header names are lower case."""

    reason: Reason
    detail: str = ""
    http_status: int | None = None
    retry_after: float | None = None
    moved_to: str | None = None
    stage: str = "fetch"
    changed: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a page's source wants after an ending: when to poll again (seconds), at which ages to look again.

    ``rests``: the polled page has failed for so long that it is looked at now and then only.
    """

    poll_after: float = DEFAULT_POLL
    revisit_ages: tuple[float, ...] = REVISIT_AGES
    rests: bool = False


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


_USUAL = Plan()


def next_step(
    ending: Ending,
    *,
    role: str,
    failures: int,
    revisit: int,
    now: datetime,
    plan: Plan = _USUAL,
    chance: float | None = None,
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
        return _good_end(ending, role, revisit, now, plan)
    if is_polled(role):
        return _failed_poll(ending, failures, revisit, now, plan, luck)
    if reason.failure is FailureClass.PERMANENT:
        return Step(reason.state, reason, None, failures + 1, revisit, dead=reason in _DEAD)
    return _failed_for_now(ending, failures, revisit, now, luck)


def reads_no_better(reason: Reason) -> bool:
    """Tell whether a reading that ended so leaves a dead letter of its page as it is: it failed again."""
    return reason in _DEAD or reason.failure is FailureClass.TEMPORARY


def _good_end(ending: Ending, role: str, revisit: int, now: datetime, plan: Plan) -> Step:
    reason, ages = ending.reason, plan.revisit_ages
    if is_polled(role):
        return Step(reason.state, reason, now + timedelta(seconds=plan.poll_after), 0, revisit, priority=1)
    if reason.state is PageState.REDIRECTED or revisit >= len(ages):
        return Step(reason.state, reason, None, 0, revisit)
    wait = ages[revisit] - (ages[revisit - 1] if revisit else 0)
    return Step(reason.state, reason, now + timedelta(seconds=wait), 0, revisit + 1, priority=3)


def _failed_poll(ending: Ending, failures: int, revisit: int, now: datetime, plan: Plan, luck: float) -> Step:
    """A page polled often is not asked more often for failing; one polled seldom need not wait for its next turn."""
    wait = max(min(plan.poll_after, DEFAULT_POLL), retry_delay(failures, luck), asked_wait(ending))
    if plan.rests:
        wait = max(wait, LOOK_AGAIN)
    reason = ending.reason
    return Step(
        reason.state, reason, now + timedelta(seconds=wait), failures + 1, revisit, priority=1, dead=reason in _DEAD
    )


def _failed_for_now(ending: Ending, failures: int, revisit: int, now: datetime, luck: float) -> Step:
    if failures + 1 >= GIVE_UP_AFTER:
        return Step(PageState.FAILED, ending.reason, None, failures + 1, revisit, dead=True)
    wait = max(retry_delay(failures, luck), asked_wait(ending))
    return Step(ending.reason.state, ending.reason, now + timedelta(seconds=wait), failures + 1, revisit)


def asked_wait(ending: Ending) -> float:
    """Return the seconds that a server asked for (Retry-After); "in a year" is taken for a day."""
    return min(ending.retry_after or 0.0, LONGEST_ASKED)


def retry_delay(failures: int, luck: float) -> float:
    """Return the seconds to wait after ``failures`` earlier ones: doubling, capped, half of it by ``luck`` (0 to 1)."""
    whole = min(LONGEST_RETRY, FIRST_RETRY * 2.0 ** min(failures, 20))
    return float(whole * (0.5 + luck / 2))


def revisit_ages(policy: str, changing: float | None) -> tuple[float, ...]:
    """Return the ages (seconds) at which an article is looked at again.

    ``policy`` is ``news``, ``off`` or ages such as ``15m,1h,1d``; ``changing`` is the share of a source's second looks
    that found another text, None while that is not known. Ages that a user has written stay as they are.
    """
    if policy == "off":
        return ()
    if policy != "news":
        return tuple(map(every.seconds, policy.split(",")))
    if changing is None:
        return REVISIT_AGES
    return RESTLESS_AGES if changing >= RESTLESS_FROM else CALM_AGES if changing <= CALM_UPTO else REVISIT_AGES


def check_revisits(policy: str) -> str:
    """Return a revisit policy in its plain spelling.

    Raises:
        UsageProblem: it is neither ``news`` nor ``off`` nor growing ages.
    """
    text = policy.strip().lower().replace(" ", "")
    if text in ("news", "off"):
        return text
    unfit = f"{policy!r}: give `news`, `off`, or up to 20 growing ages of revisits from 1m on, such as 15m,1h,1d."
    try:
        ages = revisit_ages(text, None)
    except UsageProblem as no_span:
        raise UsageProblem(unfit) from no_span
    if list(ages) != sorted(set(ages)) or len(ages) > 20 or ages[0] < MINUTE:
        raise UsageProblem(unfit)
    return text


def is_polled(role: str) -> bool:
    """Tell whether a page of ``role`` is polled for links: a feed, sitemap or section, not an article."""
    return role != "article"
