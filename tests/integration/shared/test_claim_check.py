"""The claim check: bytes wait in Redis under a key, within a budget that is counted whatever expires or is lost."""

import random
import time

import pytest
from redis import Redis

from warraq_shared.claim_check import ClaimCheck
from warraq_shared.errors import Temporary
from warraq_shared.reasons import Reason

NOISE = random.Random(1)


def claims(redis: Redis, *, ttl: int = 60, budget: int = 1_000_000) -> ClaimCheck:
    return ClaimCheck(redis, ttl_seconds=ttl, max_item_bytes=10_000_000, budget_bytes=budget)


def noise(size: int) -> bytes:
    """Bytes that no compression makes smaller."""
    return NOISE.randbytes(size)


def test_what_was_put_is_got_back(redis: Redis) -> None:
    check = claims(redis)
    pages = {f"page{i}": f"صفحة {i} ".encode() * 1000 for i in range(3)}
    for key, content in pages.items():
        check.put(key, content)
    assert check.get_many(list(pages)) == pages
    assert check.get("page1") == pages["page1"]


def test_a_page_waits_compressed_and_with_an_end(redis: Redis) -> None:
    claims(redis).put("page", b"<p>again</p>" * 10_000)
    assert redis.strlen("warraq:claim:page") < 1000
    assert 0 < redis.ttl("warraq:claim:page") <= 60


def test_what_is_lost_is_told_or_left_out(redis: Redis) -> None:
    check = claims(redis)
    check.put("kept", b"x")
    with pytest.raises(Temporary) as problem:
        check.get_many(["kept", "lost"])
    assert problem.value.reason is Reason.RAW_LOST
    assert check.find_many(["kept", "lost"]) == {"kept": b"x"}
    assert check.find_many([]) == {}


def test_the_budget_counts_what_waits(redis: Redis) -> None:
    check = claims(redis)
    check.put("a", noise(300_000))
    check.put("b", noise(300_000))
    assert 600_000 <= check.used() <= 601_000
    assert check.room_left() == 1_000_000 - check.used()
    check.put("c", noise(500_000))
    assert check.room_left() == 0


def test_what_is_dropped_or_put_again_counts_once(redis: Redis) -> None:
    check = claims(redis)
    check.put("a", noise(100_000))
    check.put("a", noise(50_000))
    assert 50_000 <= check.used() <= 50_100
    check.drop(["a", "never-there"])
    check.drop(["a"])
    assert check.used() == 0
    assert redis.exists("warraq:claim:a") == 0


def test_what_expires_no_longer_counts(redis: Redis) -> None:
    check = claims(redis, ttl=1)
    check.put("a", noise(100_000))
    until = time.monotonic() + 10
    while check.used() > 0:
        assert time.monotonic() < until


def test_after_a_wiped_redis_the_books_are_empty_too(redis: Redis) -> None:
    check = claims(redis)
    check.put("a", noise(100_000))
    redis.flushall()
    assert check.used() == 0
    check.drop(["a"])
    check.put("b", noise(10))
    assert check.used() < 100
