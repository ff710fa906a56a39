"""The pages of the demo world: sound HTML, sound feeds, links that lead somewhere, honest facts."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest

import warraq_demo
from warraq_demo.content import read_sites
from warraq_demo.facts import article_facts, world_facts
from warraq_demo.world import build_world
from warraq_shared.article import Embed, ImageBlock, ListBlock, Quote, Table
from warraq_shared.parsed import PageKind
from warraq_shared.reasons import PageState

PORT = 8123
WORLD = build_world(PORT)
LATER = build_world(PORT, edition=1)
FACTS = world_facts(PORT)
ARTICLES = article_facts(PORT)
SEED = json.loads((Path(warraq_demo.__file__).parent / "data" / "seed_expected.json").read_text(encoding="utf-8"))
LIAR = "/2026/09/school-bread/"
VOID = {"meta", "link", "img", "input", "br", "hr"}


class Balance(HTMLParser):
    """Collects links and complains about tags that do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.links: list[str] = []
        self.headlines = 0

    def handle_starttag(self, tag, attrs):
        self.headlines += tag == "h1"
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")


def address(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return (parts.hostname or "").removesuffix(".localhost"), path


def html_of(resource, path: str) -> str:
    return resource.body.decode("windows-1256" if path == LIAR else "utf-8")


def html_pages(world=WORLD):
    return {
        at: html_of(one, at[1]) for at, one in world.items() if one.content_type.startswith("text/html") and one.body
    }


def read(html: str) -> Balance:
    reader = Balance()
    reader.feed(html)
    reader.close()
    return reader


def test_the_world_is_as_large_and_as_varied_as_promised():
    languages = [article.language for article in ARTICLES.values()]
    assert len(ARTICLES) >= 40
    assert min(languages.count(language) for language in ("ar", "en", "fr", "fa", "zh")) >= 7
    assert {site.discovery for site in read_sites()} == {"rss", "atom", "json", "sitemap", "section"}
    kinds = {type(block) for article in ARTICLES.values() for block in article.blocks}
    assert {Quote, ListBlock, Table, ImageBlock, Embed} <= kinds


@pytest.mark.parametrize("at", sorted(html_pages() | html_pages(LATER)), ids="".join)
def test_every_page_closes_what_it_opens_and_leaves_no_placeholder(at):
    html = html_of(LATER[at], at[1])
    reader = read(html)
    assert reader.wrong == []
    assert reader.open == []
    assert not re.search(r"\$[a-z{]", html)


def test_every_story_page_has_one_headline():
    assert {read(html_of(WORLD[address(url)], address(url)[1])).headlines for url in ARTICLES} == {1}


def test_every_link_inside_the_world_leads_somewhere():
    lost = set()
    for (site, path), html in html_pages().items():
        base = f"http://{site}.localhost:{PORT}{path}"
        for link in read(html).links:
            url = urljoin(base, unescape(link)).partition("#")[0]
            if ".localhost" in url and address(url) not in WORLD:
                lost.add((path, url))
    assert lost == set()


def test_the_xml_lists_are_xml_and_name_only_known_addresses():
    known = {facts.url for facts in FACTS}
    lists = [("nida", "/feed/"), ("courrier", "/atom.xml")]
    lists += [("harbour", path) for path in ("/sitemaps/articles.xml", "/sitemaps/news.xml")]
    for at in lists:
        text = WORLD[at].body.decode()
        ElementTree.fromstring(text)
        named = re.findall(r"<(?:link|loc)>([^<]+)<|rel=\"alternate\" href=\"([^\"]+)\"", text)
        urls = {unescape(one or other).partition("?")[0] for one, other in named}
        homes = {f"http://{at[0]}.localhost:{PORT}/"}
        assert urls - homes <= known, at
        assert len(urls - homes) >= 6, at


def test_the_sitemap_index_and_robots_name_the_sitemaps():
    index, robots = WORLD["harbour", "/sitemap.xml"].body.decode(), WORLD["harbour", "/robots.txt"].body.decode()
    assert re.findall(r"<loc>http://harbour.localhost:8123(.*?)</loc>", index) == [
        "/sitemaps/articles.xml",
        "/sitemaps/news.xml",
    ]
    assert f"Sitemap: http://harbour.localhost:{PORT}/sitemap.xml" in robots


def test_the_json_feed_has_what_version_1_1_requires():
    feed = json.loads(WORLD["jiangwan", "/feed.json"].body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {item["url"] for item in feed["items"]} == {facts.url for facts in FACTS if facts.source == "jiangwan"}


def test_the_section_page_links_to_every_article_and_to_the_page_that_robots_forbids():
    links = {
        urljoin("http://sepidar.localhost:8123", link) for link in read(html_pages()["sepidar", "/Archive.aspx"]).links
    }
    listed = {facts.url for facts in FACTS if facts.source == "sepidar"}
    assert listed <= links
    (forbidden,) = [facts for facts in FACTS if facts.reason.value == "robots"]
    assert forbidden.url in links
    disallowed = re.findall(r"Disallow: (\S+)", WORLD["sepidar", "/robots.txt"].body.decode())
    assert any(urlsplit(forbidden.url).path.startswith(path) for path in disallowed)


def test_no_article_lies_behind_robots():
    rules = {site.name: site.disallow for site in read_sites()}
    blocked = [url for url in ARTICLES if address(url)[1].startswith(rules[address(url)[0]])]
    assert blocked == []


@pytest.mark.parametrize("url", sorted(ARTICLES))
def test_the_page_holds_all_of_the_text_and_all_that_must_stay_out(url):
    at, facts = address(url), ARTICLES[url]
    page = unescape(html_of(WORLD[at], at[1]))
    pieces = [cell for line in facts.text.split("\n") for cell in line.split(" | ")]
    assert [piece for piece in [facts.title, *pieces] if piece not in page] == []
    assert [text for text in facts.never if text not in page] == []
    assert [text for text in facts.never if text in facts.text] == []
    assert len(facts.never) >= 10


@pytest.mark.parametrize("url", sorted(ARTICLES))
def test_articles_are_dated_in_2026_on_one_day_in_every_zone_that_matters(url):
    site, path = address(url)
    story = next(one for of in read_sites() if of.name == site for one in of.stories if of.story_path(one) == path)
    assert (story.published.year, story.published.month <= 10) == (2026, True)
    assert (story.published - story.published.utcoffset()).date() == story.published.date()


def test_the_seed_page_is_what_the_pipeline_must_make_of_it():
    (seed,) = [article for article in ARTICLES.values() if article.title == SEED["title"]]
    assert seed.text == SEED["text"]
    assert list(seed.headings) == SEED["headings"]
    assert [(block.type, block.text) for block in seed.blocks] == [(b["type"], b["text"]) for b in SEED["blocks"]]
    assert (seed.language, seed.direction) == (SEED["language"], SEED["direction"])
    assert SEED["never_in_text"][0] in seed.never


def test_the_disclaimer_stands_inside_the_body_of_every_arabic_article():
    for url, facts in ARTICLES.items():
        if facts.language == "ar":
            page = html_of(WORLD[address(url)], address(url)[1])
            body = page[page.index('class="entry-content') : page.index('class="entry-footer')]
            assert SEED["never_in_text"][0] in unescape(body)
            assert SEED["never_in_text"][1] in unescape(body)


def test_the_lying_page_is_windows_1256_and_says_utf_8():
    resource = WORLD["nida", LIAR]
    assert "utf-8" in resource.content_type
    assert b'charset="UTF-8"' in resource.body
    with pytest.raises(UnicodeDecodeError):
        resource.body.decode("utf-8")
    assert "رغيف ساخن" in resource.body.decode("windows-1256")


def test_the_copy_repeats_the_text_under_another_headline_at_another_site():
    (copy,) = [facts for facts in ARTICLES.values() if facts.copy_of]
    original = ARTICLES[copy.copy_of]
    assert copy.text.splitlines()[1:] == original.text.splitlines()[1:]  # the first line is each site's own deck
    assert copy.title != original.title


def test_the_second_edition_adds_one_article_and_corrects_one_paragraph():
    later = article_facts(PORT, edition=1)
    assert len(later.keys() - ARTICLES.keys()) == 1
    (corrected,) = [url for url in ARTICLES if later[url].text != ARTICLES[url].text]
    before, after = ARTICLES[corrected], later[corrected]
    assert sum(a != b for a, b in zip(before.blocks, after.blocks, strict=True)) == 1
    assert after.modified_at is not None
    assert before.modified_at is None


def test_every_end_of_a_page_that_is_no_article_occurs():
    states = {facts.reason.value: facts.state for facts in FACTS if facts.kind is not PageKind.ARTICLE}
    assert states.keys() == {"gone", "not-found", "moved", "empty-body", "wrong-type", "robots"}
    (moved,) = [facts for facts in FACTS if facts.state is PageState.REDIRECTED]
    assert moved.redirects_to in ARTICLES


def test_the_pages_are_the_same_each_time_they_are_built():
    assert build_world(PORT) == WORLD
