"""The section an article stands in, and its tags."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from warraq_parser.article import jsonld
from warraq_parser.article.elements import line_of
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.sitename import SiteNames
from warraq_shared.folding import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SECTION_METAS = (
    "article:section", "og:article:section", "parsely-section", "cxenseparse:taxonomy", "section", "og:section",
    "dc.subject", "category", "article.section", "sailthru.section", "articlesection", "page-topic",
)  # fmt: skip
_TAG_METAS = (
    "article:tag", "og:article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "article.tags", "keywords",
    "dc.keywords", "tags",
)  # fmt: skip
_BETWEEN = re.compile(r"\s*[,;|،、，؛]\s*")
# Several sections in one value; a comma with a space may be part of a name ("Arts, Culture").
_SEVERAL = re.compile(r"\s*[;|،]\s*|,(?!\s)")
# A longer number is a key of some database, and not a year.
_LONGEST, _LONGEST_NUMBER = 60, 4
_MOST_TAGS, _MOST_LINKS, _MOST_CRUMBS, _SHORT_CRUMB = 30, 40, 6, 25
_HOME = frozenset(map(fold, (
    "home", "homepage", "index", "news", "startseite", "accueil", "inicio", "início", "hjem", "hem", "etusivu",
    "beranda", "strona główna", "ana sayfa", "trang chủ", "главная", "الرئيسية", "صفحه اصلی", "خانه", "ראשי",
    "首页", "首頁", "ホーム", "トップ", "홈", "uncategorized", "uncategorised", "non classé", "sin categoría",
    "senza categoria", "без рубрики", "غير مصنف",
)))  # fmt: skip


def section_of(metadata: Metadata, names: SiteNames) -> tuple[str, str]:
    """Return the section of the article and its origin; ("", "") where the page names none."""
    for section, origin in _sections(metadata):
        name = _SEVERAL.split(section, maxsplit=1)[0].strip(" /")
        if 1 < len(name) <= _LONGEST and name not in names and fold(name) not in _HOME and not name.startswith("http"):
            return name, origin
    return "", ""


def _sections(metadata: Metadata) -> Iterator[tuple[str, str]]:
    for section in jsonld.strings(metadata.article.get("articleSection"))[:2]:
        yield section, "json-ld"
    for name in _SECTION_METAS:
        for value in metadata.meta.get(name, ())[:1]:
            yield value.rsplit("/", 1)[-1] if name == "cxenseparse:taxonomy" else value, f"meta:{name}"
    for value in metadata.microdata.get("articlesection", ())[:1]:
        yield value, "microdata"
    for link in metadata.marks.tag_links[:_MOST_LINKS]:
        if _is_category(link):
            yield line_of(link, 100), "dom:rel=category"
    yield from ((crumb, "json-ld:breadcrumb") for crumb in _crumbs(metadata))
    yield from ((crumb, "dom:breadcrumb") for crumb in reversed(_shown_crumbs(metadata)))


def _crumbs(metadata: Metadata) -> list[str]:
    """Return the names of the page's breadcrumb, nearest to the article first, without the article itself."""
    for node in metadata.json_ld:
        if "breadcrumblist" in jsonld.types_of(node):
            items = [item for item in jsonld.objects(node.get("itemListElement"), {}) if isinstance(item, dict)]
            names = [jsonld.first(item, "name") or jsonld.first(item, "item") for item in items[:10]]
            return [name for name in names[-2:0:-1] if name]
    return []


def _shown_crumbs(metadata: Metadata) -> list[str]:
    """Return the texts of the page's path behind the one to the front page, without one that names the article."""
    crumbs = [line_of(link, 100) for link in metadata.marks.crumbs[1:_MOST_CRUMBS]]
    title = fold(metadata.page_title)
    return [crumb for crumb in crumbs if fold(crumb) not in title or len(crumb) < _SHORT_CRUMB]


def tags_of(metadata: Metadata, names: SiteNames) -> tuple[tuple[str, ...], str]:
    """Return the article's tags, each once, and their origin; nothing where the page has none."""
    title = frozenset(fold(metadata.page_title).split())
    for values, origin in _tag_lists(metadata):
        tags = _cleaned(values, names)
        if tags and not _are_words_of(title, tags):
            return tags, origin
    return (), ""


def _are_words_of(title: frozenset[str], tags: tuple[str, ...]) -> bool:
    """Tell whether a program made the tags by cutting the title into words."""
    return len(tags) > 2 and all(fold(tag) in title for tag in tags)


def _tag_lists(metadata: Metadata) -> Iterator[tuple[Iterable[str], str]]:
    for name in _TAG_METAS[:2]:
        yield metadata.meta.get(name, ()), f"meta:{name}"
    yield jsonld.strings(metadata.article.get("keywords")), "json-ld"
    for name in _TAG_METAS[2:]:
        yield metadata.meta.get(name, ()), f"meta:{name}"
    links = metadata.marks.tag_links[:_MOST_LINKS]
    yield (line_of(link, 100) for link in links if not _is_category(link)), "dom:rel=tag"


def _is_category(link: "HtmlElement") -> bool:
    """Tell whether a link leads to the article's category: WordPress marks it ``rel="category tag"``."""
    return "category" in (link.get("rel") or "").split()


def _cleaned(values: Iterable[str], names: SiteNames) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for value in values:
        for tag in _BETWEEN.split(value):
            name = tag.strip(" #\"'“”")
            is_key = name.isdecimal() and len(name) > _LONGEST_NUMBER
            if 1 < len(name) <= _LONGEST and name not in names and not name.startswith(("http", "_")) and not is_key:
                found.setdefault(fold(name), name)
    return tuple(found.values())[:_MOST_TAGS]
