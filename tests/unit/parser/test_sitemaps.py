"""Sitemaps, indexes, news sitemaps, lists of addresses."""

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_parser.parse import parse
from warraq_parser.sitemaps import MOST_ENTRIES, Sitemap, read_sitemap
from warraq_shared.errors import PageProblem, Temporary
from warraq_shared.parsed import PageKind, Parsed, ParseInput
from warraq_shared.reasons import Reason

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://news.example/sitemap.xml"
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def read(text: str, *, foreign_hosts: bool = False) -> Sitemap:
    return read_sitemap(text.encode(), URL, "application/xml", NOW, foreign_hosts=foreign_hosts)


def parsed(body: bytes) -> Parsed:
    return parse(ParseInput(url=URL, body=body, fetched_at=NOW))


def test_a_sitemap_gives_its_addresses_with_their_last_change() -> None:
    sitemap = read(
        f"<?xml version='1.0'?><urlset {SITEMAP}><url><loc> https://news.example/a?x=1&amp;y=2 </loc>"
        "<lastmod>2026-11-23T10:00:00+02:00</lastmod></url><url><loc>https://www.news.example/b</loc></url></urlset>"
    )
    first, second = sitemap.links
    assert (sitemap.kind, first.url) == ("sitemap", "https://news.example/a?x=1&y=2")
    assert first.hints is not None
    assert first.hints.modified_at == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert first.hints.origin == "sitemap"
    assert (second.url, second.hints) == ("https://www.news.example/b", None)


def test_a_news_sitemap_hands_on_title_date_and_language() -> None:
    sitemap = read(
        f"<urlset {SITEMAP} {NEWS}><url><loc>https://news.example/a</loc><news:news><news:publication>"
        "<news:name>N</news:name><news:language>ar</news:language></news:publication>"
        "<news:publication_date>2026-11-24T08:00:00Z</news:publication_date>"
        "<news:title>خبر &amp;quot;اليوم&amp;quot;</news:title>"
        "</news:news></url></urlset>"
    )
    hints = sitemap.links[0].hints
    assert hints is not None
    assert (hints.title, hints.language, hints.origin) == ('خبر "اليوم"', "ar", "news-sitemap")
    assert hints.published_at == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_an_index_names_sitemaps_wherever_they_are() -> None:
    result = parsed(
        f"<sitemapindex {SITEMAP}><sitemap><loc>https://cdn.example.net/1.xml.gz</loc><lastmod>2026-11-01</lastmod></sitemap>"
        "<sitemap><loc>/2.xml</loc></sitemap></sitemapindex>".encode()
    )
    assert (result.kind, result.reason) == (PageKind.SITEMAP_INDEX, Reason.OK)
    assert [(link.url, link.expects) for link in result.links] == [
        ("https://cdn.example.net/1.xml.gz", PageKind.SITEMAP),
        ("https://news.example/2.xml", PageKind.SITEMAP),
    ]


def test_addresses_of_other_sites_are_left_out_and_remarked_unless_asked_for() -> None:
    text = f"<urlset {SITEMAP}><url><loc>https://other.example/a</loc></url><url><loc>https://news.example/b</loc></url></urlset>"
    sitemap = read(text)
    assert [link.url for link in sitemap.links] == ["https://news.example/b"]
    assert (sitemap.foreign, sitemap.notes) == (1, ("foreign-hosts",))
    assert len(read(text, foreign_hosts=True).links) == 2


def test_a_packed_sitemap_is_unpacked_even_when_it_was_cut_off() -> None:
    whole = gzip.compress(
        b"<urlset>" + b"".join(b"<url><loc>/story-%d</loc></url>" % n for n in range(5000)) + b"</urlset>"
    )
    assert len(parsed(whole).links) == 5000
    cut = parsed(whole[: len(whole) // 2])
    assert 1000 < len(cut.links) < 5000
    assert cut.kind is PageKind.SITEMAP


def test_a_list_of_addresses_is_a_sitemap() -> None:
    result = parsed(
        b"https://news.example/a\r\nhttps://news.example/b\r\n\r\nnot an address\r\nhttps://other.example/c\n"
    )
    assert result.kind is PageKind.SITEMAP
    assert [link.url for link in result.links] == ["https://news.example/a", "https://news.example/b"]


def test_reading_stops_at_the_limit_of_the_protocol() -> None:
    body = "<urlset>" + "".join(f"<url><loc>/{n}</loc></url>" for n in range(MOST_ENTRIES + 10)) + "</urlset>"
    sitemap = read(body)
    assert len(sitemap.links) == MOST_ENTRIES
    assert sitemap.notes == ("cut-at-limit",)


def test_a_damaged_sitemap_gives_what_could_be_read() -> None:
    sitemap = read(
        "junk<urlset><url><loc>/a?b=1&c=2</loc></url><url><loc>/b&nbsp;</loc><lastmod>never</lastmod></url><url><loc>/c</lo"
    )
    assert [link.url for link in sitemap.links][:2] == ["https://news.example/a?b=1&c=2", "https://news.example/b"]


def test_an_address_twice_is_one_link() -> None:
    assert len(read("<urlset><url><loc>/a</loc></url><url><loc>/a#x</loc></url></urlset>").links) == 1


def test_a_sitemap_without_entries_is_empty_and_one_without_sense_is_broken() -> None:
    assert parsed(f"<urlset {SITEMAP}></urlset>".encode()).reason is Reason.EMPTY_FEED
    assert parsed(f"<urlset {SITEMAP}/>".encode()).reason is Reason.EMPTY_FEED
    with pytest.raises(Temporary):
        read("<urlset><url><lo")


def test_declared_entities_are_not_expanded() -> None:
    sitemap = read(
        '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>/a&x;</loc></url></urlset>'
    )
    assert [link.url for link in sitemap.links] == ["https://news.example/a&x"]


@given(
    st.lists(
        st.sampled_from(["<url>", "</url>", "<loc>", "</loc>", "/a", "&", "<", "]]>", "<![CDATA[", "\x00", "é"]),
        max_size=40,
    )
)
def test_no_mixture_of_tags_raises_anything_but_a_reason(pieces: list[str]) -> None:
    try:
        sitemap = read("<urlset>" + "".join(pieces))
    except PageProblem as problem:
        sitemap = Sitemap("sitemap", notes=(problem.reason,))
    assert all(link.url.startswith("https://news.example/") for link in sitemap.links)
