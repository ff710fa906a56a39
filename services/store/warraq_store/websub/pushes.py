"""What WebSub hubs push: notice that a feed has news (W3C WebSub, section 7).

A push means one thing here: the feed is polled now. What the hub sends is not read, so a lying hub can cost a request
and nothing else, and what is stored is what the publisher serves.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, update

from warraq_store.schedule import hosts, pages
from warraq_store.tables import Page, Poll, Subscription

# However often a hub pushes, a feed is asked for no more often than this.
LEAST_BETWEEN: Final = timedelta(seconds=5)
_DIGESTS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}


class Signature:
    """An ``X-Hub-Signature`` (``method=hexdigest``) held against a body that comes in pieces and is not kept."""

    def __init__(self, header: str, secret: str) -> None:
        method, _, self._digest = header.strip().partition("=")
        algorithm = _DIGESTS.get(method.lower())
        self._sum = hmac.new(secret.encode(), digestmod=algorithm) if algorithm else None

    def add(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        if self._sum is not None:
            self._sum.update(piece)

    def fits(self) -> bool:
        """Tell whether the signature is that of all pieces, in constant time; an unknown method never fits."""
        if self._sum is None or not self._digest.isascii():
            return False
        return hmac.compare_digest(self._sum.hexdigest(), self._digest.lower())


def push(session: Session, subscription_id: int, now: datetime) -> bool:
    """Make a feed due at once, ahead of what waits; False if it is followed no more."""
    known = session.get(Subscription, subscription_id)
    if known is None or known.page_id is None:
        return False
    page = pages.locked(session, [known.page_id]).get(known.page_id)
    session.refresh(known, with_for_update=True)
    if page is None or known.state == "leaving":
        return False
    known.pushed_at, known.pushes = now, known.pushes + 1
    # What is under way now may have been sent before the news: then it is looked at once more.
    known.push_waits = page.lease is not None
    session.add(known)
    if page.lease is None and page.priority < pages.HELD:
        _poll_now(session, page, now)
    return True


def _poll_now(session: Session, page: Page, now: datetime) -> None:
    poll = session.get(Poll, page.id)
    earliest = poll.polled_at + LEAST_BETWEEN if poll is not None and poll.polled_at is not None else now
    page.due_at, page.priority = max(now, earliest), pages.HAND_ADDED
    session.add(page)
    hosts.wake(session, page.host, page.due_at)


def count_forged(session: Session, subscription_id: int) -> None:
    """Count a push that was not signed with our secret; it does nothing else (section 7.1)."""
    more = update(Subscription).where(col(Subscription.id) == subscription_id)
    session.execute(more.values(forged=Subscription.forged + 1))
