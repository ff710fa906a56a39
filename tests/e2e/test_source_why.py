"""``warraq source why`` for sources that bring nothing, each for a reason of its own, told by the real pipeline."""

import threading
from collections.abc import Iterator
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from e2e.commands import run_json, wait_for
from warraq_shared.parsed import utc_now
from warraq_shared.running.up import running
from warraq_shared.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
PATIENCE = 90.0


def feed(*paths: str) -> str:
    today = format_datetime(utc_now())
    items = "".join(f"<item><link>{path}</link><pubDate>{today}</pubDate></item>" for path in paths)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


class IllSite(BaseHTTPRequestHandler):
    """A site with one feed for each illness."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        status, body, headers = {
            "/robots.txt": (200, "User-agent: *\nDisallow: /private/\n", {"Content-Type": "text/plain"}),
            "/blocked": (403, "no", {}),
            "/gone": (404, "no", {}),
            "/moved": (301, "", {"Location": "/well"}),
            "/empty": (200, feed(), {}),
            "/well": (200, feed("/a", "/b"), {}),
            "/broken": (200, "<?xml version='1.0'?><rss><channel><item><li\x00\x01<<<", {}),
            "/web-page": (200, "<html><body><p>Our feed is no more.</p></body></html>", {"Content-Type": "text/html"}),
            "/fruitless": (200, feed("/x1", "/x2", "/x3", "/x4"), {}),
        }.get(self.path, (200, "<html><body><a href='/'>nothing here</a></body></html>", {"Content-Type": "text/html"}))
        content = body.encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/rss+xml", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), IllSite)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://ill.localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


NAMES = ("blocked", "gone", "moved", "empty", "well", "broken", "web-page", "fruitless", "private/feed")


@pytest.fixture(scope="module")
def answers(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Any]]]:
    """What ``why`` says of each source, after some polls."""
    folder: Path = tmp_path_factory.mktemp("ill")
    settings = Settings(
        data_dir=folder,
        allow_networks=(site.removeprefix("http://").replace("ill.localhost", "127.0.0.1"),),
        host_delay=0.01,
        latency_factor=0,
        tick_seconds=0.5,
        parse_processes=1,
        log_level="WARNING",
    )
    environment = settings.as_environment()
    with running(settings):
        for name in NAMES:
            options = ("--as", "feed", "--name", name, "--every", "10s")
            run_json("source", "add", f"{site}/{name}", *options, environment=environment)

        def why(name: str) -> dict[str, Any]:
            found: dict[str, Any] = run_json("source", "why", name, environment=environment)
            return found

        wait_for(lambda: why("fruitless")["condition"] == "fruitless", PATIENCE)
        wait_for(lambda: why("well")["pages"][0]["reason"] in ("same-bytes", "not-modified", "ok"), PATIENCE)
        wait_for(lambda: all(why(name)["pages"][0]["polled_at"] for name in NAMES), PATIENCE)
        yield {name: why(name) for name in NAMES}


@pytest.mark.parametrize(
    ("name", "condition", "because", "advice"),
    [
        ("blocked", "failing", "Blocked (HTTP 403)", "Ask its operator"),
        ("gone", "failing", "Moved or gone (HTTP 404)", "warraq discover"),
        ("moved", "good", "moved for good to", "--poll"),
        ("empty", "empty", "names no articles", "warraq discover"),
        ("well", "good", "", ""),
        ("broken", "failing", "Broken feed", "is it still a feed?"),
        ("web-page", "failing", "shows a web page now", "is it still a feed?"),
        ("fruitless", "fruitless", "none becomes an article", "warraq explain"),
        ("private/feed", "failing", "robots.txt", "ask its operator"),
    ],
)
def test_why(answers: dict[str, dict[str, Any]], name: str, condition: str, because: str, advice: str) -> None:
    answer = answers[name]
    assert (answer["condition"], because in answer["because"], advice in answer["advice"]) == (condition, True, True), (
        answer
    )
