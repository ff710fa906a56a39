"""The links of a page: what it declares, what looks like an article, what is navigation."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.parser.front_pages import cards, page
from warraq_parser.article.document import Document, read_document
from warraq_parser.feeds.model import address
from warraq_parser.links import address_shape, article_links, declared_sources, meta_refresh, section_links
from warraq_parser.parse import parse
from warraq_shared.errors import Permanent
from warraq_shared.parsed import PageKind, ParseInput
from warraq_shared.urls import canonical

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://news.example/economy/"


def document(html: str, url: str = URL) -> Document:
    return read_document(html, url, NOW)


def urls(html: str) -> list[str]:
    return [link.url for link in article_links(document(html))]


def test_declared_feeds_and_sitemaps_are_found_with_their_titles() -> None:
    found = declared_sources(
        document(
            '<head><link rel="alternate" type="application/rss+xml" title="All news" href="/rss">'
            '<link rel="alternate" type="application/atom+xml" href="https://feeds.example/atom">'
            '<link rel="alternate" type="application/feed+json" href="/feed.json"><link rel="sitemap" href="/map.xml">'
            '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">'
            '<link rel="alternate" hreflang="en" href="/en"><link rel="alternate" type="text/html" href="/amp">'
            '<link rel="stylesheet" type="text/css" href="/a.css"></head>'
        )
    )
    assert [(link.url, link.expects) for link in found] == [
        ("https://news.example/rss", PageKind.FEED),
        ("https://feeds.example/atom", PageKind.FEED),
        ("https://news.example/feed.json", PageKind.FEED),
        ("https://news.example/map.xml", PageKind.SITEMAP),
    ]
    assert found[0].hints is not None
    assert found[0].hints.title == "All news"


def test_article_links_are_absolute_once_each_and_named_by_their_headline() -> None:
    links = article_links(
        document(
            '<base href="https://news.example/base/"><div><a href="story-about-the-harbour-1"><img alt="A boat"></a>'
            '<h3><a href="story-about-the-harbour-1#comments">Council votes on harbour plan</a></h3>'
            '<a href="story-about-the-harbour-1">read more</a></div>'
        )
    )
    assert [link.url for link in links] == ["https://news.example/base/story-about-the-harbour-1"]
    assert links[0].hints is not None
    assert (links[0].hints.title, links[0].hints.origin) == ("Council votes on harbour plan", "section")


def test_navigation_tools_files_and_other_sites_are_not_article_links() -> None:
    assert (
        urls(
            "<nav><a href='/news/2026/11/24/in-the-menu'>A long text in the navigation</a></nav>"
            "<div class='footer-links'><a href='/news/2026/11/24/in-the-footer'>A long text in the footer</a></div>"
            "<a href='/tag/harbour-plan-of-the-city'>Everything on the harbour plan</a>"
            "<a href='/author/jo-doe'>All the articles by Jo Doe of the economy desk</a>"
            "<a href='/news/?page=2'>To the next page of this list</a>"
            "<a href='/files/the-whole-report-2026.pdf'>The whole report as a file for you</a>"
            "<a href='https://other.example/2026/11/24/a-story-elsewhere'>A long story on another site</a>"
            "<a href='javascript:void(0)'>A long text that is a script only</a><a href='mailto:a@b.c'>Write to us</a>"
            "<a href='#top'>Back to the top of this long page</a><a href='/about'>About</a>"
        )
        == []
    )


def test_a_post_with_tags_in_its_class_is_no_navigation() -> None:
    html = (
        "<article class='post tag-politics category-menu has-share'><h2><a href='/2026/11/24/x'>Vote</a></h2></article>"
    )
    assert urls(html) == ["https://news.example/2026/11/24/x"]


def test_links_in_a_form_round_the_whole_page_are_found() -> None:
    link = "<a href='show.aspx?id=70001'>Council votes on new harbour plan</a>"
    html = f"<form><table><tr><td>{link}</td></tr></table></form>"
    assert urls(html) == ["https://news.example/economy/show.aspx?id=70001"]


def test_headlines_in_scripts_without_spaces_are_long_enough() -> None:
    assert urls("<a href='/n/c1005-4012.html'>市议会通过新的港口计划</a>") == ["https://news.example/n/c1005-4012.html"]


@pytest.mark.parametrize(
    ("url", "shape"),
    [
        ("https://n.example/", -1),
        ("https://n.example/economy/", 0),
        ("https://n.example/economy/index.php", 0),
        ("https://n.example/tag/one-two-three-four-five", -1),
        ("https://n.example/a/photo.jpg", -1),
        ("https://n.example/list?page=3", -1),
        ("https://n.example/12345", 1),
        ("https://n.example/?p=12345", 1),
        ("https://n.example/2026/11/24/a-b", 1),
        ("https://n.example/world/council-votes-on-new-harbour-plan", 2),
        ("https://n.example/world/council-votes-on-new-harbour-plan-4711.html", 3),
        (
            "https://n.example/%D8%A7%D9%84%D9%85%D8%AC%D9%84%D8%B3-%D9%8A%D8%B5%D9%88%D8%AA-%D8%B9%D9%84%D9%89-%D8%AE%D8%B7%D8%A9",
            1,
        ),
    ],
)
def test_the_shape_of_an_address_says_how_much_it_looks_like_an_article(url: str, shape: int) -> None:
    assert address_shape(url) == shape


def test_sections_are_found_in_the_navigation() -> None:
    found = section_links(document(page("N", cards("en"))))
    assert [(link.url, link.hints.title if link.hints else None) for link in found] == [
        (f"https://news.example/{name}", name.title()) for name in ("politics", "sport", "culture", "economy", "world")
    ]


def test_tools_footers_and_articles_are_no_sections() -> None:
    nav = "".join(
        f"<a href='{href}'>Some name</a>"
        for href in (
            "/contact-us",
            "/login",
            "/privacy-policy",
            "/2026/11/24/",
            "/news-12345",
            "/a-long-story-of-the-day",
            "/Rubriques/Sport.html",
        )
    )
    found = section_links(document(f"<nav>{nav}</nav><footer><nav><a href='/jobs-here'>Work here</a></nav></footer>"))
    assert [link.url for link in found] == ["https://news.example/Rubriques/Sport.html"]


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url=/new", "https://news.example/new"),
        ("0;URL='https://news.example/new'", "https://news.example/new"),
        ("3, /new", "https://news.example/new"),
        ("600", None),
        ("600; url=/new", None),
        ("0; url=/economy/", None),
        ("0; url=javascript:alert(1)", None),
        ("nonsense", None),
    ],
)
def test_a_refresh_to_elsewhere_is_reported(content: str, target: str | None) -> None:
    html = f'<head><meta http-equiv="Refresh" content="{content}"></head><body>You are being redirected.</body>'
    assert meta_refresh(document(html)) == target
    parsed = parse(ParseInput(url=URL, body=html.encode(), fetched_at=NOW))
    assert ("meta-refresh" in parsed.notes) == (target is not None)
    assert [link.url for link in parsed.links if link.expects is PageKind.UNKNOWN] == ([target] if target else [])


@given(st.text(alphabet="/.a?#&=;%2F\\: \té-_~A", min_size=1, max_size=14))
def test_an_address_joined_by_hand_is_the_one_joined_by_the_standard(href: str) -> None:
    for base in (URL, "https://news.example:8080/a/b?c", "http://user@news.example"):
        try:
            meant: str | None = canonical(href, base)
        except Permanent:
            meant = None
        assert address(href, base) == meant
