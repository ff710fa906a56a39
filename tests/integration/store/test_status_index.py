"""The status index on both databases: pages become known once, are given out once, and come back when lost."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.engine import Engine

from warraq_shared.reasons import PageState, Reason
from warraq_store.database import reading, writing
from warraq_store.schedule import hosts, pages, schedule
from warraq_store.schedule.lifecycle import Ending
from warraq_store.schedule.pages import NewPage
from warraq_store.tables import DeadLetter, Page

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
URLS = [f"https://example.com/{i}" for i in range(5)]


def known(engine: Engine, *urls: str) -> None:
    with writing(engine) as session:
        pages.register(session, [NewPage(url=url) for url in urls], NOW)


def hand_out(engine: Engine, now: datetime, room: int = 100) -> list[str]:
    with writing(engine) as session:
        visits = schedule.tick(session, now, room=room, lease_seconds=60, visit_pages=10)
    return [page.url for visit in visits for page in visit.pages]


def page(engine: Engine, url: str) -> Page:
    with reading(engine) as session:
        found = pages.find(session, url)
    assert found is not None
    return found


def test_a_page_becomes_known_once(engine: Engine) -> None:
    with writing(engine) as session:
        first = pages.register(session, [NewPage(url=url) for url in URLS], NOW)
        again = pages.register(session, [NewPage(url=url) for url in [*URLS, "https://example.com/new"]], NOW)
    assert (first, again) == (5, 1)


def test_what_is_given_out_is_not_given_out_again_until_its_lease_ends(engine: Engine) -> None:
    known(engine, *URLS)
    assert sorted(hand_out(engine, NOW)) == URLS
    assert hand_out(engine, NOW + timedelta(seconds=30)) == []
    with writing(engine) as session:
        assert pages.reap(session, NOW + timedelta(seconds=61), max_attempts=5) == 5
    assert page(engine, URLS[0]).reason == Reason.LEASE_EXPIRED
    assert sorted(hand_out(engine, NOW + timedelta(seconds=61))) == URLS


def test_no_more_is_given_out_than_there_is_room_for(engine: Engine) -> None:
    known(engine, *URLS)
    assert len(hand_out(engine, NOW, room=2)) == 2
    assert hand_out(engine, NOW, room=0) == []


def test_a_page_that_is_lost_too_often_becomes_a_dead_letter(engine: Engine) -> None:
    known(engine, URLS[0])
    now = NOW
    for _ in range(2):
        assert hand_out(engine, now) == [URLS[0]]
        now += timedelta(seconds=61)
        with writing(engine) as session:
            pages.reap(session, now, max_attempts=2)
    found = page(engine, URLS[0])
    assert (found.state, found.reason) == (PageState.FAILED, Reason.TOO_MANY_ATTEMPTS)
    with reading(engine) as session:
        assert session.get(DeadLetter, 1) is not None
    assert hand_out(engine, now) == []


def test_a_late_report_of_a_lost_lease_changes_nothing(engine: Engine) -> None:
    known(engine, URLS[0])
    hand_out(engine, NOW)
    old = page(engine, URLS[0]).lease
    assert old is not None
    with writing(engine) as session:
        pages.reap(session, NOW + timedelta(seconds=61), max_attempts=5)
    hand_out(engine, NOW + timedelta(seconds=61))
    assert not pages.is_current(page(engine, URLS[0]), old)
    assert pages.is_current(page(engine, URLS[0]), old, fetched_at=NOW)  # but bytes that came are not thrown away


def test_a_host_that_asks_for_quiet_is_left_alone_until_then(engine: Engine) -> None:
    known(engine, *URLS, "https://other.example/")
    with writing(engine) as session:
        row = pages.find(session, URLS[0])
        assert row is not None
        hosts.be_quiet(session, row.host, Reason.THROTTLED, NOW + timedelta(minutes=10))
    assert hand_out(engine, NOW) == ["https://other.example/"]
    assert sorted(hand_out(engine, NOW + timedelta(minutes=11))) == URLS


def test_the_end_of_a_page_says_why_and_when_it_is_due_next(engine: Engine) -> None:
    known(engine, *URLS[:2])
    hand_out(engine, NOW)
    with writing(engine) as session:
        for url, reason in zip(URLS, (Reason.OK, Reason.NOT_FOUND), strict=False):
            row = pages.find(session, url)
            assert row is not None
            pages.end(session, row, Ending(reason), NOW)
    good, gone = page(engine, URLS[0]), page(engine, URLS[1])
    assert (good.state, good.due_at) == (PageState.STORED, NOW + timedelta(minutes=15))
    assert (gone.state, gone.reason, gone.due_at) == (PageState.GONE, Reason.NOT_FOUND, None)
