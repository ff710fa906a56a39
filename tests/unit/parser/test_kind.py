# ruff: noqa: E501 (what pages say, one language on a line)
"""Article or list, told from content; and the pages that stand in place of an article."""

import re
from datetime import UTC, datetime

import pytest

from unit.parser.front_pages import WORDS, all_front_pages, article, cards, headline, page, paragraph, teasers
from warraq_demo.world import build_world, origin_of
from warraq_parser.parse import PageReading, parse, read_page
from warraq_parser.sniff import Family, family_of
from warraq_shared.parsed import PageKind, Parsed, ParseInput
from warraq_shared.reasons import Reason

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FRONTS = {name: (url, html) for name, url, html in all_front_pages()}


def read(html: str | bytes, url: str = "https://news.example/economy/harbour-plan-12345") -> PageReading:
    body = html.encode() if isinstance(html, str) else html
    return read_page(ParseInput(url=url, body=body, fetched_at=NOW))


def outcome(html: str | bytes, url: str = "https://news.example/x") -> tuple[PageKind, Reason]:
    parsed = read(html, url).parsed
    return parsed.kind, parsed.reason


@pytest.mark.parametrize("name", FRONTS)
def test_a_front_page_is_a_section_with_its_links(name: str) -> None:
    url, html = FRONTS[name]
    reading = read(html, url)
    assert reading.verdict is not None
    assert (reading.parsed.kind, reading.parsed.reason) == (PageKind.SECTION, Reason.NOT_AN_ARTICLE), (
        reading.verdict.why
    )
    assert reading.parsed.article is None
    assert reading.parsed.observation is None
    assert len([link for link in reading.parsed.links if link.expects is PageKind.ARTICLE]) >= 6


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("paragraphs", [3, 6, 20])
def test_an_article_among_many_links_is_an_article(language: str, paragraphs: int) -> None:
    html = article(language, paragraphs, around=cards(language, 20) + teasers(language, 5, 1))
    for url in (
        "https://news.example/economy/harbour-plan-12345",
        "https://news.example/?p=7",
        "https://news.example/plan",
    ):
        reading = read(html, url)
        assert reading.verdict is not None
        assert reading.parsed.kind is PageKind.ARTICLE, reading.verdict.why


def test_a_short_piece_of_news_is_an_article() -> None:
    html = article("en", 1, around=cards("en", 12))
    assert outcome(html, "https://news.example/break/3648139") == (PageKind.ARTICLE, Reason.OK)


def test_read_also_links_set_as_headings_do_not_make_an_article_a_list() -> None:
    text = "".join(
        f'<p>{paragraph("en", n, 2)}</p><h3><a href="/2026/11/{n + 1:02d}/other-story-of-the-day">Read also: {headline("en", n)}</a></h3>'
        for n in range(5)
    )
    title = headline("en", 7)
    html = page(f"{title} | The Harbour News", f"<article><h1>{title}</h1>{text}</article>")
    assert outcome(html, "https://news.example/plan") == (PageKind.ARTICLE, Reason.OK)


def test_what_a_page_says_of_itself_does_not_make_a_list_an_article() -> None:
    head = '<meta property="og:type" content="article"><script type="application/ld+json">{"@type":"WebSite"}</script>'
    html = page("The Harbour News", teasers("en"), head=head)
    assert outcome(html, "https://news.example/") == (PageKind.SECTION, Reason.NOT_AN_ARTICLE)


def test_a_page_without_text_and_links_has_none() -> None:
    assert outcome("<html><body><h1>Something</h1><img src='a.jpg'></body></html>")[1] is Reason.NO_TEXT


@pytest.mark.parametrize(
    "title",
    [
        "404", "Error 404", "Page not found", "404 Not Found", "Sorry, the page you requested could not be found", "This article is no longer available",
        "Seite nicht gefunden", "Die angeforderte Seite wurde nicht gefunden", "Page introuvable", "Cette page n'existe pas",
        "Página no encontrada", "Página não encontrada", "Pagina non trovata", "Pagina niet gevonden", "Sidan hittades inte",
        "Nie znaleziono strony", "Stránka nenalezena", "Sayfa bulunamadı", "Halaman tidak ditemukan", "Không tìm thấy trang",
        "Страница не найдена", "Сторінку не знайдено", "Η σελίδα δεν βρέθηκε", "الصفحة غير موجودة", "لم يتم العثور على الصفحة", "صفحه مورد نظر یافت نشد",
        "صفحہ موجود نہیں", "הדף לא נמצא", "पेज नहीं मिला", "ไม่พบหน้าที่คุณต้องการ", "页面不存在", "找不到頁面", "ページが見つかりません", "페이지를 찾을 수 없습니다",
    ],
)  # fmt: skip
def test_a_page_that_says_there_is_nothing_is_gone(title: str) -> None:
    for html in (
        page(f"{title} | The Harbour News", "<p>Try the search.</p>" + cards("en", 10)),
        page("The Harbour News", f"<h1>{title}</h1><p>Back to the front page.</p>"),
    ):
        assert outcome(html)[1] is Reason.SOFT_NOT_FOUND


