# ruff: noqa: E501 (pages and pieces of pages, unbroken)
"""The parser as one pure function: never raises, deterministic, and what it gives for each kind of page."""

from datetime import UTC, datetime
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unit.parser.front_pages import article, cards, page
from warraq_parser import parse as parse_module
from warraq_parser.parse import parse, read_page
from warraq_shared.parsed import PageKind, Parsed, ParseInput, SourceFacts
from warraq_shared.reasons import Reason

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://news.example/2026/11/24/harbour-plan"


def parsed(body: bytes | str, content_type: str = "", url: str = URL) -> Parsed:
    headers = {"content-type": content_type} if content_type else {}
    content = body.encode() if isinstance(body, str) else body
    return parse(ParseInput(url=url, body=content, headers=headers, fetched_at=NOW))


_STARTS = st.sampled_from(
    [b"", b"<html><body>", b"<!doctype html><p>", b"<rss><channel><item>", b"<feed>", b"<urlset><url>", b"\x1f\x8b\x08", b'{"items":[', b"\xff\xfe"]
)  # fmt: skip
_TYPES = st.sampled_from(
    ["", "text/html", "text/html; charset=utf-7", "application/json", "text/plain", "text/xml; charset=x\x00"]
)


@given(start=_STARTS, noise=st.binary(max_size=300), content_type=_TYPES)
@settings(max_examples=300, deadline=None)
def test_no_bytes_make_it_raise_and_twice_is_the_same(start: bytes, noise: bytes, content_type: str) -> None:
    first = parsed(start + noise, content_type)
    assert first == parsed(start + noise, content_type)
    assert first.reason is not Reason.PARSER_FAILED, first.notes
    assert (first.article is not None) == (first.kind is PageKind.ARTICLE and first.reason is Reason.OK)


_MARKUP = st.sampled_from(
    ["<p>", "</p>", "<div class='related'>", "</div>", "<a href='/x'>", "</a>", "<h1>", "<h2>", "<br>", "<table><tr><td>", "<li>", "<ul>", "<img src=a>",
     "<blockquote>", "<script>", "</script>", '<script type="application/ld+json">{"@type":"NewsArticle","author":', "<time datetime='2026'>",
     "<meta name=author content='", "'>", "<base href='//'>", "<!--", "-->", "&#x110000;", "&nbsp;", "words of a text. ", "نص عربي. ", "\x00", "<title>",
     "<noscript>", "<template>", "<svg>", "<iframe src='http://['>", "<form>", "24 November 2026", "بقلم: ", "<frameset>"]
)  # fmt: skip


