"""The tables. SQL holds the truth: what is known, what is due, who has it, what came of it.

A row is data, not behaviour; ``schedule/pages.py``, ``articles/articles.py`` and their neighbours map values to rows.
Constraints stand in the database. Every moment is aware UTC (``UtcDateTime``).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, ForeignKey, Index, LargeBinary, MetaData, Text, text
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


# The questions of every tick look at the pages that wait or are given out, never at all that are known.
_WAITS = text("due_at IS NOT NULL AND lease IS NULL")
_IS_OUT = text("lease IS NOT NULL")
_IS_POLLED = text("role <> 'article'")
_HAS_TURN = text("ready_at IS NOT NULL")


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
    rules: str | None = Field(default=None, sa_column=Column(Text), description="site rules (TOML) for its own pages")
    include: list[str] = Field(default_factory=list, sa_column=Column(_json(), nullable=False))
    exclude: list[str] = Field(default_factory=list, sa_column=Column(_json(), nullable=False))
    revisits: str = Field(default="news", sa_column=Column(Text, nullable=False, server_default="news"))
    max_age_seconds: float | None = Field(default=None, description="older items are not fetched; None: as settings")
    pagination: int = Field(default=0, sa_column_kwargs={"server_default": "0"}, description="pages of a list followed")
    archive_days: int | None = Field(default=None, description="raw pages older than this go; None: as settings")
    archive_bytes: int | None = Field(default=None, sa_column=Column(BigInteger), description="likewise, beyond this")
    paused: bool = False
    paused_because: str | None = Field(default=None, sa_column=Column(Text))
    paused_at: datetime | None = Field(default=None, sa_column=_moment())
    created_at: datetime = Field(sa_column=_moment(nullable=False))


class Page(SQLModel, table=True):
    """One URL we know, with its status: the crawler's memory.

    ``due_at`` is when it may be given out next (None: never by itself). While it is given out, ``lease`` names the
    handing-out and ``leased_until`` is when it counts as lost. ``attempt`` counts handings-out without an end.
    A page of a paused source is held: its ``priority`` is raised by ``pages.HELD``, and no tick looks there.
    """

    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(str(s)) for s in PageState)})", name="state"),
        CheckConstraint("role IN ('article', 'feed', 'sitemap', 'section')", name="role"),
        Index("ix_page_host_due", "host", "priority", "due_at", postgresql_where=_WAITS, sqlite_where=_WAITS),
        Index("ix_page_polled", "source_id", postgresql_where=_IS_POLLED, sqlite_where=_IS_POLLED),
        Index("ix_page_due_at", "due_at", postgresql_where=_WAITS, sqlite_where=_WAITS),
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
    list_page: int | None = Field(default=None, description="2 and up: a further page of a list, which is not polled")
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
    against: int | None = Field(default=None, description="the revision that serves as dictionary; None: none")
    because: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


class Profile(SQLModel, table=True):
    """What was learned of a site (``SiteProfile``), for the parser."""

    site: str = Field(sa_column=Column(Text, primary_key=True))
    profile: dict[str, Any] = Field(sa_column=Column(_json(), nullable=False))
    changed_at: datetime = Field(sa_column=_moment(nullable=False))


class Host(SQLModel, table=True):
    """A host and its turn: the tick looks at hosts whose turn has come, and only then at their pages.

    ``ready_at`` is never later than the moment from which one of its pages may be given out, its pace kept (None:
    nothing waits). ``rests_until`` keeps its pace: what was given out last has had its time by then. ``quiet_until`` is
    when a quiet that the host asked for is over.
    """

    __table_args__ = (Index("ix_host_ready_at", "ready_at", postgresql_where=_HAS_TURN, sqlite_where=_HAS_TURN),)

    name: str = Field(sa_column=Column(Text, primary_key=True))
    ready_at: datetime | None = Field(default=None, sa_column=_moment())
    rests_until: datetime | None = Field(default=None, sa_column=_moment())
    quiet_until: datetime | None = Field(default=None, sa_column=_moment())
    reason: str | None = Field(default=None, sa_column=Column(Text))


class Poll(SQLModel, table=True):
    """What is known of one polled page (feed, sitemap, section): how often it brings something, and how it fares."""

    page_id: int = Field(sa_column=Column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True))
    polls: int = 0
    wait_seconds: float | None = Field(default=None, description="from the last poll to the next")
    wait_because: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    floor_seconds: float = Field(default=0.0, description="the publisher's own: TTL, Cache-Control, Expires")
    learned: dict[str, Any] = Field(default_factory=dict, sa_column=Column(_json(), nullable=False))
    items: int = Field(default=0, description="items of the last poll that brought any bytes")
    new_items: int = Field(default=0, description="of those, new")
    newest_at: datetime | None = Field(default=None, sa_column=_moment(), description="newest date it named")
    polled_at: datetime | None = Field(default=None, sa_column=_moment())
    succeeded_at: datetime | None = Field(default=None, sa_column=_moment())
    brought_at: datetime | None = Field(default=None, sa_column=_moment(), description="last poll with a new item")
    failing_since: datetime | None = Field(default=None, sa_column=_moment())
    failure_weight: float = 0.0
    hub_url: str | None = Field(default=None, sa_column=Column(Text))


class PollEvent(SQLModel, table=True):
    """One poll, for people who look: a ring of the newest ones per polled page, so that it stays small."""

    __tablename__ = "poll_event"

    page_id: int = Field(sa_column=Column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True))
    slot: int = Field(primary_key=True)
    polled_at: datetime = Field(sa_column=_moment(nullable=False))
    reason: str = Field(sa_column=Column(Text, nullable=False))
    detail: str = Field(sa_column=Column(Text, nullable=False))
    http_status: int | None = None
    items: int = 0
    new_items: int = 0
    wait_seconds: float | None = None


class SourceDay(SQLModel, table=True):
    """What a source did on one UTC day. Kept for a limited number of days."""

    __tablename__ = "source_day"

    source_id: int = Field(sa_column=Column(ForeignKey("source.id", ondelete="CASCADE"), primary_key=True))
    day: date = Field(primary_key=True)
    polls: int = 0
    failed_polls: int = 0
    items: int = 0
    new_items: int = 0
    articles: int = 0
    no_articles: int = 0
    failed_pages: int = 0
    refused_pages: int = 0
    looks: int = 0
    changes: int = 0
    too_old: int = 0
    excluded: int = 0
    trapped: int = 0


class LinkShape(SQLModel, table=True):
    """A family of addresses found on a source's section pages, and what came of it: articles, navigation, a trap."""

    __tablename__ = "link_shape"

    source_id: int = Field(sa_column=Column(ForeignKey("source.id", ondelete="CASCADE"), primary_key=True))
    shape: str = Field(sa_column=Column(Text, primary_key=True))
    known: int = 0
    articles: int = 0
    others: int = 0
    refused: int = 0
    example: str = Field(sa_column=Column(Text, nullable=False))


