"""Addresses that lead nowhere, and the patterns by which users leave some out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_shared.errors import UsageProblem
from warraq_store.sources import patterns, traps


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/a;jsessionid=0A1B2C?x=1",
        "https://example.com/list?PHPSESSID=abc",
        "https://example.com/a/b/a/b/a/b/",
        "https://example.com/news/news/news/news/",
        "https://example.com/" + "/".join(f"s{i}" for i in range(20)),
        "https://example.com/?" + "&".join(f"p{i}=1" for i in range(12)),
        "https://example.com/calendar/2093/11",
    ],
)
def test_an_address_of_an_endless_series_is_told(url: str) -> None:
    assert traps.why_trap(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/",
        "https://example.com/2026/11/25/ferry-returns",
        "https://example.com/news/world/2026/01/01/01",
        "https://example.com/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1234",
        "https://example.com/article?id=7&lang=ar",
        "https://example.com/events/2026/concert",
    ],
)
def test_an_articles_address_is_no_trap(url: str) -> None:
    assert traps.why_trap(url) is None


def test_addresses_of_one_pattern_have_one_shape() -> None:
    shape = traps.shape_of("https://example.com/news/12345/a-long-slug-of-words?id=7&page=2")
    assert shape == traps.shape_of("https://example.com/news/6/another-slug-here?page=9&id=1")
    assert shape == "example.com/news/0/*?id&page"
    assert shape != traps.shape_of("https://example.com/sport/6/another-slug-here?page=9&id=1")


def test_a_shape_earns_its_room_with_articles() -> None:
    assert traps.most_of_shape(0) == traps.FIRST_OF_SHAPE
    assert traps.most_of_shape(1000) > 1000


@given(st.text(max_size=300))
def test_no_text_breaks_them(text: str) -> None:
    url = f"https://example.com/{text}"
    try:
        traps.why_trap(url)
        traps.shape_of(url)
    except ValueError:
        # Only what cannot be a canonical address may end here.
        assert "[" in url or "]" in url or any(ord(c) > 127 for c in url)


@pytest.mark.parametrize(
    ("include", "exclude", "url", "wanted"),
    [
        ([], [], "https://example.com/a", True),
        (["/news/"], [], "https://example.com/news/1", True),
        (["/news/"], [], "https://example.com/sport/1", False),
        (["/news/*/long-read"], [], "https://example.com/news/2026/long-read", True),
        ([], ["/video/"], "https://example.com/video/1", False),
        (["/news/"], ["?page="], "https://example.com/news/?page=2", False),
        ([], ["re:/\\d+$"], "https://example.com/12", False),
    ],
)
def test_patterns_are_pieces_of_the_address(include: list[str], exclude: list[str], url: str, wanted: bool) -> None:
    assert patterns.allows(include, exclude, url) is wanted


@pytest.mark.parametrize("pattern", ["", "  ", "re:(", "x" * 501])
def test_a_pattern_that_cannot_be_used_is_refused(pattern: str) -> None:
    with pytest.raises(UsageProblem):
        patterns.check([pattern])
