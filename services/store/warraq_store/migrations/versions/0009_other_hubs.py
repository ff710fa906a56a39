"""A feed may name several hubs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("other_hubs", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False, server_default="[]")
    op.add_column("subscription", column)


def downgrade() -> None:
    op.drop_column("subscription", "other_hubs")
