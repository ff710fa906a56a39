"""Back-pressure: no more pages are under way than the limit, and none is handed out while Redis is nearly full."""

from datetime import UTC, datetime

from redis import Redis
from sqlalchemy.engine import Engine

from warraq_shared.settings import Settings
from warraq_store.database import reading, writing
from warraq_store.schedule import pages, schedule
from warraq_store.schedule.pages import NewPage
from warraq_store.schedule.room import memory_used, room

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_what_is_under_way_takes_room(redis: Redis, settings: Settings) -> None:
    limited = settings.model_copy(update={"max_in_flight": 100})
    assert [room(redis, limited, given_out) for given_out in (0, 40, 100, 250)] == [100, 60, 0, 0]


def test_nothing_is_handed_out_while_redis_is_nearly_full(redis: Redis, settings: Settings) -> None:
    full = settings.model_copy(update={"raw_budget_bytes": memory_used(redis)})
    assert room(redis, full, 0) == 0


def test_pages_are_under_way_from_their_handing_out_to_their_end(engine: Engine) -> None:
    with writing(engine) as session:
        pages.register(session, [NewPage(url=f"https://example.com/{number}") for number in range(5)], NOW)
    with writing(engine) as session:
        schedule.tick(session, NOW, room=3, lease_seconds=60, visit_pages=10)
    with reading(engine) as session:
        assert pages.given_out(session) == 3
