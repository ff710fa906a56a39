"""Why a source is as it is: what fails since when, what was to be expected, what to do."""

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from integration.store.followed import FEED, NOW, add, end_articles, item, known_urls, page_of, poll, why
from warraq_shared.parsed import Link, PageKind
from warraq_shared.reasons import Reason
from warraq_store.database import reading, writing
from warraq_store.schedule import pages
from warraq_store.sources import polls, sources
from warraq_store.sources.diagnosis import Condition, spark_line
from warraq_store.sources.health import overview
from warraq_store.sources.wish import PolledPage
from warraq_store.tables import Source


def test_the_list_says_the_same_as_why(engine: Engine) -> None:
    add(engine)
    add(engine, "two", PolledPage(url="https://two.example/feed", role="feed"))
    poll(engine, [item(str(n), NOW - timedelta(hours=2 * n)) for n in range(60)])
    poll(engine, None, NOW + timedelta(hours=1), Reason.NOT_FOUND)
    now = NOW + timedelta(hours=2)
    with reading(engine) as session:
        listed = overview(session, session.exec(select(Source).order_by(col(Source.name))).all(), now)
    assert [one.name for one in listed] == ["one", "two"]
    assert listed == [why(engine, now, name).model_copy(update={"ends": {}}) for name in ("one", "two")]


def test_why_a_new_source_is_silent(engine: Engine) -> None:
    add(engine)
    assert why(engine).condition is Condition.NEW
    late = why(engine, NOW + timedelta(hours=1))
    assert late.condition is Condition.WAITING
    assert "warraq up" in late.advice


@pytest.mark.parametrize(
    ("reason", "status", "because", "advice"),
    [
        (Reason.FORBIDDEN, 403, "Blocked (HTTP 403)", "--delay"),
        (Reason.THROTTLED, 429, "Blocked (HTTP 429)", "--delay"),
        (Reason.NOT_FOUND, 404, "Moved or gone (HTTP 404)", "warraq discover https://one.example/"),
        (Reason.ROBOTS, None, "robots.txt", "warraq discover"),
        (Reason.BROKEN_FEED, 200, "Broken feed", FEED),
        (Reason.TIMEOUT, None, "Unreachable", "tried again"),
        (Reason.TOO_LARGE, 200, "Refused by a rule or limit here", "warraq fetch"),
    ],
)
def test_why_a_failing_source_fails_since_when_and_what_to_do(
    engine: Engine, reason: Reason, status: int | None, because: str, advice: str
) -> None:
    add(engine)
    poll(engine, [item("a")])
    for hours in (1, 2):
        poll(engine, None, NOW + timedelta(hours=hours), reason, http_status=status)
    found = why(engine, NOW + timedelta(hours=2))
    assert (found.condition, found.since) == (Condition.FAILING, NOW + timedelta(hours=1))
    assert because in found.because
    assert advice in found.advice
    assert found.succeeded_at == NOW


def test_why_a_feed_that_became_a_web_page_is_broken_and_which_feed_it_names(engine: Engine) -> None:
    add(engine)
    links = [item("x"), Link(url="https://one.example/new-feed", expects=PageKind.FEED)]
    poll(engine, links, reason=Reason.NOT_AN_ARTICLE, kind=PageKind.SECTION)
    found = why(engine)
    assert found.condition is Condition.FAILING
    assert "shows a web page now. That page names https://one.example/new-feed" in found.because
    assert known_urls(engine) == {"feed"}


def test_why_a_source_that_moved_still_works_and_what_to_do(engine: Engine) -> None:
    add(engine)
    with writing(engine) as session:
        page = pages.find(session, FEED)
        assert page is not None
        page.moved_to = "https://one.example/rss"
    poll(engine, [item("a")])
    found = why(engine)
    assert "moved for good to https://one.example/rss" in found.because
    assert "--poll https://one.example/rss" in found.advice


def test_why_an_empty_feed_brings_nothing(engine: Engine) -> None:
    add(engine)
    poll(engine, [], reason=Reason.EMPTY_FEED)
    found = why(engine)
    assert found.condition is Condition.EMPTY
    assert "names no articles" in found.because


def test_why_a_source_is_quiet_told_from_chance(engine: Engine) -> None:
    add(engine)
    items = [item(str(n), NOW - timedelta(hours=2 * n)) for n in range(60)]
    poll(engine, items)
    poll(engine, items, NOW + timedelta(hours=4))
    assert why(engine, NOW + timedelta(hours=4)).condition is Condition.GOOD
    poll(engine, items, NOW + timedelta(days=2))
    found = why(engine, NOW + timedelta(days=2))
    assert (found.condition, found.since) == (Condition.QUIET, NOW)
    assert "All items are known" in found.because


def test_why_all_items_known_is_well_when_none_was_to_be_expected(engine: Engine) -> None:
    add(engine)
    poll(engine, [item("a", NOW - timedelta(days=9)), item("b", NOW - timedelta(days=2))])
    poll(engine, [item("a"), item("b")], NOW + timedelta(days=1))
    found = why(engine, NOW + timedelta(days=1))
    assert (found.condition, found.because) == (Condition.GOOD, "All is well; at the last look all items were known.")


def test_why_items_that_come_lead_to_no_article(engine: Engine) -> None:
    add(engine)
    poll(engine, [item(str(n)) for n in range(5)])
    end_articles(engine, Reason.NO_TEXT)
    found = why(engine)
    assert found.condition is Condition.FRUITLESS
    assert "No article text was found" in found.because
    assert "parser" in found.advice


def test_why_nothing_is_fetched_when_patterns_leave_all_out(engine: Engine) -> None:
    add(engine, include=("/nothing/",))
    poll(engine, [item("a"), item("b")])
    found = why(engine)
    assert found.condition is Condition.EMPTY
    assert "patterns" in found.because


def test_after_long_failure_a_source_rests_visibly_and_comes_back_by_itself(engine: Engine) -> None:
    add(engine)
    for n in range(31):
        poll(engine, None, NOW + timedelta(hours=12 * n), Reason.NOT_FOUND, http_status=404)
    late = NOW + timedelta(hours=12 * 30)
    found = why(engine, late)
    assert found.condition is Condition.RESTING
    assert "once a week" in found.advice
    assert page_of(engine).due_at == late + timedelta(days=7)
    poll(engine, [item("a")], late + timedelta(days=7))
    assert why(engine, late + timedelta(days=7)).condition is Condition.GOOD


def test_a_name_server_that_hiccups_counts_less_than_a_page_that_is_gone(engine: Engine) -> None:
    assert polls.weight(Reason.DNS) < polls.weight(Reason.TIMEOUT) < polls.weight(Reason.NOT_FOUND)


def test_why_a_paused_source_is_silent(engine: Engine) -> None:
    add(engine)
    with writing(engine) as session:
        sources.pause(session, sources.find(session, "one"), NOW, "asked by its editor")
    found = why(engine)
    assert (found.condition, found.since) == (Condition.PAUSED, NOW)
    assert "asked by its editor" in found.because


def test_a_week_is_shown_as_a_line() -> None:
    assert spark_line([0, 1, 4, 8]) == "·▁▄█"
    assert spark_line([]) == ""