@pytest.mark.parametrize(
    "title",
    [
        "Just a moment...", "Attention Required! | Cloudflare", "Access denied", "Pardon Our Interruption", "Are you a robot?", "Before you continue to News",
        "We value your privacy", "Verify you are human", "Подтвердите, что вы не робот", "请稍候…", "Bevor Sie fortfahren", "Cookie Consent",
    ],
)  # fmt: skip
def test_a_wall_in_place_of_the_article_is_told(title: str) -> None:
    assert outcome(f"<title>{title}</title><body><p>Enable cookies to go on.</p>")[1] is Reason.CONSENT_WALL


def test_the_machinery_of_a_bot_check_is_told_without_words() -> None:
    html = '<html><head><script src="/_Incapsula_Resource?SWJIYLWA=1"></script></head><body></body></html>'
    assert outcome(html)[1] is Reason.CONSENT_WALL


@pytest.mark.parametrize(
    "title",
    ["Bus 404 was late again", "Why error 404 became art", "Man not found after flood", "Cookie makers on strike"],
)
def test_an_article_about_such_pages_is_an_article(title: str) -> None:
    text = "".join(f"<p>{paragraph('en', n)}</p>" for n in range(2))
    html = page(f"{title} - The Harbour News", f"<article><h1>{title}</h1>{text}</article>")
    assert outcome(html, "https://news.example/2026/11/24/a-story-about-it") == (PageKind.ARTICLE, Reason.OK)


# --- what bytes are --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type", "family"),
    [
        (b"", None, Family.EMPTY),
        (b" \r\n\t ", "text/html", Family.EMPTY),
        (b"\xef\xbb\xbf  ", None, Family.EMPTY),
        (b"%PDF-1.7", "text/html", Family.OTHER),
        (b"\x89PNG\r\n", None, Family.OTHER),
        (b"\xff\xd8\xff\xe0", None, Family.OTHER),
        (b"RIFF....WEBP", None, Family.OTHER),
        (b"\x00\x00\x00\x18ftypmp42", None, Family.OTHER),
        (b"PK\x03\x04<html>", "text/html", Family.OTHER),
        (b"just words", "text/plain", Family.OTHER),
        (b"just words", "text/html; charset=utf-8", Family.HTML),
        (b"body { color: red }", "text/css", Family.OTHER),
        (b'{"a": 1}', "application/json", Family.OTHER),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', None, Family.JSON_FEED),
        (b'{"items": []}', "application/feed+json", Family.JSON_FEED),
        (b"<!doctype html><p>x", None, Family.HTML),
        (b"<p>x</p>", "application/octet-stream", Family.HTML),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", None, Family.HTML),
        (b"<!-- a comment --><?xml-stylesheet href='a'?><rss>", "text/html", Family.FEED),
        (b"<?xml version='1.0'?>\n<!-- <html> --><feed>", None, Family.FEED),
        (b"Notice: undefined variable\n<?xml version='1.0'?><rss >", "text/html", Family.FEED),
        (b"<rdf:RDF xmlns='x'>", None, Family.FEED),
        (b"<ns0:urlset>", None, Family.SITEMAP),
        (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "application/xml", Family.OTHER),
        (b"<?xml version='1.0'?><opml><outline/></opml>", None, Family.OTHER),
        (b"<sitemapindex>", None, Family.SITEMAP),
        ("<rss><channel>".encode("utf-16"), None, Family.FEED),
        (b"<html><body><pre>&lt;rss&gt;</pre><feed >", None, Family.HTML),
        (b"https://news.example/a\nhttps://news.example/b", "text/plain", Family.TEXT_SITEMAP),
        (b"\x00\x01\x02\x03" * 100, None, Family.OTHER),
    ],
)
def test_a_body_is_told_from_its_bytes(body: bytes, content_type: str | None, family: Family) -> None:
    assert family_of(body, content_type) is family


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"", Reason.EMPTY_BODY), (b"%PDF-1.4 ...", Reason.NOT_HTML), (b"\x1f\x8b\x08garbage", Reason.EMPTY_BODY)],
)
def test_a_body_that_is_no_page_has_its_reason(body: bytes, reason: Reason) -> None:
    parsed: Parsed = parse(ParseInput(url="https://news.example/x", body=body, fetched_at=NOW))
    assert (parsed.kind, parsed.reason) == (PageKind.UNKNOWN, reason)


# --- whole sites -----------------------------------------------------------------------------------------------

_LISTS = re.compile(
    r"/|/archive/.*|/rubrique/.*|/theme/.*|/channel/.*|/tag/.*|/topics/.*|/category/.*|/(?:Archive|Tags)\.aspx.*|/(?:council|harbour|life|science)"
)
_ODD = re.compile(r".*(?:untitled-draft|old-bridge|removed-announcement|/Special/).*")


def test_every_page_of_the_demo_sites_is_what_it_is() -> None:
    told: dict[str, PageKind] = {}
    for (site, path), resource in build_world(8123).items():
        if resource.content_type.startswith("text/html") and resource.status == 200 and not _ODD.fullmatch(path):
            told[origin_of(site, 8123) + path] = read(resource.body, origin_of(site, 8123) + path).parsed.kind
    lists = {url for url in told if _LISTS.fullmatch(url.partition(":8123")[2])}
    assert len(lists) > 60
    assert len(told) - len(lists) > 30
    assert {url for url, kind in told.items() if kind is PageKind.SECTION} == lists
    assert {url for url, kind in told.items() if kind is PageKind.ARTICLE} == set(told) - lists
