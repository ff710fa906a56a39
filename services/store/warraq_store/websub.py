"""WebSub (W3C Recommendation, 23 January 2018): a hub says at once that a feed has news; polling stays as safety net.

A push means one thing here: the feed is polled now. What the hub sends is not read, so a lying hub can cost a request
and nothing else. How far a hub is trusted is in ``hub_trust``.

Here is all of it but the network: whoever has it sends ``HubRequest``s and serves the callback address.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, or_, select

from warraq_shared.article import Frozen
from warraq_store import pages
from warraq_store.tables import Page, Poll, Subscription

LEASE: Final = timedelta(days=10)
_RENEW_BEFORE: Final = timedelta(days=1)
_ASK_AGAIN: Final = timedelta(hours=6)
_MOST_AT_ONCE: Final = 100
_DIGESTS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}


class HubRequest(Frozen):
    """A request to send to a hub: a POST of ``form`` to ``url`` (section 5.1)."""

    url: str
    form: dict[str, str]


def due_requests(session: Session, callback_base: str, now: datetime) -> list[HubRequest]:
    """Return the requests that feeds with a hub need now: to subscribe, or to renew before the lease ends."""
    unsubscribed = or_(
        col(Subscription.page_id).is_(None),
        col(Subscription.hub_url) != col(Poll.hub_url),
        col(Subscription.ends_at) < now + _RENEW_BEFORE,
        col(Subscription.ends_at).is_(None),
    )
    quiet = or_(col(Subscription.asked_at).is_(None), col(Subscription.asked_at) < now - _ASK_AGAIN)
    query = (
        select(Poll, Page)
        .join(Page, col(Page.id) == col(Poll.page_id))
        .join(Subscription, col(Subscription.page_id) == col(Poll.page_id), isouter=True)
        .where(col(Poll.hub_url).is_not(None), col(Page.priority) < pages.HELD, unsubscribed, quiet)
        .limit(_MOST_AT_ONCE)
    )
    return [_ask(session, poll, page, callback_base, now) for poll, page in session.exec(query).all()]


def _ask(session: Session, poll: Poll, page: Page, callback_base: str, now: datetime) -> HubRequest:
    known = session.get(Subscription, poll.page_id)
    if known is None:
        known = Subscription(
            page_id=poll.page_id,
            hub_url="",
            topic_url=page.url,
            secret=secrets.token_urlsafe(32),
            token=secrets.token_urlsafe(24),
            state="asked",
        )
    known.hub_url, known.asked_at = poll.hub_url or "", now
    session.add(known)
    form = {
        "hub.mode": "subscribe",
        "hub.topic": known.topic_url,
        "hub.callback": f"{callback_base.rstrip('/')}/{known.token}",
        "hub.secret": known.secret,
        "hub.lease_seconds": str(int(LEASE.total_seconds())),
    }
    return HubRequest(url=known.hub_url, form=form)


def confirm(session: Session, token: str, query: Mapping[str, str], now: datetime) -> str | None:
    """Return the challenge to answer a hub with (section 5.3): it asks whether we did subscribe.

    None: we did not, and it gets a 404. Only what was asked for is confirmed: this topic, to subscribe.
    """
    known = _of_token(session, token)
    if known is None or query.get("hub.topic") != known.topic_url:
        return None
    mode = query.get("hub.mode")
    if mode == "denied":
        known.state, known.ends_at = "denied", None
        session.add(known)
        return None
    if mode != "subscribe" or not query.get("hub.challenge"):
        return None
    known.state, known.ends_at, known.missed = "active", now + _lease(query), 0
    session.add(known)
    return query["hub.challenge"]


def _lease(query: Mapping[str, str]) -> timedelta:
    text = query.get("hub.lease_seconds", "")
    given = timedelta(seconds=int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else LEASE
    return min(given, 3 * LEASE)


def push(session: Session, token: str, body: bytes, signature: str, now: datetime) -> bool:
    """Make a feed due at once that a hub has news of; tell whether the push was signed with its secret.

    Section 7.1: a push that is not signed right is not acted on; the hub is answered as if it was.
    """
    known = _of_token(session, token)
    if known is None or not is_signed(body, signature, known.secret):
        return False
    known.pushed_at = now
    session.add(known)
    pages.make_due(session, [known.topic_url], now, forget_validators=False)
    return True


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Tell whether ``signature`` (an X-Hub-Signature header, ``method=hexdigest``) is that of ``body``."""
    method, _, digest = signature.strip().partition("=")
    algorithm = _DIGESTS.get(method.lower())
    if algorithm is None or not digest.isascii():
        return False
    return hmac.compare_digest(hmac.new(secret.encode(), body, algorithm).hexdigest(), digest.lower())


def _of_token(session: Session, token: str) -> Subscription | None:
    query = select(Subscription).where(Subscription.token == token).with_for_update()
    return session.exec(query).first()
