"""What an HTTP status means for a page: a table, and the few cases that look at more than the number."""

from collections.abc import Mapping
from datetime import datetime

from warraq_fetcher.retry_after import retry_after
from warraq_shared.errors import PageProblem, Permanent, Temporary, Throttled
from warraq_shared.reasons import FailureClass, Reason

# Statuses whose meaning is not that of their hundred.
_SPECIAL: Mapping[int, Reason] = {
    204: Reason.EMPTY_BODY,
    205: Reason.EMPTY_BODY,
    206: Reason.INCOMPLETE_BODY,  # we never ask for a part
    401: Reason.FORBIDDEN,
    402: Reason.FORBIDDEN,
    403: Reason.FORBIDDEN,
    404: Reason.NOT_FOUND,
    407: Reason.PROXY,
    408: Reason.TIMEOUT,
    410: Reason.GONE,
    421: Reason.SERVER_ERROR,  # RFC 9110, 15.5.20: the request may be repeated over another connection
    425: Reason.SERVER_ERROR,  # RFC 8470: too early
    429: Reason.THROTTLED,
    451: Reason.FORBIDDEN,
}
_BY_HUNDRED: Mapping[int, Reason] = {4: Reason.CLIENT_ERROR, 5: Reason.SERVER_ERROR}


def problem_of(status: int, headers: Mapping[str, str], now: datetime) -> PageProblem | None:
    """Return why an answer with ``status`` is not content, or None if it is (2xx, and 304)."""
    reason = _reason_of(status, headers)
    if reason is Reason.OK:
        return None
    detail = f"Status {status}."
    if reason.failure is FailureClass.PERMANENT:
        return Permanent(reason, detail, http_status=status)
    wait = retry_after(headers.get("retry-after"), now)
    kind = Throttled if reason is Reason.THROTTLED else Temporary
    return kind(reason, detail, http_status=status, retry_after=wait)


def _reason_of(status: int, headers: Mapping[str, str]) -> Reason:
    if status in _SPECIAL:
        return _SPECIAL[status]
    if status == 503 and "retry-after" in headers:
        return Reason.THROTTLED
    if 200 <= status < 300 or status == 304:
        return Reason.OK
    return _BY_HUNDRED.get(status // 100, Reason.BAD_RESPONSE)
