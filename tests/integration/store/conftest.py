"""What the store's integration tests share."""

from collections.abc import Iterator

import pytest
from redis import Redis
from sqlalchemy.engine import Engine

from integration.store.pipeline import Pipeline
from warraq_shared.settings import Settings


@pytest.fixture
def pipeline(engine: Engine, redis: Redis, settings: Settings) -> Iterator[Pipeline]:
    """A store on a fresh database of either kind, with a real Redis."""
    pipeline = Pipeline(engine, redis, settings)
    yield pipeline
    pipeline.close()
