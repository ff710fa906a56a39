"""The schedule: hosts and their turns, what is learned of polled pages, what sources did day by day."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_WAITS = sa.text("due_at IS NOT NULL AND lease IS NULL")
_HAS_TURN = sa.text("ready_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("source") as table:
        table.add_column(sa.Column("max_age_seconds", sa.Float(), nullable=True))
        table.add_column(sa.Column("pagination", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("paused_at", _MOMENT, nullable=True))
    _give_hosts_turns()
    _create_poll_tables()
    _create_source_tables()


def _give_hosts_turns() -> None:
    with op.batch_alter_table("host") as table:
        table.add_column(sa.Column("ready_at", _MOMENT, nullable=True))
        table.add_column(sa.Column("rests_until", _MOMENT, nullable=True))
        table.alter_column("quiet_until", existing_type=_MOMENT, nullable=True)
        table.alter_column("reason", existing_type=sa.Text(), nullable=True)
    op.create_index("ix_host_ready_at", "host", ["ready_at"], postgresql_where=_HAS_TURN, sqlite_where=_HAS_TURN)
    op.drop_index("ix_page_due", table_name="page")
    op.create_index(
        "ix_page_host_due", "page", ["host", "priority", "due_at"], postgresql_where=_WAITS, sqlite_where=_WAITS
    )
    op.create_index("ix_page_due_at", "page", ["due_at"], postgresql_where=_WAITS, sqlite_where=_WAITS)
    op.execute(
        "INSERT INTO host (name, ready_at) SELECT host, MIN(due_at) FROM page WHERE due_at IS NOT NULL GROUP BY host"
        " ON CONFLICT (name) DO UPDATE SET ready_at = excluded.ready_at"
    )


def _create_poll_tables() -> None:
    op.create_table(
        "poll",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("polls", sa.Integer(), nullable=False),
        sa.Column("wait_seconds", sa.Float(), nullable=True),
        sa.Column("wait_because", sa.Text(), server_default="", nullable=False),
        sa.Column("floor_seconds", sa.Float(), nullable=False),
        sa.Column("learned", _JSON, nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("new_items", sa.Integer(), nullable=False),
        sa.Column("newest_at", _MOMENT, nullable=True),
        sa.Column("polled_at", _MOMENT, nullable=True),
        sa.Column("succeeded_at", _MOMENT, nullable=True),
        sa.Column("brought_at", _MOMENT, nullable=True),
        sa.Column("failing_since", _MOMENT, nullable=True),
        sa.Column("failure_weight", sa.Float(), nullable=False),
        sa.Column("hub_url", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_poll_page_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page_id", name="pk_poll"),
    )
    op.create_table(
        "poll_event",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("polled_at", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("new_items", sa.Integer(), nullable=False),
        sa.Column("wait_seconds", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_poll_event_page_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page_id", "slot", name="pk_poll_event"),
    )
    op.create_table(
        "subscription",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("hub_url", sa.Text(), nullable=False),
        sa.Column("topic_url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=True),
        sa.Column("ends_at", _MOMENT, nullable=True),
        sa.Column("pushed_at", _MOMENT, nullable=True),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_subscription_page_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page_id", name="pk_subscription"),
        sa.UniqueConstraint("token", name="uq_subscription_token"),
    )


_COUNTERS = (
    "polls",
    "failed_polls",
    "items",
    "new_items",
    "articles",
    "no_articles",
    "failed_pages",
    "refused_pages",
    "looks",
    "changes",
    "too_old",
    "excluded",
    "trapped",
)


def _create_source_tables() -> None:
    op.create_table(
        "source_day",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(counter, sa.Integer(), nullable=False) for counter in _COUNTERS),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_source_day_source_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source_id", "day", name="pk_source_day"),
    )
    op.create_table(
        "link_shape",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_link_shape_source_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source_id", "shape", name="pk_link_shape"),
    )


def downgrade() -> None:
    for name in ("link_shape", "source_day", "subscription", "poll_event", "poll"):
        op.drop_table(name)
    op.drop_index("ix_page_due_at", table_name="page")
    op.drop_index("ix_page_host_due", table_name="page")
    op.create_index("ix_page_due", "page", ["priority", "due_at"], postgresql_where=_WAITS, sqlite_where=_WAITS)
    op.drop_index("ix_host_ready_at", table_name="host")
    op.execute("DELETE FROM host WHERE quiet_until IS NULL")
    with op.batch_alter_table("host") as table:
        table.drop_column("rests_until")
        table.drop_column("ready_at")
        table.alter_column("quiet_until", existing_type=_MOMENT, nullable=False)
        table.alter_column("reason", existing_type=sa.Text(), nullable=False)
    with op.batch_alter_table("source") as table:
        table.drop_column("paused_at")
        table.drop_column("pagination")
        table.drop_column("max_age_seconds")
