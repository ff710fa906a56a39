"""Plain Celery works as well: the documented command lines, on a Redis and a PostgreSQL of one's own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from e2e.commands import run, run_json
from warraq_demo.crawl import demo_settings
from warraq_demo.facts import article_facts
from warraq_demo.server import NewsWorld

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

COMMANDS = (
    ("warraq_fetcher.app", "worker", "-Q", "fetch", "--pool=threads", "--concurrency=8"),
    ("warraq_parser.app", "worker", "-Q", "parse"),
    ("warraq_store.app", "worker", "-Q", "store"),
    ("warraq_store.app", "beat", "--schedule={folder}/beat.db"),
)


@contextmanager
def celery(arguments: tuple[str, ...], folder: Path, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", *(part.format(folder=folder) for part in arguments)]
    with (folder / f"{arguments[0]}-{arguments[1]}.log").open("wb") as log:
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield
            assert process.poll() is None, f"{' '.join(arguments)} ended by itself"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def test_the_documented_celery_commands_do_the_whole_job(
    tmp_path: Path, redis_url: str, empty_postgres_url: str
) -> None:
    with NewsWorld() as world, ExitStack() as stack:
        settings = demo_settings(tmp_path / "data", world)
        environment = {
            **settings.as_environment(),
            "WARRAQ_REDIS_URL": redis_url,
            "WARRAQ_DATABASE_URL": empty_postgres_url,
        }
        assert run("migrate", environment=environment).returncode == 0
        for arguments in COMMANDS:
            stack.enter_context(celery(arguments, tmp_path, environment))
        for url, facts in list(article_facts(world.port).items())[:2]:
            document = run_json("add", "--wait", url, environment=environment)
            assert (document["title"], document["text"]) == (facts.title, facts.text)
