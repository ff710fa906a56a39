"""Sources at run time: added, changed, polled now, removed."""

import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from integration.store.followed import FEED, NOW, add, edit, item, known_urls, page_of, poll
from warraq_shared.errors import NotFound, UsageProblem
from warraq_shared.parsed import PageKind
from warraq_shared.reasons import Reason
from warraq_store.database import reading, writing
from warraq_store.schedule import pages
from warraq_store.schedule.lifecycle import Ending
from warraq_store.sources import following, sources
from warraq_store.sources.wish import PolledPage
from warraq_store.sources.yaml_file import read_yaml
from warraq_store.tables import Page, Source


def test_a_name_is_taken_once_and_an_address_followed_once(engine: Engine) -> None:
    add(engine)
    with pytest.raises(UsageProblem, match="already"):
        add(engine)
    with pytest.raises(UsageProblem, match="followed already"):
        add(engine, "two")


def test_a_source_is_found_by_name_number_address_or_beginning(engine: Engine) -> None:
    add(engine, "Example News")
    with reading(engine) as session:
        for wanted in ("Example News", "example news", "1", FEED, "exam"):
            assert sources.find(session, wanted).name == "Example News"
        with pytest.raises(NotFound, match="Did you mean 'Example News'"):
            sources.find(session, "Exmaple News")


def test_a_page_that_was_added_by_hand_can_become_a_polled_one(engine: Engine) -> None:
    with writing(engine) as session:
        pages.register(session, [pages.NewPage(url=FEED)], NOW)
    add(engine)
    assert (page_of(engine).role, page_of(engine).priority) == ("feed", pages.POLL)


def test_a_new_schedule_holds_at_the_next_tick(engine: Engine) -> None:
    add(engine, every="6h")
    poll(engine, [item("a")])
    assert page_of(engine).due_at == NOW + timedelta(hours=6)
    edit(engine, NOW + timedelta(minutes=10), every="15m")
    assert page_of(engine).due_at == NOW + timedelta(minutes=15)
    edit(engine, NOW + timedelta(minutes=20), every="5m")
    assert page_of(engine).due_at == NOW + timedelta(minutes=20)


def test_new_patterns_hold_for_what_waits_already(engine: Engine) -> None:
    add(engine)
    poll(engine, [item("news/1"), item("video/1")])
    edit(engine, NOW, exclude=("/video/",))
    assert page_of(engine, "https://one.example/video/1").reason == Reason.EXCLUDED
    assert page_of(engine, "https://one.example/news/1").reason == Reason.NEW


def test_patterns_that_let_more_in_bring_back_what_they_left_out(engine: Engine) -> None:
    add(engine, exclude=("/live/",))
    poll(engine, [item("news/1"), item("video/1"), item("live/1")])
    edit(engine, NOW, exclude=("/video/", "/live/"))
    edit(engine, NOW + timedelta(hours=1), exclude=("/live/",))
    back = page_of(engine, "https://one.example/video/1")
    assert (back.state, back.reason, back.due_at) == ("waiting", Reason.NEW, NOW + timedelta(hours=1))
    assert "live/1" not in known_urls(engine)


@pytest.mark.parametrize("change", [{"max_age_seconds": 365 * 86400.0}, {"include": ("/news/",)}])
def test_what_polls_passed_over_is_looked_at_again_when_more_is_let_in(engine: Engine, change: dict[str, Any]) -> None:
    add(engine)
    poll(engine, [item("news/1")])
    validate(engine)
    edit(engine, NOW, every="6h", tags=("a",))
    assert (page_of(engine).etag, page_of(engine).content_hash) == ('"1"', "abc")
    edit(engine, NOW, **change)
    feed = page_of(engine)
    # Or the server would say "not modified", and its old items would never be named again.
    assert (feed.etag, feed.last_modified, feed.content_hash) == (None, None, None)


def validate(engine: Engine) -> None:
    """Have the feed known by the validators of its last answer."""
    with writing(engine) as session:
        page = pages.find(session, FEED)
        assert page is not None
        page.etag, page.last_modified, page.content_hash = '"1"', "Wed, 25 Nov 2026 12:00:00 GMT", "abc"
        session.add(page)


def test_a_backlog_that_was_passed_over_is_fetched_when_any_age_is_wanted(engine: Engine) -> None:
    sitemap = "https://one.example/map.xml"
    add(engine, "one", PolledPage(url=sitemap, role="sitemap"))
    poll(engine, [item(f"p{n}", None) for n in range(500)], url=sitemap, kind=PageKind.SITEMAP)
    with reading(engine) as session:
        query = select(Page.id).where(Page.reason == Reason.TOO_OLD)
        assert len(session.exec(query).all()) == 500 - following.MOST_UNDATED
    edit(engine, NOW, max_age_seconds=0.0)
    with reading(engine) as session:
        assert session.exec(query).all() == []


def test_now_means_ahead_of_everything_else(engine: Engine) -> None:
    add(engine, every="6h")
    poll(engine, [item("a")])
    with writing(engine) as session:
        sources.poll_now(session, sources.find(session, "one"), NOW + timedelta(minutes=1))
    assert (page_of(engine).due_at, page_of(engine).priority) == (NOW + timedelta(minutes=1), pages.HAND_ADDED)


def test_a_removed_source_is_polled_no_more_and_its_ended_pages_stay(engine: Engine) -> None:
    add(engine)
    poll(engine, [item("old"), item("waiting")])
    with writing(engine) as session:
        page = pages.find(session, "https://one.example/old")
        assert page is not None
        pages.end(session, page, Ending(Reason.OK), NOW)
    with writing(engine) as session:
        sources.remove(session, sources.find(session, "one"))
    assert known_urls(engine) == {"old"}
    assert page_of(engine, "https://one.example/old").due_at is None


def test_five_hundred_sources_are_imported_in_seconds(engine: Engine) -> None:
    text = "sources:\n" + "".join(
        f"- name: Source {n}\n  every: {n % 50 + 5}m\n  tags: [t{n % 7}]\n  follow:\n"
        f"  - feed: https://s{n}.example/rss\n  - sitemap: https://s{n}.example/news.xml\n"
        for n in range(500)
    )
    began = time.monotonic()
    with writing(engine) as session:
        for wish in read_yaml(text):
            sources.add(session, wish, NOW)
    assert time.monotonic() - began < 30  # two seconds on a machine that does nothing else
    with reading(engine) as session:
        assert len(session.exec(select(Source)).all()) == 500
        assert len(session.exec(select(Page)).all()) == 1000
