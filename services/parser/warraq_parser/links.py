"""The links of a page that lead somewhere worth going: articles, sections, declared feeds and sitemaps.

A link is judged by three things that are there on every site in every script: the shape of its address, the length of
its text, and its place on the page. Words in paths (``/tag/``, ``/author/``) are only a help.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from warraq_parser.feeds.model import MOST_HUBS, address, exact_address
from warraq_parser.text.clean import clean_line
from warraq_shared.parsed import ItemHints, Link, PageKind
from warraq_shared.urls import site_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from warraq_parser.article.document import Document

# A page with more anchors than this is no page for people; what is found is handed on up to the second limit.
MOST_ANCHORS = 20_000
MOST_LINKS = 1_000
MOST_DECLARED = 20
MOST_SECTIONS = 60
LONGEST_TITLE = 300
_MOST_INSIDE = 60
# A link is taken for an article's from this score on; see ``_score``.
ENOUGH = 3


class Place(IntEnum):
    """Where on a page a link stands."""

    FOOTER = 0
    NAVIGATION = 1
    TEXT = 2
    HEADLINE = 3


@dataclass(frozen=True, slots=True)
class Anchor:
    """One ``<a>`` of a page: its canonical address, its text, its place."""

    url: str
    text: str
    place: Place


# --- what a page declares ------------------------------------------------------------------------------------------

_FEED_TYPES = ("rss+xml", "atom+xml", "rdf+xml", "feed+json", "text/xml", "application/xml")


def declared_sources(document: "Document") -> tuple[Link, ...]:
    """Return the feeds and sitemaps that a page declares with ``<link>``, with their titles, in order.

    Feeds of comments, which every WordPress page declares, are not news.
    """
    base = base_of(document)
    found: dict[str, Link] = {}
    for element in document.root.iter("link"):
        kind = _declared_kind(element)
        target = address(element.get("href"), base) if kind else None
        if kind and target and len(found) < MOST_DECLARED and "/comments/" not in urlsplit(target).path:
            title = clean_line((element.get("title") or "")[:LONGEST_TITLE]) or None
            found.setdefault(target, Link(url=target, expects=kind, hints=_hints(title)))
    return tuple(found.values())


def _declared_kind(element: "HtmlElement") -> PageKind | None:
    relations = (element.get("rel") or "").lower().split()
    kind = (element.get("type") or "").lower()
    if "sitemap" in relations:
        return PageKind.SITEMAP
    is_feed = "feed" in relations or ("alternate" in relations and kind.startswith(("application/", "text/xml")))
    return PageKind.FEED if is_feed and ("feed" in relations or kind.partition(";")[0].endswith(_FEED_TYPES)) else None


def base_of(document: "Document") -> str:
    """Return the base of a page's relative addresses: its first ``<base href>``, itself relative to the page's URL."""
    element = next(document.root.iter("base"), None)
    return (address(element.get("href"), document.url) if element is not None else None) or document.url


_REFRESH = re.compile(
    r"\s{0,9}(\d{0,6})(?:\.\d{0,6})?\s{0,9}[;,]\s{0,9}(?:url\s{0,9}=\s{0,9})?[\"']?([^\"']{1,4000})", re.I
)
SOON = 10


def meta_refresh(document: "Document") -> str | None:
    """Return where the page sends its reader within ``SOON`` seconds (HTML, section 4.2.5.3); None if nowhere else."""
    for element in document.root.iter("meta"):
        if (element.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        match = _REFRESH.match(element.get("content") or "")
        if match and int(match.group(1) or 0) <= SOON:
            target = address(match.group(2).strip(), base_of(document))
            return target if target != document.url else None
    return None


# --- the anchors of a page -----------------------------------------------------------------------------------------

_NAVIGATION_TAGS = frozenset({"nav", "menu", "dialog"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NAVIGATION_ROLES = frozenset({"navigation", "menu", "menubar", "search", "dialog"})
# A class or id that is one of these words or ends in it: ``main-menu``, ``footer_links``; not ``tag-politics``.
_NAVIGATION_NAME = re.compile(
    r"(?:[a-z0-9]{1,30}[-_]){0,4}(?:nav|navi|navbar|navigation|menu|submenu|megamenu|breadcrumbs?|topbar|toolbar|social|"
    r"share|sharing|pagination|pager|paging|tags|tagcloud|login|cookies?|consent|copyright|languages)"
    r"(?:[-_](?:bar|list|links?|container|wrapper|wrap|inner|items?|box|block|menu|content|area|top|main|primary)){0,3}",
    re.I,
)


# "footer-links" and "site-footer", but no place inside an article: those have footers with tags and shares.
_FOOTER_NAME = re.compile(r"(?:[a-z0-9]{1,30}[-_]){0,3}footer(?:[-_][a-z0-9]{1,30}){0,3}", re.I)


def anchors_of(document: "Document") -> Iterator[Anchor]:
    """Yield the anchors of a page that lead to other pages of the web, in order. Linear in the page."""
    base = base_of(document)
    places: dict[HtmlElement, Place] = {}
    for seen, element in enumerate(document.root.iter("a"), start=1):
        if seen > MOST_ANCHORS:
            return
        href = (element.get("href") or "").strip()
        if not href or href[0] == "#" or href[:11].lower() in ("javascript:", "mailto:"):
            continue
        target = address(href, base)
        if target and target != document.url:
            heading = _inside(element, *_HEADINGS)
            place = Place.HEADLINE if heading is not None else _place(element, places)
            yield Anchor(target, _text(element if heading is None else heading, element), place)


def _place(element: "HtmlElement", known: "dict[HtmlElement, Place]") -> Place:
    """Return where ``element`` stands: told by the nearest ancestor that says so, each ancestor asked once."""
    chain: list[HtmlElement] = []
    place = Place.TEXT
    for ancestor in element.iterancestors():
        if ancestor in known:
            place = known[ancestor]
            break
        chain.append(ancestor)
    for ancestor in reversed(chain):
        place = known[ancestor] = _within(ancestor, place)
    return place


def _within(element: "HtmlElement", outer: Place) -> Place:
    """Return the place of what stands in ``element``, which itself stands in ``outer``."""
    if outer in (Place.NAVIGATION, Place.FOOTER):
        return outer
    if element.tag == "footer" or element.get("role") == "contentinfo":
        return Place.FOOTER
    if element.tag in _NAVIGATION_TAGS or element.get("role") in _NAVIGATION_ROLES:
        return Place.NAVIGATION
    if element.tag not in ("body", "html", "main", "article"):
        named = _names(element)
        if any(map(_FOOTER_NAME.fullmatch, named)):
            return Place.FOOTER
        if any(map(_NAVIGATION_NAME.fullmatch, named)):
            return Place.NAVIGATION
    return Place.HEADLINE if element.tag in _HEADINGS else outer


def _names(element: "HtmlElement") -> list[str]:
    return f"{(element.get('class') or '')[:300]} {(element.get('id') or '')[:100]}".split()


def _inside(element: "HtmlElement", *tags: str) -> "HtmlElement | None":
    """Return the first of ``tags`` among the first elements in ``element``: an anchor never closed holds a page."""
    return next((inner for inner in islice(element.iter(), _MOST_INSIDE) if inner.tag in tags), None)


def _text(element: "HtmlElement", anchor: "HtmlElement") -> str:
    """Return the text of a link as a line; of a picture alone, what it says instead."""
    line = clean_line("".join(map(str, islice(element.itertext(), _MOST_INSIDE)))[: 4 * LONGEST_TITLE])
    if not line:
        image = _inside(anchor, "img")
        line = clean_line(anchor.get("title") or (image.get("alt") if image is not None else None) or "")
    return line[:LONGEST_TITLE]


def declared_targets(document: "Document", relation: str) -> list[str]:
    """Return the targets of the page's first ``<link>`` elements with ``relation`` (WebSub's hub and self)."""
    base = base_of(document)
    named = (one for one in document.root.iter("link") if relation in (one.get("rel") or "").lower().split())
    spelled = exact_address if relation == "self" else address
    return [target for one in islice(named, MOST_HUBS) if (target := spelled(one.get("href"), base))]


# --- article-like links --------------------------------------------------------------------------------------------

_ASSETS = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|mp3|mp4|m4a|m3u8|webm|ogg|wav|avi|mov|pdf|docx?|xlsx?|pptx?|zip|gz|rar|exe|apk|"
    r"css|js|json|xml|rss|atom|txt|ics|epub|ris|bib)$",
    re.I,
)
# Path segments under which sites keep their lists and tools, in the languages seen most; a help, not the judge.
_NOT_ARTICLES = frozenset(
    {
        "tag", "tags", "topic", "topics", "category", "categories", "cat", "author", "authors", "profile", "perfil",
        "user", "users", "page", "search", "login", "signin", "signup", "register", "account", "subscribe",
        "subscription", "newsletter", "newsletters", "about", "contact", "privacy", "terms", "legal",
        "help", "faq", "jobs", "careers", "advertise", "advertising", "shop", "cart", "archive",
        "archives", "feed", "rss", "sitemap", "print", "share", "comment", "comments", "reply",
        "impressum", "datenschutz", "autor", "autoren", "auteur", "auteurs", "thema", "themen", "theme",
        "tema", "temas", "etiqueta", "etiquetas", "rubrik", "rubrique", "kategorie", "وسوم", "وسم", "كاتب",
        "كتاب", "تصنيف", "اتصل-بنا", "من-نحن", "برچسب", "تگ", "تماس-با-ما", "درباره-ما",
    }
)  # fmt: skip
_DATED = re.compile(
    r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-](?:0?[1-9]|[12]\d|3[01]))?(?:/|-|$)|/(?:19|20)\d{6}(?:/|$)"
)
_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_PAGE_FILE = re.compile(r"\.(?:html?|shtml|aspx?|php|jsp|cms|ece|story)$", re.I)
_PAGING = re.compile(r"(?:^|&)(?:page|paged|offset|start|seite)=\d+(?:&|$)", re.I)


def article_links(
    document: "Document", anchors: Iterable[Anchor] | None = None, *, other_sites: bool = False
) -> tuple[Link, ...]:
    """Return the links of a section page that look like articles, in the page's order, each address once.

    ``anchors`` are the page's, where they were read before. Links to other registrable domains are left out unless
    ``other_sites``. The longest text that names an address, a headline before other text, goes with it as a hint for
    the title.
    """
    home = site_of(document.url)
    best: dict[str, Anchor] = {}
    for anchor in anchors_of(document) if anchors is None else anchors:
        if other_sites or site_of(anchor.url) == home:
            known = best.get(anchor.url)
            best[anchor.url] = anchor if known is None else _better(known, anchor)
    chosen = [anchor for anchor in best.values() if _score(anchor) >= ENOUGH]
    return tuple(Link(url=anchor.url, hints=_hints(anchor.text or None)) for anchor in chosen[:MOST_LINKS])


def _better(one: Anchor, other: Anchor) -> Anchor:
    return max(one, other, key=lambda anchor: (anchor.place, len(anchor.text)))


_WORTH = {Place.FOOTER: -2, Place.NAVIGATION: -2, Place.TEXT: 0, Place.HEADLINE: 2}


def _score(anchor: Anchor) -> int:
    """Return how much a link looks like an article's: shape of the address 0 to 3, text 0 to 2, place -2 to 2."""
    shape = address_shape(anchor.url)
    if shape < 0:
        return shape
    return shape + _wordiness(anchor.text) + _WORTH[anchor.place]


