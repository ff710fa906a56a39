"""The tables. SQL holds the truth: what is known, what is due, who has it, what came of it.

A row is data, not behaviour; ``pages.py``, ``articles.py`` and their neighbours map values to rows. Constraints
stand in the database. Every moment is aware UTC (``UtcDateTime``).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, LargeBinary, MetaData, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from warraq_shared.reasons import PageState, Reason
from warraq_store.database import UtcDateTime

# Constraints need stable names, or no migration can change them.
SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


def _json() -> JSON:
    return JSON().with_variant(JSONB(), "postgresql")


def _moment(*, nullable: bool = True, index: bool = False) -> Any:
    return Column(UtcDateTime(), nullable=nullable, index=index)


# The two questions of every tick look at the pages that are due or given out, never at all that are known.
_WAITS = text("due_at IS NOT NULL AND lease IS NULL")
_IS_OUT = text("lease IS NOT NULL")


class Source(SQLModel, table=True):
    """Something polled for links: a feed, sitemap, section page or site, with what its user asked of it."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    url: str = Field(sa_column=Column(Text, nullable=False))
    site: str = Field(sa_column=Column(Text, nullable=False, index=True))
    every: str = Field(default="auto", sa_column=Column(Text, nullable=False, server_default="auto"))
    time_zone: str = Field(default="UTC", sa_column=Column(Text, nullable=False, server_default="UTC"))
    language: str | None = Field(default=None, sa_column=Column(Text))
    tags: list[str] = Field(default_factory=list, sa_column=Column(_json(), nullable=False))
    policy: dict[str, Any] = Field(default_factory=dict, sa_column=Column(_json(), nullable=False))
    include: list[str] = Field(default_factory=list, sa_column=Column(_json(), nullable=False))
    exclude: list[str] = Field(default_factory=list, sa_column=Column(_json(), nullable=False))
    revisits: str = Field(default="news", sa_column=Column(Text, nullable=False, server_default="news"))
    paused: bool = False
    paused_because: str | None = Field(default=None, sa_column=Column(Text))
    created_at: datetime = Field(sa_column=_moment(nullable=False))


class Page(SQLModel, table=True):
    """One URL we know, with its status: the crawler's memory.

    ``due_at`` is when it may be given out next (None: never by itself). While it is given out, ``lease`` names the
    handing-out and ``leased_until`` is when it counts as lost. ``attempt`` counts handings-out without an end.
    """

    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(str(s)) for s in PageState)})", name="state"),
        CheckConstraint("role IN ('article', 'feed', 'sitemap', 'section')", name="role"),
        Index("ix_page_due", "priority", "due_at", postgresql_where=_WAITS, sqlite_where=_WAITS),
        Index("ix_page_leased_until", "leased_until", postgresql_where=_IS_OUT, sqlite_where=_IS_OUT),
    )

    id: int | None = Field(default=None, primary_key=True)
    url: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    host: str = Field(sa_column=Column(Text, nullable=False))
    site: str = Field(sa_column=Column(Text, nullable=False))
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True, ondelete="SET NULL")
    role: str = Field(default="article", sa_column=Column(Text, nullable=False))
    state: str = Field(default=PageState.WAITING, sa_column=Column(Text, nullable=False))
    reason: str = Field(default=Reason.NEW, sa_column=Column(Text, nullable=False))
    detail: str = Field(default="", sa_column=Column(Text, nullable=False))
    http_status: int | None = None
    priority: int = Field(default=0, description="0 the hand-added, 1 sources, 2 articles, 3 revisits")
    due_at: datetime | None = Field(default=None, sa_column=_moment())
    lease: str | None = Field(default=None, sa_column=Column(Text))
    leased_until: datetime | None = Field(default=None, sa_column=_moment())
    attempt: int = 0
    failures: int = 0
    revisit: int = 0
    discovered_at: datetime = Field(sa_column=_moment(nullable=False))
    fetched_at: datetime | None = Field(default=None, sa_column=_moment())
    ended_at: datetime | None = Field(default=None, sa_column=_moment())
    etag: str | None = Field(default=None, sa_column=Column(Text))
    last_modified: str | None = Field(default=None, sa_column=Column(Text))
    content_hash: str | None = Field(default=None, sa_column=Column(Text))
    hints: dict[str, Any] | None = Field(default=None, sa_column=Column(_json()))
    moved_to: str | None = Field(default=None, sa_column=Column(Text))
    article_id: int | None = Field(default=None, foreign_key="article.id", index=True, ondelete="SET NULL")


