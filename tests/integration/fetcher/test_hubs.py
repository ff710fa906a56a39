"""Requests to WebSub hubs: a form is sent, along redirects that keep it one, behind the guard and within the limits."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from warraq_fetcher.hubs import ask_hubs
from warraq_fetcher.visit import Fetcher
from warraq_fetcher.workshop import Workshop
from warraq_shared.celery_app import shown
from warraq_shared.messages import AskHubs, HubAnswer, HubRequest
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings

FORM = {"hub.mode": "subscribe", "hub.topic": "https://a.example/?x=1&y=2", "hub.secret": "very-secret"}
SENT = "hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2F%3Fx%3D1%26y%3D2&hub.secret=very-secret"


@dataclass
class Hubs:
    """Hubs of every temper on one port, told apart by the path."""

    came: list[tuple[str, str, str]] = field(default_factory=list)
    port: int = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


class Handler(BaseHTTPRequestHandler):
    hubs: Hubs

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.hubs.came.append((self.path, self.headers.get("Content-Type", ""), body))
        answers: dict[str, tuple[int, dict[str, str], bytes]] = {
            "/yes": (202, {}, b""),
            "/old": (204, {}, b""),
            "/moved": (307, {"Location": "/yes"}, b""),
            "/inside": (308, {"Location": "http://127.0.0.1:1/"}, b""),
            "/circle": (307, {"Location": "/circle"}, b""),
            "/see": (303, {"Location": "/yes"}, b""),
            "/no": (403, {}, b"This topic\nis not for you."),
            "/page": (500, {}, b"<html><title>Oops</title>"),
            "/busy": (429, {"Retry-After": "30"}, b""),
            "/huge": (400, {}, b"no " * 1_000_000),
        }
        status, headers, words = answers[self.path]
        self.send_response(status)
        for name, value in {"Content-Length": str(len(words)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(words)

    def do_GET(self) -> None:
        self.hubs.came.append((self.path, "GET", ""))
        self.send_error(405)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        pass


@pytest.fixture
def hubs() -> Iterator[Hubs]:
    hubs = Hubs()
    handler = type("Handler", (Handler,), {"hubs": hubs})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # we hang up on what is too long
        hubs.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield hubs
        server.shutdown()
        thread.join()


@pytest.fixture
def fetcher(settings: Settings, hubs: Hubs) -> Fetcher:
    allowed = settings.model_copy(update={"allow_networks": (f"127.0.0.1:{hubs.port}",)})
    return Workshop(allowed).fetcher()


def ask(fetcher: Fetcher, *urls: str) -> list[HubAnswer]:
    requests = tuple(HubRequest(subscription_id=n, url=url, form=FORM) for n, url in enumerate(urls))
    return list(ask_hubs(AskHubs(requests=requests), fetcher))


def test_a_form_is_sent_and_any_two_hundred_is_a_yes(fetcher: Fetcher, hubs: Hubs) -> None:
    answers = ask(fetcher, hubs.url("/yes"), hubs.url("/old"))
    assert [(one.subscription_id, one.reason) for one in answers] == [(0, Reason.OK), (1, Reason.OK)]
    assert hubs.came[0] == ("/yes", "application/x-www-form-urlencoded", SENT)


def test_a_hub_that_moved_gets_the_form_and_one_that_says_see_there_does_not(fetcher: Fetcher, hubs: Hubs) -> None:
    moved, elsewhere = ask(fetcher, hubs.url("/moved"), hubs.url("/see"))
    assert moved.reason is Reason.OK
    assert [path for path, kind, body in hubs.came if body == SENT] == ["/moved", "/yes", "/see"]
    assert (elsewhere.reason, elsewhere.http_status) == (Reason.BAD_REDIRECT, 303)


def test_no_hub_is_inside_whether_named_or_redirected_to(fetcher: Fetcher, hubs: Hubs) -> None:
    answers = ask(fetcher, "http://127.0.0.1:1/hub", "http://169.254.169.254/", hubs.url("/inside"))
    assert {one.reason for one in answers} == {Reason.ADDRESS_REFUSED}
    (circle,) = ask(fetcher, hubs.url("/circle"))
    assert circle.reason is Reason.REDIRECT_LOOP


def test_what_a_hub_says_when_it_refuses_is_kept_as_one_line_and_no_page(fetcher: Fetcher, hubs: Hubs) -> None:
    no, page, huge = ask(fetcher, hubs.url("/no"), hubs.url("/page"), hubs.url("/huge"))
    assert (no.reason, no.detail) == (Reason.FORBIDDEN, "Status 403. This topic is not for you.")
    assert (page.reason, page.detail) == (Reason.SERVER_ERROR, "Status 500.")
    assert huge.reason is Reason.CLIENT_ERROR
    assert len(huge.detail) <= 500


def test_a_hub_that_asks_for_quiet_gets_it(fetcher: Fetcher, hubs: Hubs) -> None:
    busy, after = ask(fetcher, hubs.url("/busy"), hubs.url("/yes"))
    assert (busy.reason, busy.retry_after) == (Reason.THROTTLED, 30.0)
    assert after.reason is Reason.HOST_BUSY


def test_a_worker_that_stops_gives_the_rest_back(settings: Settings, hubs: Hubs) -> None:
    workshop = Workshop(settings)
    fetcher = workshop.fetcher()
    workshop.stop()
    assert [one.reason for one in ask(fetcher, hubs.url("/yes"))] == [Reason.HOST_BUSY]
    assert hubs.came == []


def test_flower_and_the_logs_see_no_secret() -> None:
    message = AskHubs(requests=(HubRequest(subscription_id=1, url="https://hub.example/", form=FORM),))
    assert shown(message) == "1 hub request: https://hub.example/"
