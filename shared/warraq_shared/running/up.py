"""``warraq up``: everything on one machine, in one data directory, until it is told to stop.

The directory is locked while it runs, and ``running.json`` in it (readable by its owner only) tells the other commands
where Redis is.
"""

import fcntl
import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from warraq_shared.errors import NotReady
from warraq_shared.redis_client import connect_redis
from warraq_shared.running.embedded_redis import EmbeddedRedis
from warraq_shared.running.offers import offered
from warraq_shared.running.programs import flower_program, stage_programs, web_program
from warraq_shared.running.supervisor import Program, Supervisor
from warraq_shared.settings import Settings

# Longer than the longest task may take, so that a stop never cuts one off.
DRAIN_SECONDS = 110.0


class AlreadyRunning(NotReady):
    """Another ``warraq up`` has the data directory."""


@contextmanager
def running(settings: Settings, *, with_flower: bool = False, with_web: bool = True) -> Iterator[Supervisor]:
    """Give a supervisor with all stages started; at the end of the block they drain and stop.

    ``with_web``: with the door for HTTP too, if WebSub hubs can call it.

    Raises:
        AlreadyRunning: the data directory is in use.
        NotReady: no Redis, no database, or a service is not installed.
        UsageProblem, NotFound: a service cannot start with these settings (a file of site rules that is none).
    """
    _require(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        stack.enter_context(_locked(settings.data_dir / "up.lock"))
        redis_url = settings.redis_url or stack.enter_context(_embedded(settings)).url
        settings = settings.model_copy(update={"redis_url": redis_url, "data_dir": settings.data_dir})
        connect_redis(settings).ping()
        _migrate()(settings)
        stack.enter_context(_announced(settings, redis_url))
        supervisor = Supervisor(_programs(settings, with_flower, with_web))
        supervisor.start()
        try:
            yield supervisor
        finally:
            supervisor.stop(DRAIN_SECONDS)


def run_until_signal(supervisor: Supervisor) -> None:
    """Look after the programs until SIGINT or SIGTERM; a second signal changes nothing, draining goes on."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        supervisor.ask_to_stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    supervisor.run()


def _programs(settings: Settings, with_flower: bool, with_web: bool) -> list[Program]:
    environment = settings.model_copy(update={"database_url": settings.database_address}).as_environment()
    programs = stage_programs(settings, environment)
    if with_web and settings.websub_callback_url:
        programs = [web_program(environment), *programs]
    return [*programs, flower_program(settings, environment)] if with_flower else programs


def _embedded(settings: Settings) -> EmbeddedRedis:
    # Twice the budget of pages on their way: back-pressure acts long before the server refuses writes.
    return EmbeddedRedis(settings.data_dir / "redis", max_memory=2 * settings.raw_budget_bytes)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``; the system frees it if this process dies."""
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            file.seek(0)
            raise AlreadyRunning(
                f"Warraq already runs on {path.parent} (process {file.read().strip() or 'unknown'})."
                " Stop it, or set WARRAQ_DATA_DIR to another directory."
            ) from taken
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextmanager
def _announced(settings: Settings, redis_url: str) -> Iterator[None]:
    """Tell the other commands on this machine where Redis is, while this runs."""
    descriptor = os.open(settings.running_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"pid": os.getpid(), "redis_url": redis_url}, file)
    try:
        yield
    finally:
        settings.running_file.unlink(missing_ok=True)


def _require(settings: Settings) -> None:
    """Have each installed service look at its settings before anything is started."""
    for require in offered("warraq.require"):
        require(settings)


def _migrate() -> Callable[[Settings], None]:
    """Return the store's migration, which this package may not import by name."""
    for migrate in offered("warraq.migrate"):
        return migrate
    raise NotReady("The store is not installed: `pip install 'warraq[all]'`.")
