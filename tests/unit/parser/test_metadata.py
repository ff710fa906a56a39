"""What a page says about itself, whatever shape it says it in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.parser.page_fields import document, json_ld, metadata
from warraq_parser.article import jsonld
from warraq_parser.article.metadata import collect_metadata

ARTICLE = {"@type": "NewsArticle", "headline": "Budget passes", "datePublished": "2024-05-13T06:00:00Z"}


def test_meta_names_are_lower_case_and_values_clean_lines():
    found = metadata('<meta property="og:Title" content=" A \n title\u200e "><meta name="og:title" content="second">')
    assert found.meta["og:title"] == ("A title", "second")
    assert found.first("nothing", "og:title") == ("A title", "og:title")


def test_the_title_is_the_pages_not_that_of_a_drawing():
    assert metadata("<title>Page</title>", "<svg><title>Icon</title></svg>").page_title == "Page"
    assert metadata("", "<svg><title>Icon</title></svg>").page_title == ""


class TestJsonLd:
    def test_graphs_lists_and_main_entities_are_opened(self):
        graph = {"@graph": [{"@type": "WebPage", "mainEntity": ARTICLE}, [{"@type": "Person", "name": "Jane Doe"}]]}
        assert metadata(json_ld(json.dumps(graph))).article == ARTICLE

    @pytest.mark.parametrize(
        "broken",
        [
            '{"@type": "NewsArticle", "headline": "Budget passes", "datePublished": "2024-05-13",}',
            '<!-- {"@type": "NewsArticle", "headline": "Budget passes", "datePublished": "2024-05-13"} -->',
            '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Budget passes", "datePublished": "2024-05-13"}\n//]]>',
            '{"@type": "NewsArticle", "headline": "Budget\npasses", "datePublished": "2024-05-13"}',
            '{"@type": "NewsArticle", "headline": "Budget passes", "datePublished": "2024-05-13"};',
            '{"@type": "NewsArticle", "headline": "Budget passes", "datePublished": "2024-05-13", "x": "a "b" c"}',
        ],
    )
    def test_broken_scripts_are_repaired_or_saved_from(self, broken):
        article = metadata(json_ld(broken)).article
        assert jsonld.first(article, "headline") == "Budget passes"
        assert jsonld.first(article, "datePublished") == "2024-05-13"

    def test_the_article_is_the_one_of_this_page_not_one_it_points_at(self):
        other = {**ARTICLE, "headline": "Elsewhere", "url": "https://news.example/other"}
        own = {**ARTICLE, "headline": "Own", "url": "https://news.example/politics/budget-vote"}
        assert metadata(json_ld(json.dumps([other, own]))).article["headline"] == "Own"

    @pytest.mark.parametrize(
        "hostile",
        [
            "[" * 100_000,
            '{"a":' * 50_000,
            "1" * 6000,
            '{"author": ' + "9" * 6000 + "}",
            "NaN",
            '{"@type": NaN}',
            "null",
            '"x"',
            "",
        ],
    )
    def test_hostile_scripts_give_nothing(self, hostile):
        assert metadata(json_ld(hostile)).article in ({}, {"@type": pytest.approx(float("nan"), nan_ok=True)})

    def test_strings_are_found_in_any_shape(self):
        assert jsonld.strings(["a", 5, None, ["b", {"name": "c"}], {"@value": "d"}, True, {"@id": "e"}]) == list(
            "abcde"
        )
        assert jsonld.strings(float("nan")) == []

    def test_entities_escaped_twice_and_tags_are_resolved(self):
        assert jsonld.plain("Q&amp;A &#8217;<b>now</b>") == "Q&A ’ now"

    def test_references_by_id_are_followed(self):
        known = {"#p1": {"@id": "#p1", "@type": "Person", "name": "Jane Doe"}}
        assert list(jsonld.objects([{"@id": "#p1"}, "John Roe", 7], known)) == [known["#p1"], "John Roe"]


class TestMicrodata:
    def test_the_first_article_scope_is_read_and_not_those_of_others(self):
        found = metadata(
            "",
            """<article itemscope itemtype="https://schema.org/NewsArticle">
                 <h1 itemprop="headline">Own</h1><time itemprop="datePublished" datetime="2024-05-13">May</time>
                 <div itemprop="author" itemscope itemtype="https://schema.org/Person">
                   by <b itemprop="name">Jane Doe</b></div>
               </article>
               <div itemscope itemtype="https://schema.org/NewsArticle"><b itemprop="headline">Other</b>
               <meta itemprop="datePublished" content="1999-01-01"></div>""",
        )
        assert found.microdata["headline"] == ("Own",)
        assert found.microdata["datepublished"] == ("2024-05-13",)
        assert found.microdata["author"] == ("Jane Doe",)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda v: (
            st.lists(v)
            | st.dictionaries(
                st.sampled_from(["@type", "@graph", "@id", "name", "author", "mainEntity", "url", "headline"]), v
            )
        ),
        max_leaves=20,
    )
)
def test_no_json_raises(value):
    found = collect_metadata(document(json_ld(json.dumps(value))))
    assert isinstance(found.article, dict)
