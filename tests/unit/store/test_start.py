"""What a command loads before it can answer: loading is most of the time that a look takes."""

import subprocess
import sys

import pytest

_HEAVY = {"alembic", "celery", "redis", "snowballstemmer", "warcio", "pyarrow", "starlette"}


@pytest.mark.parametrize("module", ["listing", "watching"])
def test_a_command_that_only_looks_loads_nothing_that_others_need(module: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, warraq_store.cli.{module}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"warraq_store.cli.{module}" in told.stdout.split()
    assert not _HEAVY & set(told.stdout.split())
