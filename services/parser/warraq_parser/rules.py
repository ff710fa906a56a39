"""Site rules as data: selectors for the fields of a site's pages, with the time they are valid for.

A rule file is TOML. Each ``[[site]]`` says where it holds and, field by field, where the value stands; a selector is
CSS, or XPath if it begins with ``/`` or ``(``. Several selectors for a field are tried in order::

    [[site]]
    host = "news.example"            # or "*.news.example"
    path = "/sport/*"                # optional
    valid_from = 2026-01-01          # optional, and valid_until
    body = "div.story"               # the element that holds the text
    remove = [".promo", "aside"]     # what is taken out of the page first

    [site.fields]
    title = "h1.headline"
    authors = [".byline a", "//span[@class='author']/text()"]
    published_at = "//time/@datetime"
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from warraq_parser.article.authors.people import people_in
from warraq_parser.article.dates.date_text import read_machine_moment
from warraq_parser.article.document import Document
from warraq_parser.article.sitename import SiteNames
from warraq_parser.feeds.model import address
from warraq_parser.text.clean import clean_line
from warraq_shared.article import Article, Evidence, Image
from warraq_shared.errors import UsageProblem

MOST_VALUES = 50
LONGEST_VALUE = 5_000

TEXT_FIELDS = ("title", "subtitle", "lead", "section", "language", "site")
LIST_FIELDS = ("authors", "tags")
DATE_FIELDS = ("published_at", "modified_at")
FIELDS = (*TEXT_FIELDS, *LIST_FIELDS, *DATE_FIELDS, "image")
_NO_SITE = SiteNames(display="", origin="rule", squeezed=frozenset(), label="")
_SITE_KEYS = ("host", "path", "valid_from", "valid_until", "body", "remove", "fields")


class RuleProblem(UsageProblem):
    """A rule file that cannot be used; the message names the file's line and key."""


