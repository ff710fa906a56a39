"""Which hub each feed names for which topic: what of WebSub is known without having asked anyone."""

from datetime import datetime

from sqlmodel import Session, select

from warraq_store.tables import Subscription


def offer(session: Session, page_id: int, hub_url: str | None, topic_url: str, now: datetime) -> None:
    """Keep which hub a feed names for which topic; None: it names none, and what was subscribed ends."""
    known = of_page(session, page_id)
    if known is not None and (known.hub_url, known.topic_url) == (hub_url, topic_url):
        return
    if known is not None:
        known.page_id = None
        session.add(known)
        session.flush()
    if hub_url is not None:
        session.add(Subscription(page_id=page_id, hub_url=hub_url, topic_url=topic_url, ask_at=now))


def of_page(session: Session, page_id: int) -> Subscription | None:
    """Return how it is with the hub of the feed ``page_id``; None if it names none."""
    return session.exec(select(Subscription).where(Subscription.page_id == page_id)).first()


def of_token(session: Session, token: str) -> Subscription | None:
    """Return the subscription that a callback address belongs to."""
    return session.exec(select(Subscription).where(Subscription.token == token)).first()
