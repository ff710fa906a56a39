"""Pages of publishers that nobody here has seen: each system's markup with each story, and nothing lost or added."""

from datetime import datetime, timedelta

import pytest

from publishers.differences import FETCHED_AT, differences, read
from publishers.made_pages import MadePage, dated, read_pages

PAGES = read_pages()
IN_WORDS = [page for page in PAGES if page.layout.name == "words-only"]
AGO = (timedelta(minutes=45), timedelta(hours=3), timedelta(days=2))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_article_is_read_whole_and_nothing_else(page: MadePage) -> None:
    assert differences(page) == []


def test_every_story_stands_in_many_layouts() -> None:
    layouts: dict[str, set[str]] = {}
    for page in PAGES:
        layouts.setdefault(page.story.name, set()).add(page.layout.name)
    assert min(map(len, layouts.values())) >= 10


def _published(page: MadePage, shown: str) -> datetime | None:
    article = read(dated(page, shown)).parsed.article
    return article.published_at if article else None


@pytest.mark.parametrize("page", IN_WORDS, ids=lambda page: page.story.name)
def test_a_day_is_read_in_every_form_that_papers_of_the_country_write_it_in(page: MadePage) -> None:
    forms = page.story.values.get("forms", ())
    days = {form: moment.date() if (moment := _published(page, form)) else None for form in forms}
    assert days == dict.fromkeys(forms, page.story.published.date())


@pytest.mark.parametrize(
    "page", [page for page in IN_WORDS if "ago" in page.story.values], ids=lambda page: page.story.name
)
def test_a_time_that_counts_back_is_read_in_every_language(page: MadePage) -> None:
    found = {ago: _published(page, ago) for ago in page.story.values["ago"]}
    wanted = {ago: FETCHED_AT - span for ago, span in zip(found, AGO, strict=True)}
    assert {ago: moment and moment.date() for ago, moment in found.items()} == {
        ago: moment.date() for ago, moment in wanted.items()
    }
