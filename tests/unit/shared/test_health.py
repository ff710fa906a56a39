"""A health check that tests progress: alive is not enough, and a pause is not yet a failure."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery

from warraq_shared.celery_app import TASK_TIME_LIMIT, make_app
from warraq_shared.health import Unwell, check_flower, check_worker, judge, read_heartbeat
from warraq_shared.heartbeat import Heartbeat, Progress, write_heartbeat
from warraq_shared.settings import Settings

NOW = 1_000_000.0


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of this machine on which nobody listens: it is taken, and refuses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


def beat(*, silent: float = 0.0, still: float = 0.0, busy: bool = False) -> Heartbeat:
    return Heartbeat(at=NOW - silent, moved_at=NOW - still, busy=busy, longest_task=100.0, queues=("parse",))


@pytest.mark.parametrize(
    ("what", "waiting"),
    [
        pytest.param(beat(), 0, id="fresh and idle"),
        pytest.param(beat(), 500, id="fresh, with much to do"),
        pytest.param(beat(still=3600), 0, id="idle for an hour with nothing to do"),
        pytest.param(beat(still=59), 3, id="a pause shorter than the limit"),
        pytest.param(beat(still=159, busy=True), 3, id="one task that takes as long as a task may"),
    ],
)
def test_a_worker_that_gets_on_is_well(what: Heartbeat, waiting: int) -> None:
    assert judge(what, waiting=waiting, now=NOW, max_age=60) is None


@pytest.mark.parametrize(
    ("what", "waiting", "sentence"),
    [
        pytest.param(beat(silent=61), 0, "No sign of life for 61 s", id="its loop does not turn"),
        pytest.param(beat(still=61), 7, "7 wait in parse", id="it is alive and takes nothing"),
        pytest.param(beat(still=161, busy=True), 0, "tasks are under way", id="every thread is caught in a task"),
    ],
)
def test_a_worker_that_gets_nowhere_is_unwell(what: Heartbeat, waiting: int, sentence: str) -> None:
    with pytest.raises(Unwell, match=sentence):
        judge(what, waiting=waiting, now=NOW, max_age=60)


def test_progress_is_a_task_that_begins_or_ends() -> None:
    progress = Progress()
    assert progress.moved_at(begun=0, running=0, now=10) == 10
    assert progress.moved_at(begun=0, running=0, now=20) == 10
    assert progress.moved_at(begun=1, running=1, now=30) == 30
    assert progress.moved_at(begun=1, running=1, now=40) == 30
    assert progress.moved_at(begun=1, running=0, now=50) == 50


def test_a_heartbeat_comes_back_from_its_file_as_it_was_written(tmp_path: Path) -> None:
    write_heartbeat(tmp_path / "beat", beat(busy=True))
    assert read_heartbeat(tmp_path / "beat") == beat(busy=True)
    assert [file.name for file in tmp_path.iterdir()] == ["beat"]


@pytest.mark.parametrize("content", [None, b"", b"{", b'{"at": "soon"}', b"\xff\xfe"])
def test_a_missing_or_damaged_heartbeat_is_unwell(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "beat"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Unwell, match="no heartbeat"):
        read_heartbeat(file)


def test_a_worker_that_keeps_no_heartbeat_cannot_be_called_well() -> None:
    with pytest.raises(Unwell, match="WARRAQ_HEARTBEAT_FILE"):
        check_worker(Settings(heartbeat_file=None), max_age=60)


def test_a_worker_without_redis_is_unwell(tmp_path: Path, closed_port: int) -> None:
    settings = Settings(heartbeat_file=tmp_path / "beat", redis_url=f"redis://127.0.0.1:{closed_port}/0")
    write_heartbeat(tmp_path / "beat", beat())
    with pytest.raises(Unwell, match="Redis cannot be reached"):
        check_worker(settings, max_age=1e12)


def test_a_flower_that_is_not_there_is_unwell(closed_port: int) -> None:
    with pytest.raises(Unwell, match="does not answer"):
        check_flower(Settings(flower_port=closed_port))


@pytest.mark.parametrize("file", [None, Path("beat")])
def test_workers_have_the_heartbeat_step_only_where_a_file_is_named(file: Path | None) -> None:
    app: Celery = make_app("test", Settings(redis_url="redis://127.0.0.1:1/0", heartbeat_file=file))
    steps = {step.__name__ for step in app.steps["consumer"]}
    assert ("HeartbeatFile" in steps) == (file is not None)


def test_one_task_may_take_no_longer_than_a_health_check_waits_before_the_message_comes_back() -> None:
    app = make_app("test", Settings(redis_url="redis://127.0.0.1:1/0"))
    assert app.conf.broker_transport_options["visibility_timeout"] > TASK_TIME_LIMIT + 60