class Subscription(SQLModel, table=True):
    """How it is with the WebSub hub of one feed: it pushes, and polling stays as the safety net. See ``websub``.

    ``token`` and ``secret`` are made when the hub is first asked. Without a page (its source has gone, or the feed
    names another hub) it is to be ended. ``ask_at`` is when the hub is asked next, ``ends_at`` when its lease
    ends. ``other_hubs`` are the feed's others, in the order in which they are asked if this one refuses.
    """

    __table_args__ = (CheckConstraint("state IN ('offered', 'asked', 'active', 'refused', 'leaving')", name="state"),)

    id: int | None = Field(default=None, primary_key=True)
    page_id: int | None = Field(default=None, foreign_key="page.id", unique=True, ondelete="SET NULL")
    hub_url: str = Field(sa_column=Column(Text, nullable=False))
    other_hubs: list[str] = Field(default_factory=list, sa_column=Column(_json(), nullable=False, server_default="[]"))
    topic_url: str = Field(sa_column=Column(Text, nullable=False))
    state: str = Field(default="offered", sa_column=Column(Text, nullable=False))
    because: str = Field(default="", sa_column=Column(Text, nullable=False), description="what the hub last said")
    callback: str | None = Field(default=None, sa_column=Column(Text), description="base of the callback, as asked")
    token: str | None = Field(default=None, sa_column=Column(Text, unique=True))
    secret: str | None = Field(default=None, sa_column=Column(Text))
    asked_at: datetime | None = Field(default=None, sa_column=_moment())
    ask_at: datetime | None = Field(default=None, sa_column=_moment(index=True))
    ends_at: datetime | None = Field(default=None, sa_column=_moment(index=True))
    failures: int = 0
    pushed_at: datetime | None = Field(default=None, sa_column=_moment())
    pushes: int = 0
    forged: int = Field(default=0, description="pushes that were not signed with our secret")
    missed: int = Field(default=0, description="polls that found what no push had announced; announced ones take off")
    push_waits: bool = Field(default=False, description="a push came while the page was given out")


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
