"""The life story of a page: each step with its reason, bounded, and never lost."""

from datetime import timedelta

from sqlmodel import select

from integration.store.pipeline import Pipeline, made_article
from warraq_shared.article import Evidence
from warraq_shared.messages import EndedFetch, FetchesEnded, Hop, PagesParsed
from warraq_shared.parsed import Candidate
from warraq_shared.reasons import Reason
from warraq_store import explain
from warraq_store.database import reading, writing
from warraq_store.explain import FIRST_KEPT, NEWEST_KEPT, Event
from warraq_store.tables import Page

URL = "https://example.com/a"


def story(pipeline: Pipeline, url: str = URL) -> list[Event]:
    with reading(pipeline.engine) as session:
        page = session.exec(select(Page).where(Page.url == url)).one()
        return explain.story_of(session, page.id or 0)


def end(pipeline: Pipeline, reason: Reason, **fields: object) -> None:
    pipeline.now += timedelta(hours=1)
    page_id, lease = pipeline.hand_out(URL)[URL]
    ended = {"page_id": page_id, "lease": lease, "url": URL, "reason": reason, "ended_at": pipeline.now, **fields}
    pipeline.stage.end_fetches(FetchesEnded(pages=(EndedFetch.model_validate(ended),)))


def test_a_stored_article_tells_how_it_came_and_why_its_dates_won(pipeline: Pipeline) -> None:
    evidence = {"published_at": Evidence(origin="json-ld", confidence=0.95, precision="minute")}
    hops = (Hop(url="https://example.com/old", status=301),)
    pipeline.come_with(URL, lambda: made_article(URL, "Text.", evidence=evidence), b"raw", hops=hops)
    fetch, parse, store = story(pipeline)
    assert (fetch.stage, fetch.decision, fetch.seconds) == ("fetch", "fetched", 0.2)
    assert "301 at https://example.com/old" in fetch.detail
    assert (parse.stage, parse.decision, parse.seconds) == ("parse", "article", 0.01)
    assert "published_at 2026-11-01T12:00:00+00:00 by json-ld (0.95, to the minute)" in parse.detail
    assert (store.stage, store.decision) == ("store", "new article")
    assert store.seconds is not None


WON = Candidate(
    field="published_at", value="2026-11-01T12:00:00+00:00", origin="json-ld", confidence=0.95, won=True, why="a place"
)
LOST = Candidate(
    field="published_at", value="2026-10-31T00:00:00+00:00", origin="url", confidence=0.5, won=False, why="only a day"
)


def read_again(pipeline: Pipeline, text: str, **fields: object) -> None:
    pipeline.now += timedelta(minutes=1)
    fetched = pipeline.fetched(URL, pipeline.hand_out(URL)[URL], text.encode())
    page = pipeline.parsed(fetched, made_article(URL, text), **fields)
    pipeline.stage.store_pages(PagesParsed(pages=(page,)))


def test_the_newest_reading_alone_keeps_which_date_won_over_which_and_why(pipeline: Pipeline) -> None:
    read_again(pipeline, "One.", contested=(WON,))
    read_again(pipeline, "Two.", contested=(WON, LOST))
    older, newer = (event for event in story(pipeline) if event.stage == "parse")
    assert older.contested == ()
    assert newer.contested == (WON, LOST)


def test_why_a_page_is_no_article_is_kept_within_bounds(pipeline: Pipeline) -> None:
    fetched = pipeline.fetched(URL, pipeline.hand_out(URL)[URL], b"x")
    page = pipeline.parsed(fetched, None, Reason.NOT_AN_ARTICLE, because=("-3 " + "x" * 500,) * 50)
    pipeline.stage.store_pages(PagesParsed(pages=(page,)))
    because = story(pipeline)[-1].because
    assert because[0].startswith("-3 xxx")
    assert sum(map(len, because)) < 2000


def test_a_chain_of_redirects_names_where_it_led(pipeline: Pipeline) -> None:
    hops = (Hop(url="https://example.com/old", status=301),)
    pipeline.come(URL, "Text.", hops=hops)
    assert f"301 at https://example.com/old → {URL}" in story(pipeline)[0].detail


def test_a_revision_says_what_changed(pipeline: Pipeline) -> None:
    pipeline.come(URL, "One.")
    pipeline.come(URL, "Two.")
    assert (story(pipeline)[-1].decision, story(pipeline)[-1].detail) == ("revision 2", "article 1, because of: text")


def test_robots_not_modified_and_waits_have_their_reason(pipeline: Pipeline) -> None:
    end(pipeline, Reason.NOT_MODIFIED, http_status=304)
    end(pipeline, Reason.THROTTLED, http_status=429, retry_after=90, host_wait=True)
    pipeline.now += timedelta(hours=1)
    end(pipeline, Reason.ROBOTS, detail="Disallow: /a")
    first, second, third = story(pipeline)
    assert (first.reason, first.detail) == ("not-modified", "HTTP 304")
    assert second.detail == "HTTP 429; asked again after 90 s; the whole host waits"
    assert (third.decision, third.reason, third.detail) == ("refused", "robots", "Disallow: /a")


def test_steps_that_repeat_are_counted(pipeline: Pipeline) -> None:
    for _ in range(5):
        end(pipeline, Reason.NOT_MODIFIED, http_status=304)
    assert [(event.reason, event.times) for event in story(pipeline)] == [("not-modified", 5)]


def test_a_story_never_grows_beyond_its_bound_and_keeps_its_beginning(pipeline: Pipeline) -> None:
    page_id = pipeline.hand_out(URL)[URL][0]
    for number in range(100):
        with writing(pipeline.engine) as session:
            explain.remember(session, {page_id: [Event("t", "fetch", "x", "ok", str(number))]})
    details = [event.detail for event in story(pipeline)]
    assert len(details) == FIRST_KEPT + NEWEST_KEPT
    assert (details[0], details[-1]) == ("0", "99")


def test_a_twin_tells_where_its_article_is(pipeline: Pipeline) -> None:
    twin = "https://example.com/amp/a"
    lease = pipeline.hand_out(twin)[twin]
    article = made_article(twin, "Text.", canonical_url=URL)
    pipeline.stage.store_pages(PagesParsed(pages=(pipeline.parsed(pipeline.fetched(twin, lease, b"x"), article),)))
    last = story(pipeline, twin)[-1]
    assert (last.decision, last.reason) == ("known by another address", "duplicate-url")
    assert URL in last.detail


def test_a_lost_lease_is_told(pipeline: Pipeline) -> None:
    pipeline.hand_out(URL)
    pipeline.now += timedelta(seconds=61)
    pipeline.stage.tick()
    assert [(event.stage, event.decision) for event in story(pipeline)] == [("lease", "taken back")]
