"""What the store's commands begin with: the settings, and a database that is there and migrated."""

import click
from sqlalchemy import Engine

from warraq_shared.settings import Settings
from warraq_store.database import connect
from warraq_store.migrate import require_migrated


def open_database(settings: Settings) -> Engine:
    """Return the database that ``settings`` name. Its connections are closed when the command ends.

    Raises:
        NotReady: it cannot be reached, has never been used, or must be migrated first.
    """
    engine = connect(settings.database_address)
    if command := click.get_current_context(silent=True):
        command.call_on_close(engine.dispose)
    if engine.dialect.name == "sqlite":
        _require_file(settings, engine)
    require_migrated(engine)
    return engine


def _require_file(settings: Settings, engine: Engine) -> None:
    """Refuse to make an empty database by looking at one that is not there."""
    from pathlib import Path

    from warraq_shared.errors import NotReady

    file = engine.url.database
    if file and not Path(file).exists():
        raise NotReady(
            f"There is no database at {file} yet. Start Warraq with `warraq up`,"
            " or set WARRAQ_DATA_DIR or WARRAQ_DATABASE_URL to where yours is."
        )
