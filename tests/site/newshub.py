"""A small paper with a WebSub hub, on one loopback port: it verifies, denies, refuses, and distributes, signed or not.

The hub does what section 5 to 7 of the Recommendation ask of one, and on request what they forbid.
"""

import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qsl, quote, urlencode
from xml.sax.saxutils import escape

import requests

from warraq_shared.parsed import utc_now

_TIMEOUT = 10.0


@dataclass
class Subscriber:
    """Who has proved to want a topic: where its callback is, and the secret to sign with."""

    callback: str
    secret: str
    lease_seconds: int


@dataclass
class NewsHub:
    """The paper and its hub. ``answer`` says what it does with those who ask: ``verify``, ``deny`` or ``refuse``."""

    answer: str = "verify"
    lease_seconds: int = 864_000
    method: str = "sha256"
    stories: list[str] = field(default_factory=lambda: ["The harbour opens"])
    subscribers: dict[str, Subscriber] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    polls: int = 0

    def __enter__(self) -> Self:
        hub = self

        class Handler(_Handler):
            news = hub

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        self._working: list[threading.Thread] = []
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        for thread in self._working:
            thread.join()

    @property
    def port(self) -> int:
        """The port that paper and hub listen on."""
        return int(self._server.server_address[1])

    @property
    def feed(self) -> str:
        """The address of the paper's feed, which is also its topic."""
        return f"http://127.0.0.1:{self.port}/feed.xml"

    def story(self, title: str) -> str:
        """The address of a story."""
        return f"http://127.0.0.1:{self.port}/2026/11/24/{quote(title.lower().replace(' ', '-'))}"

    def publish(self, title: str) -> None:
        """Print a story: it is in the feed from now on, and nobody is told."""
        self.stories.insert(0, title)

    def distribute(self, *, forged: bool = False) -> list[int]:
        """Push the feed to all subscribers, signed with their secret or with another; return their answers."""
        body = feed_of(self)
        statuses = []
        for one in list(self.subscribers.values()):
            key = b"guessed" if forged else one.secret.encode()
            signature = f"{self.method}={hmac.new(key, body, self.method).hexdigest()}"
            headers = {"X-Hub-Signature": signature, "Content-Type": "application/rss+xml"}
            statuses.append(requests.post(one.callback, data=body, headers=headers, timeout=_TIMEOUT).status_code)
        return statuses

    def take(self, form: dict[str, str]) -> tuple[int, str]:
        """Return status and words for a subscriber's request, and begin what follows from it."""
        self.asked.append(form)
        if self.answer == "refuse":
            return 403, "This topic is not for you."
        follows: Callable[[dict[str, str]], None] = self._deny if self.answer == "deny" else self._verify
        thread = threading.Thread(target=follows, args=(form,))
        self._working.append(thread)
        thread.start()
        return 202, ""

    def _verify(self, form: dict[str, str]) -> None:
        challenge = secrets.token_hex(16)
        query = {"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": challenge}
        if form["hub.mode"] == "subscribe":
            query["hub.lease_seconds"] = str(self.lease_seconds)
        reply = requests.get(f"{form['hub.callback']}?{urlencode(query)}", timeout=_TIMEOUT)
        if reply.status_code // 100 != 2 or reply.text != challenge:
            return
        if form["hub.mode"] == "subscribe":
            self.subscribers[form["hub.callback"]] = Subscriber(
                form["hub.callback"], form.get("hub.secret", ""), self.lease_seconds
            )
        else:
            self.subscribers.pop(form["hub.callback"], None)

    def _deny(self, form: dict[str, str]) -> None:
        query = {"hub.mode": "denied", "hub.topic": form["hub.topic"], "hub.reason": "Members only"}
        requests.get(f"{form['hub.callback']}?{urlencode(query)}", timeout=_TIMEOUT)


def feed_of(hub: NewsHub) -> bytes:
    """Return the paper's feed."""
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{hub.story(title)}</link>"
        f"<pubDate>{format_datetime(utc_now())}</pubDate></item>"
        for title in hub.stories
    )
    links = f'<a:link rel="self" href="{hub.feed}"/><a:link rel="hub" href="http://127.0.0.1:{hub.port}/hub"/>'
    return (
        f'<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>The Quay</title>{links}{items}'
        "</channel></rss>"
    ).encode()


def page_of(hub: NewsHub, path: str) -> bytes | None:
    """Return the page of a story that has been printed."""
    title = next((one for one in hub.stories if hub.story(one).endswith(path)), None)
    if title is None:
        return None
    text = "".join(
        f"<p>{title}: on day {day} the harbour master counted {day * 7} boats before noon and wrote them down.</p>"
        for day in range(1, 9)
    )
    return f"<html lang=en><title>{title}</title><body><article><h1>{title}</h1>{text}</article></body></html>".encode()


class _Handler(BaseHTTPRequestHandler):
    """GET of the feed and the stories, POST to the hub."""

    news: NewsHub

    def do_GET(self) -> None:
        if self.path == "/feed.xml":
            self.news.polls += 1
            self._send(200, feed_of(self.news), "application/rss+xml")
            return
        page = page_of(self.news, self.path)
        self._send(200 if page else 404, page or b"", "text/html; charset=utf-8")

    def do_POST(self) -> None:
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        status, words = self.news.take(form)
        self._send(status, words.encode(), "text/plain")

    def _send(self, status: int, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Print nothing."""
