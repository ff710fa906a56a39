"""The tick on both databases: fair between hosts and sources, at each host's pace, never the same page twice."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlmodel import select

from integration.store.test_query_plans import plans, scans
from warraq_shared.messages import FetchPages
from warraq_shared.reasons import Reason
from warraq_store.database import connect, reading, writing
from warraq_store.schedule import hosts, pages, schedule
from warraq_store.schedule.lifecycle import Ending
from warraq_store.schedule.pages import NewPage
from warraq_store.sources import sources
from warraq_store.sources.wish import PolledPage, SourceWish
from warraq_store.tables import Host, Page, Source

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def known(engine: Engine, *new: NewPage, now: datetime = NOW) -> None:
    with writing(engine) as session:
        pages.register(session, new, now)


def tick(
    engine: Engine, now: datetime = NOW, room: int = 1000, host_delay: float = 0.0, lease_seconds: float = 300
) -> list[FetchPages]:
    with writing(engine) as session:
        return schedule.tick(
            session, now, room=room, lease_seconds=lease_seconds, visit_pages=20, host_delay=host_delay
        )


def urls(visits: list[FetchPages]) -> list[str]:
    return [page.url for visit in visits for page in visit.pages]


def many(host: str, number: int, **more: object) -> list[NewPage]:
    return [NewPage(url=f"https://{host}/{i}", **more) for i in range(number)]  # type: ignore[arg-type]


def followed(engine: Engine, name: str, *polled: str, **wish: object) -> int:
    with writing(engine) as session:
        made = sources.add(
            session,
            SourceWish(
                name=name,
                url=polled[0],
                pages=tuple(PolledPage(url=url, role="feed") for url in polled),
                **wish,  # type: ignore[arg-type]
            ),
            NOW,
        )
        assert made.id is not None
        return made.id


def test_a_host_with_a_mountain_of_pages_does_not_fill_the_batch(engine: Engine) -> None:
    known(engine, *many("big.example", 3000), now=NOW - timedelta(hours=1))
    known(engine, *(page for n in range(40) for page in many(f"h{n}.example", 3)))
    of_host = Counter(visit.host for visit in tick(engine, room=100) for _ in visit.pages)
    assert len(of_host) == 41
    assert of_host["big.example:443"] <= 3


def test_a_source_with_many_hosts_does_not_fill_the_batch(engine: Engine) -> None:
    big = followed(engine, "big", "https://big.example/feed")
    known(engine, *(NewPage(url=f"https://h{n}.example/", source_id=big) for n in range(300)), now=NOW - timedelta(1))
    for n in range(10):
        followed(engine, f"small {n}", f"https://small{n}.example/feed")
    handed = tick(engine, room=60)
    assert sum(visit.host.startswith("small") for visit in handed) == 10


def test_what_a_person_waits_for_comes_first_and_polls_before_articles(engine: Engine) -> None:
    known(engine, *many("a.example", 30))
    known(engine, NewPage(url="https://a.example/feed", role="feed", priority=pages.POLL))
    known(engine, NewPage(url="https://a.example/wanted", priority=pages.HAND_ADDED))
    first, *_ = tick(engine, room=5)
    assert urls([first])[:2] == ["https://a.example/wanted", "https://a.example/feed"]
    assert first.priority


def test_a_host_is_given_out_at_its_pace(engine: Engine) -> None:
    known(engine, *many("slow.example", 100))
    assert len(urls(tick(engine, host_delay=2.0))) == 20
    known(engine, *[NewPage(url="https://slow.example/new")], now=NOW + timedelta(seconds=5))
    assert urls(tick(engine, NOW + timedelta(seconds=39), host_delay=2.0)) == []
    assert len(urls(tick(engine, NOW + timedelta(seconds=41), host_delay=2.0))) == 20


def test_no_more_of_a_slow_host_is_given_out_than_its_lease_has_time_for(engine: Engine) -> None:
    known(engine, *many("slow.example", 100))
    assert len(urls(tick(engine, host_delay=30.0, lease_seconds=300))) == 6


def test_a_source_may_ask_for_a_slower_pace_of_its_own(engine: Engine) -> None:
    followed(engine, "slow", "https://slow.example/feed", policy={"delay_seconds": 60})
    assert len(urls(tick(engine))) == 1
    known(engine, *many("slow.example", 3))
    assert urls(tick(engine, NOW + timedelta(seconds=30))) == []
    assert len(urls(tick(engine, NOW + timedelta(seconds=61)))) == 3


def test_after_an_outage_of_a_day_the_newest_articles_come_first_and_the_pace_is_kept(engine: Engine) -> None:
    for hour in range(24):
        since = NOW + timedelta(hours=hour)
        known(engine, *(NewPage(url=f"https://a.example/{hour}-{i}") for i in range(10)), now=since)
    back, given = NOW + timedelta(days=1), []
    for seconds in range(0, 60, 2):
        given += urls(tick(engine, back + timedelta(seconds=seconds), host_delay=1.0))
    assert len(given) == 60  # one a second, not all that is due
    assert {url.rsplit("/", 1)[1].split("-")[0] for url in given[:20]} == {"23", "22"}


def test_the_next_poll_is_set_before_the_fetch(engine: Engine) -> None:
    followed(engine, "one", "https://one.example/feed", every="15m")
    assert len(urls(tick(engine))) == 1
    with reading(engine) as session:
        page = pages.find(session, "https://one.example/feed")
    assert page is not None
    assert page.due_at == NOW + timedelta(minutes=15)


def test_a_server_that_lies_about_what_has_not_changed_is_found_out_within_a_day(engine: Engine) -> None:
    followed(engine, "one", "https://one.example/feed", every="1h")
    whole = []
    for hour in range(30):
        now = NOW + timedelta(hours=hour)
        (visit,) = tick(engine, now)
        whole.append(visit.pages[0].etag is None)
        with writing(engine) as session:
            page = pages.find(session, "https://one.example/feed")
            assert page is not None
            page.etag = '"always the same"'
            pages.end(session, page, Ending(Reason.NOT_MODIFIED), now)
    assert whole.count(True) == 2  # the first, and one more
    assert whole[schedule.WHOLE_EVERY - 1]


def test_pages_of_a_paused_source_are_held_and_come_back_when_it_resumes(engine: Engine) -> None:
    source_id = followed(engine, "one", "https://one.example/feed")
    known(engine, *(NewPage(url=f"https://one.example/{i}", source_id=source_id) for i in range(50)))
    with writing(engine) as session:
        sources.pause(session, sources.find(session, "one"), NOW)
    known(engine, NewPage(url="https://one.example/of-nobody"))
    later = [NOW + timedelta(seconds=n) for n in range(10)]
    assert [url for moment in later for url in urls(tick(engine, moment))] == ["https://one.example/of-nobody"]
    with writing(engine) as session:
        sources.resume(session, sources.find(session, "one"), NOW)
    given = [url for moment in later for url in urls(tick(engine, moment + timedelta(minutes=1)))]
    assert len(given) == len(set(given)) == 51


def test_a_host_with_nothing_due_stands_in_no_line(engine: Engine) -> None:
    known(engine, *many("a.example", 2))
    handed = tick(engine)
    with writing(engine) as session:
        for page in session.exec(select(Page)):
            pages.end(session, page, Ending(Reason.NOT_FOUND), NOW)
    assert len(urls(handed)) == 2
    assert tick(engine, NOW + timedelta(days=30)) == []
    with reading(engine) as session:
        host = session.get(Host, "a.example:443")
    assert host is not None
    assert host.ready_at is None


def test_a_host_that_was_left_out_of_the_line_is_found_again(engine: Engine) -> None:
    known(engine, *many("a.example", 3))
    with writing(engine) as session:
        session.execute(text("UPDATE host SET ready_at = NULL"))
    assert tick(engine, NOW + timedelta(minutes=6)) == []
    with writing(engine) as session:
        assert hosts.rescue(session, NOW + timedelta(minutes=6)) == 1
    assert len(urls(tick(engine, NOW + timedelta(minutes=6)))) == 3


def test_a_tick_and_a_look_at_a_source_read_by_their_indexes(engine: Engine) -> None:
    source_id = followed(engine, "one", "https://one.example/feed")
    known(engine, *(NewPage(url=f"https://one.example/{i}", source_id=source_id) for i in range(2000)))
    known(engine, *(page for n in range(50) for page in many(f"h{n}.example", 4)))
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()

    def look() -> None:
        with reading(engine) as session:
            assert len(sources.polled_pages(session, sources.find(session, "one"))) == 1

    handed = plans(engine, lambda: tick(engine, NOW + timedelta(minutes=1), room=50))
    looked = plans(engine, look)
    assert scans([*handed, *looked], "page", "host") == []
    assert any("ix_page_host_due" in plan for plan in handed)
    assert any("ix_page_polled" in plan for plan in looked)


@pytest.mark.slow
def test_eight_schedulers_at_once_never_hand_a_page_out_twice(postgres_url: str) -> None:
    engine = connect(postgres_url)
    known(engine, *(page for n in range(60) for page in many(f"h{n}.example", 50)))
    handed: list[str] = []
    problems: list[BaseException] = []
    start = threading.Barrier(9)
    lock = threading.Lock()
    done = threading.Event()

    def hand_out(own: Engine) -> None:
        try:
            start.wait()
            idle = 0
            while idle < 5:
                got = urls(tick(own, NOW + timedelta(minutes=2), room=150))
                idle = 0 if got or not done.is_set() else idle + 1
                with lock:
                    handed.extend(got)
        except BaseException as problem:  # noqa: BLE001  # handed to the test
            problems.append(problem)

    def find_more(own: Engine) -> None:
        try:
            start.wait()
            for n in range(60):
                known(own, *many(f"h{n}.example", 55), *many(f"new{n}.example", 5), now=NOW + timedelta(minutes=1))
        except BaseException as problem:  # noqa: BLE001
            problems.append(problem)
        finally:
            done.set()

    engines = [connect(postgres_url) for _ in range(9)]
    threads = [threading.Thread(target=hand_out, args=(own,)) for own in engines[:8]]
    threads.append(threading.Thread(target=find_more, args=(engines[8],)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(100)
    for own in (engine, *engines):
        own.dispose()
    assert problems == []
    assert Counter(handed).most_common(1)[0][1] == 1
    assert len(handed) == 60 * 55 + 60 * 5


def test_a_source_row_is_what_was_wished(engine: Engine) -> None:
    source_id = followed(engine, "one", "https://one.example/feed", every="15m", tags=("a",), time_zone="Africa/Cairo")
    with reading(engine) as session:
        row = session.get(Source, source_id)
        assert row is not None
        assert sources.wish_of(session, row).tags == ("a",)
        assert (row.every, row.time_zone) == ("15m", "Africa/Cairo")
