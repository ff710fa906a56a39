"""The demo's web server: all sites on one loopback port, told apart by the ``Host`` header.

Run by hand: ``python -m warraq_demo.server --port 8123``. In a test::

    with NewsWorld() as world:
        requests.get(world.url("nida", "/feed/"))
        world.advance()          # a correction is printed, a new article appears
        world.asked              # what was asked so far
"""

import argparse
import contextlib
import gzip
import socket
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self

from warraq_demo.content import read_sites
from warraq_demo.world import Answers, Resource, build_world, not_found, origin_of

LOOPBACK = "127.0.0.1"
_IDLE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in, and the status it was answered with. Header names are lower case."""

    site: str
    path: str
    method: str
    headers: Mapping[str, str]
    status: int
    at: datetime


class Source(NamedTuple):
    """Something to poll in the demo world. ``kind`` is "feed", "sitemap" or "section"."""

    name: str
    site: str
    path: str
    kind: str
    language: str

    def url(self, port: int) -> str:
        """Return the source's address while the world is served on ``port``."""
        return origin_of(self.site, port) + self.path


def _sources() -> tuple[Source, ...]:
    return tuple(
        Source(site.name, site.name, site.paths[_POLLED[site.discovery]], site.discovery_kind, site.language)
        for site in read_sites()
    )


_POLLED = {"rss": "feed", "atom": "feed", "json": "feed", "sitemap": "index", "section": "list"}
SOURCES: tuple[Source, ...] = _sources()


