"""Sources at run time: added, changed, paused, polled now, removed; and why each is as it is."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from warraq_shared.errors import NotFound, UsageProblem
from warraq_shared.parsed import ItemHints, Link, PageKind, Parsed, SourceFacts
from warraq_shared.reasons import Reason
from warraq_store.database import reading, writing
from warraq_store.schedule import pages
from warraq_store.schedule.lifecycle import Ending
from warraq_store.sources import every, following, polls, sources, tally
from warraq_store.sources.diagnosis import Condition, Health, spark_line
from warraq_store.sources.health import health, overview
from warraq_store.sources.wish import PolledPage, SourceWish, changed
from warraq_store.sources.yaml_file import read_yaml
from warraq_store.tables import LinkShape, Page, Poll, PollEvent, Source

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FEED = "https://one.example/feed"


def add(engine: Engine, name: str = "one", *polled: PolledPage, **wish: Any) -> None:
    polled = polled or (PolledPage(url=FEED, role="feed"),)
    with writing(engine) as session:
        sources.add(session, SourceWish(name=name, url=polled[0].url, pages=polled, **wish), NOW)


def item(slug: str, date: datetime | None = NOW, expects: PageKind = PageKind.ARTICLE) -> Link:
    hints = ItemHints(published_at=date) if date else None
    return Link(url=f"https://one.example/{slug}", expects=expects, hints=hints)


def poll(
    engine: Engine,
    items: Sequence[Link] | None,
    now: datetime = NOW,
    reason: Reason = Reason.OK,
    url: str = FEED,
    kind: PageKind = PageKind.FEED,
    **more: Any,
) -> None:
    """Poll as the pipeline does: what came is followed, then the page ends. ``items`` None: no bytes came."""
    with writing(engine) as session:
        polls.use(session, every.Limits())
        page = pages.find(session, url)
        assert page is not None
        ending = {name: more.pop(name) for name in ("detail", "http_status", "retry_after") if name in more}
        if items is not None:
            parsed = Parsed(url=url, kind=kind, reason=reason, links=tuple(items), **more)
            following.follow(session, page, parsed, {}, now)
            reason, detail = following.judge(page, parsed, reason)
            ending.setdefault("detail", detail)
        pages.end(session, page, Ending(reason, **ending), now)


def known_urls(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return {url.removeprefix("https://one.example/") for url in session.exec(select(Page.url))}


def end_articles(engine: Engine, reason: Reason, now: datetime = NOW) -> None:
    with writing(engine) as session:
        for page in session.exec(select(Page).where(Page.role == "article")):
            pages.end(session, page, Ending(reason), now)


def why(engine: Engine, now: datetime = NOW, name: str = "one") -> Health:
    with reading(engine) as session:
        return health(session, sources.find(session, name), now)


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


def page_of(engine: Engine, url: str = FEED) -> Page:
    with reading(engine) as session:
        found = pages.find(session, url)
    assert found is not None
    return found


# --- life ----------------------------------------------------------------------------------------------------------


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


def edit(engine: Engine, now: datetime, **changes: Any) -> None:
    with writing(engine) as session:
        found = sources.find(session, "one")
        sources.edit(session, found, changed(sources.wish_of(session, found), changes), now)


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


# --- what a poll brings --------------------------------------------------------------------------------------------


def test_items_become_pages_once_and_are_counted(engine: Engine) -> None:
    add(engine)
    poll(engine, [item("a"), item("b")])
    poll(engine, [item("a"), item("b"), item("c")], NOW + timedelta(minutes=15))
    with reading(engine) as session:
        day = tally.days(session, 1, NOW, 1)[0]
        row = session.get(Poll, page_of(engine).id)
    assert (day.polls, day.items, day.new_items) == (2, 5, 3)
    assert row is not None
    assert (row.items, row.new_items, row.polls) == (3, 1, 2)


def test_old_items_are_not_fetched_unless_asked(engine: Engine) -> None:
    add(engine)
    old = [item("new"), item("old", NOW - timedelta(days=31)), item("undated", None)]
    poll(engine, old)
    assert known_urls(engine) == {"feed", "new", "undated"}
    edit(engine, NOW, max_age_seconds=0.0)
    poll(engine, old, NOW + timedelta(hours=1))
    assert "old" in known_urls(engine)


def test_the_newest_items_of_a_poll_are_due_first(engine: Engine) -> None:
    add(engine)
    poll(engine, [item("old", NOW - timedelta(days=5)), item("new", NOW), item("mid", NOW - timedelta(hours=2))])
    with reading(engine) as session:
        found = session.exec(select(Page).where(Page.role == "article")).all()
    newest_first = sorted(found, key=lambda page: page.due_at or NOW, reverse=True)
    assert [page.url.rsplit("/", 1)[1] for page in newest_first] == ["new", "mid", "old"]
    assert all(NOW - timedelta(minutes=1) <= (page.due_at or NOW) <= NOW for page in found)


def test_a_sitemap_index_is_staggered_and_its_changed_sitemaps_are_looked_at(engine: Engine) -> None:
    index = "https://one.example/sitemap.xml"
    add(engine, "one", PolledPage(url=index, role="sitemap"))

    def names(*changed: datetime) -> list[Link]:
        return [
            Link(url=f"https://one.example/map-{n}.xml", expects=PageKind.SITEMAP, hints=ItemHints(modified_at=moment))
            for n, moment in enumerate(changed)
        ]

    long_ago, lately = NOW - timedelta(days=400), NOW - timedelta(hours=1)
    poll(engine, names(lately, lately, long_ago), url=index, kind=PageKind.SITEMAP_INDEX)
    first, second = (page_of(engine, f"https://one.example/map-{n}.xml") for n in (0, 1))
    assert (first.due_at, second.due_at) == (NOW, NOW)  # a small index is no burden
    assert "map-2.xml" not in known_urls(engine)
    later = NOW + timedelta(minutes=5)
    for n in (0, 1):
        with writing(engine) as session:
            page = pages.find(session, f"https://one.example/map-{n}.xml")
            assert page is not None
            page.fetched_at = NOW
            pages.end(session, page, Ending(Reason.OK), NOW)
    poll(engine, names(later, lately), later, url=index, kind=PageKind.SITEMAP_INDEX)
    assert page_of(engine, "https://one.example/map-0.xml").due_at == later
    assert (page_of(engine, "https://one.example/map-1.xml").due_at or NOW) > later


def test_the_sitemaps_of_a_large_index_come_one_by_one(engine: Engine) -> None:
    index = "https://one.example/sitemap.xml"
    add(engine, "one", PolledPage(url=index, role="sitemap"))
    links = [
        Link(url=f"https://one.example/map-{n}.xml", expects=PageKind.SITEMAP, hints=ItemHints(modified_at=NOW))
        for n in range(7)
    ]
    poll(engine, links, url=index, kind=PageKind.SITEMAP_INDEX)
    due = [page_of(engine, link.url).due_at for link in links]
    at_once = following.SITEMAPS_AT_ONCE
    assert due[:at_once] == [NOW] * at_once
    assert due[at_once:] == [NOW + n * following.BETWEEN_SITEMAPS for n in range(1, 8 - at_once)]


def test_a_new_source_that_has_only_old_items_brings_the_newest_of_them_once(engine: Engine) -> None:
    url = "https://one.example/feed"
    add(engine, "one", PolledPage(url=url, role="feed"))
    long_ago = NOW - timedelta(days=100)
    links = [item(f"a/{n}", long_ago - timedelta(days=n)) for n in range(30)]
    poll(engine, links, url=url)
    newest = {f"a/{n}" for n in range(following.FIRST_ITEMS)}
    assert {known for known in known_urls(engine) if known.startswith("a/")} == newest
    poll(engine, links, NOW + timedelta(hours=1), url=url)
    assert {known for known in known_urls(engine) if known.startswith("a/")} == newest


def test_a_sitemap_without_dates_does_not_bring_its_whole_past(engine: Engine) -> None:
    url = "https://one.example/sitemap.xml"
    add(engine, "one", PolledPage(url=url, role="sitemap"))
    past = [item(f"a/{n}", None) for n in range(2000)]
    poll(engine, past, url=url, kind=PageKind.SITEMAP)
    with reading(engine) as session:
        due = session.exec(select(Page).where(Page.role == "article", col(Page.due_at).is_not(None))).all()
    assert len(due) == following.MOST_UNDATED
    assert why(engine).left_out["too_old"] == 2000 - following.MOST_UNDATED
    poll(engine, [*past, item("new", None)], NOW + timedelta(hours=1), url=url, kind=PageKind.SITEMAP)
    assert page_of(engine, "https://one.example/new").due_at is not None
    assert page_of(engine, "https://one.example/a/1000").reason == Reason.TOO_OLD


SECTION = "https://one.example/news"


def section_poll(engine: Engine, links: Sequence[Link], now: datetime) -> None:
    poll(engine, links, now, Reason.NOT_AN_ARTICLE, url=SECTION, kind=PageKind.SECTION)


def test_a_trap_on_a_section_page_costs_a_few_dozen_looks_and_is_reported(engine: Engine) -> None:
    add(engine, "one", PolledPage(url=SECTION, role="section"))
    for n in range(5):
        now = NOW + timedelta(hours=n)
        section_poll(engine, [item(f"day/{n * 100 + i}", None) for i in range(100)], now)
    days = [url for url in known_urls(engine) if url.startswith("day/")]
    assert 20 <= len(days) <= 50
    assert why(engine, now).left_out["trapped"] >= 400
    with reading(engine) as session:
        shape = session.get(LinkShape, (1, "one.example/day/0"))
    assert shape is not None
    assert (shape.known, shape.refused) == (len(days), 500 - len(days))


def test_a_shape_that_brings_articles_gets_all_the_room_it_needs(engine: Engine) -> None:
    add(engine, "one", PolledPage(url=SECTION, role="section"))
    links = [item(f"a/{i}", None) for i in range(200)]
    section_poll(engine, links, NOW)
    end_articles(engine, Reason.OK)
    section_poll(engine, links, NOW + timedelta(hours=1))
    assert len(known_urls(engine)) == 1 + 200


def test_a_section_page_does_not_make_other_sections_polled(engine: Engine) -> None:
    add(engine, "one", PolledPage(url=SECTION, role="section"))
    links = [item("a", None), item("sport", None, PageKind.SECTION), Link(url="https://else.example/x")]
    section_poll(engine, links, NOW)
    assert known_urls(engine) == {"news", "a"}


def test_the_history_of_polls_stays_small(engine: Engine) -> None:
    add(engine)
    for n in range(polls.KEPT_EVENTS + 12):
        poll(engine, [item("a")], NOW + timedelta(minutes=n))
    with reading(engine) as session:
        found = polls.events(session, page_of(engine).id or 0)
        assert len(session.exec(select(PollEvent)).all()) == polls.KEPT_EVENTS
    assert found[0].polled_at == NOW + timedelta(minutes=polls.KEPT_EVENTS + 11)


def test_auto_learns_from_the_first_poll_on(engine: Engine) -> None:
    add(engine)
    poll(engine, [item(str(n), NOW - timedelta(minutes=15 * n)) for n in range(40)])
    due = page_of(engine).due_at
    assert due is not None
    assert timedelta(minutes=4) < due - NOW < timedelta(minutes=12)


def test_a_feed_that_asks_to_be_left_alone_is(engine: Engine) -> None:
    add(engine)
    poll(
        engine, [item(str(n), NOW - timedelta(minutes=5 * n)) for n in range(40)], source=SourceFacts(ttl_seconds=5400)
    )
    assert page_of(engine).due_at == NOW + timedelta(minutes=90)


# --- why -----------------------------------------------------------------------------------------------------------


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


def test_a_source_whose_articles_change_often_gets_more_looks(engine: Engine) -> None:
    add(engine)
    with writing(engine) as session:
        tally.count(session, 1, NOW, looks=100, changes=30)
    poll(engine, [item("a")])
    end_articles(engine, Reason.OK)
    article = page_of(engine, "https://one.example/a")
    assert article.due_at == NOW + timedelta(minutes=10)


def test_bytes_that_were_no_feed_are_looked_at_again_whole(engine: Engine) -> None:
    add(engine)
    with writing(engine) as session:
        page = pages.find(session, FEED)
        assert page is not None
        page.etag, page.content_hash = '"1"', "abc"
        pages.end(session, page, Ending(Reason.BROKEN_FEED, stage="parse"), NOW)
    assert (page_of(engine).etag, page_of(engine).content_hash) == (None, None)
