"""Running the command ``warraq`` as a user does: a process, its output, its exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WARRAQ = Path(sys.executable).with_name("warraq")
_START_SECONDS = 30.0
_STOP_SECONDS = 60.0


def run(*arguments: str, environment: dict[str, str], stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run ``warraq`` with ``arguments`` to its end."""
    return subprocess.run(
        [WARRAQ, *arguments],
        env={**os.environ, **environment},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def run_json(*arguments: str, environment: dict[str, str]) -> Any:
    """Run ``warraq`` with ``arguments`` and ``--json``; return the document on its stdout."""
    done = run(*arguments, "--json", environment=environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@contextmanager
def warraq_up(environment: dict[str, str], *options: str) -> Iterator["subprocess.Popen[str]"]:
    """Give a running ``warraq up``; it is stopped at the end of the block if it still runs."""
    process = subprocess.Popen(
        [WARRAQ, "up", *options],
        env={**os.environ, **environment},
        # Its stderr is pytest's: a pipe that nobody reads fills after 64 KB, and then every worker waits.
        text=True,
    )
    try:
        wait_for(lambda: Path(environment["WARRAQ_DATA_DIR"], "running.json").exists(), _START_SECONDS)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=_STOP_SECONDS)


def wait_for(fact: Any, seconds: float) -> None:
    """Wait until ``fact()`` is true.

    Raises:
        AssertionError: it did not come true within ``seconds``.
    """
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)
