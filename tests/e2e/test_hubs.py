"""WebSub as publishers and hubs see it: the real pipeline, its door, and a hub of our own, on loopback."""

import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from newshub import NewsHub

from e2e.commands import run, run_json, wait_for, warraq_up

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
PATIENCE = 60.0


@dataclass
class Installation:
    """A running Warraq that hubs can call."""

    environment: dict[str, str]
    door: str

    def follow(self, hub: NewsHub) -> None:
        done = run("source", "add", hub.feed, "--name", "quay", "--every", "1h", environment=self.environment)
        assert done.returncode == 0, done.stderr

    def why(self) -> dict[str, Any]:
        page: dict[str, Any] = run_json("source", "why", "quay", environment=self.environment)["pages"][0]
        return page

    def hub_state(self) -> str:
        return str((self.why()["hub"] or {}).get("state"))

    def has(self, url: str) -> bool:
        return any(one["url"] == url for one in run_json("articles", environment=self.environment))


@pytest.fixture
def hub() -> Iterator[NewsHub]:
    with NewsHub() as hub:
        yield hub


@pytest.fixture
def warraq(tmp_path: Path, hub: NewsHub) -> Iterator[Installation]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "WARRAQ_DATA_DIR": str(tmp_path / "data"),
        "WARRAQ_ALLOW_NETWORKS": f"127.0.0.1:{hub.port}",
        "WARRAQ_HOST_DELAY": "0.02",
        "WARRAQ_LATENCY_FACTOR": "0",
        "WARRAQ_TICK_SECONDS": "0.5",
        "WARRAQ_PARSE_PROCESSES": "1",
        "WARRAQ_LOG_LEVEL": "WARNING",
        "WARRAQ_WEB_PORT": str(port),
        "WARRAQ_WEBSUB_CALLBACK_URL": f"http://127.0.0.1:{port}/websub",
    }
    with warraq_up(environment):
        door = f"http://127.0.0.1:{port}"
        wait_for(lambda: _answers(f"{door}/health"), PATIENCE)
        yield Installation(environment, door)


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code == 200
    except requests.ConnectionError:
        return False


def test_what_a_hub_pushes_is_an_article_in_seconds_while_polls_are_hourly(warraq: Installation, hub: NewsHub) -> None:
    warraq.follow(hub)
    wait_for(lambda: hub.subscribers, PATIENCE)
    wait_for(lambda: warraq.has(hub.story("The harbour opens")), PATIENCE)

    hub.publish("A second harbour opens")
    published = time.monotonic()
    assert hub.distribute() == [202]
    wait_for(lambda: warraq.has(hub.story("A second harbour opens")), 30)
    assert time.monotonic() - published < 20

    # A push that is not signed with our secret is answered as any, and asks for nothing.
    hub.publish("A third harbour opens")
    polls = hub.polls
    assert hub.distribute(forged=True) == [202]
    wait_for(lambda: warraq.why()["hub"]["forged"] == 1, PATIENCE)
    assert hub.polls == polls
    told = run("source", "why", "quay", environment=warraq.environment).stdout
    assert "subscribed at" in told
    assert "1 push not signed" in told
    assert run_json("source", "list", environment=warraq.environment)[0]["pushed"] is True

    # The source goes: the hub is told, asks back, and has nobody to push to.
    assert run("source", "remove", "quay", "--yes", environment=warraq.environment).returncode == 0
    wait_for(lambda: not hub.subscribers, PATIENCE)
    assert [form["hub.mode"] for form in hub.asked] == ["subscribe", "unsubscribe"]
    assert requests.post(hub.asked[0]["hub.callback"], data=b"news", timeout=5).status_code == 410


@pytest.mark.parametrize(("answer", "said"), [("deny", "Members only"), ("refuse", "This topic is not for you.")])
def test_a_hub_that_says_no_is_polled_as_ever_and_its_words_are_shown(
    warraq: Installation, hub: NewsHub, answer: str, said: str
) -> None:
    hub.answer = answer
    warraq.follow(hub)
    wait_for(lambda: warraq.hub_state() == "refused", PATIENCE)
    assert said in run("source", "why", "quay", environment=warraq.environment).stdout
    assert hub.subscribers == {}


def test_when_a_lease_ends_the_feed_is_polled_at_once(warraq: Installation, hub: NewsHub) -> None:
    hub.lease_seconds = 3
    warraq.follow(hub)
    wait_for(lambda: warraq.hub_state() == "active", PATIENCE)
    hub.publish("A quiet opening")
    wait_for(lambda: warraq.has(hub.story("A quiet opening")), PATIENCE)
    assert warraq.hub_state() == "offered"
