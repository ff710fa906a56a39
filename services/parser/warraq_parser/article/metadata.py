"""What a page says about itself in its head and attributes, collected once; the fields read from here.

Sources: JSON-LD (schema.org), OpenGraph and other ``meta`` elements, microdata, ``link`` relations, ``title``,
``lang`` and ``dir``. Nothing is judged here but one thing: which of several JSON-LD or microdata objects is *this*
page's article, not one of those it points at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from warraq_parser.article import jsonld
from warraq_parser.article.marks import Marks
from warraq_parser.text.clean import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from warraq_parser.article.document import Document

Values = Mapping[str, tuple[str, ...]]

_MOST_VALUES = 64
_LONGEST_VALUE = 5000
_MOST_SCOPES, _MOST_HEADINGS, _NEAR_PICTURE = 100, 5, 6
_ARTICLE_SCOPES = ("article", "posting", "newsarticle", "report", "recipe", "creativework", "webpage", "videoobject")


@dataclass(frozen=True)
class Metadata:
    """What a page says about itself. Keys are lower case; values are clean lines, in the page's order.

    ``json_ld`` are all objects of the page, ``article`` the one that is this page's article (empty if none);
    ``nodes_by_id`` resolves its references. ``links`` maps a relation to addresses, as written.
    """

    json_ld: tuple[jsonld.Node, ...] = ()
    article: jsonld.Node = field(default_factory=dict)
    nodes_by_id: Mapping[str, jsonld.Node] = field(default_factory=dict)
    meta: Values = field(default_factory=dict)
    links: Values = field(default_factory=dict)
    page_title: str = ""
    html_language: str = ""
    html_direction: str = ""
    marks: Marks = field(default_factory=Marks)

    @cached_property
    def microdata(self) -> Values:
        """The microdata properties of the page's article, read when first asked for."""
        return _microdata(self.marks)

    def first(self, *names: str) -> tuple[str, str]:
        """Return the first value among the ``meta`` names, and the name that has it; ("", "") if none."""
        for name in names:
            for value in self.meta.get(name, ()):
                return value, name
        return "", ""


def collect_metadata(document: "Document") -> Metadata:
    """Collect what ``document`` says about itself; never raises."""
    root = document.root
    marks = Marks(root)
    meta, links, title = _head(marks.head)
    nodes = jsonld.read_scripts(
        script.text or "" for script in marks.scripts if "ld+json" in (script.get("type") or "").lower()
    )
    links_seen = _tupled(links)
    own = {document.url, *links_seen.get("canonical", ()), *meta.get("og:url", ())}
    return Metadata(
        json_ld=nodes,
        article=_own_article(nodes, own, title),
        nodes_by_id=jsonld.by_id(nodes),
        meta=_tupled(meta),
        links=links_seen,
        page_title=title,
        html_language=(root.get("lang") or root.get("xml:lang") or "").strip(),
        html_direction=(root.get("dir") or "").strip().lower(),
        marks=marks,
    )


def _head(elements: Iterable["HtmlElement"]) -> tuple[dict[str, list[str]], dict[str, list[str]], str]:
    """Read ``meta`` and ``link`` elements and the first ``title``."""
    meta: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    title = ""
    for element in elements:
        match element.tag:
            case "meta":
                _read_meta(element, meta)
            case "title":
                title = title or _title_of(element)
            case _:
                _read_link(element, links)
    return meta, links, title


def _title_of(element: "HtmlElement") -> str:
    """Return the text of a ``title`` of the page itself: a drawing (SVG) has titles too."""
    parent = element.getparent()
    if parent is not None and parent.tag in ("svg", "g", "symbol", "path", "a"):
        return ""
    return clean_line((element.text_content() or "")[:_LONGEST_VALUE])


def _read_meta(element: "HtmlElement", into: dict[str, list[str]]) -> None:
    content = element.get("content") or element.get("value")
    if not content:
        return
    line = clean_line(content[:_LONGEST_VALUE])
    if not line:
        return
    for attribute in ("property", "name", "http-equiv"):
        for name in (element.get(attribute) or "").lower().split():
            _add(into, name, line)


def _read_link(element: "HtmlElement", into: dict[str, list[str]]) -> None:
    href = (element.get("href") or "").strip()
    if not href or len(href) > _LONGEST_VALUE:
        return
    if element.tag == "base":
        _add(into, "base", href)
    for relation in (element.get("rel") or "").lower().split():
        _add(into, relation, href)


