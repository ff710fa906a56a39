"""The supervisor: what dies is started again, what is asked to stop finishes first."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from warraq_shared.running.supervisor import Program, Supervisor

SLEEPS = "import time\nwhile True: time.sleep(0.05)"
FINISHES = """
import pathlib, signal, sys, time
def finish(*_):
    time.sleep(0.3)
    pathlib.Path(sys.argv[1]).write_text("finished")
    sys.exit(0)
signal.signal(signal.SIGTERM, finish)
pathlib.Path(sys.argv[1]).write_text("ready")
while True: time.sleep(0.05)
"""
STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).write_text("ready")
while True: time.sleep(0.05)
"""


PARENT = f"""
import pathlib, sys, time
from warraq_shared.running.embedded_redis import EmbeddedRedis
from warraq_shared.running.supervisor import Program, Supervisor
folder = pathlib.Path(sys.argv[1])
redis = EmbeddedRedis(folder / "redis", max_memory=32_000_000)
redis.start()
supervisor = Supervisor([Program("sleeper", ["-c", {SLEEPS!r}])])
supervisor.start()
(folder / "pids").write_text(f"{{redis.pid}} {{supervisor.pids['sleeper']}}")
while True: time.sleep(0.05)
"""


def until(fact: Callable[[], bool], supervisor: Supervisor, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline
        supervisor.look()
        time.sleep(0.02)


def test_a_program_that_dies_is_started_again() -> None:
    supervisor = Supervisor([Program("sleeper", ["-c", SLEEPS])])
    supervisor.start()
    first = supervisor.pids["sleeper"]
    os.kill(first, signal.SIGKILL)
    until(lambda: supervisor.pids.get("sleeper", first) != first, supervisor)
    assert supervisor.stop(5)
    assert supervisor.pids == {}


def test_a_program_finishes_what_it_has_before_it_ends(tmp_path: Path) -> None:
    note = tmp_path / "note"
    supervisor = Supervisor([Program("careful", ["-c", FINISHES, str(note)])])
    supervisor.start()
    until(lambda: note.exists() and note.read_text() == "ready", supervisor)
    assert supervisor.stop(10)
    assert note.read_text() == "finished"


def test_a_program_that_will_not_end_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "note"
    supervisor = Supervisor([Program("stubborn", ["-c", STUBBORN, str(note)])])
    supervisor.start()
    until(note.exists, supervisor)
    assert not supervisor.stop(0.3)
    assert supervisor.pids == {}


def test_the_environment_of_a_program_is_its_own(tmp_path: Path) -> None:
    note = tmp_path / "note"
    write = f"import os, pathlib, time; pathlib.Path({str(note)!r}).write_text(os.environ['COLOUR']); time.sleep(60)"
    supervisor = Supervisor([Program("writer", ["-c", write], {"COLOUR": "green"})])
    supervisor.start()
    until(lambda: note.exists() and note.read_text() == "green", supervisor)
    supervisor.stop(5)
    assert "COLOUR" not in os.environ


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent is gone")
def test_nothing_goes_on_when_the_supervisor_itself_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)])
    note = tmp_path / "pids"
    until(lambda: note.exists() and len(note.read_text().split()) == 2, Supervisor([]))
    children = [psutil.Process(int(pid)) for pid in note.read_text().split()]
    parent.kill()
    parent.wait()
    gone, alive = psutil.wait_procs(children, timeout=15)
    assert (len(gone), alive) == (2, [])
