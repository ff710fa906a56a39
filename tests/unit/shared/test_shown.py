"""What Flower and the logs show of a message: how many pages and which, short, readable, one line."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_shared.celery_app import shown
from warraq_shared.messages import FetchPages, PageToFetch


def visit(*urls: str) -> FetchPages:
    pages = tuple(PageToFetch(page_id=n, lease="l", url=url) for n, url in enumerate(urls))
    return FetchPages(host="news.example:443", pages=pages)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://news.example/a", "https://news.example/a"),
        ("https://news.example/%D8%AE%D8%A8%D8%B1", "https://news.example/خبر"),
        ("https://news.example/a%20b", "https://news.example/a%20b"),
        ("https://news.example/a%0Ab", "https://news.example/a%0Ab"),
        ("https://news.example/%E2%80%AEevil", "https://news.example/%E2%80%AEevil"),
        ("https://news.example/%FF", "https://news.example/%FF"),
        ("https://news.example/" + "a" * 200, "https://news.example/" + "a" * 78 + "…"),
    ],
)
def test_an_address_is_shown_in_letters_unless_that_would_mislead(url: str, text: str) -> None:
    assert shown(visit(url)) == f"1 page: {text}"


def test_of_a_long_visit_the_first_three_pages_are_shown() -> None:
    urls = [f"https://news.example/{n}" for n in range(20)]
    assert shown(visit(*urls)) == "20 pages: https://news.example/0 https://news.example/1 https://news.example/2 +17"


@given(st.lists(st.text(max_size=300), min_size=1, max_size=5))
def test_whatever_an_address_escapes_it_is_one_short_line(paths: list[str]) -> None:
    text = shown(visit(*(f"https://news.example/{quote(path, errors='replace')}" for path in paths)))
    assert text.isprintable()
    assert len(text) < 3 * 101 + 20
