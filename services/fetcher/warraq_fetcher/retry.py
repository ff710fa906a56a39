"""When to try again: pure functions of what the server said and of how often it failed. Times are seconds."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from warraq_shared.reasons import FailureClass, Reason

LEAST_WAIT = 1.0
LONGEST_WAIT = 24 * 3600.0
# A host that says "too many requests" and not for how long.
QUIET_WITHOUT_A_WORD = 60.0
_FIRST_RETRY = 60.0
_LONGEST_RETRY = 6 * 3600.0


def retry_after(header: str | None, now: datetime) -> float | None:
    """Return the wait that a Retry-After header asks for (RFC 9110, 10.2.3): seconds or a date.

    Clamped to one second … one day; None if there is none or it is nonsense.
    """
    text = (header or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return _clamped(float(text[:12]))
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        return _clamped((at - now).total_seconds())
    except OverflowError:
        return None


def _clamped(seconds: float) -> float:
    return min(max(seconds, LEAST_WAIT), LONGEST_WAIT)


def backoff(
    reason: Reason,
    attempt: int,
    chance: Callable[[], float],
    *,
    asked: float | None = None,
) -> float | None:
    """Return how long to wait after ``attempt`` failures in a row (from 1) for ``reason``; None: not again.

    The wait doubles with each failure, up to six hours, and half of it is left to ``chance`` (a number from 0 to 1),
    so that pages that failed together do not come back together. What the server ``asked`` for is the least.
    """
    if reason.failure is FailureClass.PERMANENT:
        return None
    if reason.failure is FailureClass.NONE:
        return asked
    full = min(_FIRST_RETRY * 2.0 ** min(max(attempt, 1) - 1, 30), _LONGEST_RETRY)
    return max(full / 2 + full / 2 * chance(), asked or 0.0)
