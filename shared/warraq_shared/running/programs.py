"""The programs that make up a running Warraq on one machine, as plain Celery command lines."""

import os
from collections.abc import Mapping
from importlib.util import find_spec

from warraq_shared.errors import NotReady
from warraq_shared.routes import FETCH_QUEUE, PARSE_QUEUE, STORE_QUEUE
from warraq_shared.running.supervisor import Program
from warraq_shared.settings import Settings


def stage_programs(settings: Settings, environment: Mapping[str, str]) -> list[Program]:
    """Return beat and the three stages. Beat is first: what makes new work is stopped first."""
    processes = settings.parse_processes or os.cpu_count() or 1
    return [
        Program("beat", _celery("warraq_store.app", "beat"), environment),
        Program(
            "fetcher",
            _worker("warraq_fetcher.app", FETCH_QUEUE, "--pool=threads", f"--concurrency={settings.fetch_threads}"),
            environment,
        ),
        Program(
            "parser",
            _worker(
                "warraq_parser.app",
                PARSE_QUEUE,
                "--pool=prefork",
                f"--concurrency={processes}",
                "--max-memory-per-child=500000",
            ),
            environment,
        ),
        # One writer: SQLite has one write lock, and on PostgreSQL one machine's parsers don't fill one writer.
        Program("store", _worker("warraq_store.app", STORE_QUEUE, "--pool=solo"), environment),
    ]


def web_program(environment: Mapping[str, str]) -> Program:
    """Return the door for HTTP, where WebSub hubs call.

    Raises:
        NotReady: what it serves with is not installed.
    """
    if find_spec("uvicorn") is None or find_spec("starlette") is None:
        raise NotReady("WARRAQ_WEBSUB_CALLBACK_URL needs the door for HTTP: `pip install 'warraq[web]'`.")
    return Program("web", ["-m", "warraq_store.web"], environment)


def flower_program(settings: Settings, environment: Mapping[str, str]) -> Program:
    """Return Flower on loopback, read-only, behind a password if one is set.

    Raises:
        NotReady: Flower is not installed.
    """
    try:
        import flower  # noqa: F401
    except ImportError as missing:
        raise NotReady("Flower is not installed: `pip install 'warraq[flower]'`.") from missing
    address = ["--address=127.0.0.1", f"--port={settings.flower_port}", "--read_only=true"]
    secret = {}
    if settings.flower_basic_auth is not None:
        # By the environment: a password on a command line can be read by everyone on the machine.
        secret["FLOWER_BASIC_AUTH"] = settings.flower_basic_auth.get_secret_value()
    return Program("flower", _celery("warraq_shared.celery_app", "flower", *address), {**environment, **secret})


def _worker(app: str, queue: str, *options: str) -> list[str]:
    return _celery(app, "worker", "-Q", queue, "-n", f"{queue}@%h", "--without-mingle", "--without-gossip", *options)


def _celery(app: str, command: str, *options: str) -> list[str]:
    return ["-m", "celery", "--quiet", "-A", app, command, *options]
