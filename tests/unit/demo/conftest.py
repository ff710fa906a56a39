"""The demo world on loopback, and a way to ask it without a resolver for its made-up hosts."""

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from warraq_demo.server import LOOPBACK, NewsWorld


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


Ask = Callable[..., Answer]


@pytest.fixture
def world() -> Iterator[NewsWorld]:
    with NewsWorld() as served:
        yield served


@pytest.fixture
def ask_port() -> Ask:
    return ask_on


@pytest.fixture
def ask(world: NewsWorld) -> Ask:
    return lambda site, path, **headers: ask_on(world.port, site, path, **headers)


def ask_on(port: int, site: str, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, headers={"Host": f"{site}.localhost:{port}", **named})
        response = connection.getresponse()
        headers_in = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers_in, response.read())
    finally:
        connection.close()
