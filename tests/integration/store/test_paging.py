"""Further pages of lists: followed while they bring something new, up to the page that the source allows."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from warraq_shared.parsed import Link, PageKind, Parsed, SourceFacts
from warraq_shared.reasons import Reason
from warraq_store.database import reading, writing
from warraq_store.schedule import pages, schedule
from warraq_store.schedule.lifecycle import Ending
from warraq_store.sources import every, following, polls, sources
from warraq_store.sources.diagnosis import Condition
from warraq_store.sources.health import health
from warraq_store.sources.wish import PolledPage, SourceWish, changed
from warraq_store.tables import Page

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LIST = "https://one.example/sport"


def address(number: int) -> str:
    return LIST if number == 1 else f"{LIST}?page={number}"


def add(engine: Engine, pagination: int) -> None:
    wish = SourceWish(
        name="one", url=LIST, pages=(PolledPage(url=LIST, role="section"),), pagination=pagination, max_age_seconds=0
    )
    with writing(engine) as session:
        sources.add(session, wish, NOW)


def poll(engine: Engine, number: int, *slugs: str, now: datetime = NOW, last: bool = False) -> None:
    """Let page ``number`` of the list come with stories; it names the page after it unless it is the ``last``."""
    with writing(engine) as session:
        polls.use(session, every.Limits())
        page = pages.find(session, address(number))
        assert page is not None
        parsed = Parsed(
            url=page.url,
            kind=PageKind.SECTION,
            reason=Reason.NOT_AN_ARTICLE,
            links=tuple(Link(url=f"https://one.example/2026/11/24/{slug}") for slug in slugs),
            source=None if last else SourceFacts(next_url=address(number + 1)),
        )
        following.follow(session, page, parsed, {}, now)
        pages.end(session, page, Ending(Reason.OK), now)


def due(engine: Engine, now: datetime = NOW) -> list[int]:
    """Return the numbers of the list's pages that are due now."""
    with reading(engine) as session:
        rows = session.exec(select(Page).where(Page.role == "section")).all()
        return sorted(row.list_page or 1 for row in rows if row.due_at is not None and row.due_at <= now)


def test_nothing_is_followed_unless_asked(engine: Engine) -> None:
    add(engine, 0)
    poll(engine, 1, "a", "b")
    assert due(engine) == []


def test_a_list_is_followed_at_the_first_look_up_to_the_page_that_is_allowed(engine: Engine) -> None:
    add(engine, 3)
    poll(engine, 1, "a", "b")
    assert due(engine) == [2]
    poll(engine, 2, "c", "d")
    assert due(engine) == [3]
    poll(engine, 3, "e")
    assert due(engine) == []
    with reading(engine) as session:
        assert len(session.exec(select(Page).where(Page.role == "article")).all()) == 5


def test_it_ends_where_a_page_brings_nothing_new_or_names_no_other(engine: Engine) -> None:
    add(engine, 9)
    poll(engine, 1, "a", "b")
    poll(engine, 2, "a", "b")
    assert due(engine) == []
    add_later = NOW + timedelta(hours=1)
    poll(engine, 1, "c", "d", now=add_later)
    poll(engine, 2, "e", now=add_later, last=True)
    assert due(engine, add_later) == []


def test_it_is_followed_again_only_when_all_on_the_first_page_is_new(engine: Engine) -> None:
    add(engine, 3)
    poll(engine, 1, "a", "b", last=True)
    later = NOW + timedelta(hours=1)
    poll(engine, 1, "c", "a", now=later)
    assert due(engine, later) == []
    poll(engine, 1, "d", "e", now=later)
    assert due(engine, later) == [2]
    poll(engine, 2, "f", "a", now=later)
    again = NOW + timedelta(hours=2)
    poll(engine, 1, "g", "h", now=again)
    assert due(engine, again) == [2, 3]


def test_a_list_that_is_known_already_is_followed_on_from_when_it_is_allowed_to(engine: Engine) -> None:
    add(engine, 0)
    poll(engine, 1, "a", "b")
    with writing(engine) as session:
        source = sources.find(session, "one")
        sources.edit(session, source, changed(sources.wish_of(session, source), {"pagination": 3}), NOW)
    poll(engine, 1, "a", "b")
    assert due(engine) == [2]
    poll(engine, 2, "c", last=True)
    poll(engine, 1, "a", "b")
    assert due(engine) == []


def test_a_further_page_is_not_polled_nor_shown_nor_counted_as_a_poll(engine: Engine) -> None:
    add(engine, 2)
    poll(engine, 1, "a", "b")
    poll(engine, 2, "c")
    with writing(engine) as session:
        source = sources.find(session, "one")
        assert [page.url for page in sources.polled_pages(session, source)] == [LIST]
        assert sources.wish_of(session, source).pages == (PolledPage(url=LIST, role="section"),)
        found = health(session, source, NOW)
        assert sources.poll_now(session, source, NOW) == 1
    assert found.condition is Condition.GOOD
    assert sum(found.seen) == 3


def test_a_further_page_that_has_gone_ends_like_any_other(engine: Engine) -> None:
    add(engine, 2)
    poll(engine, 1, "a", "b")
    with writing(engine) as session:
        page = pages.find(session, address(2))
        assert page is not None
        pages.end(session, page, Ending(Reason.NOT_FOUND, http_status=404), NOW)
        assert (page.due_at, page.state) == (None, "gone")
    with reading(engine) as session:
        assert health(session, sources.find(session, "one"), NOW).condition is Condition.GOOD


def test_a_further_page_is_handed_out_and_has_no_turn_of_its_own(engine: Engine) -> None:
    add(engine, 2)
    poll(engine, 1, "a", "b")
    with writing(engine) as session:
        visits = schedule.tick(session, NOW, room=10, lease_seconds=60, visit_pages=10)
        assert address(2) in {page.url for visit in visits for page in visit.pages}
    poll(engine, 2, "c", last=True)
    assert due(engine, NOW + timedelta(days=9)) == [1]


def test_a_removed_source_leaves_none_behind_and_a_further_page_can_become_a_polled_one(engine: Engine) -> None:
    add(engine, 2)
    poll(engine, 1, "a", "b")
    with writing(engine) as session:
        second = SourceWish(name="two", url=LIST, pages=(PolledPage(url=address(2), role="section"),))
        sources.add(session, second, NOW)
        page = pages.find(session, address(2))
        assert page is not None
        assert page.list_page is None
        sources.remove(session, sources.find(session, "two"))
    poll(engine, 1, "c", "d")
    assert due(engine) == [2]
    with writing(engine) as session:
        sources.remove(session, sources.find(session, "one"))
        assert pages.find(session, address(2)) is None


@pytest.mark.parametrize("url", ["https://elsewhere.example/2", "javascript:void(0)", LIST])
def test_what_is_no_further_page_of_the_site_is_not_followed(engine: Engine, url: str) -> None:
    add(engine, 5)
    with writing(engine) as session:
        page = pages.find(session, LIST)
        assert page is not None
        links = (Link(url="https://one.example/2026/11/24/a"),)
        facts = SourceFacts(next_url=url)
        parsed = Parsed(url=LIST, kind=PageKind.SECTION, reason=Reason.OK, links=links, source=facts)
        following.follow(session, page, parsed, {}, NOW)
    assert due(engine) == [1]
