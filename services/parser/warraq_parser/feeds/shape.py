"""The shape of an XML element: its children and attributes by name, whatever prefixes the document uses."""

import functools
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

Element = etree._Element

# The prefix under which each namespace is known in this package, whatever prefix the document gives it.
_NAMESPACES = {
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/elements/1.0/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
_KNOWN_PREFIXES = frozenset(prefix for prefix in _NAMESPACES.values() if prefix)


@functools.lru_cache(maxsize=4096)
def name_of(tag: str) -> str:
    """Return ``prefix:local`` in lower case for a tag or attribute in lxml's ``{namespace}local`` spelling.

    A prefix that the document never declared reads as what everyone means by it; a namespace nobody knows here
    gives ``?:local``.
    """
    if tag[:1] != "{":
        local = tag.lower()
        return local if ":" not in local or local.partition(":")[0] + ":" in _KNOWN_PREFIXES else "?:" + local
    namespace, _, local = tag[1:].rpartition("}")
    return _NAMESPACES.get(namespace, _NAMESPACES.get(namespace.rstrip("/"), "?:")) + local.lower()


@dataclass(frozen=True, slots=True)
class Shape:
    """An element's children by name, in order, and its attributes: what a format's reader works on."""

    children: dict[str, list[Element]]
    attributes: dict[str, str]

    def first(self, *names: str) -> Element | None:
        """Return the first child under the first of ``names`` that has one."""
        for name in names:
            found = self.children.get(name)
            if found:
                return found[0]
        return None

    def every(self, *names: str) -> Iterator[Element]:
        """Yield all children under ``names``, name by name."""
        for name in names:
            yield from self.children.get(name, ())

    def text(self, *names: str) -> str | None:
        """Return the text of the first child under ``names`` that has any."""
        for child in self.every(*names):
            text = text_of(child)
            if text:
                return text
        return None


def shape_of(element: Element, home: str = "") -> Shape:
    """Return the shape of ``element``. Names of the ``home`` prefix lose it: ``atom:title`` in Atom is ``title``."""
    children: dict[str, list[Element]] = {}
    for child in element.iterchildren(tag=etree.Element):
        children.setdefault(name_of(str(child.tag)).removeprefix(home), []).append(child)
    return Shape(children, attributes_of(element))


def attributes_of(element: Element) -> dict[str, str]:
    """Return the attributes of ``element`` by name."""
    return {name_of(str(key)): str(value) for key, value in element.attrib.items()}


def text_of(element: Element) -> str:
    """Return all text in ``element``, stripped."""
    if len(element) == 0:
        return (element.text or "").strip()
    return "".join(str(part) for part in element.itertext(tag=etree.Element)).strip()


_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>")


def plain(text: str | None) -> str | None:
    """Return text that may be escaped HTML (a title of RSS, an Atom text of type html) as plain text."""
    if not text:
        return None
    if "<" in text:
        text = _MARKUP.sub(" " if "<br" in text or "<p" in text else "", text)
    return html.unescape(text) if "&" in text else text
