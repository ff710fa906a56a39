"""Articles in the database: every article once, every change kept."""

from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple

import zstandard
from sqlmodel import Session, select

from warraq_shared.article import Article as ArticleValue
from warraq_shared.article import Evidence
from warraq_store.tables import Article, Revision

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


class Stored(NamedTuple):
    """What storing did: the article's id, and whether it is new or its text changed."""

    article_id: int
    is_new: bool
    changed: bool


def store(
    session: Session, article: ArticleValue, *, url: str, source_id: int | None, fetched_at: datetime, now: datetime
) -> Stored:
    """Keep ``article`` under the identity ``url``. Twice is the same as once; an older fetch changes nothing.

    A revision is made only if the clean text, the title or the date changed.
    """
    row = session.exec(select(Article).where(Article.url == url).with_for_update()).first()
    if row is None:
        row = Article(
            url=url, source_id=source_id, first_seen_at=now, changed_at=now, fetched_at=fetched_at, **_columns(article)
        )
        session.add(row)
        session.flush()
        return Stored(row.id or 0, True, True)
    if fetched_at <= row.fetched_at:
        return Stored(row.id or 0, False, False)
    changed = is_changed(row, article)
    if changed:
        session.add(_revision_of(row))
        row.revision += 1
        row.changed_at = now
    for name, value in _columns(article).items():
        setattr(row, name, value)
    row.fetched_at = fetched_at
    row.source_id = row.source_id or source_id
    session.add(row)
    return Stored(row.id or 0, False, changed)


def is_changed(row: Article, article: ArticleValue) -> bool:
    """Tell whether ``article`` says something else than ``row``: its text, title or date."""
    dates_differ = (
        article.published_at is not None and row.published_at is not None and article.published_at != row.published_at
    )
    return article.fingerprint != row.fingerprint or article.title != row.title or dates_differ


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
    document = article.model_dump(mode="json")
    return {
        **{name: getattr(article, name) for name in _KEPT_AS_THEY_ARE},
        "text": article.text,
        "blocks": document["blocks"],
        "authors": document["authors"],
        "tags": document["tags"],
        "images": document["images"],
        "evidence": document["evidence"],
        "published_at": article.published_at,
        "published_offset": _offset(article.published_at),
        "modified_at": article.modified_at,
        "modified_offset": _offset(article.modified_at),
        "access": article.access.value,
        "fingerprint": article.fingerprint,
        "parser_version": article.parser_version,
    }


def _revision_of(row: Article) -> Revision:
    content = to_value(row).model_dump_json(exclude_defaults=True).encode()
    return Revision(
        article_id=row.id or 0,
        number=row.revision,
        seen_at=row.changed_at,
        fingerprint=row.fingerprint,
        content=zstandard.ZstdCompressor(level=10).compress(content),
    )


def _offset(moment: datetime | None) -> int | None:
    delta = moment.utcoffset() if moment else None
    return None if delta is None else int(delta.total_seconds() // 60)


def _with_offset(moment: datetime | None, minutes: int | None) -> datetime | None:
    if moment is None or not minutes:
        return moment
    return moment.astimezone(timezone(timedelta(minutes=minutes)))
