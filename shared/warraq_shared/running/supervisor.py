"""Keeping a few processes running: start them, start again what dies, stop all of them gently.

A worker dies when Redis's memory is full or a connection is lost in the wrong moment, so a supervisor is not optional.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from warraq_shared.logs import log
from warraq_shared.running.parenthood import end_with_parent

_LOOK_EVERY = 0.2
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
# A process that lived this long is not in a crash loop: its next restart is quick again.
_HEALTHY_AFTER = 60.0
_log = log("up")


@dataclass(frozen=True, slots=True)
class Program:
    """One program to keep running: its name, its command line (after the Python interpreter), and its environment."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


class _Running:
    """One process of a program, and when it may be started again."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.restarts = 0
        self._pause = _FIRST_PAUSE
        self._start_at = 0.0
        self._started_at = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, *self.program.arguments],
            env={**os.environ, **self.program.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # Celery's banners; what matters is logged to stderr
            start_new_session=True,
            preexec_fn=end_with_parent(),
        )

    def look(self) -> None:
        """Start the process again if it died and its pause is over."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self._died(self.process.returncode, now)
        if self.process is None and now >= self._start_at:
            self.start()

    def _died(self, code: int, now: float) -> None:
        self._pause = _FIRST_PAUSE if now - self._started_at > _HEALTHY_AFTER else min(_LONGEST_PAUSE, self._pause * 2)
        self.restarts += 1
        self._start_at = now + self._pause
        self.process = None
        _log.warning("died, starting again", program=self.program.name, exit_code=code, pause=self._pause)

    def signal(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def kill_group(self) -> None:
        """Kill the process with its children; only for what did not stop when asked."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    """Runs programs until told to stop."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self._running = [_Running(program) for program in programs]
        self._stopping = False

    @property
    def pids(self) -> dict[str, int]:
        """The process ids of the programs that run now, by name."""
        return {
            one.program.name: one.process.pid
            for one in self._running
            if one.process is not None and one.process.poll() is None
        }

    def start(self) -> None:
        """Start all programs."""
        for one in self._running:
            one.start()

    def look(self) -> None:
        """Start again what has died; call it often."""
        for one in self._running:
            one.look()

    def run(self) -> None:
        """Look after the programs until ``ask_to_stop`` is called (from a signal handler, say)."""
        while not self._stopping:
            self.look()
            time.sleep(_LOOK_EVERY)

    def ask_to_stop(self) -> None:
        """Have ``run`` return soon."""
        self._stopping = True

    def stop(self, seconds: float) -> bool:
        """Ask all programs to finish what they have and end; kill what still runs after ``seconds``.

        They stop in the order they were given, so that what makes new work can be put first. Returns whether all
        ended by themselves.
        """
        deadline = time.monotonic() + seconds
        for one in self._running:
            one.signal(signal.SIGTERM)
        stubborn = [one for one in self._running if not _ended(one, deadline)]
        for one in stubborn:
            _log.warning("did not stop in time, killed", program=one.program.name)
            one.kill_group()
        return not stubborn


def _ended(one: _Running, deadline: float) -> bool:
    if one.process is None:
        return True
    try:
        one.process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True
