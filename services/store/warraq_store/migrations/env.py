"""Alembic's door: runs the migrations on the connection that ``migrate.py`` hands over."""

from alembic import context
from sqlmodel import SQLModel

import warraq_store.article_tables  # fills the metadata
import warraq_store.tables  # noqa: F401  # likewise

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
