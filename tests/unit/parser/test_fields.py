"""The lesser fields, and what all fields have in common."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unit.parser.page_fields import FETCHED_AT, TEXT, document, fields, json_ld
from warraq_parser.article.fields import read_fields
from warraq_parser.article.metadata import collect_metadata
from warraq_parser.article.sitename import site_names
from warraq_shared.article import Image, ImageBlock, Paragraph


class TestSite:
    def test_the_site_is_what_it_calls_itself(self):
        assert fields('<meta property="og:site_name" content="The Herald">').site == "The Herald"

    def test_or_its_domain_marked_as_such(self):
        found = fields("", url="https://www.news.example.co.uk/a")
        assert found.site == "example.co.uk"
        assert found.evidence["site"].origin == "url"

    @pytest.mark.parametrize("name", ["Daily Herald", "dailyherald.com", "DAILYHERALD", "The Daily Herald"])
    def test_names_are_known_as_people_write_them(self, name):
        page = document('<meta property="og:site_name" content="Daily Herald">', url="https://www.dailyherald.com/x")
        names = site_names(page, collect_metadata(page))
        assert name in names
        assert "Budget passes by one vote" not in names


class TestCanonical:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("https://news.example/politics/budget", "https://news.example/politics/budget"),
            ("/politics/budget?utm_source=x", "https://news.example/politics/budget"),
            ("https://www.news.example/politics/budget", "https://www.news.example/politics/budget"),
            ("https://news.example/", None),
            ("https://thief.example.org/politics/budget", None),
            ("javascript:alert(1)", None),
            ("http://[", None),
            ("", None),
        ],
    )
    def test_only_a_believable_address_is_believed(self, written, expected):
        assert fields(f'<link rel="canonical" href="{written}">').canonical_url == expected


class TestSectionAndTags:
    def test_section_from_json_ld_meta_or_breadcrumb(self):
        assert (
            fields(json_ld('{"@type":"NewsArticle","headline":"x","articleSection":["Politics","World"]}')).section
            == "Politics"
        )
        assert fields('<meta property="article:section" content="Sport">').section == "Sport"
        assert fields('<meta property="article:section" content="World,Politics">').section == "World"
        crumbs = {
            "@type": "BreadcrumbList",
            "itemListElement": [{"name": "Home"}, {"name": "Economy"}, {"name": "This article"}],
        }
        assert fields(json_ld(json.dumps(crumbs))).section == "Economy"

    def test_tags_are_taken_apart_and_each_is_there_once(self):
        assert fields('<meta name="news_keywords" content="Budget, Parliament; budget|Vote">').tags == (
            "Budget",
            "Parliament",
            "Vote",
        )
        assert fields('<meta name="keywords" content="مصر، القاهرة">').tags == ("مصر", "القاهرة")

    @pytest.mark.parametrize("name", ["Uncategorized", "الرئيسية", "Без рубрики"])
    def test_the_front_page_and_no_category_are_no_section(self, name):
        assert fields(f'<meta property="article:section" content="{name}">').section is None

    def test_a_database_key_is_no_tag_and_a_year_is(self):
        assert fields('<meta name="news_keywords" content="Budget,18153161,2024">').tags == ("Budget", "2024")

    def test_links_to_tag_pages_are_tags(self):
        assert fields("", "<h1>A title of some length</h1><a rel=tag href=/t/x>Budget</a>").tags == ("Budget",)

    def test_the_title_cut_into_words_is_no_list_of_tags(self):
        head = "<title>Parliament passes budget today</title>"
        head += "<meta name=keywords content='parliament, passes, budget, today'>"
        assert fields(head).tags == ()


class TestImages:
    def test_the_cards_image_is_first_and_the_bodys_follow_with_captions(self):
        blocks = (
            Paragraph(text=TEXT),
            ImageBlock(url="https://cdn.example/photos/parliament-hall.jpg", caption="The hall"),
            ImageBlock(url="https://cdn.example/photos/minister-speaks.jpg", caption="The minister", credit="AP"),
        )
        found = fields(
            '<meta property="og:image" content="//cdn.example/photos/parliament-hall.jpg?w=1200">', blocks=blocks
        )
        assert found.images == (
            Image(url="https://cdn.example/photos/parliament-hall.jpg?w=1200", caption="The hall"),
            Image(url="https://cdn.example/photos/minister-speaks.jpg", caption="The minister", credit="AP"),
        )

    @pytest.mark.parametrize(
        "url", ["/img/logo.png", "https://x.example/og-default.jpg", "data:image/png;base64,AA", "/sprite.svg"]
    )
    def test_logos_and_placeholders_are_no_images(self, url):
        assert fields(f'<meta property="og:image" content="{url}">').images == ()


class TestStandfirsts:
    def test_a_subtitle_stands_by_the_headline(self):
        body = "<h1>Parliament passes the budget</h1><h2 class='article-subtitle'>One vote decided it</h2>"
        assert fields("", body).subtitle == "One vote decided it"

    def test_a_byline_that_is_called_subtitle_is_none(self):
        body = "<h1>Parliament passes the budget</h1><div class='subtitle'>By Jane Doe 13 May 2024</div>"
        assert fields("", body).subtitle is None

    def test_the_lead_readers_see_comes_before_the_one_in_the_head(self):
        lead = "After a night of talks the house has voted, and it was close."
        body = f"<h1>Parliament passes the budget</h1><p class='lead'>{lead}</p>"
        head = '<meta name="description" content="A description that ends as sentences do, with a full stop.">'
        assert fields(head, body).lead == lead
        assert fields(head).lead == "A description that ends as sentences do, with a full stop."

    def test_a_description_cut_in_the_middle_is_no_lead(self):
        assert fields('<meta name="description" content="A description that was cut to a number of lett">').lead is None


def test_every_value_has_its_evidence():
    head = json_ld(
        '{"@type":"NewsArticle","headline":"Budget","datePublished":"2024-05-13",'
        '"author":{"@type":"Person","name":"Jane Doe"}}'
    )
    found = fields(head + '<meta property="og:site_name" content="The Herald">')
    for name in ("title", "authors", "published_at", "language", "site"):
        assert getattr(found, name)
        assert found.evidence[name].origin


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("<>/='\"{}[]:,&; abcé\u0627\u200f\x00\ud8001234567890hmetapn!-"), max_size=300))
def test_no_markup_raises_and_twice_is_the_same(markup):
    page = document(markup, markup)
    one = read_fields(page, collect_metadata(page), (), fetched_at=FETCHED_AT)
    two = read_fields(page, collect_metadata(page), (), fetched_at=FETCHED_AT)
    assert one == two


HOSTILE = {
    "a heading of 100,000 pieces": "<h1>" + "<span>x</span>" * 100_000 + "</h1>",
    "a kicker before 100,000 pieces": "<h1><span class=kicker>k</span>" + "<b>x</b>" * 100_000 + "</h1>",
    "50,000 headings": "<h1>Budget</h1>" * 50_000,
    "50,000 meta elements": "".join(f'<meta name="author{n}" content="Jane Doe {n}">' for n in range(50_000)),
    "50,000 dates in meta": '<meta name="date" content="2024-05-13">' * 50_000,
    "50,000 properties in scopes": "<div itemscope itemtype='x/Article'><b itemprop=author>x</b></div>" * 50_000,
    "50,000 paths": "<h1>Budget</h1>" + "<div class=breadcrumb><a href=/x>x</a></div>" * 50_000,
    "2,000 nested scopes": "<div itemscope itemtype='x/Article'><b itemprop=headline>x</b>" * 2_000,
    "50,000 bylines": "<h1>Budget</h1>" + "<p class=byline>By J 1</p>" * 50_000,
    "50,000 times": "<h1>Budget</h1>" + "<time>13.13.2024</time>" * 50_000,
    "a line of 5 MB behind the headline": "<h1>Budget</h1><p>" + "By 1 may " * 600_000 + "</p>",
    "a title of 5 MB": "<title>" + "a | b - c :: " * 400_000 + "</title>",
    "3 MB of JSON-LD with commas": json_ld('{"@type":"NewsArticle","headline":"x",' + '"a":[1,],' * 300_000 + "}"),
    "100,000 open braces": json_ld('{"@graph":[' * 100_000),
    "a class of 1 MB": "<h1>Budget</h1><p class='" + "date author " * 90_000 + "'>x</p>",
    "100,000 tag links": "<a rel=tag href=/t>x</a>" * 100_000,
    "50,000 images": json_ld(
        json.dumps({"@type": "NewsArticle", "image": [f"https://x.example/p{n}.jpg" for n in range(50_000)]})
    ),
    "a canonical address of 1 MB": "<link rel=canonical href='https://news.example/" + "a/" * 500_000 + "'>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_little_time(name):
    page = document(HOSTILE[name])
    start = time.process_time()
    found = read_fields(page, collect_metadata(page), (Paragraph(text=TEXT),), fetched_at=FETCHED_AT)
    assert time.process_time() - start < 2
    assert found.language == "en"
