"""Sitemaps (sitemaps.org, protocol 0.9), sitemap indexes, Google's news sitemaps, and plain lists of addresses.

Read as a stream, in bounded memory: elements are dropped as soon as they are read, and reading stops at the limits of
the protocol (50 MB unpacked, 50,000 entries). A file that is cut off or damaged gives what could be read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from warraq_parser.feeds.dates import moment
from warraq_parser.feeds.markup import decode_xml, stream_parser, without_doctype
from warraq_parser.feeds.model import address, short_title
from warraq_parser.feeds.repair import repair
from warraq_parser.feeds.shape import Element, name_of, plain, shape_of
from warraq_shared.errors import Temporary
from warraq_shared.language_tags import language_tag
from warraq_shared.parsed import ItemHints, Link, PageKind
from warraq_shared.reasons import Reason
from warraq_shared.urls import site_of

MOST_BYTES = 50 * 1024 * 1024
MOST_ENTRIES = 50_000
# How much is handed to the XML parser at a time.
_STEP = 64 * 1024
_ENTRIES = {"url": PageKind.ARTICLE, "sitemap": PageKind.SITEMAP}

SitemapKind = Literal["sitemap", "sitemap-index"]


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap as read: its links in the file's order. ``foreign`` counts the entries of other sites left out."""

    kind: SitemapKind
    links: tuple[Link, ...] = ()
    foreign: int = 0
    notes: tuple[str, ...] = ()


def read_sitemap(
    body: bytes, url: str, content_type: str | None, fetched_at: datetime, *, foreign_hosts: bool = False
) -> Sitemap:
    """Read a sitemap or index fetched from ``url``; ``body`` is already unpacked.

    Entries on other sites are left out and counted, unless ``foreign_hosts``: the protocol trusts a sitemap for its
    own site only. An index may name sitemaps elsewhere, so there they stay.

    Raises:
        Temporary: ``broken-feed``, nothing of it could be read.
    """
    notes: tuple[str, ...] = ("cut-at-limit",) if len(body) > MOST_BYTES else ()
    text, lie = decode_xml(body[:MOST_BYTES], content_type)
    notes += (lie,) if lie else ()
    if not _ROOT.search(text, 0, 20_000):
        return _gathered("sitemap", _listed(text, url), url, foreign_hosts, notes)
    kind: SitemapKind = "sitemap-index" if _INDEX_ROOT.search(text, 0, 20_000) else "sitemap"
    return _gathered(kind, _entries(text, url, fetched_at), url, foreign_hosts or kind == "sitemap-index", notes)


_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:urlset|sitemapindex)[\s/>]", re.I)
_INDEX_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?sitemapindex[\s>]", re.I)


def _gathered(
    kind: SitemapKind, links: Iterator[Link], url: str, foreign_hosts: bool, notes: tuple[str, ...]
) -> Sitemap:
    home = site_of(url)
    kept: dict[str, Link] = {}
    foreign = 0
    for read, link in enumerate(links):
        if read >= MOST_ENTRIES:
            notes += ("cut-at-limit",)
            break
        if foreign_hosts or site_of(link.url) == home:
            kept.setdefault(link.url, link)
        else:
            foreign += 1
    if foreign:
        notes += ("foreign-hosts",)
    return Sitemap(kind, tuple(kept.values()), foreign, tuple(dict.fromkeys(notes)))


def _entries(text: str, url: str, fetched_at: datetime) -> Iterator[Link]:
    """Yield the entries of an XML sitemap as they are read."""
    any_read = False
    for element in _stream(text):
        any_read = True
        link = _entry(element, url, fetched_at)
        if link is not None:
            yield link
    if not any_read and not _EMPTY.search(text):
        raise Temporary(Reason.BROKEN_FEED, "Nothing in it could be read.")


_EMPTY = re.compile(
    r"</(?:[A-Za-z_][\w.-]{0,40}:)?(?:urlset|sitemapindex)\s{0,9}>|<(?:urlset|sitemapindex)[^<>]{0,2000}/>", re.I
)


def _stream(text: str) -> Iterator[Element]:
    """Yield each ``url`` and ``sitemap`` element, complete, and forget it afterwards."""
    sound = repair(without_doctype(text)[0])
    parser = stream_parser("{*}url", "{*}sitemap")
    for start in range(0, len(sound), _STEP):
        parser.feed(sound[start : start + _STEP].encode("utf-8", "replace"))
        for _, element in parser.read_events():
            if isinstance(element, Element):
                yield element
                _forget(element)


def _forget(element: Element) -> None:
    """Free an element that was read, and what stands before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _entry(element: Element, base: str, fetched_at: datetime) -> Link | None:
    entry = shape_of(element)
    target = address(entry.text("loc"), base)
    if target is None:
        return None
    changed = moment(entry.text("lastmod"), fetched_at)
    news = entry.first("news:news", "news")
    expects = _ENTRIES[name_of(str(element.tag)).removeprefix("?:")]
    hints = _news_hints(news, changed, fetched_at) if news is not None else None
    if hints is None and changed is not None:
        hints = ItemHints(modified_at=changed, origin="sitemap")
    return Link(url=target, expects=expects, hints=hints)


def _news_hints(element: Element, changed: datetime | None, fetched_at: datetime) -> ItemHints:
    """Return what a news sitemap says of one article (Google News sitemap: title, publication date, language)."""
    news = shape_of(element, "news:")
    publication = news.first("publication")
    return ItemHints(
        title=short_title(plain(news.text("title"))),
        published_at=moment(news.text("publication_date"), fetched_at),
        modified_at=changed,
        language=language_tag(shape_of(publication, "news:").text("language")) if publication is not None else None,
        origin="news-sitemap",
    )


def _listed(text: str, base: str) -> Iterator[Link]:
    """Yield the addresses of a text sitemap, one a line."""
    for line in text.splitlines():
        target = address(line, line) if line.startswith(("http://", "https://")) else None
        if target:
            yield Link(url=target, expects=PageKind.ARTICLE)
