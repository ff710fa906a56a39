"""Pages of publishers that nobody here has seen: each system's markup with each story, and nothing lost or added."""

import pytest

from publishers.differences import differences
from publishers.made_pages import MadePage, read_pages

PAGES = read_pages()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_article_is_read_whole_and_nothing_else(page: MadePage) -> None:
    assert differences(page) == []


def test_every_story_stands_in_many_layouts() -> None:
    layouts: dict[str, set[str]] = {}
    for page in PAGES:
        layouts.setdefault(page.story.name, set()).add(page.layout.name)
    assert min(map(len, layouts.values())) >= 10
