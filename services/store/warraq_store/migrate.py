"""Bringing the database to the schema of this version, and telling whether it is.

Alembic is loaded only to migrate: every command asks which schema there is, and loading it takes as long as the answer.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session

from warraq_shared.errors import NotReady
from warraq_store.database import reading, shown, writing

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Bring the database at ``engine`` to the newest schema; from empty or from any older version.

    Raises:
        NotReady: the database cannot be reached.
    """
    from alembic import command

    config = _config()
    with reading(engine) as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")
        session.commit()
    _index_what_is_older(engine)


def _index_what_is_older(engine: Engine) -> None:
    """Put articles that were stored before there was a search index into it, a transaction for every thousand."""
    from warraq_store.search import index

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


def versions(engine: Engine) -> tuple[str | None, str]:
    """Return the schema's version in the database (None: it is empty) and the newest one.

    Raises:
        NotReady: the database cannot be reached.
    """
    newest = max(file.name.partition("_")[0] for file in _MIGRATIONS.glob("versions/[0-9]*.py"))
    with reading(engine) as session:
        return _current(session), newest


def _current(session: Session) -> str | None:
    """Return what Alembic has written down in its table, of one row."""
    if not sa.inspect(session.connection()).has_table("alembic_version"):
        return None
    version: str | None = session.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return version


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
