# ruff: noqa: E501 (one page a line)
"""Pages made to break a parser: each is a function that builds its bytes. Written for the tests."""

import gzip
import json
import zlib
from collections.abc import Callable

TEXT = b"<p>The council votes on the new harbour plan after a long debate over costs and noise near the market.</p>"


def in_page(content: bytes, head: bytes = b"") -> bytes:
    return (
        b"<!DOCTYPE html><html><head><title>A page</title>"
        + head
        + b"</head><body><h1>A page of the news</h1>"
        + content
        + b"</body></html>"
    )


def _scripts(document: str) -> bytes:
    return in_page(TEXT * 6, b'<script type="application/ld+json">' + document.encode() + b"</script>")


def sitemap(count: int) -> bytes:
    entries = b"".join(
        b"<url><loc>https://news.example/%d</loc><lastmod>2026-11-20</lastmod></url>" % n for n in range(count)
    )
    return b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + entries + b"</urlset>"


def feed(count: int) -> bytes:
    items = b"".join(
        b"<item><title>Story %d</title><link>https://news.example/%d</link><pubDate>Tue, 24 Nov 2026 10:13:02 GMT</pubDate></item>"
        % (n, n)
        for n in range(count)
    )
    return b"<rss><channel><title>N</title>" + items + b"</channel></rss>"


