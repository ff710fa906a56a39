"""Further pages of a list are pages with a number."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page", sa.Column("list_page", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("page", "list_page")