@dataclass(frozen=True, slots=True)
class Selector:
    """One selector as written, and what finds its matches in a page."""

    written: str
    find: Callable[[HtmlElement], Any]

    def elements(self, root: HtmlElement) -> list[HtmlElement]:
        """Return the elements that match, in order; none where the selector yields text."""
        found = self._matches(root)
        return [one for one in found if isinstance(one, HtmlElement)]

    def values(self, root: HtmlElement) -> list[str]:
        """Return what matches as clean lines: an element's text (of ``meta`` and ``time`` what they declare)."""
        values = map(_value, self._matches(root)[:MOST_VALUES])
        return [value for value in values if value]

    def _matches(self, root: HtmlElement) -> list[object]:
        """Return what matches; a selector that fails on this page matches nothing on it."""
        try:
            found = self.find(root)
        except etree.XPathError:
            return []
        return found if isinstance(found, list) else [found]


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The rules of one ``[[site]]``: ``line`` is where it stands, ``origin`` what the evidence says of their finds."""

    host: str
    path: str = "*"
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    body: tuple[Selector, ...] = ()
    remove: tuple[Selector, ...] = ()
    fields: Mapping[str, tuple[Selector, ...]] = field(default_factory=dict)
    line: int = 0
    origin: str = "rule"

    def applies(self, url: str, moment: datetime) -> bool:
        """Tell whether these rules hold for ``url`` as it was at ``moment``."""
        parts = urlsplit(url)
        if not fnmatchcase(parts.hostname or "", self.host) or not fnmatchcase(unquote(parts.path), self.path):
            return False
        begun = self.valid_from is None or self.valid_from <= moment
        return begun and (self.valid_until is None or moment < self.valid_until)


def rules_for(rules: Iterable[SiteRules], url: str, moment: datetime) -> SiteRules | None:
    """Return the first of ``rules`` that applies."""
    return next((one for one in rules if one.applies(url, moment)), None)


# --- applying ------------------------------------------------------------------------------------------------------


def prune(document: Document, rules: SiteRules) -> None:
    """Take what ``rules.remove`` names out of the page, keeping the text after each element."""
    for selector in rules.remove:
        for element in selector.elements(document.root):
            if element.getparent() is not None:
                element.drop_tree()


def body_container(document: Document, rules: SiteRules) -> HtmlElement | None:
    """Return the element that holds the body as ``rules.body`` names it; None where it names nothing on this page.

    What it names, one element or several, is put into one new element in the place of the first.
    """
    found = next((elements for selector in rules.body if (elements := selector.elements(document.root))), [])
    if not found or found[0].getparent() is None:
        return None
    container = document.root.makeelement("div")
    found[0].addprevious(container)
    for element in found:
        if element is not container and container not in element.iter():
            element.tail = None
            container.append(element)
    return container


def with_fields(article: Article, found: Mapping[str, list[str]], origin: str) -> Article:
    """Return ``article`` with the values that rules found in place of its own, each with evidence ``origin``."""
    updates: dict[str, Any] = {}
    evidence = dict(article.evidence)
    for name, values in found.items():
        value = _typed(name, values, article)
        if value is not None:
            updates["images" if name == "image" else name] = value
            evidence[name] = Evidence(origin=origin, confidence=1.0)
    return article.model_copy(update={**updates, "evidence": evidence})


def found_values(document: Document, rules: SiteRules) -> dict[str, list[str]]:
    """Return the values of each field that ``rules`` name and this page has."""
    found: dict[str, list[str]] = {}
    for name, selectors in rules.fields.items():
        values = next((values for selector in selectors if (values := selector.values(document.root))), [])
        if values:
            found[name] = values
    return found


def _typed(name: str, values: list[str], article: Article) -> Any:
    """Return the field's value; None where the text is no such thing (a date that is none)."""
    if name == "authors":
        # A rule points at the byline; who is named in it is told as on any page. If nobody is, the rule knows better.
        return people_in(values, _NO_SITE, shown=True) or tuple(dict.fromkeys(values))
    if name in LIST_FIELDS:
        return tuple(dict.fromkeys(values))
    if name in DATE_FIELDS:
        moments = (read_machine_moment(value, language=article.language or "") for value in values)
        return next((moment.when for moment in moments if moment), None)
    if name == "image":
        target = address(values[0], article.url)
        return (Image(url=target), *article.images) if target else None
    return values[0]


def _value(found: object) -> str:
    if isinstance(found, HtmlElement):
        declared = found.get("content") or found.get("datetime") or (found.get("src") if found.tag == "img" else None)
        return clean_line((declared or found.text_content())[:LONGEST_VALUE])
    return clean_line(str(found)[:LONGEST_VALUE]) if isinstance(found, str | float) else ""


# --- reading -------------------------------------------------------------------------------------------------------


def read_rules(text: str, name: str = "rules", origin: str = "rule") -> tuple[SiteRules, ...]:
    """Read a rule file; ``name`` is what messages call it, ``origin`` what evidence says of what its rules find.

    Raises:
        RuleProblem: not TOML, or a key or value that no rule has; the message names line, key and what is expected.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise RuleProblem(f"{name}: {problem}") from problem
    sites = document.get("site")
    if not isinstance(sites, list) or not sites or set(document) != {"site"}:
        raise RuleProblem(f"{name}: a rule file is a list of [[site]] tables and nothing else.")
    places = _places(text)
    read = (_site(site, _Where(name, places, number)) for number, site in enumerate(sites))
    return tuple(replace(one, origin=origin) for one in read)


@dataclass(frozen=True, slots=True)
class _Where:
    """The place of one ``[[site]]`` in its file, to point at."""

    name: str
    places: Mapping[tuple[int, str], int]
    number: int

    def line(self, key: str = "") -> int:
        return self.places.get((self.number, key)) or self.places.get((self.number, ""), 0)

    def problem(self, key: str, what: str) -> RuleProblem:
        return RuleProblem(f"{self.name}, line {self.line(key)}, {key or '[[site]]'}: {what}")


_HEADER = re.compile(r"\s*\[\[\s*site\s*\]\]")
_KEY = re.compile(r"\s*[\"']?([A-Za-z_]\w*)[\"']?\s*=")


def _places(text: str) -> dict[tuple[int, str], int]:
    """Return the line of each site's table (key "") and of each key in it."""
    places: dict[tuple[int, str], int] = {}
    site = -1
    for number, line in enumerate(text.splitlines(), start=1):
        if _HEADER.match(line):
            site += 1
            places[site, ""] = number
        elif key := _KEY.match(line):
            places.setdefault((site, key.group(1)), number)
    return places


