"""What polls of a source bring: items become pages once, and its past, its traps and its rhythm are bounded."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.engine import Engine
from sqlmodel import col, select

from integration.store.followed import FEED, NOW, add, edit, end_articles, item, known_urls, page_of, poll, why
from warraq_shared.parsed import ItemHints, Link, PageKind, SourceFacts
from warraq_shared.reasons import Reason
from warraq_store.database import reading, writing
from warraq_store.schedule import pages
from warraq_store.schedule.lifecycle import Ending
from warraq_store.sources import following, polls, tally
from warraq_store.sources.wish import PolledPage
from warraq_store.tables import LinkShape, Page, Poll, PollEvent, Subscription


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


def test_the_hub_that_a_section_page_names_is_kept(engine: Engine) -> None:
    add(engine, "one", PolledPage(url=SECTION, role="section"))
    facts = SourceFacts(hub_url="https://hub.example/", self_url=f"{SECTION}?all")
    poll(engine, [item("a")], url=SECTION, kind=PageKind.SECTION, source=facts)
    with reading(engine) as session:
        (kept,) = session.exec(select(Subscription)).all()
    assert (kept.hub_url, kept.topic_url, kept.state) == ("https://hub.example/", f"{SECTION}?all", "offered")


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
