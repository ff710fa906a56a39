"""Flower as it is documented: every queue, behind a password, for looking only."""

import base64
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from redis import Redis

from warraq_shared.health import Unwell, check_flower
from warraq_shared.routes import QUEUES, lists_of
from warraq_shared.running.embedded_redis import free_port
from warraq_shared.settings import Settings

LOGIN = "reader:s3cret"


class Answer(NamedTuple):
    status: int
    body: str


def ask(settings: Settings, path: str, *, method: str = "GET", login: str | None = LOGIN) -> Answer:
    headers = {"Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"} if login else {}
    connection = http.client.HTTPConnection("127.0.0.1", settings.flower_port, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        return Answer(response.status, response.read().decode())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def flower(redis_server_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A Flower that has never met a worker, started by the documented command."""
    settings = Settings(redis_url=redis_server_url, flower_port=free_port(), flower_basic_auth=LOGIN)
    command = ["-A", "warraq_shared.celery_app", "flower", "--address=127.0.0.1", "--read_only=true"]
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "--quiet", *command, f"--port={settings.flower_port}"],
        env={**os.environ, "WARRAQ_REDIS_URL": redis_server_url, "FLOWER_BASIC_AUTH": LOGIN},
        cwd=tmp_path_factory.mktemp("flower"),
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_well(settings)
        yield settings
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def wait_until_well(settings: Settings) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            return check_flower(settings)
        except Unwell:
            assert time.monotonic() < deadline, "Flower did not come up"
            time.sleep(0.1)


def test_every_queue_is_shown_with_its_length_though_no_worker_is_there(flower: Settings, redis: Redis) -> None:
    urgent, ordinary = lists_of("parse")
    redis.lpush(urgent, "a message")
    redis.lpush(ordinary, "another")
    shown = json.loads(ask(flower, "/api/queues/length").body)["active_queues"]
    assert [(queue["name"], queue["messages"]) for queue in shown] == [("fetch", 0), ("parse", 2), ("store", 0)]
    page = ask(flower, "/broker").body
    assert all(f">{queue}<" in page for queue in QUEUES)


def test_tasks_are_listed_with_the_pages_they_are_about(flower: Settings) -> None:
    page = ask(flower, "/tasks").body
    assert 'data-column="args"' in page


@pytest.mark.parametrize("path", ["/", "/workers", "/tasks", "/broker", "/api/workers", "/api/queues/length"])
def test_nothing_is_shown_without_the_password(flower: Settings, path: str) -> None:
    assert ask(flower, path, login=None).status == http.client.UNAUTHORIZED
    assert ask(flower, path, login="reader:wrong").status == http.client.UNAUTHORIZED
    assert ask(flower, path).status == http.client.OK


def test_nothing_can_be_changed_by_way_of_flower(flower: Settings) -> None:
    for path in ("/api/task/send-task/tick", "/api/worker/shutdown/parse@somewhere"):
        assert ask(flower, path, method="POST").status == http.client.FORBIDDEN


def test_a_health_check_with_the_wrong_password_says_so(flower: Settings) -> None:
    other = flower.model_copy(update={"flower_basic_auth": None})
    with pytest.raises(Unwell, match="401"):
        check_flower(other)
