"""Bringing the database to the schema of this version, and telling whether it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from warraq_shared.errors import NotReady
from warraq_store.database import reading, shown, writing
from warraq_store.search import index

_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Bring the database at ``engine`` to the newest schema; from empty or from any older version.

    Raises:
        NotReady: the database cannot be reached.
    """
    config = _config()
    with reading(engine) as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")
        session.commit()
    _index_what_is_older(engine)


def _index_what_is_older(engine: Engine) -> None:
    """Put articles that were stored before there was a search index into it, a transaction for every thousand."""
    while True:
        with writing(engine) as session:
            if not index.catch_up(session):
                return


def require_migrated(engine: Engine) -> None:
    """Do nothing if the schema is the newest.

    Raises:
        NotReady: the database cannot be reached, or ``warraq migrate`` is due.
    """
    current, newest = versions(engine)
    if current != newest:
        raise NotReady(
            f"The database at {shown(engine)} has schema {current or 'none'}, this version needs {newest}."
            " Run `warraq migrate`."
        )


def versions(engine: Engine) -> tuple[str | None, str | None]:
    """Return the schema's version in the database and the newest one."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    with reading(engine) as session:
        return MigrationContext.configure(session.connection()).get_current_revision(), newest


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