def _wordiness(text: str) -> int:
    """Return 2 for a text as long as a headline, 1 for half of one, 0 for a word; CJK counts double."""
    length = len(text) * (2 if text and text[len(text) // 2] > "\u2e80" else 1)
    return 2 if length >= 24 else 1 if length >= 14 else 0


def address_shape(url: str) -> int:
    """Return how much a URL looks like an article's: -1 not at all (a list, a file), 0 maybe, up to 3 very much.

    Signs are a date in the path, a number of four digits or more, a long last segment (a slug), a page's file name.
    """
    parts = urlsplit(url)
    path = unquote(parts.path).rstrip("/")
    segments = [segment for segment in path.lower().split("/") if segment]
    if (not segments and not parts.query) or _ASSETS.search(path) or _PAGING.search(parts.query):
        return -1
    if _NOT_ARTICLES.intersection(segments[:-1] if len(segments) > 1 else segments):
        return -1
    names = [_PAGE_FILE.sub("", segment) for segment in segments[-2:]]
    last = names[-1] if names else ""
    signs = bool(_DATED.search(path + "/")) + bool(_NUMBER.search(last) or _NUMBER.search(parts.query))
    signs += max(map(_slug, names), default=0)
    signs += bool(segments and last != segments[-1] and last not in ("index", "default", "home", "main"))
    return min(signs, 3)


def _slug(segment: str) -> int:
    """Return 2 for a segment of five words or more, 1 for three or four, 0 else."""
    words = len([word for word in re.split(r"[-_+\s]", segment) if word])
    return 2 if words >= 5 or len(segment) >= 45 else 1 if words >= 3 else 0


# Words of a last segment that name a tool or the small print, not a section: ``contact-us``, ``login``.
_TOOLS = _NOT_ARTICLES | {
    "cookies",
    "cookie",
    "policy",
    "conditions",
    "imprint",
    "accessibility",
    "store",
    "app",
    "apps",
}


def section_links(document: "Document", anchors: Iterable[Anchor] | None = None) -> tuple[Link, ...]:
    """Return the navigation's links to what look like sections of the same site, with their names; no footer's."""
    home = site_of(document.url)
    found: dict[str, Link] = {}
    for anchor in anchors_of(document) if anchors is None else anchors:
        if anchor.place is Place.NAVIGATION and len(found) < MOST_SECTIONS and _is_section(anchor, home):
            found.setdefault(anchor.url, Link(url=anchor.url, expects=PageKind.SECTION, hints=_hints(anchor.text)))
    return tuple(found.values())


def _is_section(anchor: Anchor, home: str) -> bool:
    segments = [segment for segment in urlsplit(anchor.url).path.split("/") if segment]
    short = 1 <= len(segments) <= 3 and 0 < len(anchor.text) <= 40
    if _TOOLS.intersection(re.split(r"[-_.]", segments[-1].lower()) if segments else ()):
        return False
    if not short or site_of(anchor.url) != home or address_shape(anchor.url) < 0:
        return False
    name = _PAGE_FILE.sub("", segments[-1])
    return not (_slug(unquote(name)) or _NUMBER.search(anchor.url) or _DATED.search(anchor.url))


def _hints(title: str | None) -> ItemHints | None:
    return ItemHints(title=title, origin="section") if title else None
