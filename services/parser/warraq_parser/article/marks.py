"""The elements of a page that fields are read from, by tag and by what they are called; found when first asked for.

Most pages say all in their head, and need only the first, cheap pass; the others pay for what they lack.
"""

from collections.abc import Callable
from functools import cached_property
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from warraq_parser.article.called import called
from warraq_parser.article.elements import select

_WANTED = ("meta", "link", "title", "base", "script", "h1", "h2", "h3", "time", "a")
# Attributes, since most elements lack them, which is told in half the time (measured). Their elements are asked for one
# by one: a step back up ("/..") compares each with all the others.
_PROPERTIES = etree.XPath("descendant::*/@itemprop")
_PATHS = etree.XPath(
    "descendant::*/@class[contains(., 'readcrumb') or contains(., 'readCrumb')]"
    " | descendant::*/@id[contains(., 'readcrumb')] | descendant::*/@aria-label[. = 'breadcrumb']"
)
_STATED = etree.XPath("descendant::span[@property][@content]")
# The headline of a page without headings stands in one of these.
_PLAIN = ("font", "b", "strong", "big", "td", "div", "span", "p", "a")
# What elements that hold a date, or the name of an author, are called in many languages.
_holds_date = called("date|publish|posted|datum|fecha|time|byline|meta|info|created|submitted|detail|credit|dato")
_holds_author = called("author|byline|autor|auteur|writer|journalist|reporter")
_MOST_ELEMENTS, _MOST_PROPERTIES, _MOST_NAMED, _MOST_PLAIN = 60_000, 2_000, 400, 4_000


class Marks:
    """The marked elements of the page below ``root``, each list in the page's order and bounded."""

    def __init__(self, root: HtmlElement | None = None) -> None:
        self._root = root
        self.head: list[HtmlElement] = []
        self.scripts: list[HtmlElement] = []
        self.headings: list[HtmlElement] = []
        self.times: list[HtmlElement] = []
        # Links that say what they lead to: of the article's tags, of its authors.
        self.tag_links: list[HtmlElement] = []
        self.author_links: list[HtmlElement] = []
        if root is not None:
            self._sort(root)

    def _sort(self, root: HtmlElement) -> None:
        lists = {
            "script": self.scripts,
            "time": self.times,
            "h1": self.headings,
            "h2": self.headings,
            "h3": self.headings,
        }
        for element in islice(root.iter(*_WANTED), _MOST_ELEMENTS):
            if element.tag == "a":
                self._note_relation(element)
            else:
                lists.get(element.tag, self.head).append(element)

    def _note_relation(self, link: HtmlElement) -> None:
        relation = link.get("rel")
        if not relation:
            return
        if relation == "author" and len(self.author_links) < _MOST_NAMED:
            self.author_links.append(link)
        elif "tag" in relation.split() and len(self.tag_links) < _MOST_NAMED:
            self.tag_links.append(link)

    @cached_property
    def properties(self) -> list[HtmlElement]:
        """The elements with a microdata property."""
        return _owners(_PROPERTIES, self._root, _MOST_PROPERTIES)

    @cached_property
    def crumbs(self) -> list[HtmlElement]:
        """The links of the path from the front page to the article, as readers see it."""
        paths = dict.fromkeys(_owners(_PATHS, self._root, _MOST_NAMED))
        # Not with XPath: libxml2 compares every link of a path inside a path with all the others.
        outermost = (path for path in paths if not any(outer in paths for outer in path.iterancestors()))
        links = (link for path in outermost for link in path.iter("a") if "href" in link.attrib)
        return list(islice(links, _MOST_NAMED))

    @cached_property
    def stated(self) -> list[HtmlElement]:
        """The elements with a property in RDFa whose value is not their text."""
        return select(_STATED, self._root)[:_MOST_NAMED] if self._root is not None else []

    @cached_property
    def plain(self) -> list[HtmlElement]:
        """The elements that may show a headline where no heading does."""
        return list(islice(self._root.iter(*_PLAIN), _MOST_PLAIN)) if self._root is not None else []

    @cached_property
    def dated(self) -> list[HtmlElement]:
        """The elements that are called as if they held a date."""
        return self._called(_holds_date)

    @cached_property
    def signed(self) -> list[HtmlElement]:
        """The elements that are called as if they held an author's name."""
        return self._called(_holds_author)

    def _called(self, so: Callable[[str], bool]) -> list[HtmlElement]:
        """Return the elements that are called ``so`` by their class."""
        if self._root is None:
            return []
        elements = islice(self._root.iter(etree.Element), _MOST_ELEMENTS)
        named = (element for element in elements if (names := element.get("class")) and so(names))
        return list(islice(named, _MOST_NAMED))


def _owners(path: etree.XPath, root: HtmlElement | None, most: int) -> list[HtmlElement]:
    """Return the elements of the first ``most`` attributes that ``path`` finds below ``root``."""
    found: Any = path(root) if root is not None else []
    return [attribute.getparent() for attribute in found[:most]]
