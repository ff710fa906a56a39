"""WebSub subscriptions live on without their page, until their hub has been told. Nothing has written them before."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_OFFERED = """
INSERT INTO subscription
  (page_id, hub_url, topic_url, state, because, ask_at, failures, pushes, forged, missed, push_waits)
SELECT poll.page_id, poll.hub_url, page.url, 'offered', '', poll.polled_at, 0, 0, 0, 0, false
FROM poll JOIN page ON page.id = poll.page_id WHERE poll.hub_url IS NOT NULL
"""


def upgrade() -> None:
    op.drop_table("subscription")
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("hub_url", "topic_url", "state", "because")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("callback", "token", "secret")),
        *(sa.Column(name, _MOMENT, nullable=True) for name in ("asked_at", "ask_at", "ends_at", "pushed_at")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("failures", "pushes", "forged", "missed")),
        sa.Column("push_waits", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state IN ('offered', 'asked', 'active', 'refused', 'leaving')", name="ck_subscription_state"
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_subscription_page_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
        sa.UniqueConstraint("page_id", name="uq_subscription_page_id"),
        sa.UniqueConstraint("token", name="uq_subscription_token"),
    )
    op.create_index("ix_subscription_ask_at", "subscription", ["ask_at"])
    op.create_index("ix_subscription_ends_at", "subscription", ["ends_at"])
    op.execute(_OFFERED)


def downgrade() -> None:
    op.drop_table("subscription")
    op.create_table(
        "subscription",
        sa.Column("page_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("hub_url", "topic_url", "secret", "token", "state")),
        *(sa.Column(name, _MOMENT, nullable=True) for name in ("asked_at", "ends_at", "pushed_at")),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_subscription_page_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page_id", name="pk_subscription"),
        sa.UniqueConstraint("token", name="uq_subscription_token"),
    )
