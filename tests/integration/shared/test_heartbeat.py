"""The heartbeat of a real worker on a real Redis: it moves with the work, and its absence is noticed."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker
from redis import Redis

from warraq_shared.celery_app import make_app
from warraq_shared.health import Unwell, check_worker, judge, read_heartbeat
from warraq_shared.routes import PARSE_QUEUE
from warraq_shared.settings import Settings


@pytest.fixture
def kept(tmp_path: Path, redis_url: str) -> Settings:
    return Settings(redis_url=redis_url, data_dir=tmp_path, heartbeat_file=tmp_path / "beat")


@pytest.fixture
def app(kept: Settings) -> Celery:
    app = make_app("heartbeat-test", kept)

    @app.task(name="nothing", shared=False)
    def nothing() -> None:
        pass

    return app


def within(seconds: float, fact: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not (holds := fact()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return holds


def test_a_worker_is_well_while_it_works_and_unwell_when_messages_pile_up_beside_it(
    app: Celery, kept: Settings, redis: Redis
) -> None:
    file = kept.heartbeat_file
    assert file is not None
    with start_worker(app, pool="solo", queues=[PARSE_QUEUE], perform_ping_check=False, shutdown_timeout=30):
        assert within(20, file.exists)
        check_worker(kept, max_age=60)
        started = read_heartbeat(file)
        assert started.queues == (PARSE_QUEUE,)
        assert started.longest_task == app.conf.task_time_limit

        app.send_task("nothing", queue=PARSE_QUEUE)
        assert within(20, lambda: read_heartbeat(file).moved_at > started.moved_at)
        check_worker(kept, max_age=60)

        assert app.control.cancel_consumer(PARSE_QUEUE, reply=True, timeout=20, limit=1)
        app.send_task("nothing", queue=PARSE_QUEUE)
        assert within(20, lambda: redis.llen(PARSE_QUEUE) == 1)
        assert within(20, lambda: (beat := read_heartbeat(file)).at > beat.moved_at + 3)
        beat = read_heartbeat(file)
        with pytest.raises(Unwell, match="1 wait in parse"):
            judge(beat, waiting=int(redis.llen(PARSE_QUEUE)), now=beat.at, max_age=3)
        app.control.add_consumer(PARSE_QUEUE)
        assert within(20, lambda: redis.llen(PARSE_QUEUE) == 0)
    with pytest.raises(Unwell, match="No sign of life"):
        judge(read_heartbeat(file), waiting=0, now=time.time() + 61, max_age=60)
