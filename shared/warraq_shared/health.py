"""Is this process getting anywhere? ``python -m warraq_shared.health`` answers for a container's health check.

A worker is well while its event loop turns and, when something waits in its queues, its tasks begin and end. Celery's
beat is well while it sends ticks. Flower is well while it can read the queues from the broker (its own health page
says yes even when Redis is gone), the door for HTTP while it can ask the database. Exit codes are those of a
container's health check: 0 well, 1 not.
"""

import base64
import http.client
import sys
import time
from pathlib import Path

import click
from pydantic import ValidationError
from redis.exceptions import RedisError

from warraq_shared.errors import WarraqError
from warraq_shared.heartbeat import Heartbeat
from warraq_shared.redis_client import connect_redis
from warraq_shared.routes import lists_of
from warraq_shared.settings import Settings

MAX_AGE_SECONDS = 60.0
_LOOK_TIMEOUT = 5.0
# Addresses to listen on that are none to call.
_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104  # nothing is bound here


class Unwell(WarraqError):
    """A process is up and gets nowhere; the message says how that shows."""

    exit_code = 1


def read_heartbeat(file: Path) -> Heartbeat:
    """Return the last beat in ``file``.

    Raises:
        Unwell: there is none yet, or it cannot be read.
    """
    try:
        return Heartbeat.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as problem:
        raise Unwell(f"There is no heartbeat in {file}.") from problem


def judge(beat: Heartbeat, *, waiting: int, now: float, max_age: float) -> None:
    """Do nothing if the process is well. ``waiting`` counts the messages in its queues; times are seconds.

    A busy process may take its longest task before something has to move; an idle one beside a full queue may not.

    Raises:
        Unwell: no sign of life for ``max_age``, or there is work and nothing moves.
    """
    if now - beat.at > max_age:
        raise Unwell(f"No sign of life for {now - beat.at:.0f} s.")
    patience = max_age + (beat.longest_task if beat.busy else 0.0)
    still_for = now - beat.moved_at
    if (waiting or beat.busy) and still_for > patience:
        doing = "tasks are under way" if beat.busy else f"{waiting} wait in {', '.join(beat.queues)}"
        raise Unwell(f"Nothing has begun or ended for {still_for:.0f} s, though {doing}.")


def check_worker(settings: Settings, max_age: float) -> None:
    """Do nothing if the worker or beat of this machine is well.

    Raises:
        Unwell: it is not, or Redis cannot be reached, so that it cannot be.
    """
    if settings.heartbeat_file is None:
        raise Unwell("WARRAQ_HEARTBEAT_FILE is not set, so no heartbeat is kept.")
    beat = read_heartbeat(settings.heartbeat_file)
    judge(beat, waiting=_waiting(settings, beat.queues), now=time.time(), max_age=max_age)


def check_flower(settings: Settings) -> None:
    """Do nothing if the Flower of this machine can read the queues.

    Raises:
        Unwell: it does not answer, refuses us, or cannot reach the broker.
    """
    status = _status_of("Flower", "127.0.0.1", settings.flower_port, "/api/queues/length", _credentials(settings))
    if status != http.client.OK:
        raise Unwell(f"Flower answers {status} when asked for the queues.")


def check_web(settings: Settings) -> None:
    """Do nothing if the door for HTTP of this machine, or of this container, is well.

    Raises:
        Unwell: it does not answer, or cannot ask the database.
    """
    host = "127.0.0.1" if settings.web_host in _EVERYWHERE else settings.web_host
    status = _status_of("The door for HTTP", host, settings.web_port, "/health", {})
    if status != http.client.OK:
        raise Unwell(f"The door for HTTP answers {status}: can it reach the database?")


def _status_of(name: str, host: str, port: int, path: str, headers: dict[str, str]) -> int:
    """Return the status of what listens there, on this machine.

    Raises:
        Unwell: it does not answer.
    """
    connection = http.client.HTTPConnection(host, port, timeout=_LOOK_TIMEOUT)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException) as problem:
        raise Unwell(f"{name} does not answer: {problem}.") from problem
    finally:
        connection.close()


def _waiting(settings: Settings, queues: tuple[str, ...]) -> int:
    if not queues:
        return 0
    try:
        redis = connect_redis(settings, timeout=_LOOK_TIMEOUT)
        return sum(int(redis.llen(name)) for queue in queues for name in lists_of(queue))
    except RedisError as problem:
        raise Unwell(f"Redis cannot be reached: {problem}.") from problem


def _credentials(settings: Settings) -> dict[str, str]:
    if settings.flower_basic_auth is None:
        return {}
    secret = base64.b64encode(settings.flower_basic_auth.get_secret_value().encode()).decode()
    return {"Authorization": f"Basic {secret}"}


@click.command()
@click.option("--max-age", type=float, default=MAX_AGE_SECONDS, show_default=True, help="Longest silence, in seconds.")
@click.option("--flower", is_flag=True, help="Look at Flower instead of at a worker.")
@click.option("--web", is_flag=True, help="Look at the door for HTTP instead of at a worker.")
def main(max_age: float, flower: bool, web: bool) -> None:
    """Exit 0 if the process of this container gets somewhere, 1 with a sentence on stderr if not."""
    settings = Settings()
    try:
        if web:
            check_web(settings)
        elif flower:
            check_flower(settings)
        else:
            check_worker(settings, max_age)
    except WarraqError as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
