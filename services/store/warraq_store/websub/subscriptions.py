"""Which hub each feed names for which topic: what of WebSub is known without having asked anyone."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from warraq_store.tables import Subscription


def offer(session: Session, page_id: int, hubs: Sequence[str], topic_url: str, now: datetime) -> None:
    """Keep which hubs a feed names for which topic; none: what was subscribed ends.

    Which of them was come to stays, as long as the feed names it.
    """
    known = of_page(session, page_id)
    if known is not None and known.topic_url == topic_url and known.hub_url in hubs:
        place = list(hubs).index(known.hub_url)
        others = [*hubs[place + 1 :], *hubs[:place]]
        if known.other_hubs != others:
            known.other_hubs = others
            session.add(known)
        return
    if known is not None:
        known.page_id = None
        session.add(known)
        session.flush()
    if hubs:
        first, *others = hubs
        session.add(Subscription(page_id=page_id, hub_url=first, other_hubs=others, topic_url=topic_url, ask_at=now))


def of_page(session: Session, page_id: int) -> Subscription | None:
    """Return how it is with the hub of the feed ``page_id``; None if it names none."""
    return session.exec(select(Subscription).where(Subscription.page_id == page_id)).first()


def of_token(session: Session, token: str) -> Subscription | None:
    """Return the subscription that a callback address belongs to."""
    return session.exec(select(Subscription).where(Subscription.token == token)).first()
