"""Where a redirect leads: pure rules over one answer."""

from collections.abc import Sequence

from warraq_shared.errors import Permanent
from warraq_shared.messages import Hop
from warraq_shared.reasons import Reason
from warraq_shared.urls import canonical

# 300 is one when it names a place (RFC 9110, 15.4.1).
REDIRECTS = frozenset({300, 301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})


def next_address(url: str, status: int, location: str | None) -> str | None:
    """Return the canonical address that an answer sends us to, or None if it is no redirect.

    Raises:
        Permanent: ``bad-redirect``: it names no place, or one that is not http or https.
    """
    if status not in REDIRECTS:
        return None
    if not location:
        if status == 300:
            return None
        raise Permanent(Reason.BAD_REDIRECT, f"Status {status} from {url} names no place.", http_status=status)
    try:
        return canonical(_as_text(location), url)
    except Permanent as problem:
        raise Permanent(Reason.BAD_REDIRECT, problem.detail, http_status=status) from problem


def check_chain(hops: Sequence[Hop], target: str, limit: int) -> None:
    """Check that ``hops`` may be followed to ``target``.

    Raises:
        Permanent: ``redirect-loop`` or ``too-many-redirects``.
    """
    status = hops[-1].status if hops else None
    if sum(hop.url == target for hop in hops) > 1:
        raise Permanent(Reason.REDIRECT_LOOP, f"Back at {target}.", http_status=status)
    if len(hops) > limit:
        looped = any(hop.url == target for hop in hops)
        reason = Reason.REDIRECT_LOOP if looped else Reason.TOO_MANY_REDIRECTS
        raise Permanent(reason, f"More than {limit} redirects.", http_status=status)


def _as_text(location: str) -> str:
    """Return a Location as it was meant: http.client reads headers as Latin-1, many servers send UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
