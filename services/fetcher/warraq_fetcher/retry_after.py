"""When a server wants to be asked again: Retry-After, read with suspicion. Times are seconds."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LEAST_WAIT = 1.0
LONGEST_WAIT = 24 * 3600.0
_LONGEST_HEADER = 100


def retry_after(header: str | None, now: datetime) -> float | None:
    """Return the wait that a Retry-After header asks for (RFC 9110, 10.2.3): seconds or a date.

    Clamped to one second … one day; None if there is none or it is nonsense.
    """
    text = (header or "")[:_LONGEST_HEADER].strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return _clamped(float(text))
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
