"""The raw archive's index, life stories, full-text search, stories, and batch runs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

# Words come analysed (folded, stemmed) and separated by spaces: letters, marks and digits are all the tokenizer sees.
_SQLITE_WORDS = """
CREATE VIRTUAL TABLE search_words USING fts5(
    title, authors, tags, body, tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
)
"""
_SQLITE_FORGETS = """
CREATE TRIGGER search_words_forget AFTER DELETE ON search_entry
BEGIN DELETE FROM search_words WHERE rowid = old.article_id; END
"""


def upgrade() -> None:
    _revisions()
    _archive()
    _search()
    _stories()
    op.create_table(
        "history",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("events", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_history_page_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page_id", name="pk_history"),
    )
    op.create_table(
        "batch_run",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("counts", _JSON, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_batch_run"),
    )


def _revisions() -> None:
    with op.batch_alter_table("revision") as table:
        table.add_column(sa.Column("against", sa.Integer(), nullable=True))
        table.add_column(sa.Column("because", sa.Text(), nullable=False, server_default=""))


def _archive() -> None:
    with op.batch_alter_table("source") as table:
        table.add_column(sa.Column("archive_days", sa.Integer(), nullable=True))
        table.add_column(sa.Column("archive_bytes", sa.BigInteger(), nullable=True))
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=False),
        sa.Column("fetched_at", _MOMENT, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("same_as", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_snapshot_page_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["same_as"], ["snapshot.id"], name="fk_snapshot_same_as", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_snapshot"),
    )
    op.create_index("ix_snapshot_page_fetched", "snapshot", ["page_id", "fetched_at"])
    op.create_index("ix_snapshot_digest", "snapshot", ["digest"])
    op.create_index("ix_snapshot_file", "snapshot", ["file"])
    op.create_index("ix_snapshot_fetched_at", "snapshot", ["fetched_at"])
    op.create_index("ix_snapshot_same_as", "snapshot", ["same_as"])


def _search() -> None:
    words = [sa.Column("words", postgresql.TSVECTOR(), nullable=False)] if _is_postgres() else []
    op.create_table(
        "search_entry",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("sort_at", _MOMENT, nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("site", sa.Text(), nullable=False),
        *words,
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_search_entry_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_search_entry_source_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("article_id", name="pk_search_entry"),
    )
    op.create_index("ix_search_entry_sort_at", "search_entry", ["sort_at", "article_id"])
    op.create_index("ix_search_entry_language", "search_entry", ["language", "sort_at"])
    op.create_index("ix_search_entry_source", "search_entry", ["source_id", "sort_at"])
    op.create_index("ix_search_entry_site", "search_entry", ["site", "sort_at"])
    if _is_postgres():
        op.create_index("ix_search_entry_words", "search_entry", ["words"], postgresql_using="gin")
    else:
        op.execute(_SQLITE_WORDS)
        op.execute(_SQLITE_FORGETS)


def _stories() -> None:
    op.create_table(
        "story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["article.id"], name="fk_story_lead_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
    )
    op.create_index("ix_story_lead_id", "story", ["lead_id"])
    op.create_table(
        "story_member",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_story_member_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_story_member_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name="pk_story_member"),
    )
    op.create_index("ix_story_member_story_id", "story_member", ["story_id"])
    op.create_table(
        "story_band",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_story_band_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", "article_id", name="pk_story_band"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_band_article_id", "story_band", ["article_id"])


def _is_postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def downgrade() -> None:
    if not _is_postgres():
        op.execute("DROP TRIGGER search_words_forget")
        op.execute("DROP TABLE search_words")
    for table in ("story_band", "story_member", "story", "search_entry", "snapshot", "history", "batch_run"):
        op.drop_table(table)
    with op.batch_alter_table("source") as columns:
        columns.drop_column("archive_bytes")
        columns.drop_column("archive_days")
    with op.batch_alter_table("revision") as columns:
        columns.drop_column("because")
        columns.drop_column("against")
