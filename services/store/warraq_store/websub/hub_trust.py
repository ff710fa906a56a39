"""How far a WebSub hub is trusted: while it announces what polls find, its feed is polled seldom; else as any other."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlmodel import Session

from warraq_store.sources.every import Limits, Wait, span_text
from warraq_store.tables import Subscription
from warraq_store.websub import subscriptions

# A push goes with what a poll finds up to this much later: what a cache still holds back comes late.
_ANNOUNCES_FOR: Final = timedelta(minutes=10)
_MOST_MISSED: Final = 3
# Where a push was followed by no news, a cache may have answered: the feed is looked at again after 30 s, 1 and 2 min.
_LOOK_AGAIN: Final = timedelta(seconds=30)
_LOOK_AGAIN_FOR: Final = timedelta(minutes=2)
_AFTER_THIS_POLL: Final = 5.0


class Found(NamedTuple):
    """What the poll that just ended found: how many new items; and when polls before it were, and found any."""

    new: int
    polled_before: datetime | None
    found_before: datetime | None


def wait_after(session: Session, page_id: int, usual: Wait, found: Found, limits: Limits, now: datetime) -> Wait:
    """Return when a feed with a hub is polled next, where ``usual`` is what its schedule says."""
    known = subscriptions.of_page(session, page_id)
    if known is None:
        return usual
    _note_found(known, found)
    is_again, known.push_waits = known.push_waits, False
    session.add(known)
    if is_again:
        return Wait(_AFTER_THIS_POLL, "its hub told of news while it was being looked at")
    if not found.new and known.pushed_at is not None and now - known.pushed_at <= _LOOK_AGAIN_FOR:
        again = max(now - known.pushed_at, _LOOK_AGAIN).total_seconds()
        return Wait(min(usual.seconds, again), "its hub told of news that has not shown yet")
    if limits.pushed is not None and limits.pushed > usual.seconds and is_trusted(known, now):
        because = f"its hub tells of news at once; polled every {span_text(limits.pushed)} as a safety net"
        return Wait(limits.pushed, because)
    return usual


def _note_found(known: Subscription, found: Found) -> None:
    """Note what came with no push as missed; what a push has announced makes up for that.

    A push announces what the first poll with news after it finds, if that is not long after.
    """
    if not found.new or known.state != "active" or known.pushed_at is None:
        return
    is_fresh = found.polled_before is None or known.pushed_at >= found.polled_before - _ANNOUNCES_FOR
    announced = is_fresh and (found.found_before is None or known.pushed_at > found.found_before)
    known.missed = max(0, known.missed - 1) if announced else min(_MOST_MISSED, known.missed + 1)


def is_trusted(known: Subscription, now: datetime) -> bool:
    """Tell whether a hub can be relied on: subscribed, proved by a push, and missing nothing."""
    if known.state != "active" or known.pushed_at is None or known.missed:
        return False
    return known.ends_at is not None and known.ends_at > now
