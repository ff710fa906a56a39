"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "host",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("quiet_until", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_host")),
    )
    op.create_table(
        "profile",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("profile", _JSON, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_profile")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("every", sa.Text(), server_default="auto", nullable=False),
        sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("tags", _JSON, nullable=False),
        sa.Column("policy", _JSON, nullable=False),
        sa.Column("include", _JSON, nullable=False),
        sa.Column("exclude", _JSON, nullable=False),
        sa.Column("revisits", sa.Text(), server_default="news", nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("paused_because", sa.Text(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("name", name=op.f("uq_source_name")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_site"), ["site"], unique=False)

    op.create_table(
        "tombstone",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("forgotten_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_tombstone")),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("subtitle", sa.Text(), nullable=True),
        sa.Column("lead", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", _JSON, nullable=False),
        sa.Column("authors", _JSON, nullable=False),
        sa.Column("published_at", _MOMENT, nullable=True),
        sa.Column("published_offset", sa.Integer(), nullable=True),
        sa.Column("modified_at", _MOMENT, nullable=True),
        sa.Column("modified_offset", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("tags", _JSON, nullable=False),
        sa.Column("images", _JSON, nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("parser_version", sa.Text(), nullable=False),
        sa.Column("evidence", _JSON, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("fetched_at", _MOMENT, nullable=False),
        sa.CheckConstraint("direction IN ('ltr', 'rtl')", name=op.f("ck_article_direction")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_article_revision")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_article_source_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("url", name=op.f("uq_article_url")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index("ix_article_changed_at", ["changed_at"], unique=False)
        batch_op.create_index("ix_article_fingerprint", ["fingerprint"], unique=False)
        batch_op.create_index("ix_article_published_at", ["published_at", "id"], unique=False)
        batch_op.create_index("ix_article_source_published", ["source_id", "published_at"], unique=False)

    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=True),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.Column("leased_until", _MOMENT, nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("revisit", sa.Integer(), nullable=False),
        sa.Column("discovered_at", _MOMENT, nullable=False),
        sa.Column("fetched_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("hints", _JSON, nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("role IN ('article', 'feed', 'sitemap', 'section')", name=op.f("ck_page_role")),
        sa.CheckConstraint(
            "state IN ('waiting', 'leased', 'fetched', 'stored', 'unchanged', 'no-article', 'redirected', 'deferred', 'failed', 'refused', 'gone')",
            name=op.f("ck_page_state"),
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_page_article_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_page_source_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("url", name=op.f("uq_page_url")),
    )
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_article_id"), ["article_id"], unique=False)
        batch_op.create_index(
            "ix_page_due",
            ["priority", "due_at"],
            unique=False,
            postgresql_where=sa.text("due_at IS NOT NULL AND lease IS NULL"),
            sqlite_where=sa.text("due_at IS NOT NULL AND lease IS NULL"),
        )
        batch_op.create_index(
            "ix_page_leased_until",
            ["leased_until"],
            unique=False,
            postgresql_where=sa.text("lease IS NOT NULL"),
            sqlite_where=sa.text("lease IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_page_source_id"), ["source_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_revision_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_revision")),
    )
    op.create_table(
        "dead_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("died_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_dead_letter_page_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dead_letter")),
    )
    with op.batch_alter_table("dead_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dead_letter_page_id"), ["page_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("dead_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dead_letter_page_id"))

    op.drop_table("dead_letter")
    op.drop_table("revision")
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_page_source_id"))
        batch_op.drop_index(
            "ix_page_leased_until",
            postgresql_where=sa.text("lease IS NOT NULL"),
            sqlite_where=sa.text("lease IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_page_due",
            postgresql_where=sa.text("due_at IS NOT NULL AND lease IS NULL"),
            sqlite_where=sa.text("due_at IS NOT NULL AND lease IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_page_article_id"))

    op.drop_table("page")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index("ix_article_source_published")
        batch_op.drop_index("ix_article_published_at")
        batch_op.drop_index("ix_article_fingerprint")
        batch_op.drop_index("ix_article_changed_at")

    op.drop_table("article")
    op.drop_table("tombstone")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_site"))

    op.drop_table("source")
    op.drop_table("profile")
    op.drop_table("host")
