"""The heartbeat of a worker: a small file that says when it was last alive and when it last got something done.

A Celery worker can be up and take nothing: after Redis came back, or with every thread caught in a task. So the file
tells two moments apart. ``at`` moves while the worker's own event loop turns; ``moved_at`` moves when a task is begun
or ended. ``health.py`` judges them.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery import Celery, bootsteps, signals
from celery.worker import state

from warraq_shared.article import Frozen
from warraq_shared.settings import Settings

BEAT_EVERY_SECONDS = 5.0


class Heartbeat(Frozen):
    """One beat. Moments are seconds since the epoch; ``queues`` are those that the process takes tasks from.

    ``longest_task`` is the time limit of one task, in seconds.
    """

    at: float
    moved_at: float
    busy: bool = False
    longest_task: float = 0.0
    queues: tuple[str, ...] = ()


def write_heartbeat(file: Path, beat: Heartbeat) -> None:
    """Put ``beat`` into ``file``; a reader sees the old one or the new one, never half of one."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.write_text(beat.model_dump_json())
    draft.replace(file)


def install_heartbeat(app: Celery, settings: Settings) -> None:
    """Have the workers and the beat of ``app`` write the heartbeat file that ``settings`` name; none, no heartbeat."""
    file = settings.heartbeat_file
    if file is None:
        return
    app.steps["consumer"].add(_worker_step(file))
    signals.beat_init.connect(_beat_hook(file), weak=False)


class Progress:
    """Remembers when a task last began or ended."""

    def __init__(self) -> None:
        self._seen = (-1, 0)
        self._moved_at = 0.0

    def moved_at(self, *, begun: int, running: int, now: float) -> float:
        """Return when something last moved. ``begun`` counts tasks from the start, ``running`` those under way."""
        if (begun, running) != self._seen:
            self._seen = (begun, running)
            self._moved_at = now
        return self._moved_at


def _worker_step(file: Path) -> type[Any]:
    """Return the part of a worker that writes ``file``, from the loop that also takes the tasks.

    It belongs to the consumer, not to the worker: Celery throws the consumer's timers away when the connection is
    lost, and starts its steps again when it is back. A worker that never came back has no beat.
    """

    class HeartbeatFile(bootsteps.StartStopStep):
        requires = ("celery.worker.consumer.tasks:Tasks",)

        def __init__(self, consumer: Any, **_: Any) -> None:
            self._progress = Progress()
            self._timer: Any = None
            # As started: a queue that the worker is told to leave is still one that it should serve.
            self._queues = tuple(sorted(consumer.app.amqp.queues.consume_from))

        def start(self, consumer: Any) -> None:
            self._write(consumer)
            self._timer = consumer.timer.call_repeatedly(BEAT_EVERY_SECONDS, self._write, (consumer,))

        def stop(self, consumer: Any) -> None:
            if self._timer is not None:
                self._timer.cancel()

        def _write(self, consumer: Any) -> None:
            now, running = time.time(), len(state.active_requests)
            beat = Heartbeat(
                at=now,
                moved_at=self._progress.moved_at(begun=state.all_total_count[0], running=running, now=now),
                busy=running > 0,
                longest_task=consumer.app.conf.task_time_limit or 0.0,
                queues=self._queues,
            )
            write_heartbeat(file, beat)

    return HeartbeatFile


def _beat_hook(file: Path) -> Callable[..., None]:
    """Return what to do when Celery's beat starts: write ``file`` with every tick that has been sent."""

    def sent(**_: Any) -> None:
        now = time.time()
        write_heartbeat(file, Heartbeat(at=now, moved_at=now))

    def start(**_: Any) -> None:
        sent()
        signals.after_task_publish.connect(sent, weak=False)

    return start