class NewsWorld:
    """The demo world, served. Also a context manager.

    ``port`` 0 takes a free one. ``correct_after``: after the page that gets corrected was served this often, the
    world goes on to its next edition by itself; None: only ``advance()`` does it.
    """

    def __init__(self, port: int = 0, *, correct_after: int | None = None) -> None:
        self._wanted_port = port
        self._correct_after = correct_after
        self._lock = threading.RLock()
        self._asked: list[Asked] = []
        self._edition = 0
        self._answers: Answers = {}
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on.

        Raises:
            RuntimeError: it is not started.
        """
        if self._server is None:
            raise RuntimeError("the news world is not started")
        return int(self._server.server_address[1])

    @property
    def edition(self) -> int:
        """How often the world went on: 0 at first."""
        return self._edition

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What was asked so far, each noted just before its answer was sent."""
        with self._lock:
            return tuple(self._asked)

    def asked_for(self, site: str, path: str) -> tuple[Asked, ...]:
        """Return what was asked for one address (path with query)."""
        return tuple(one for one in self.asked if (one.site, one.path) == (site, path))

    def url(self, site: str, path: str = "/") -> str:
        """Return the full address of ``path`` on ``site``."""
        return origin_of(site, self.port) + path

    def sources(self) -> list[tuple[str, str, str, str]]:
        """Return (name, address, kind, language) of everything worth polling."""
        return [(one.name, one.url(self.port), one.kind, one.language) for one in SOURCES]

    def start(self) -> Self:
        """Listen on loopback and serve in a thread of its own.

        Raises:
            OSError: the port is taken.
        """
        self._server = _Server((LOOPBACK, self._wanted_port), self)
        self._answers = build_world(self.port, self._edition)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="news-world")
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening, close the connections that are open and wait for their threads. Twice is no error."""
        if self._server is None or self._thread is None:
            return
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def advance(self) -> int:
        """Go on to the next edition: corrections are printed, new articles appear. Return the edition."""
        with self._lock:
            self._edition += 1
            self._answers = build_world(self.port, self._edition)
            return self._edition

    def answer(self, site: str, path: str) -> Resource:
        """Return what ``site`` answers for ``path``. A query that no address of the site has is ignored."""
        answers = self._answers
        found = answers.get((site, path)) or answers.get((site, path.partition("?")[0]))
        return found or not_found(site)

    def remember(self, asked: Asked) -> None:
        """Note a request that was answered; called by the request handler."""
        with self._lock:
            self._asked.append(asked)
            if self._correct_after and self._edition == 0 and self._served_often_enough(asked):
                self.advance()

    def _served_often_enough(self, asked: Asked) -> bool:
        if (asked.site, asked.path) not in _corrected_paths():
            return False
        return len(self.asked_for(asked.site, asked.path)) >= (self._correct_after or 0)


@cache
def _corrected_paths() -> set[tuple[str, str]]:
    """Return the addresses whose text differs between the first two editions."""
    before = {(site.name, site.story_path(story)): story for site in read_sites(0) for story in site.stories}
    after = {(site.name, site.story_path(story)): story for site in read_sites(1) for story in site.stories}
    return {address for address, story in before.items() if after[address].parts != story.parts}


class _Server(ThreadingHTTPServer):
    """The listening socket; remembers its connections, so that kept-alive ones end when the world stops."""

    request_queue_size = 128
    daemon_threads = False
    block_on_close = True

    def __init__(self, address: tuple[str, int], world: NewsWorld) -> None:
        self.world = world
        self._open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        assert isinstance(request, socket.socket)
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        assert isinstance(request, socket.socket)
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Close every connection that is still open."""
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up: crawlers do. Anything else is a bug of ours, and printed."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from the world's table: validators, 304, gzip, kept-alive connections."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "DemoNews/1.0", ""
    disable_nagle_algorithm = True
    timeout = _IDLE_SECONDS
    server: _Server

    def do_GET(self) -> None:
        """Answer with headers and body."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with headers alone."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Print nothing; the world remembers."""

    def _answer(self, *, with_body: bool) -> None:
        site = site_of_host(self.headers.get("Host", ""))
        resource = self.server.world.answer(site, self.path) if site else _portal(self.server.world)
        status = 304 if self._is_known(resource) else resource.status
        body = b"" if status == 304 else self._packed(resource.body)
        # Noted before it is sent, so that who has the answer finds the request in the log.
        self._remember(site, status)
        self.send_response(status)
        self._send_headers(resource, status, body)
        if with_body and body:
            self.wfile.write(body)

    def _remember(self, site: str, status: int) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.world.remember(Asked(site, self.path, self.command, headers, status, datetime.now(UTC)))

    def _send_headers(self, resource: Resource, status: int, body: bytes) -> None:
        if resource.status == 200 and resource.body:
            self.send_header("ETag", resource.etag)
            self.send_header("Cache-Control", "max-age=0")
            self.send_header("Vary", "Accept-Encoding")
            if resource.last_modified:
                self.send_header("Last-Modified", resource.last_modified)
        if resource.location:
            self.send_header("Location", resource.location)
        if status != 304:
            self.send_header("Content-Type", resource.content_type)
            self.send_header("Content-Length", str(len(body)))
            if body is not resource.body:
                self.send_header("Content-Encoding", "gzip")
        self.end_headers()

    def _packed(self, body: bytes) -> bytes:
        if body and "gzip" in self.headers.get("Accept-Encoding", ""):
            return gzip.compress(body, 6, mtime=0)
        return body

    def _is_known(self, resource: Resource) -> bool:
        """Tell whether the client has this very thing (RFC 9110, 13.2.2: If-None-Match goes first)."""
        if resource.status != 200 or not resource.body:
            return False
        known = self.headers.get("If-None-Match")
        if known is not None:
            tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
            return resource.etag.removeprefix("W/") in tags or "*" in tags
        return _is_unmodified(resource, self.headers.get("If-Modified-Since", ""))


def _is_unmodified(resource: Resource, since: str) -> bool:
    if not since or resource.modified is None:
        return False
    try:
        return resource.modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False


def site_of_host(host: str) -> str:
    """Return the site that a ``Host`` header names; "" for the bare address of the server."""
    name = host.partition(":")[0].lower()
    return name.removesuffix(".localhost") if name.endswith(".localhost") else ""


def _portal(world: NewsWorld) -> Resource:
    links = "".join(
        f'<li><a href="{world.url(site.name)}" lang="{site.language}">{site.title}</a></li>' for site in read_sites()
    )
    return Resource(
        f"<!DOCTYPE html><meta charset=utf-8><title>Demo</title><h1>Demo sites</h1><ul>{links}</ul>".encode()
    )


def main() -> None:
    """Serve the world until Ctrl-C and print its addresses."""
    options = argparse.ArgumentParser(prog="python -m warraq_demo.server", description=main.__doc__)
    options.add_argument("--port", type=int, default=8123)
    world = NewsWorld(options.parse_args().port)
    with contextlib.suppress(KeyboardInterrupt), world:
        print(f"All sites: http://{LOOPBACK}:{world.port}/")
        for name, url, kind, language in world.sources():
            print(f"  {name:9} {language}  {kind:8} {url}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
