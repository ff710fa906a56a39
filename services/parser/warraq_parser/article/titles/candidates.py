"""Where a page names its headline: the headings that readers see, and what the head says."""

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from warraq_parser.article import jsonld
from warraq_parser.article.called import called
from warraq_parser.article.elements import is_hidden, line_of
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.sitename import SiteNames, squeeze
from warraq_parser.article.titles.headline import LONGEST, SHORTEST_HEADLINE, Headline
from warraq_parser.article.titles.title_parts import SEPARATOR, without_site_name
from warraq_parser.text.clean import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WORDS = re.compile(r"\w+")
_MOST_H1, _MOST_PARTS = 12, 20
_MOST_LESSER = 24
_MOST_TITLE_PARTS = 6
# The worth of a place on its own. What readers see comes first, unless nothing else on the page speaks of it.
WORTH = {
    "dom:h1": 0.9,
    "json-ld": 0.8,
    "meta:og:title": 0.78,
    "microdata": 0.78,
    "dom:h2": 0.76,
    "meta:twitter:title": 0.7,
    "feed": 0.7,
    "title": 0.66,
}
# A line above the headline, inside its element: the subject, the series, the place.
_is_kicker = called(
    r"kicker|overline|over-?head|topline|eyebrow|dachzeile|spitzmarke|pre-?(?:title|head)|super-?(?:title|head)|roof|"
    r"suptitle|uptitle|rubri|category|antetitulo|surtitre|oberzeile|flag|badge|label|catchline"
)
# What may stand between a kicker and its headline.
_BETWEEN_PIECES = " -–—|:·•/"
_HOME = re.compile(r"^(?:https?:)?//[^/]+/?$|^/?(?:index\.\w{3,4})?$|^\./$")
_META_TITLES = (
    "og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "headline", "title",
)  # fmt: skip


def shown_headings(metadata: Metadata, names: SiteNames) -> Iterator[Headline]:
    """Yield the headings that a reader sees: those of the first level, or lesser ones that the page's title names."""
    title = metadata.page_title or metadata.first("og:title")[0]
    said = squeeze(metadata.first("og:title")[0])
    squeezed = squeeze(f"{title} ") + said
    enough = False
    headings = metadata.marks.headings
    for element in islice((heading for heading in headings if heading.tag == "h1"), _MOST_H1):
        text = _line_without_kicker(element)
        if 0 < len(text) <= LONGEST and text not in names and not is_hidden(element) and not _is_logo(element):
            enough = enough or _is_of_title(text, title)
            yield Headline(without_site_name(html.unescape(text), names), "dom:h1", WORTH["dom:h1"], element)
    if enough:
        return
    for element in islice((heading for heading in headings if heading.tag != "h1"), _MOST_LESSER):
        text = _line_without_kicker(element)
        key = squeeze(text)
        is_shown = key in squeezed or (len(said) > SHORTEST_HEADLINE and said in key and len(key) < 2 * len(said))
        if len(key) > 8 and len(text) <= LONGEST and text not in names and is_shown:
            yield Headline(text, "dom:h2", WORTH["dom:h2"], element)
            return
    yield from _shown_without_heading(metadata)


def _shown_without_heading(metadata: Metadata) -> Iterator[Headline]:
    """Yield the line that is one of the parts of the page's title: old pages show their headline in plain elements."""
    parts = list(filter(None, map(squeeze, SEPARATOR.split(metadata.page_title[:LONGEST]))))[:_MOST_TITLE_PARTS]
    longest = max(parts, key=len, default="")
    if len(set(parts)) < 2 or len(longest) < SHORTEST_HEADLINE:
        return
    # A dash may stand in the headline, too: parts that stand together, with the longest of them.
    whole, place = "".join(parts), parts.index(longest)
    runs = {"".join(parts[first:last]) for first in range(place + 1) for last in range(place + 1, len(parts) + 1)}
    wanted = runs - {whole}
    for element in metadata.marks.plain:
        text = element.text
        if text and len(text) <= LONGEST and squeeze(text) in wanted:
            yield Headline(clean_line(text), f"dom:{element.tag}", WORTH["dom:h2"], element)
            return


def _is_of_title(heading: str, title: str) -> bool:
    """Tell whether a heading is in what the head calls the page, or has a third of its words there."""
    words = set(_WORDS.findall(heading.casefold()))
    shared = words & set(_WORDS.findall(title.casefold()))
    return squeeze(heading) in squeeze(title) or 3 * len(shared) >= len(words)


def _is_logo(element: "HtmlElement") -> bool:
    """Tell whether a heading is the link to the front page, which stands on every page of a site."""
    links = [
        link for link in (element.getparent(), *islice(element, _MOST_PARTS)) if link is not None and link.tag == "a"
    ]
    return any(_HOME.match(link.get("href") or "#") for link in links)


def _line_without_kicker(element: "HtmlElement") -> str:
    """Return the text of a headline without the kicker, where that is an element of its own inside it."""
    for child in element:
        if not isinstance(child.tag, str) or (element.text or "").strip():
            break
        if _is_kicker(child.get("class") or ""):
            behind = (
                part
                for other in islice(child.itersiblings(), _MOST_PARTS)
                for part in (" ", line_of(other), other.tail or "")
            )
            line = clean_line((child.tail or "") + "".join(behind)).lstrip(_BETWEEN_PIECES)
            if line:
                return line
        break
    return line_of(element)


def said_in_head(metadata: Metadata) -> Iterator[Headline]:
    """Yield what the page's head says the headline is."""
    for key in ("headline", "name"):
        text = jsonld.first(metadata.article, key)
        if text and len(text) <= LONGEST:
            yield Headline(text, "json-ld", WORTH["json-ld"] - 0.1 * (key == "name"))
            break
    for name in _META_TITLES:
        for text in metadata.meta.get(name, ())[:1]:
            yield Headline(text[:LONGEST], f"meta:{name}", WORTH.get(f"meta:{name}", 0.6))
    for text in metadata.microdata.get("headline", ())[:1] if not metadata.article.get("headline") else ():
        yield Headline(text[:LONGEST], "microdata", WORTH["microdata"])
    if metadata.page_title:
        yield Headline(metadata.page_title[:LONGEST], "title", WORTH["title"])
