"""The next page of a list: said by the list, or told from its own address."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_parser.next_page import next_by_number, next_of_wordpress, numbered
from warraq_parser.parse import parse
from warraq_shared.parsed import PageKind, Parsed, ParseInput

NOW = datetime(2026, 11, 24, tzinfo=UTC)
LIST = "https://news.example/sport/"
STORIES = "".join(
    f'<li><h2><a href="/2026/11/{day:02}/the-harbour-master-counted-{day}-boats">The harbour master counted {day}'
    " boats before noon</a></h2></li>"
    for day in range(1, 16)
)


def section(rest: str = "", head: str = "", url: str = LIST, headers: dict[str, str] | None = None) -> Parsed:
    page = f"<html lang=en><head><title>Sport</title>{head}</head><body><h1>Sport</h1><ul>{STORIES}</ul>{rest}</body>"
    parsed = parse(ParseInput(url=url, body=page.encode(), headers=headers or {}, fetched_at=NOW))
    assert parsed.kind is PageKind.SECTION
    return parsed


def next_of(parsed: Parsed) -> str | None:
    return parsed.source.next_url if parsed.source else None


@pytest.mark.parametrize(
    ("own", "following"),
    [
        ("https://n.example/sport", "https://n.example/sport?page=2"),
        ("https://n.example/sport/", "https://n.example/sport/page/2/"),
        ("https://n.example/sport/page/2/", "https://n.example/sport/page/3/"),
        ("https://n.example/sport?page=9", "https://n.example/sport?page=10"),
        ("https://n.example/list?cat=3&p=1", "https://n.example/list?p=2&cat=3"),
        ("https://n.example/sport", "https://n.example/sport/seite-2"),
        ("https://n.example/sport", "https://n.example/sport/p2"),
        ("https://n.example/", "https://n.example/?paged=2"),
        ("https://n.example/", "https://n.example/%D8%B5%D9%81%D8%AD%D8%A9/2/"),
    ],
)
def test_an_address_with_the_next_number_is_the_next_page(own: str, following: str) -> None:
    others = ["https://n.example/culture/page/2/", "https://n.example/2026/11/02/a-story", "https://n.example/?page=77"]
    assert next_by_number(own, [*others, following]) == following


@pytest.mark.parametrize(
    "other",
    [
        "https://n.example/culture?page=2",
        "https://other.example/sport?page=2",
        "https://n.example/sport?page=3",
        "https://n.example/sport?page=2&sort=old",
        "https://n.example/sport/2",
        "https://n.example/sport?page=two",
        "https://n.example/sport",
    ],
)
def test_another_address_is_not_the_next_page(other: str) -> None:
    assert next_by_number("https://n.example/sport", [other]) is None


@given(st.text(max_size=80).map(lambda text: "https://n.example/" + text))
def test_any_address_has_a_number(url: str) -> None:
    try:
        _, number = numbered(url)
    except ValueError:  # what urllib does not take for an address never comes out of the parser
        return
    assert 0 <= number <= 9999


def test_what_a_section_says_goes_before_what_its_links_look_like() -> None:
    numbers = '<nav><a href="?page=2">2</a><a href="?page=3">3</a></nav>'
    assert next_of(section(numbers)) == "https://news.example/sport/?page=2"
    assert next_of(section(numbers, head='<link rel="next" href="/sport/older">')) == "https://news.example/sport/older"
    assert next_of(section('<a rel="next nofollow" href="older">Older</a>')) == "https://news.example/sport/older"
    header = {"link": '</sport/b>; rel="next"'}
    assert next_of(section(numbers, headers=header)) == "https://news.example/sport/b"


def test_a_section_without_further_pages_has_none_and_never_one_of_another_site() -> None:
    assert next_of(section()) is None
    assert next_of(section(head='<link rel="next" href="https://elsewhere.example/2">')) is None
    assert next_of(section(head=f'<link rel="next" href="{LIST}">')) is None


def feed_next(body: str, url: str = "https://news.example/feed") -> str | None:
    return next_of(parse(ParseInput(url=url, body=body.encode(), fetched_at=NOW)))


ITEM = "<item><title>A</title><link>https://news.example/a</link></item>"


def test_a_paged_feed_names_its_next_page() -> None:
    link = '<link xmlns="http://www.w3.org/2005/Atom" rel="next" href="/feed/2"/>'
    assert feed_next(f"<rss><channel><title>N</title>{link}{ITEM}</channel></rss>") == "https://news.example/feed/2"
    links = '<link rel="next" href="?p=2"/><entry><link href="/a"/></entry>'
    assert feed_next(f'<feed xmlns="http://www.w3.org/2005/Atom">{links}</feed>') == "https://news.example/feed?p=2"
    json = '{"version": "https://jsonfeed.org/version/1.1", "next_url": "/feed/2", "items": [{"id": "1", "url": "/a"}]}'
    assert feed_next(json) == "https://news.example/feed/2"


def test_a_feed_of_wordpress_has_further_pages_though_it_does_not_say_so() -> None:
    feed = f"<rss><channel><generator>https://wordpress.org/?v=6.8</generator>{ITEM}</channel></rss>"
    assert feed_next(feed) == "https://news.example/feed?paged=2"
    assert next_of_wordpress("https://news.example/feed?cat=3&paged=2") == "https://news.example/feed?cat=3&paged=3"
    assert feed_next(f"<rss><channel>{ITEM}</channel></rss>") is None
