"""The server of the misbehaving site: raw sockets, a thread a connection, a log of all that was asked."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType

from misbehaving.talk import Answer, Asked, Talk

ARTICLE = (
    "<!doctype html><html lang=ar><head><meta charset=utf-8><title>عنوان الخبر</title></head><body><article>"
    "<h1>عنوان الخبر</h1><p>"
    + "نص الخبر بالعربية مع كلمات كافية لتكون فقرة كاملة. " * 12
    + "</p></article></body></html>"
).encode()


class Server:
    """Listens on loopback and hands each connection to ``serve`` in a thread of its own."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.stopping = threading.Event()
        self.connections = 0
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> "Server":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            left = list(self._open)
        for sock in left:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)

    def serve(self, sock: socket.socket) -> None:
        """Do what this server does with a connection."""

    def _accept(self) -> None:
        while not self.stopping.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.add(sock)
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        try:
            with contextlib.suppress(OSError, ssl.SSLError):
                self.serve(sock)
        finally:
            with self._lock:
                self._open.discard(sock)
            sock.close()


class Canary(Server):
    """Stands for an internal service: whoever connects has been led astray. It counts, and says a secret."""

    def serve(self, sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>secret</html>")


class MisbehavingSite(Server):
    """Answers each path by its hazard, and ``/robots.txt`` by the first label of the host it was asked as."""

    def __init__(
        self,
        answers: Mapping[str, Answer],
        robots: Mapping[str, Answer] | None = None,
        tls: Callable[[socket.socket], socket.socket] | None = None,
    ) -> None:
        super().__init__()
        self.answers = dict(answers)
        self._robots = robots or {}
        self._tls = tls
        self.log: list[Asked] = []
        # Where /redirect-by-order leads; a test sets it.
        self.ordered_target = "/"

    def url(self, path: str, host: str = "site") -> str:
        return f"{'https' if self._tls else 'http'}://{host}.localhost:{self.port}{path}"

    def asked_for(self, path: str) -> list[Asked]:
        return [asked for asked in list(self.log) if asked.path == path]

    def serve(self, sock: socket.socket) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls is not None:
            sock = self._tls(sock)
        reader = sock.makefile("rb")
        with contextlib.closing(sock), reader:
            while not self.stopping.is_set():
                asked = _read_request(reader)
                if asked is None:
                    return
                self.log.append(asked)
                talk = Talk(sock, asked, self.stopping, self.port)
                self._answer_of(asked)(talk)
                if not talk.keep:
                    return

    def _answer_of(self, asked: Asked) -> Answer:
        path = asked.path.partition("?")[0]
        if path == "/robots.txt":
            return self._robots.get(asked.host.partition(".")[0], _not_there)
        found = self.answers.get(path)
        if found is None:  # /redirect-maze/17 is answered by /redirect-maze/
            found = self.answers.get(path[: path.rfind("/") + 1], _not_there)
        return found


def _not_there(talk: Talk) -> None:
    talk.page(b"not here", status="404 Not Found")


def _read_request(reader: object) -> Asked | None:
    line = reader.readline(70_000)  # type: ignore[attr-defined]
    if not line.strip():
        return None
    at = time.monotonic()
    headers = {}
    while (header := reader.readline(70_000)).strip():  # type: ignore[attr-defined]
        name, _, value = header.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    return Asked(at, headers.get("host", ""), line.decode("latin-1").split(" ")[1], headers)