@given(st.lists(_MARKUP, max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_soup_of_tags_makes_it_raise(soup: list[str]) -> None:
    body = "<html>" + "".join(soup)
    first = parsed(body)
    assert first == parsed(body)
    assert first.reason is not Reason.PARSER_FAILED, first.notes


@given(
    st.text(max_size=40),
    st.sampled_from(["https://[::1]/", "https://news.example/a?b=%ff", "https://news.example:99/", "x"]),
)
@settings(deadline=None)
def test_no_address_makes_it_raise(text: str, url: str) -> None:
    body = f'<a href="{text}">{text}</a><base href="{text}"><link rel="alternate" type="application/rss+xml" href="{text}"><p>{text}</p>'
    assert parsed(body, url=url).reason is not Reason.PARSER_FAILED


def test_an_article_comes_with_what_it_teaches_about_its_site() -> None:
    result = parsed(article("en", 6, around=cards("en", 5)))
    assert (result.kind, result.reason) == (PageKind.ARTICLE, Reason.OK)
    assert result.article is not None
    assert len(result.article.blocks) >= 6
    assert result.observation is not None
    assert result.observation.page == URL


def test_a_page_declares_its_feeds_whatever_it_is() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    for html in (page("N", cards("en"), head=head), article("en").replace("</head>", f"{head}</head>")):
        assert "https://news.example/rss" in [link.url for link in parsed(html).links if link.expects is PageKind.FEED]


def test_a_feed_gives_links_with_hints_and_facts_and_never_itself() -> None:
    result = parsed(
        "<rss><channel><title>N</title><ttl>30</ttl><item><link>/feed</link><title>me</title></item><item><link>/a</link>"
        "<title>Council votes</title><author>Jo Doe</author><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>",
        url="https://news.example/feed",
    )
    assert (result.kind, result.reason) == (PageKind.FEED, Reason.OK)
    (link,) = result.links
    assert link.hints is not None
    assert (link.url, link.hints.title, link.hints.authors) == ("https://news.example/a", "Council votes", ("Jo Doe",))
    assert result.source is not None
    assert (result.source.title, result.source.ttl_seconds, result.source.broken) == ("N", 1800, False)


@pytest.mark.parametrize(
    ("header", "hub", "own"),
    [
        ('<https://hub.example/>; rel="hub", </feed>; rel=self', "https://hub.example/", "https://news.example/feed"),
        ('<https://a.example/>; title="a, b; rel=hub"; rel="next HUB"', "https://a.example/", None),
        ("<javascript:x>; rel=hub", None, None),
        ("<<<>>>;;;,,,rel=hub" * 500, None, None),
        ("", None, None),
    ],
)
def test_the_hub_of_a_feed_may_stand_in_the_link_header(header: str, hub: str | None, own: str | None) -> None:
    body = b"<rss><channel><item><link>/a</link></item></channel></rss>"
    result = parse(ParseInput(url="https://news.example/x", body=body, headers={"link": header}, fetched_at=NOW))
    assert result.source is not None
    assert (result.source.hub_url, result.source.self_url) == (hub, own)


FRONT = "https://news.example/news"
HUBS = ("https://one.example/", "https://two.example/")


@pytest.mark.parametrize(
    "feed",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="{0}"/><link rel="hub" href="{1}"/></feed>',
        '<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="hub" href="{0}"/>'
        '<atom:link rel="hub" href="{1}"/></channel></rss>',
        '{{"version": "https://jsonfeed.org/version/1.1", "hubs": [{{"url": "{0}"}}, {{"url": "{1}"}}], "items": []}}',
    ],
)
def test_all_hubs_of_a_feed_are_told_those_of_the_header_first(feed: str) -> None:
    body = feed.format(*HUBS).encode()
    alone = parse(ParseInput(url=URL, body=body, fetched_at=NOW))
    assert alone.source is not None
    assert (alone.source.hub_url, alone.source.other_hubs) == (HUBS[0], HUBS[1:])
    header = f"<https://zero.example/>; rel=hub, <{HUBS[0]}>; rel=hub"
    said = parse(ParseInput(url=URL, body=body, headers={"link": header}, fetched_at=NOW))
    assert said.source is not None
    assert (said.source.hub_url, said.source.other_hubs) == ("https://zero.example/", HUBS)


def test_a_section_page_may_offer_a_hub_too() -> None:
    front = page("N", cards("en"))
    assert parse(ParseInput(url=FRONT, body=front.encode(), fetched_at=NOW)).source is None
    links = f'<link rel=self href="/news?all"><link rel="hub" href="{HUBS[0]}"><link rel="hub" href="{HUBS[1]}">'
    body = front.replace("<head>", f"<head>{links}").encode()
    said = parse(ParseInput(url=FRONT, body=body, fetched_at=NOW))
    assert said.kind is PageKind.SECTION
    assert said.source == SourceFacts(hub_url=HUBS[0], other_hubs=HUBS[1:], self_url="https://news.example/news?all")
    header = {"link": "<https://zero.example/>; rel=hub, </news>; rel=self"}
    said = parse(ParseInput(url=FRONT, body=body, headers=header, fetched_at=NOW))
    assert said.source is not None
    assert (said.source.hub_url, said.source.self_url) == ("https://zero.example/", "https://news.example/news")


def test_a_feed_without_items_says_so() -> None:
    assert parsed("<rss><channel><title>N</title></channel></rss>").reason is Reason.EMPTY_FEED


def test_a_bug_of_ours_is_a_reason_that_names_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> NoReturn:
        raise KeyError("a bug")

    monkeypatch.setattr(parse_module, "read_document", breaks)
    result = parsed("<p>x</p>")
    assert result.reason is Reason.PARSER_FAILED
    assert result.notes[0].startswith("KeyError at ")


def test_the_time_limit_of_a_worker_gets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    class TimeIsUp(Exception):
        """As Celery's SoftTimeLimitExceeded: an Exception, raised from outside at any point."""

    def interrupted(*_: object, **__: object) -> NoReturn:
        raise TimeIsUp

    monkeypatch.setattr(parse_module, "read_document", interrupted)
    with pytest.raises(TimeIsUp):
        parsed("<p>x</p>")


def test_a_section_is_read_as_far_as_it_goes_for_who_wants_its_text() -> None:
    html = page("N", cards("en") + "<p>" + "Some words about this section of the news. " * 5 + "</p>")
    reading = read_page(ParseInput(url="https://news.example/", body=html.encode(), fetched_at=NOW))
    assert reading.parsed.article is None
    assert reading.article is not None
