"""The tables around an article: its raw snapshots, its life story, its search entry, its story, and batch runs.

They belong to ``tables.py`` (same metadata, same rules) and are apart from it only for length. What a database can do
alone (full text on PostgreSQL and on SQLite) is made by the migration, not described here: see ``search/index.py``.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from warraq_store.database import UtcDateTime


def _json() -> Any:
    return Column(JSON().with_variant(JSONB(), "postgresql"), nullable=False)


def _of_article(*, primary_key: bool = True) -> Any:
    return Column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=primary_key)


class Snapshot(SQLModel, table=True):
    """The raw bytes of a page as fetched once: where they stand in which WARC file.

    ``file`` is relative to the archive's folder, or absolute where a file of somebody else was imported (that one is
    never changed). ``same_as`` names the snapshot that holds the same bytes, if this one is a revisit record.
    """

    __table_args__ = (
        Index("ix_snapshot_page_fetched", "page_id", "fetched_at"),
        Index("ix_snapshot_digest", "digest"),
        Index("ix_snapshot_file", "file"),
        Index("ix_snapshot_fetched_at", "fetched_at"),
    )

    id: str = Field(sa_column=Column(Text, primary_key=True))
    page_id: int = Field(sa_column=Column(ForeignKey("page.id", ondelete="CASCADE"), nullable=False))
    url: str = Field(sa_column=Column(Text, nullable=False), description="the address that answered")
    http_status: int = 200
    fetched_at: datetime = Field(sa_column=Column(UtcDateTime(), nullable=False))
    digest: str = Field(sa_column=Column(Text, nullable=False), description="sha256 of the body")
    size: int = Field(description="bytes of the body")
    file: str = Field(sa_column=Column(Text, nullable=False))
    offset: int = Field(sa_column=Column(BigInteger, nullable=False))
    length: int = Field(sa_column=Column(BigInteger, nullable=False), description="bytes in the file, all its records")
    same_as: str | None = Field(
        default=None, sa_column=Column(ForeignKey("snapshot.id", ondelete="SET NULL"), index=True)
    )


class History(SQLModel, table=True):
    """The life story of one page: its newest steps, each with its reason. Bounded; see ``explain.py``."""

    page_id: int = Field(sa_column=Column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True))
    events: list[dict[str, Any]] = Field(sa_column=_json())


class SearchEntry(SQLModel, table=True):
    """What a search narrows and orders by. The words are beside it: a tsvector here, or the FTS5 table of SQLite."""

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ix_search_entry_sort_at", "sort_at", "article_id"),
        Index("ix_search_entry_language", "language", "sort_at"),
        Index("ix_search_entry_source", "source_id", "sort_at"),
        Index("ix_search_entry_site", "site", "sort_at"),
    )

    article_id: int = Field(sa_column=_of_article())
    sort_at: datetime = Field(sa_column=Column(UtcDateTime(), nullable=False), description="published, else first seen")
    language: str | None = Field(default=None, sa_column=Column(Text))
    source_id: int | None = Field(default=None, sa_column=Column(ForeignKey("source.id", ondelete="SET NULL")))
    site: str = Field(sa_column=Column(Text, nullable=False), description="registrable domain of the article's URL")


class Story(SQLModel, table=True):
    """Articles that are the same text or nearly; ``lead_id`` is the earliest of them."""

    id: int | None = Field(default=None, primary_key=True)
    lead_id: int | None = Field(
        default=None, sa_column=Column(ForeignKey("article.id", ondelete="SET NULL"), index=True)
    )
    size: int = 0


class StoryMember(SQLModel, table=True):
    """That an article belongs to a story. One that is alone belongs to none."""

    __tablename__ = "story_member"

    article_id: int = Field(sa_column=_of_article())
    story_id: int = Field(sa_column=Column(ForeignKey("story.id", ondelete="CASCADE"), nullable=False, index=True))


class StoryBand(SQLModel, table=True):
    """One band of an article's MinHash: articles that share one may be the same text. Only newer articles have any."""

    __tablename__ = "story_band"

    hash: int = Field(sa_column=Column(BigInteger, primary_key=True))
    article_id: int = Field(
        sa_column=Column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True)
    )


class BatchRun(SQLModel, table=True):
    """A reparse or an import: how far it is, so that it can go on after a stop. ``key`` says what was asked for."""

    __tablename__ = "batch_run"

    key: str = Field(sa_column=Column(Text, primary_key=True))
    position: str = Field(sa_column=Column(Text, nullable=False), description="up to where everything is done")
    counts: dict[str, Any] = Field(sa_column=_json())
    started_at: datetime = Field(sa_column=Column(UtcDateTime(), nullable=False))
    changed_at: datetime = Field(sa_column=Column(UtcDateTime(), nullable=False))
    finished_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime()))