class Article(SQLModel, table=True):
    """One article, newest text; earlier texts are revisions. ``url`` is its identity."""

    __table_args__ = (
        Index("ix_article_published_at", "published_at", "id"),
        Index("ix_article_source_published", "source_id", "published_at"),
        Index("ix_article_changed_at", "changed_at"),
        Index("ix_article_fingerprint", "fingerprint"),
        CheckConstraint("direction IN ('ltr', 'rtl')", name="direction"),
        CheckConstraint("revision >= 1", name="revision"),
    )

    id: int | None = Field(default=None, primary_key=True)
    url: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    canonical_url: str | None = Field(default=None, sa_column=Column(Text))
    source_id: int | None = Field(default=None, foreign_key="source.id", ondelete="SET NULL")
    site: str | None = Field(default=None, sa_column=Column(Text))
    title: str | None = Field(default=None, sa_column=Column(Text))
    subtitle: str | None = Field(default=None, sa_column=Column(Text))
    lead: str | None = Field(default=None, sa_column=Column(Text))
    text: str = Field(sa_column=Column(Text, nullable=False))
    blocks: list[dict[str, Any]] = Field(sa_column=Column(_json(), nullable=False))
    authors: list[str] = Field(sa_column=Column(_json(), nullable=False))
    published_at: datetime | None = Field(default=None, sa_column=_moment())
    published_offset: int | None = Field(default=None, description="minutes east of UTC, as the page said")
    modified_at: datetime | None = Field(default=None, sa_column=_moment())
    modified_offset: int | None = None
    language: str | None = Field(default=None, sa_column=Column(Text))
    direction: str = Field(default="ltr", sa_column=Column(Text, nullable=False))
    section: str | None = Field(default=None, sa_column=Column(Text))
    tags: list[str] = Field(sa_column=Column(_json(), nullable=False))
    images: list[dict[str, Any]] = Field(sa_column=Column(_json(), nullable=False))
    word_count: int = 0
    access: str = Field(default="free", sa_column=Column(Text, nullable=False))
    fingerprint: str = Field(sa_column=Column(Text, nullable=False))
    parser_version: str = Field(sa_column=Column(Text, nullable=False))
    evidence: dict[str, Any] = Field(sa_column=Column(_json(), nullable=False))
    revision: int = Field(default=1, description="number of the text it has now; 1 is the first")
    first_seen_at: datetime = Field(sa_column=_moment(nullable=False))
    changed_at: datetime = Field(sa_column=_moment(nullable=False))
    fetched_at: datetime = Field(sa_column=_moment(nullable=False))


class Revision(SQLModel, table=True):
    """An earlier text of an article: what ``number`` said until it was replaced."""

    article_id: int = Field(foreign_key="article.id", primary_key=True, ondelete="CASCADE")
    number: int = Field(primary_key=True)
    seen_at: datetime = Field(sa_column=_moment(nullable=False))
    fingerprint: str = Field(sa_column=Column(Text, nullable=False))
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False), description="zstd of the article's JSON")


class Profile(SQLModel, table=True):
    """What was learned of a site (``SiteProfile``), for the parser."""

    site: str = Field(sa_column=Column(Text, primary_key=True))
    profile: dict[str, Any] = Field(sa_column=Column(_json(), nullable=False))
    changed_at: datetime = Field(sa_column=_moment(nullable=False))


class Host(SQLModel, table=True):
    """A host that asked for quiet: none of its pages is given out before ``quiet_until``."""

    name: str = Field(sa_column=Column(Text, primary_key=True))
    quiet_until: datetime = Field(sa_column=_moment(nullable=False))
    reason: str = Field(sa_column=Column(Text, nullable=False))


class DeadLetter(SQLModel, table=True):
    """Work that failed for good, with its reason and what is needed to try it again."""

    __tablename__ = "dead_letter"

    id: int | None = Field(default=None, primary_key=True)
    page_id: int = Field(foreign_key="page.id", index=True, ondelete="CASCADE")
    stage: str = Field(sa_column=Column(Text, nullable=False))
    reason: str = Field(sa_column=Column(Text, nullable=False))
    detail: str = Field(sa_column=Column(Text, nullable=False))
    died_at: datetime = Field(sa_column=_moment(nullable=False))


class Tombstone(SQLModel, table=True):
    """A URL that was forgotten on request and must not come back."""

    url: str = Field(sa_column=Column(Text, primary_key=True))
    forgotten_at: datetime = Field(sa_column=_moment(nullable=False))
