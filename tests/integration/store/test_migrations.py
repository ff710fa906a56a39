"""The schema on both databases: from empty, from every older version, and equal to what the tables say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

import warraq_store.article_tables
import warraq_store.tables  # noqa: F401  # fills the metadata
from warraq_shared.errors import NotReady
from warraq_store import migrate as migration
from warraq_store.database import connect, reading

# What SQLModel cannot describe: the full-text index of each database.
_MADE_BY_HAND = ("search_words", "words")
OLDER = [script.revision for script in ScriptDirectory.from_config(migration._config()).walk_revisions()][::-1]


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    postgres = request.param == "postgres"
    engine = connect(request.getfixturevalue("empty_postgres_url") if postgres else f"sqlite:///{tmp_path}/empty.db")
    yield engine
    engine.dispose()


def upgrade(engine: Engine, target: str) -> None:
    config = migration._config()
    with reading(engine) as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, target)
        session.commit()


def test_an_empty_database_becomes_the_newest_by_one_call_that_may_be_repeated(empty: Engine) -> None:
    with pytest.raises(NotReady, match="warraq migrate"):
        migration.require_migrated(empty)
    migration.migrate(empty)
    migration.migrate(empty)
    migration.require_migrated(empty)


def test_the_newest_schema_is_the_one_that_alembic_knows_and_an_empty_database_has_none(empty: Engine) -> None:
    assert migration.versions(empty) == (None, OLDER[-1])
    upgrade(empty, OLDER[0])
    assert migration.versions(empty) == (OLDER[0], OLDER[-1])


@pytest.mark.parametrize("older", OLDER)
def test_every_older_version_becomes_the_newest_and_keeps_its_rows(empty: Engine, older: str) -> None:
    upgrade(empty, older)
    with empty.begin() as connection:
        connection.execute(text(_INSERT_ARTICLE))
    migration.migrate(empty)
    with empty.begin() as connection:
        assert connection.execute(text("SELECT title FROM article")).scalar_one() == "قديم"
        assert connection.execute(text("SELECT count(*) FROM search_entry")).scalar_one() == 1


def test_the_migrated_schema_is_the_one_that_the_tables_describe(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_described, "compare_type": True})
        differences = compare_metadata(context, SQLModel.metadata)
    assert [difference for difference in differences if not _is_by_hand(difference)] == []


def _is_described(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith(_MADE_BY_HAND)


def _is_by_hand(difference: object) -> bool:
    return "words" in str(difference)


_INSERT_ARTICLE = """
INSERT INTO article (url, title, text, blocks, authors, direction, tags, images, word_count, access, fingerprint,
    parser_version, evidence, revision, first_seen_at, changed_at, fetched_at)
VALUES ('https://example.com/old', 'قديم', 'نص', '[]', '[]', 'rtl', '[]', '[]', 1, 'free', 'f', '1', '{}', 1,
    '2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-01 00:00:00')
"""
