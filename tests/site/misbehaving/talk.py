"""One request to the site, and raw means to answer it: nothing here keeps to HTTP unless the hazard does."""

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

CRLF = b"\r\n"


@dataclass(frozen=True)
class Asked:
    """A request as it came, for the log. ``at`` is by the monotonic clock; header names are lower case."""

    at: float
    host: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)


class Talk:
    """The connection on which one request came."""

    def __init__(self, sock: socket.socket, asked: Asked, stopping: threading.Event, port: int) -> None:
        self._sock = sock
        self._stopping = stopping
        self.asked = asked
        self.port = port
        self.keep = False

    def send(self, data: bytes) -> None:
        self._sock.sendall(data)

    def page(
        self,
        body: bytes,
        *headers: str,
        status: str = "200 OK",
        content_type: str | None = "text/html; charset=utf-8",
        length: int | str | None = -1,
    ) -> None:
        """Answer as a good server would; ``length`` -1 is the true one, None leaves it out and closes."""
        lines = [f"HTTP/1.1 {status}", *headers]
        if content_type is not None:
            lines.append(f"Content-Type: {content_type}")
        if length is not None:
            lines.append(f"Content-Length: {len(body) if length == -1 else length}")
        self.keep = length == -1
        self.send("\r\n".join(lines).encode("utf-8") + CRLF + CRLF + body)

    def start_chunked(self, *headers: str) -> None:
        lines = ["HTTP/1.1 200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked", *headers]
        self.send("\r\n".join(lines).encode() + CRLF + CRLF)

    def chunk(self, data: bytes) -> None:
        self.send(b"%x\r\n%b\r\n" % (len(data), data))

    def redirect(self, location: str | bytes, status: str = "302 Found", *headers: str) -> None:
        target = location if isinstance(location, bytes) else location.encode("utf-8")
        self.send(
            f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n".encode()
            + b"".join(header.encode() + CRLF for header in headers)
            + b"Location: " + target + CRLF + CRLF
        )  # fmt: skip
        self.keep = True

    def drip(self, data: bytes, every: float = 0.05) -> None:
        """Send ``data`` one byte at a time, again and again, until the other side has had enough."""
        while True:
            for byte in data:
                self.send(bytes([byte]))
                self.wait(every)

    def flood(self, data: bytes) -> None:
        """Send ``data`` again and again, as fast as it goes, until the other side has had enough."""
        block = data * max(1, 65_536 // len(data))
        while not self._stopping.is_set():
            self.send(block)

    def wait(self, seconds: float = 30.0) -> None:
        """Say nothing for a while; end when the site stops or the other side has gone."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self._stopping.wait(min(left, 0.05)):
                raise ConnectionAbortedError
            if isinstance(self._sock, ssl.SSLSocket):
                continue  # it cannot be looked into without reading
            with contextlib.suppress(BlockingIOError):
                if self._sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b"":
                    raise ConnectionAbortedError

    def reset(self) -> None:
        """Break the connection with an RST."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._sock.close()


Answer = Callable[[Talk], None]