def _microdata(marks: Marks) -> Values:
    """Read the properties of the page's article scope (and those that stand in no scope)."""
    scoped = [(element, _scope_of(element)) for element in marks.properties]
    article = _article_scope([scope for _, scope in scoped], marks)
    found: dict[str, list[str]] = {}
    for element, scope in scoped:
        if (scope is None or scope is article) and not _is_of_picture(element):
            value = _property_value(element)
            for name in (element.get("itemprop") or "").lower().split():
                if value:
                    _add(found, name, value)
    return _tupled(found)


def _is_of_picture(element: "HtmlElement") -> bool:
    """Tell whether an author stands in a caption: the photographer, not the writer."""
    if "author" not in (element.get("itemprop") or ""):
        return False
    return any(ancestor.tag in ("figure", "figcaption") for ancestor in islice(element.iterancestors(), _NEAR_PICTURE))


def _article_scope(scopes: Iterable["HtmlElement | None"], marks: Marks) -> "HtmlElement | None":
    """Return the scope that is the page's article: the one that holds its heading, or the only one there is."""
    articles = [scope for scope in dict.fromkeys(scopes) if scope is not None and _is_article_scope(scope)]
    if len(articles) < 2:
        return articles[0] if articles else None
    headings = islice((heading for heading in marks.headings if heading.tag == "h1"), _MOST_HEADINGS)
    around = {ancestor for heading in headings for ancestor in heading.iterancestors()}
    return next((scope for scope in articles if scope in around), None)


def _scope_of(element: "HtmlElement") -> "HtmlElement | None":
    """Return the nearest ancestor that opens a scope (HTML Living Standard, section 5.2.2)."""
    for depth, ancestor in enumerate(element.iterancestors()):
        if "itemscope" in ancestor.attrib or "itemtype" in ancestor.attrib:
            return ancestor
        if depth > _MOST_SCOPES:
            break
    return None


def _is_article_scope(scope: "HtmlElement") -> bool:
    kind = (scope.get("itemtype") or "").lower()
    return kind.endswith(_ARTICLE_SCOPES)


def _property_value(element: "HtmlElement") -> str:
    for attribute in ("content", "datetime", "title") if element.tag == "abbr" else ("content", "datetime"):
        value = element.get(attribute)
        if value:
            return clean_line(value[:_LONGEST_VALUE])
    if "itemscope" in element.attrib:
        name = element.find(".//*[@itemprop='name']")
        element = element if name is None else name
        if element.get("content"):
            return clean_line((element.get("content") or "")[:_LONGEST_VALUE])
    if element.tag in ("a", "link") and element.get("itemprop") in ("url", "mainEntityOfPage"):
        return (element.get("href") or "").strip()
    return clean_line(_short_text(element))


def _short_text(element: "HtmlElement") -> str:
    """Return the first few hundred characters of an element's text: a property is a line, articleBody is no field."""
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(part)
        size += len(part)
        if size > 600:
            break
    return "".join(parts)[:600]


def _own_article(nodes: Iterable[jsonld.Node], addresses: set[str], title: str) -> jsonld.Node:
    """Return the node that is this page's article: by address, by the words of the title, by type, by order."""
    paths = {_path(address) for address in addresses} - {"", "/"}
    best: jsonld.Node = {}
    best_score = 0
    for node in nodes:
        kind = jsonld.rank(node)
        score = 4 * kind + 3 * _is_at(node, paths) + 2 * _is_called(node, title) + ("datePublished" in node)
        if kind and score > best_score:
            best, best_score = node, score
        elif not best and ("datePublished" in node or "headline" in node):
            best = node
    return best


def _is_at(node: jsonld.Node, paths: set[str]) -> bool:
    written = (jsonld.first(node, key) for key in ("url", "mainEntityOfPage", "@id"))
    return any(_path(address) in paths for address in written if address)


def _is_called(node: jsonld.Node, title: str) -> bool:
    headline = jsonld.first(node, "headline")
    return bool(headline) and headline[:40].casefold() in title.casefold()


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""


def _add(into: dict[str, list[str]], name: str, value: str) -> None:
    values = into.setdefault(name, [])
    if len(values) < _MOST_VALUES and value not in values:
        values.append(value)


def _tupled(found: Mapping[str, list[Any]]) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(values) for name, values in found.items()}
