"""Articles in the database: every article once, every change kept. A message's articles are written as one batch."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Row, update
from sqlmodel import Session, col, select

from warraq_shared.article import Article as ArticleValue
from warraq_shared.article import Evidence
from warraq_store import profiles
from warraq_store.articles import revisions
from warraq_store.search.words import Words, sentences
from warraq_store.tables import Article
from warraq_store.upserts import insert_or_ignore

_KEPT_AS_THEY_ARE = (
    "title",
    "subtitle",
    "lead",
    "language",
    "direction",
    "section",
    "site",
    "word_count",
    "canonical_url",
)
_CHUNK = 500

# Written once, and on the table itself: to put a statement together takes longer than to run it.
_ROWS = sa.inspect(Article).local_table.c
_OF_URLS = _ROWS.url.in_(sa.bindparam("urls", expanding=True))
_KNOWN = sa.select(_ROWS.url).where(_OF_URLS)
_JUDGED_BY = (_ROWS.id, _ROWS.url, _ROWS.fetched_at, _ROWS.first_seen_at, _ROWS.revision)
_LOCKED = sa.select(*_JUDGED_BY).where(_OF_URLS).order_by(_ROWS.url).with_for_update(key_share=True)


class Outcome(StrEnum):
    """What storing did."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    OLDER = "older"


class Stored(NamedTuple):
    """What storing did to one article; ``because`` names what changed ("text, title"), for people."""

    article_id: int
    outcome: Outcome
    first_seen_at: datetime
    because: str = ""
    revision: int = 1

    @property
    def changed(self) -> bool:
        """Whether there is a text that was not there before."""
        return self.outcome in (Outcome.NEW, Outcome.CHANGED)


@dataclass(frozen=True)
class Incoming:
    """An article to keep under the identity ``url``, as fetched at ``fetched_at``.

    ``reparsed`` says that the bytes are those we had and only our parser is another: what changes is then a better
    reading of the same page, no revision by its publisher.
    """

    article: ArticleValue
    url: str
    source_id: int | None
    fetched_at: datetime
    reparsed: bool = False

    @functools.cached_property
    def sentences(self) -> tuple[Words, ...]:
        """The words of its text, found once: for the search index and for its story."""
        return sentences(self.article.text)


def store(
    session: Session, article: ArticleValue, *, url: str, source_id: int | None, fetched_at: datetime, now: datetime
) -> Stored:
    """Keep one article; see ``store_many``."""
    return store_many(session, [Incoming(article, url, source_id, fetched_at)], now)[0]


def store_many(session: Session, incoming: Sequence[Incoming], now: datetime) -> list[Stored]:
    """Keep ``incoming`` and return, in the same order, what that did.

    Twice is the same as once, in any order and from any number of writers: an older fetch changes nothing, and the
    unique URL decides who inserts. Rows are taken in the order of their URLs, so that no two writers block each other.
    A revision is made only if the clean text, the title or the date changed.
    """
    stored: dict[int, Stored] = {}
    for places in _rounds(incoming):
        written = _store_round(session, {incoming[i].url: incoming[i] for i in places}, now)
        stored |= {i: written[incoming[i].url] for i in places}
    return [stored[i] for i in range(len(incoming))]


def _rounds(incoming: Sequence[Incoming]) -> Iterable[list[int]]:
    """Split the places of ``incoming`` so that no URL is twice in a round, older fetches first."""
    waiting = sorted(range(len(incoming)), key=lambda i: incoming[i].fetched_at)
    while waiting:
        first = {incoming[i].url: i for i in reversed(waiting)}
        taken = sorted(first.values(), key=lambda i: incoming[i].url)
        for start in range(0, len(taken), _CHUNK):
            yield taken[start : start + _CHUNK]
        waiting = [i for i in waiting if first[incoming[i].url] != i]


def _store_round(session: Session, by_url: Mapping[str, Incoming], now: datetime) -> dict[str, Stored]:
    """Insert what is missing, then lock all and judge what was there.

    In this order, and by URL in each step, no two writers can wait for each other: who waits for another's insert
    holds only inserts that the other has passed already.
    """
    known = set(session.execute(_KNOWN, {"urls": list(by_url)}).scalars())
    missing = [_new_row(one, now) for url, one in by_url.items() if url not in known]
    if missing:
        session.execute(insert_or_ignore(session, Article), missing)
    rows = _locked(session, list(by_url))
    fresh = {url for url, row in rows.items() if url not in known and _is_mine(row, by_url[url], now)}
    judged = {url: row for url, row in rows.items() if url not in fresh}
    return {url: Stored(rows[url].id, Outcome.NEW, now) for url in fresh} | _update(session, judged, by_url, now)


