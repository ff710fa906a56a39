"""The door for HTTP, served for real: what hubs are answered, and what strangers cannot do to it."""

import asyncio
import contextlib
import hashlib
import hmac
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

import pytest
import uvicorn
from sqlalchemy.engine import Engine
from sqlmodel import select

from warraq_shared.health import Unwell, check_web
from warraq_shared.settings import Settings
from warraq_store.database import connect, reading, writing
from warraq_store.entry import examine_hubs
from warraq_store.schedule import pages
from warraq_store.sources import sources
from warraq_store.sources.wish import PolledPage, SourceWish
from warraq_store.tables import Subscription
from warraq_store.web import serving
from warraq_store.web.app import make_app

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FEED = "https://one.example/feed"
SECRET = "x1Zt"


@dataclass(frozen=True)
class Door:
    """A running door, and a client of it."""

    port: int

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()


@contextlib.contextmanager
def opened(engine: Engine, settings: Settings) -> Iterator[Door]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = uvicorn.Server(serving.config(make_app(engine, settings, lambda: NOW), settings))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        try:
            yield Door(port)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"max_wire_bytes": 100_000})


@pytest.fixture
def door(engine: Engine, settings: Settings) -> Iterator[Door]:
    """A door on a store that follows one feed, whose hub was asked and knows the token ``abc``."""
    with writing(engine) as session:
        sources.add(session, SourceWish(name="one", url=FEED, pages=(PolledPage(url=FEED, role="feed"),)), NOW)
        page = pages.find(session, FEED)
        assert page is not None
        page.due_at = NOW + timedelta(hours=1)
        known = {"hub_url": "https://hub.example/", "topic_url": FEED, "token": "abc", "secret": SECRET}
        session.add(Subscription(page_id=page.id, state="active", ends_at=NOW + timedelta(days=1), **known))
    with opened(engine, settings) as door:
        yield door


def the_subscription(engine: Engine) -> Subscription:
    with reading(engine) as session:
        return session.exec(select(Subscription)).one()


def due_at(engine: Engine) -> datetime | None:
    with reading(engine) as session:
        page = pages.find(session, FEED)
        assert page is not None
        return page.due_at


def signed(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_a_hub_that_asks_back_gets_its_challenge_as_plain_text(door: Door) -> None:
    query = "hub.mode=subscribe&hub.topic=https%3A%2F%2Fone.example%2Ffeed&hub.challenge=%3Cb%3E&hub.lease_seconds=60"
    assert door.ask("GET", f"/websub/abc?{query}") == (200, "<b>")
    assert door.ask("GET", f"/websub/guessed?{query}")[0] == 404
    assert door.ask("GET", f"/websub/abc?{query.replace('feed', 'other')}")[0] == 404
    assert door.ask("GET", "/websub/abc")[0] == 404


def test_a_signed_push_is_acted_on_and_another_one_only_counted(engine: Engine, door: Door) -> None:
    assert door.ask("POST", "/websub/abc", b"news", X_Hub_Signature=signed(b"news", "guessed"))[0] == 202
    assert door.ask("POST", "/websub/abc", b"news")[0] == 202
    assert (the_subscription(engine).forged, the_subscription(engine).pushes) == (2, 0)
    assert due_at(engine) == NOW + timedelta(hours=1)
    body = b"news " * 10_000
    assert door.ask("POST", "/websub/abc", body, X_Hub_Signature=signed(body))[0] == 202
    assert the_subscription(engine).pushes == 1
    assert due_at(engine) == NOW


def test_who_pushes_to_no_subscription_is_told_to_stop(door: Door) -> None:
    assert door.ask("POST", "/websub/guessed", b"news")[0] == 410


def test_a_push_that_is_too_large_is_refused_while_it_comes(engine: Engine, door: Door) -> None:
    body = b"x" * 100_001
    assert door.ask("POST", "/websub/abc", body, X_Hub_Signature=signed(body))[0] == 413
    assert the_subscription(engine).pushes == 0


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 404), ("PUT", "/websub/abc", 405), ("GET", "/websub/abc/def", 404), ("GET", "/%00", 404)],
)
def test_everything_else_is_refused(door: Door, method: str, path: str, status: int) -> None:
    assert door.ask(method, path)[0] == status


def test_the_door_is_well_while_it_can_ask_the_database(door: Door, settings: Settings, tmp_path: object) -> None:
    check_web(settings.model_copy(update={"web_port": door.port}))
    nowhere = connect(f"sqlite:///{tmp_path}/no-such-folder/warraq.db")
    with opened(nowhere, settings) as broken:
        assert broken.ask("POST", "/websub/abc", b"news")[0] == 503
        with pytest.raises(Unwell, match="503"):
            check_web(settings.model_copy(update={"web_port": broken.port}))
    with pytest.raises(Unwell, match="does not answer"):
        check_web(settings.model_copy(update={"web_port": broken.port}))


def test_the_doctor_looks_for_the_door_only_where_it_can_be(
    door: Door, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = settings.model_copy(
        update={"web_port": door.port, "web_host": "0.0.0.0", "websub_callback_url": "https://news.example/websub"}
    )
    assert list(examine_hubs(told))[1:] == [("ok", "websub", f"the door for HTTP answers on port {door.port}")]
    nowhere = told.model_copy(update={"web_port": 1})
    assert [verdict for verdict, *_ in examine_hubs(nowhere)] == ["ok", "warn"]
    monkeypatch.setattr("warraq_store.entry._NEEDED_BY_THE_DOOR", ("no_such_module",))
    verdict, _, found = list(examine_hubs(nowhere))[1]
    assert (verdict, "not installed here" in found) == ("ok", True)


def test_who_says_nothing_is_hung_up_on_and_others_are_served(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "HEAD_WITHIN_SECONDS", 0.3)
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 20)
    with contextlib.ExitStack() as stack:
        silent = [stack.enter_context(socket.create_connection(("127.0.0.1", door.port), 10)) for _ in range(20)]
        for one in silent:
            one.sendall(b"POST /websub/abc HTTP/1.1\r\nHost: x\r\n")
        # One too many is hung up on at once; the others when their time is over.
        extra = stack.enter_context(socket.create_connection(("127.0.0.1", door.port), 10))
        assert _hung_up(extra)
        assert all(map(_hung_up, silent))
    assert door.ask("GET", "/health")[0] == 200


def _hung_up(one: socket.socket) -> bool:
    try:
        return one.recv(1) == b""
    except ConnectionError:
        return True
