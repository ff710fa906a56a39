"""What stands between headline and text: the subtitle (a second headline) and the lead (a summary in sentences)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from warraq_parser.article import jsonld
from warraq_parser.article.authors.byline_words import BYLINE
from warraq_parser.article.called import called
from warraq_parser.article.dates.date_text import read_moments
from warraq_parser.article.elements import line_of
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.sentences import ends_sentence
from warraq_parser.article.surroundings import Surroundings
from warraq_parser.article.titles.headline import Headline
from warraq_shared.folding import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What elements that hold them are called.
_is_called_subtitle = called(
    r"sub-?(?:title|head|headline|titulo|tit)|untertitel|soustitre|sottotitolo|second-?title|\bdek\b|\bdeck\b"
)
_is_called_lead = called(
    r"\blead\b|lead-?text|\blede\b|\bintro\b|standfirst|summary|excerpt|chapo|chapeau|entradilla|bajada|ingress|vorspann|teaser-?text|"
    r"article-?(?:lead|intro)|\bdek\b|sapo|abstract|sommario|occhiello|manchet"
)
# What was cut to a number of letters.
_CUT = re.compile(r"(?:…|\.\.\.|\[…\])\s*$")
_NEAR = 30
_SHORTEST_LEAD, _LONGEST_LEAD = 40, 900
_LONGEST_SUBTITLE = 250


def subtitle_of(metadata: Metadata, title: Headline | None, around: Surroundings) -> tuple[str, str]:
    """Return the subtitle and its origin; ("", "") where the page shows none."""
    if title is None:
        return "", ""
    shown = _shown_summary(metadata, around)
    if shown[0]:
        return shown
    for element in (line.element for line in around.behind[:_NEAR]):
        if element.tag in ("h2", "h3", "h4", "p", "div", "span", "strong") and _is_called_subtitle(_names(element)):
            text = line_of(element)
            if 3 < len(text) <= _LONGEST_SUBTITLE and fold(text) != fold(title.text) and not _is_byline(text):
                return text, f"dom:{element.tag}"
    other = jsonld.first(metadata.article, "alternativeHeadline")
    return (other, "json-ld") if other and fold(other) != fold(title.text) else ("", "")


def _shown_summary(metadata: Metadata, around: Surroundings) -> tuple[str, str]:
    """Return the line by the headline that the head repeats as the page's description: it needs no telling name."""
    said = {fold(text) for text, _ in _summaries(metadata) if 3 < len(text) <= _LONGEST_SUBTITLE}
    for line in around.behind[:_NEAR] if said else ():
        if line.text and fold(line.text) in said:
            return line.text, f"dom:{line.element.tag}"
    return "", ""


def lead_of(metadata: Metadata, title: Headline | None, around: Surroundings) -> tuple[str, str]:
    """Return the lead and its origin: the summary readers see by the headline, else the one the head gives, uncut."""
    for element in (line.element for line in around.behind[:_NEAR]):
        if element.tag in ("p", "div", "h2", "h3", "section", "strong") and _is_called_lead(_names(element)):
            text = line_of(element, _LONGEST_LEAD)
            if _SHORTEST_LEAD < len(text) <= _LONGEST_LEAD:
                return text, f"dom:{element.tag}"
    for text, origin in _summaries(metadata):
        if (
            len(text) > _SHORTEST_LEAD
            and ends_sentence(text.rstrip())
            and not _CUT.search(text)
            and (not title or fold(text) != fold(title.text))
        ):
            return text, origin
    return "", ""


def _is_byline(text: str) -> bool:
    """Tell whether a line names the writer or the day: some sites call that their subtitle."""
    return bool(BYLINE.match(text)) or bool(read_moments(text))


def _names(element: "HtmlElement") -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''}"


def _summaries(metadata: Metadata) -> Iterator[tuple[str, str]]:
    description = jsonld.first(metadata.article, "description")
    if description:
        yield description, "json-ld"
    for name in ("og:description", "description", "twitter:description"):
        for value in metadata.meta.get(name, ())[:1]:
            yield jsonld.plain(value), f"meta:{name}"
