"""The whole pipeline, running for real: embedded Redis, beat, and the Celery workers of the three stages."""

from collections.abc import Iterator

import pytest

from warraq_demo.crawl import Crawl, crawling
from warraq_demo.server import NewsWorld

PATIENCE = 90.0


@pytest.fixture
def world() -> Iterator[NewsWorld]:
    """The demo's news world, served on loopback."""
    with NewsWorld() as world:
        yield world


@pytest.fixture
def crawl(tmp_path_factory: pytest.TempPathFactory, world: NewsWorld) -> Iterator[Crawl]:
    """The pipeline, started on the news world; nothing is followed yet."""
    with crawling(tmp_path_factory.mktemp("crawl"), world) as crawl:
        yield crawl