def _site(site: Any, where: _Where) -> SiteRules:
    if not isinstance(site, dict):
        raise where.problem("", "a site is a table.")
    _known(site, _SITE_KEYS, where)
    fields = site.get("fields", {})
    if not isinstance(fields, dict):
        raise where.problem("fields", "a table of field = selector.")
    _known(fields, FIELDS, where)
    if not fields and "body" not in site and "remove" not in site:
        raise where.problem("", "says nothing: give it fields, body or remove.")
    return SiteRules(
        host=_pattern(site, "host", where).lower(),
        path=_pattern(site, "path", where, default="*"),
        valid_from=_day(site, "valid_from", where),
        valid_until=_day(site, "valid_until", where),
        body=_selectors(site, "body", where),
        remove=_selectors(site, "remove", where),
        fields={name: _selectors(fields, name, where) for name in fields},
        line=where.line(),
    )


def _known(table: Mapping[str, Any], known: tuple[str, ...], where: _Where) -> None:
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
            raise where.problem(key, f"there is no such key; {hint}")


def _pattern(site: Mapping[str, Any], key: str, where: _Where, default: str = "") -> str:
    value = site.get(key, default)
    if not isinstance(value, str) or not value:
        raise where.problem(
            key, "a text is required, such as " + ('"news.example".' if key == "host" else '"/news/*".')
        )
    if key == "host" and ("/" in value or ":" in value):
        raise where.problem(key, f"{value!r} is not a host; write news.example or *.news.example.")
    return value


def _day(site: Mapping[str, Any], key: str, where: _Where) -> datetime | None:
    """Return a date as its midnight UTC, a time as it is."""
    value = site.get(key)
    if value is None:
        return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    raise where.problem(key, f"{value!r} is not a date; write 2026-11-24, without quotes.")


def _selectors(table: Mapping[str, Any], key: str, where: _Where) -> tuple[Selector, ...]:
    value = table.get(key, [])
    written = [value] if isinstance(value, str) else value
    if not isinstance(written, list) or not all(isinstance(one, str) and one.strip() for one in written):
        raise where.problem(key, "a selector is a text, or a list of texts.")
    return tuple(_compiled(one.strip(), key, where) for one in written)


def _compiled(written: str, key: str, where: _Where) -> Selector:
    try:
        find = etree.XPath(written, smart_strings=False) if written.startswith(("/", "(")) else _css(written)
        # Unknown functions and variables show only when the selector meets an element.
        find(_SAMPLE)
        return Selector(written, find)
    except (etree.XPathError, SyntaxError, ValueError) as problem:
        raise where.problem(key, f"{written!r} is no selector: {problem}") from problem


def _css(written: str) -> etree.XPath:
    from lxml.cssselect import CSSSelector  # only who has rules pays for it

    return CSSSelector(written, translator="html")


_SAMPLE = fragment_fromstring(
    "<header/><h1/><h2/><h3/><h4/><h5/><h6/><p/><a/><span/><ul><li/></ul><time/><img/><figure><figcaption/></figure>"
    "<table><tr><td/></tr></table><blockquote/><main/><article/><section/><aside/><footer/><b/><i/><em/><strong/>",
    create_parent="div",
)


def all_selectors(rules: SiteRules) -> Iterator[tuple[str, Selector]]:
    """Yield each selector with the name of its field (``body`` and ``remove`` among them)."""
    for name, selectors in {"body": rules.body, "remove": rules.remove, **rules.fields}.items():
        for selector in selectors:
            yield name, selector