def bomb(megabytes: int) -> bytes:
    """Return a gzip file of so many megabytes of nothing, made in steps."""
    packer = zlib.compressobj(9, wbits=31)
    nothing = b"\x00" * (1 << 20)
    return b"".join(packer.compress(nothing) for _ in range(megabytes)) + packer.flush()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "100,000 nested divs": lambda: in_page(b"<div>" * 100_000 + TEXT * 6),
    "100,000 nested divs closed": lambda: in_page(b"<div>" * 100_000 + TEXT * 6 + b"</div>" * 100_000),
    "100,000 nested bold and font": lambda: in_page(b"<b><font>" * 50_000 + TEXT * 6),
    "20,000 nested tables": lambda: in_page(b"<table><tr><td>" * 20_000 + TEXT * 6),
    "100,000 nested lists": lambda: in_page(b"<ul><li>" * 50_000 + TEXT * 6),
    "50,000 nested blockquotes": lambda: in_page(b"<blockquote><p>x" * 50_000),
    "anchors never closed": lambda: in_page(
        b"".join(b'<div><a href="/news/story-number-%d">word ' % n for n in range(30_000))
    ),
    "nested anchors round a long text": lambda: in_page(
        b'<div><a href="/x-y-z-1234">' * 2_000 + b"<p>some words here</p>" * 50_000
    ),
    "200,000 links": lambda: in_page(
        b"".join(
            b'<a href="/news/%d/story-about-it">Headline number %d of them all</a> ' % (n, n) for n in range(200_000)
        )
    ),
    "200,000 headings with links": lambda: in_page(
        b"".join(b'<h3><a href="/n/%d">Headline number %d of all</a></h3>' % (n, n) for n in range(130_000))
    ),
    "a text of 50 MB": lambda: in_page(b"<p>" + b"word " * 10_000_000 + b"</p>"),
    "a text of 15 MB": lambda: in_page(b"<p>" + b"word. " * 2_500_000 + b"</p>"),
    "a word of 15 MB": lambda: in_page(b"<p>" + b"a" * 15_000_000 + b"</p>"),
    "a text of 15 MB in Arabic": lambda: in_page(b"<p>" + "كلمة ".encode() * 1_600_000 + b"</p>"),
    "a text of 15 MB in windows-1256": lambda: in_page(b"<p>" + "كلمة ".encode("cp1256") * 3_000_000 + b"</p>"),
    "200,000 paragraphs": lambda: in_page(TEXT * 130_000),
    "200,000 line breaks": lambda: in_page(b"A line of text that is not very long<br>" * 200_000),
    "300,000 empty elements": lambda: in_page(b"<i></i>" * 299_000 + TEXT * 6),
    "450,000 class names": lambda: in_page(
        b"".join(b'<div class="a%d b%d c%d">x</div>' % (n, n, n) for n in range(150_000)) + TEXT * 6
    ),
    "100,000 links in 1,000 nested paths": lambda: in_page(
        b'<div class="breadcrumb">' * 1_000 + b'<a href="/x">section</a>' * 100_000
    ),
    "a million attributes": lambda: in_page(
        b"<div " + b" ".join(b"a%d=1" % n for n in range(1_000_000)) + b">" + TEXT * 6
    ),
    "a million attributes without values": lambda: in_page(
        b"<div " + b" ".join(b"a%d" % n for n in range(1_000_000)) + b">" + TEXT * 6
    ),
    "an attribute of 10 MB": lambda: in_page(b'<div class="' + b"c " * 5_000_000 + b'">' + TEXT * 6 + b"</div>"),
    "a tag that never ends": lambda: in_page(TEXT * 6 + b"<div " + b"x " * 5_000_000),
    "a comment that never ends": lambda: in_page(TEXT * 6 + b"<!-- " + b"- " * 5_000_000),
    "a script that never ends": lambda: in_page(TEXT * 6 + b"<script>" + b"</scrip" * 1_000_000),
    "5 MB of <": lambda: in_page(TEXT * 6) + b"<" * 500_000,
    "entities": lambda: in_page(b"<p>" + b"&amp;&nbsp;&#1589;&bogus;" * 400_000 + b"</p>"),
    "bad references": lambda: in_page(
        b"<p>" + b"&#0;&#xD800;&#1114112;&#99999999999999999999;" * 100_000 + b"</p>" + TEXT * 6
    ),
    "NULs": lambda: in_page(TEXT.replace(b" ", b"\x00 \x00") * 1_000),
    "invalid UTF-8": lambda: in_page(b"<p>" + b"\xff\xfe\xfa\x80\xc0 words " * 200_000 + b"</p>"),
    "lone continuation bytes": lambda: in_page(TEXT * 6 + b"\x80" * 5_000_000),
    "UTF-16 halves": lambda: b"\xff\xfe" + b"<\x00p\x00>\x00" + b"\x00\xd8" * 1_000_000,
    "declared UTF-7": lambda: in_page(b"+ADw-script+AD4-" * 1_000 + TEXT * 6, b'<meta charset="utf-7">'),
    "bidi overrides": lambda: in_page(b"<p>" + "\u202e\u2066ab\u2069".encode() * 200_000 + b"</p>" + TEXT * 6),
    "JSON-LD 100,000 deep": lambda: _scripts("[" * 100_000 + "]" * 100_000),
    "JSON-LD of one long number": lambda: _scripts('{"@type":"NewsArticle","datePublished":' + "9" * 1_000_000 + "}"),
    "JSON-LD of 5 MB": lambda: _scripts(
        json.dumps({"@type": "NewsArticle", "headline": "x", "author": [{"name": f"N {n}"} for n in range(150_000)]})
    ),
    "JSON-LD that points at itself": lambda: _scripts(
        '{"@id":"a","@type":"NewsArticle","author":{"@id":"a"},"isPartOf":{"@id":"a"}}'
    ),
    "10,000 JSON-LD scripts": lambda: in_page(
        TEXT * 6, b'<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>' * 10_000
    ),
    "JSON-LD broken 10,000 times": lambda: in_page(
        TEXT * 6, b'<script type="application/ld+json">{"@type":"NewsArticle",,"headline":"x\n"</script>' * 10_000
    ),
    "20,000 metas": lambda: in_page(
        TEXT * 6, b'<meta property="og:title" content="x"><meta name="author" content="y">' * 10_000
    ),
    "50,000 dates": lambda: in_page("<p>24 November 2026, 10:13 Uhr, 3/4/2026, ١٠/٠٣/٢٠٢٤</p>".encode() * 50_000),
    "50,000 times": lambda: in_page(b'<time datetime="2026-11-24">24.11.2026</time>' * 50_000 + TEXT * 6),
    "a title of 5 MB": lambda: b"<title>" + b"A - B | C " * 500_000 + b"</title><body>" + TEXT * 6,
    "a heading of 5 MB": lambda: b"<title>A</title><body><h1>" + b"A - B | C " * 500_000 + b"</h1>" + TEXT * 6,
    "100,000 images": lambda: in_page(
        b'<figure><img src="a.jpg" srcset="a 1x, b 2x"><figcaption>Caption</figcaption></figure>' * 60_000 + TEXT * 6
    ),
    "a srcset of 5 MB": lambda: in_page(b'<img srcset="' + b"a.jpg 1x, " * 500_000 + b'">' + TEXT * 6),
    "itemscopes 2,000 deep": lambda: in_page(
        b'<div itemscope itemprop="x" itemtype="http://schema.org/NewsArticle">' * 2_000
        + b'<span itemprop="author">x</span>' * 20_000
        + TEXT * 6
    ),
    "100,000 items in a feed": lambda: feed(100_000),
    "100,000 items without end": lambda: feed(100_000).replace(b"</item>", b"").replace(b"</title>", b"</titl>"),
    "a feed item of 20 MB": lambda: (
        b"<rss><channel><item><title>" + b"w " * 10_000_000 + b"</title><link>/1</link></item></channel></rss>"
    ),
    "a feed 100,000 deep": lambda: b"<rss><channel>" + b"<item>" * 100_000,
    "a feed of ampersands": lambda: (
        b"<rss><channel><item><title>" + b"&" * 3_000_000 + b"</title><link>/1</link></item></channel></rss>"
    ),
    "CDATA never closed": lambda: b"<rss><channel><item><title>" + b"<![CDATA[" * 500_000,
    "billion laughs": lambda: (
        b"<!DOCTYPE rss [<!ENTITY a0 'ha'>"
        + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 20))
        + b"]><rss><channel><item><title>&a19;</title><link>https://news.example/1</link></item></channel></rss>"
    ),
    "a quadratic blow-up": lambda: (
        b"<!DOCTYPE rss [<!ENTITY a '"
        + b"x" * 500_000
        + b"'>]><rss><channel><item><title>"
        + b"&a;" * 50_000
        + b"</title><link>/1</link></item></channel></rss>"
    ),
    "a document type without end": lambda: b"<!DOCTYPE rss [" + b"<!ENTITY a 'b'>" * 500_000,
    "200,000 entries in a sitemap": lambda: sitemap(200_000),
    "a sitemap of 60 MB": lambda: sitemap(600_000)[:60_000_000],
    "a gzip bomb": lambda: bomb(200),
    "a gzip bomb in a gzip bomb": lambda: gzip.compress(bomb(100)),
    "a JSON feed 100,000 deep": lambda: b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 100_000,
    "a JSON feed of 15 MB": lambda: json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"url": f"https://news.example/{n}", "title": "x" * 20} for n in range(200_000)],
        }
    ).encode(),
    "50,000 lines of addresses": lambda: b"\n".join(b"https://news.example/%d" % n for n in range(200_000)),
    "blank space of 10 MB": lambda: b" \n\t\r" * 2_500_000,
    "blank space before the page": lambda: b" \n" * 400_000 + in_page(TEXT * 6),
}
