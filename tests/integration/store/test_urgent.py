"""What a person waits for goes ahead: of the line in the database, and of the messages that wait in the queue."""

from datetime import UTC, datetime

from redis import Redis
from sqlalchemy.engine import Engine

from warraq_shared.celery_app import make_app, publish
from warraq_shared.routes import FETCH_QUEUE, lists_of
from warraq_shared.settings import Settings
from warraq_store.database import writing
from warraq_store.schedule import adding, pages, room, schedule

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
WANTED = "https://wanted.example/story"


def test_one_url_added_by_hand_goes_ahead_of_a_hundred_thousand(engine: Engine, redis: Redis, redis_url: str) -> None:
    settings = Settings(redis_url=redis_url)
    app = make_app("test", settings)
    with writing(engine) as session:
        crowd = [pages.NewPage(url=f"https://h{n % 1000}.example/{n}") for n in range(100_000)]
        pages.register(session, crowd, NOW)
    with writing(engine) as session:
        crowd_visits = schedule.tick(session, NOW, room=2000, lease_seconds=300, visit_pages=20)
    publish(app, crowd_visits)
    with writing(engine) as session:
        (visit,) = adding.add(session, [WANTED], NOW, settings=settings).visits
    publish(app, [visit])

    urgent, ordinary = lists_of(FETCH_QUEUE)
    assert [page.url for page in visit.pages] == [WANTED]
    assert (redis.llen(urgent), redis.llen(ordinary)) == (1, len(crowd_visits))
    assert room.queue_length(redis, FETCH_QUEUE) == 1 + len(crowd_visits)
    with app.connection_for_read() as connection:
        first = connection.SimpleQueue(FETCH_QUEUE).get(timeout=10)
        assert first.payload[0][0]["pages"][0]["url"] == WANTED
