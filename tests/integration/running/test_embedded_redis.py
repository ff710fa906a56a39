"""The embedded Redis: on loopback, behind a password, and nothing is lost when it is restarted."""

import stat
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import AuthenticationError

from warraq_shared.running.embedded_redis import EmbeddedRedis, free_port


def test_it_answers_only_with_its_password_and_only_on_loopback(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path, max_memory=32_000_000) as server:
        with Redis.from_url(server.url) as client:
            assert client.ping()
            assert client.config_get("bind")["bind"] == "127.0.0.1"
        with Redis(port=server.port) as stranger, pytest.raises(AuthenticationError):
            stranger.get("x")


def test_its_password_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path, max_memory=32_000_000):
        assert stat.S_IMODE((tmp_path / "redis.conf").stat().st_mode) == 0o600


def test_it_refuses_writes_rather_than_losing_what_it_has(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path, max_memory=32_000_000) as server, Redis.from_url(server.url) as client:
        assert client.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"
        assert int(client.config_get("maxmemory")["maxmemory"]) == 32_000_000


def test_what_was_queued_is_there_after_a_restart(tmp_path: Path) -> None:
    port = free_port()
    with EmbeddedRedis(tmp_path, max_memory=32_000_000, port=port) as server, Redis.from_url(server.url) as client:
        client.lpush("fetch", "message")
    with EmbeddedRedis(tmp_path, max_memory=32_000_000, port=port) as server, Redis.from_url(server.url) as client:
        assert client.llen("fetch") == 1


def test_stopping_twice_is_no_error_and_its_process_is_gone(tmp_path: Path) -> None:
    server = EmbeddedRedis(tmp_path, max_memory=32_000_000)
    server.start()
    assert server.pid is not None
    server.stop()
    server.stop()
    assert server.pid is None
