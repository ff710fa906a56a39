"""The main job: the demo's news world is crawled by the real pipeline, and the database holds what the pages say."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.outcome import article_values, page_ends, revision_numbers
from warraq_demo.crawl import Crawl, crawling
from warraq_demo.facts import article_facts, world_facts
from warraq_demo.server import NewsWorld
from warraq_shared.article import Article
from warraq_shared.reasons import PageState, Reason

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
PATIENCE = 90.0


class Crawled:
    """The world after two polls: what the database held after each."""

    def __init__(self, crawl: Crawl) -> None:
        crawl.follow_all()
        assert crawl.wait_until_settled(PATIENCE)
        self.first_articles = article_values(crawl.engine)
        self.first_revisions = revision_numbers(crawl.engine)
        crawl.world.advance()
        crawl.poll_again()
        assert crawl.wait_until_settled(PATIENCE)
        self.articles = article_values(crawl.engine)
        self.revisions = revision_numbers(crawl.engine)
        self.ends = page_ends(crawl.engine)
        self.asked = crawl.world.asked
        self.port = crawl.world.port


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with NewsWorld() as world, crawling(tmp_path_factory.mktemp("crawl"), world) as crawl:
        yield Crawled(crawl)


def seed(crawled: Crawled) -> Article:
    facts = json.loads(seed_file().read_text("utf-8"))
    return next(article for article in crawled.articles.values() if article.title == facts["title"])


def seed_file() -> Path:
    import warraq_demo

    return Path(warraq_demo.__file__).parent / "data" / "seed_expected.json"


def test_every_article_of_the_world_is_stored_once_with_its_title_and_text(crawled: Crawled) -> None:
    expected = article_facts(crawled.port, edition=1)
    assert set(crawled.articles) == set(expected)
    wrong = {
        url: (facts.title, article.title)
        for url, facts in expected.items()
        if (article := crawled.articles[url]).title != facts.title or article.text != facts.text
    }
    assert wrong == {}


def test_headings_are_structure(crawled: Crawled) -> None:
    expected = {url: facts.headings for url, facts in article_facts(crawled.port, edition=1).items()}
    assert {url: article.headings for url, article in crawled.articles.items()} == expected


def test_dates_authors_and_language_are_those_of_the_page(crawled: Crawled) -> None:
    for url, facts in article_facts(crawled.port, edition=1).items():
        article = crawled.articles[url]
        assert article.published_at is not None, url
        assert article.published_at.date() == facts.published_on, url
        if facts.published_at is not None:
            assert article.published_at.isoformat() == facts.published_at.isoformat(), url
        assert (article.authors, article.language, article.direction) == (
            facts.authors,
            facts.language,
            facts.direction,
        ), url


def test_no_furniture_of_a_page_is_taken_for_its_text(crawled: Crawled) -> None:
    leaks = [
        (url, piece)
        for url, facts in article_facts(crawled.port, edition=1).items()
        for piece in facts.never
        if piece in crawled.articles[url].text
    ]
    assert leaks == []


def test_the_seed_page_is_exactly_what_the_project_set_out_to_make_of_it(crawled: Crawled) -> None:
    facts = json.loads(seed_file().read_text("utf-8"))
    article = seed(crawled)
    blocks = [{"type": block.type, "text": block.text} for block in article.blocks if hasattr(block, "text")]
    assert len(blocks) == len(article.blocks)
    assert blocks == facts["blocks"]
    assert article.text == facts["text"]
    assert (article.title, article.language, article.direction) == (
        facts["title"],
        facts["language"],
        facts["direction"],
    )
    assert list(article.headings) == facts["headings"]
    assert [piece for piece in facts["never_in_text"] if piece in article.text] == []


def test_every_page_ends_in_its_state_with_its_reason(crawled: Crawled) -> None:
    # The second look: "not modified", or now and then the same bytes, since validators are tested by asking without.
    unchanged = [(PageState.UNCHANGED, Reason.NOT_MODIFIED), (PageState.UNCHANGED, Reason.SAME_BYTES)]
    wrong = {
        page.url: (crawled.ends.get(page.url), (page.state, page.reason))
        for page in world_facts(crawled.port, edition=1)
        if crawled.ends.get(page.url) not in ((page.state, page.reason), *(unchanged if page.article else []))
    }
    assert wrong == {}


def test_a_corrected_article_has_a_second_revision_and_no_other_has(crawled: Crawled) -> None:
    before, after = article_facts(crawled.port, 0), article_facts(crawled.port, 1)
    corrected = {url for url in before if before[url].text != after[url].text}
    assert len(corrected) == 1
    assert {url for url, number in crawled.revisions.items() if number > 1} == corrected
    assert set(crawled.first_revisions.values()) == {1}


def test_an_article_that_appears_between_two_polls_is_found(crawled: Crawled) -> None:
    new = set(article_facts(crawled.port, 1)) - set(article_facts(crawled.port, 0))
    assert len(new) >= 1
    assert new <= set(crawled.articles)
    assert new.isdisjoint(crawled.first_articles)


def test_what_robots_txt_forbids_was_never_asked(crawled: Crawled) -> None:
    forbidden = [page.url for page in world_facts(crawled.port, 1) if page.reason is Reason.ROBOTS]
    assert forbidden
    asked = {f"http://{one.site}.localhost:{crawled.port}{one.path}" for one in crawled.asked}
    assert asked.isdisjoint(forbidden)


def test_a_second_look_at_an_unchanged_page_costs_a_conditional_request(crawled: Crawled) -> None:
    again = [one for one in crawled.asked if "if-none-match" in one.headers]
    assert len(again) >= 20
    assert {one.status for one in again} <= {200, 304}
    assert sum(one.status == 304 for one in again) > len(again) / 2
