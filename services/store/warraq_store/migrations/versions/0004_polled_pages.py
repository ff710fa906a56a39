"""The few polled pages of a source, found without looking at its many articles."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_IS_POLLED = sa.text("role <> 'article'")


def upgrade() -> None:
    op.create_index("ix_page_polled", "page", ["source_id"], postgresql_where=_IS_POLLED, sqlite_where=_IS_POLLED)


def downgrade() -> None:
    op.drop_index("ix_page_polled", table_name="page")
