"""Putting articles on the shelf: kept, findable from the same moment on, and beside those that tell the same story."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from warraq_store.articles import articles, stories
from warraq_store.articles.articles import Incoming, Outcome, Stored
from warraq_store.articles.stories import Telling
from warraq_store.search import index
from warraq_store.search.index import ToIndex
from warraq_store.tables import Tombstone


def put(session: Session, incoming: Sequence[Incoming], now: datetime) -> list[Stored]:
    """Keep ``incoming`` and index what is new or changed; return, in the same order, what that did."""
    stored = articles.store_many(session, incoming, now)
    fresh = {
        done.article_id: ToIndex(
            done.article_id, one.article, one.sentences, one.url, one.source_id, done.first_seen_at
        )
        for one, done in _oldest_first(incoming, stored)
        if done.changed or (one.reparsed and done.outcome is Outcome.SAME)
    }
    index.write(session, list(fresh.values()))
    return stored


def tell(session: Session, incoming: Sequence[Incoming], stored: Sequence[Stored]) -> dict[int, int]:
    """Put what is new or changed into its stories; return the story of each article that is in one.

    Must be the last thing that a transaction does with articles and pages: see ``stories.assign``.
    """
    fresh = {
        done.article_id: Telling(done.article_id, one.sentences, one.article.published_at)
        for one, done in _oldest_first(incoming, stored)
        if done.changed
    }
    return stories.assign(session, list(fresh.values()))


def _oldest_first(incoming: Sequence[Incoming], stored: Sequence[Stored]) -> Iterable[tuple[Incoming, Stored]]:
    return sorted(zip(incoming, stored, strict=True), key=lambda pair: pair[0].fetched_at)


def forgotten(session: Session, urls: Sequence[str]) -> set[str]:
    """Return which of ``urls`` were forgotten on request and must not come back."""
    return set(session.exec(select(Tombstone.url).where(col(Tombstone.url).in_(urls))))