def _locked(session: Session, urls: list[str]) -> dict[str, Row[Any]]:
    """Return what is needed to judge the articles of ``urls``, locked in one order; their keys may be referred to."""
    return {row.url: row for row in session.execute(_LOCKED, {"urls": urls})}


def _is_mine(row: Row[Any], one: Incoming, now: datetime) -> bool:
    return bool(row.first_seen_at == now and row.fetched_at == one.fetched_at)


def _new_row(one: Incoming, now: datetime) -> dict[str, Any]:
    return {
        "url": one.url,
        "source_id": one.source_id,
        "first_seen_at": now,
        "changed_at": now,
        "fetched_at": one.fetched_at,
        "revision": 1,
        **_columns(one.article),
    }


def _update(
    session: Session, known: Mapping[str, Row[Any]], by_url: Mapping[str, Incoming], now: datetime
) -> dict[str, Stored]:
    stored = {
        url: Stored(row.id, Outcome.OLDER, row.first_seen_at, revision=row.revision) for url, row in known.items()
    }
    newer = {row.id: by_url[url] for url, row in known.items() if _is_newer(by_url[url], row)}
    if not newer:
        return stored
    kept = session.exec(select(Article).where(col(Article.id).in_(newer)).order_by(col(Article.url))).all()
    profile_of = functools.cache(functools.partial(profiles.of_site, session))
    values: list[dict[str, Any]] = []
    replaced: list[revisions.Replaced] = []
    for row in kept:
        one = newer[row.id or 0]
        because = revisions.what_changed(row, one.article, profile_of)
        makes_revision = bool(because) and not one.reparsed
        if makes_revision:
            replaced.append(revisions.Replaced.of(row, to_value(row), because))
        outcome = Outcome.CHANGED if because else Outcome.SAME
        number = row.revision + makes_revision
        stored[row.url] = Stored(row.id or 0, outcome, row.first_seen_at, because, number)
        values.append(_changed_row(row, one, number, now if because else row.changed_at))
        session.expunge(row)
    revisions.keep(session, replaced)
    session.execute(update(Article), values)
    return stored


def _is_newer(one: Incoming, row: Row[Any]) -> bool:
    return bool(one.fetched_at > row.fetched_at or (one.reparsed and one.fetched_at == row.fetched_at))


def _changed_row(row: Article, one: Incoming, revision: int, changed_at: datetime) -> dict[str, Any]:
    return {
        "id": row.id,
        "source_id": row.source_id or one.source_id,
        "fetched_at": one.fetched_at,
        "changed_at": changed_at,
        "revision": revision,
        **_columns(one.article),
    }


def to_value(row: Article) -> ArticleValue:
    """Return the article that ``row`` keeps, with the page's own time offsets."""
    return ArticleValue.model_validate(
        {
            **{name: getattr(row, name) for name in _KEPT_AS_THEY_ARE},
            "url": row.url,
            "blocks": row.blocks,
            "authors": row.authors,
            "tags": row.tags,
            "images": row.images,
            "published_at": _with_offset(row.published_at, row.published_offset),
            "modified_at": _with_offset(row.modified_at, row.modified_offset),
            "access": row.access,
            "fingerprint": row.fingerprint,
            "parser_version": row.parser_version,
            "evidence": {field: Evidence.model_validate(value) for field, value in row.evidence.items()},
        }
    )


def _columns(article: ArticleValue) -> dict[str, Any]:
    return {
        **{name: getattr(article, name) for name in _KEPT_AS_THEY_ARE},
        "text": article.text,
        # Values as they are: the database's JSON serializer knows them.
        "blocks": article.blocks,
        "authors": article.authors,
        "tags": article.tags,
        "images": article.images,
        "evidence": article.evidence,
        "published_at": article.published_at,
        "published_offset": _offset(article.published_at),
        "modified_at": article.modified_at,
        "modified_offset": _offset(article.modified_at),
        "access": article.access.value,
        "fingerprint": article.fingerprint,
        "parser_version": article.parser_version,
    }


def _offset(moment: datetime | None) -> int | None:
    delta = moment.utcoffset() if moment else None
    return None if delta is None else int(delta.total_seconds() // 60)


def _with_offset(moment: datetime | None, minutes: int | None) -> datetime | None:
    if moment is None or not minutes:
        return moment
    return moment.astimezone(timezone(timedelta(minutes=minutes)))
