"""Whatever dies in the middle of a crawl, in the end there are the same articles, once each."""

import os
import signal
import time
from collections.abc import Callable

import pytest
from redis import Redis

from e2e.outcome import article_values, revision_numbers
from warraq_demo.crawl import Crawl
from warraq_demo.facts import article_facts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
PATIENCE = 150.0


def wait_for_articles(crawl: Crawl, number: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        crawl.supervisor.look()
        if len(article_values(crawl.engine)) >= number:
            return
        time.sleep(0.02)
    pytest.fail(f"there never were {number} articles")


def kill(program: str) -> Callable[[Crawl], None]:
    def strike(crawl: Crawl) -> None:
        victim = crawl.supervisor.pids[program]
        os.killpg(victim, signal.SIGKILL)  # the worker and its children: as a machine that loses power

    strike.__name__ = f"kill_{program}"
    return strike


def flush_redis(crawl: Crawl) -> None:
    with Redis.from_url(crawl.redis_url) as client:
        client.flushall()


@pytest.mark.parametrize("strike", [kill("fetcher"), kill("parser"), kill("store"), kill("beat"), flush_redis])
def test_after_a_disaster_in_mid_crawl_every_article_is_there_once(
    crawl: Crawl, strike: Callable[[Crawl], None]
) -> None:
    crawl.follow_all()
    wait_for_articles(crawl, 3)
    strike(crawl)
    assert crawl.wait_until_settled(PATIENCE)
    expected = article_facts(crawl.world.port)
    assert set(article_values(crawl.engine)) == set(expected)
    assert {url: article.text for url, article in article_values(crawl.engine).items()} == {
        url: facts.text for url, facts in expected.items()
    }
    assert set(revision_numbers(crawl.engine).values()) == {1}
