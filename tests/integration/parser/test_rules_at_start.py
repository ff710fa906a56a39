"""A file of site rules that cannot be used is told at the start, in one sentence, not by the first page."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from warraq_parser.rules_file import examine_rules
from warraq_shared.settings import Settings

GOOD = '[[site]]\nhost = "news.example"\nbody = "div.story"\n'
BAD = '[[site]]\nhos = "news.example"\n'


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return tmp_path / "rules.toml"


WORKER = (str(Path(sys.executable).with_name("celery")), "--quiet", "-A", "warraq_parser.app", "worker", "-Q", "parse")
UP = (str(Path(sys.executable).with_name("warraq")), "up")


def start(*program: str, tmp_path: Path, rules: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "WARRAQ_DATA_DIR": str(tmp_path / "data"),
        "WARRAQ_REDIS_URL": "redis://127.0.0.1:1/0",  # nobody listens: it must not come so far
        "WARRAQ_RULES_FILE": str(rules),
    }
    return subprocess.run(program, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("program", [WORKER, UP], ids=["worker", "up"])
def test_nothing_starts_on_rules_that_cannot_be_used(program: tuple[str, ...], tmp_path: Path, rules: Path) -> None:
    rules.write_text(BAD)
    done = start(*program, tmp_path=tmp_path, rules=rules)
    assert done.returncode == 2
    assert "WARRAQ_RULES_FILE cannot be used" in done.stderr
    assert "line 2, hos: there is no such key" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_told_as_such(tmp_path: Path, rules: Path) -> None:
    done = start(*WORKER, tmp_path=tmp_path, rules=rules)
    assert done.returncode == 3
    assert "no file" in done.stderr


def test_the_doctor_looks_at_the_rules(rules: Path) -> None:
    settings = Settings(rules_file=rules)
    rules.write_text(BAD)
    assert [verdict for verdict, _, _ in examine_rules(settings)] == ["bad"]
    rules.write_text(GOOD)
    assert list(examine_rules(settings)) == [("ok", "site rules", f"{rules}: 1 [[site]] tables")]
    assert list(examine_rules(Settings())) == []
