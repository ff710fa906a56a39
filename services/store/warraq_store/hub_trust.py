"""How far a WebSub hub is trusted: while it announces what polls find, its feed is polled seldom; else as before."""

from datetime import datetime
from typing import Final

from sqlmodel import Session

from warraq_store.every import Limits, Wait
from warraq_store.tables import Subscription

# A feed whose hub is trusted is polled at this many times its usual wait.
PUSHED_WAITS: Final = 6.0
DISTRUSTED_AT: Final = 3


def seldom(wait: Wait, limits: Limits) -> Wait:
    """Return the wait of a feed whose hub is trusted."""
    longer = max(wait.seconds, min(limits.longest, wait.seconds * PUSHED_WAITS))
    return Wait(longer, "its hub tells of news at once; polled as a safety net")


def note_poll(session: Session, page_id: int, new_items: int, since: datetime | None) -> None:
    """Note that a poll found ``new_items``: what came with no push since the last poll, the hub has missed."""
    known = session.get(Subscription, page_id)
    if known is None or not new_items or known.state != "active":
        return
    announced = known.pushed_at is not None and (since is None or known.pushed_at >= since)
    known.missed = 0 if announced else known.missed + 1
    session.add(known)


def is_trusted(session: Session, page_id: int, now: datetime) -> bool:
    """Tell whether a hub can be relied on for the feed of ``page_id``: subscribed, proved by a push, missing little."""
    known = session.get(Subscription, page_id)
    if known is None or known.state != "active" or known.pushed_at is None:
        return False
    return known.missed < DISTRUSTED_AT and known.ends_at is not None and known.ends_at > now
