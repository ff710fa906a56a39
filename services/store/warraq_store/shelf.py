"""Putting articles on the shelf: kept, and findable from the same moment on."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from warraq_store import articles
from warraq_store.articles import Incoming, Outcome, Stored
from warraq_store.search import index
from warraq_store.search.index import ToIndex


def put(session: Session, incoming: Sequence[Incoming], now: datetime) -> list[Stored]:
    """Keep ``incoming`` and index what is new or changed; return, in the same order, what that did."""
    stored = articles.store_many(session, incoming, now)
    oldest_first = sorted(zip(incoming, stored, strict=True), key=lambda pair: pair[0].fetched_at)
    fresh = {
        done.article_id: ToIndex(done.article_id, one.article, one.url, one.source_id, done.first_seen_at)
        for one, done in oldest_first
        if done.changed or (one.reparsed and done.outcome is Outcome.SAME)
    }
    index.write(session, list(fresh.values()))
    return stored
