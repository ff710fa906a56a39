"""Article or list: told from what is on the page, not from its name.

A list is links with little beside them; an article is prose with links beside it. What the page says about itself
(``og:type``, JSON-LD, a date of publication) is weaker evidence, since front pages call themselves articles and the
other way round; the shape of the address is the weakest. Each piece of evidence is worth points, for an article or
against it, and says so in words: the sum decides, and ``warraq parse --explain`` shows it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from warraq_parser.article import jsonld
from warraq_parser.article.body.lines import LineKind
from warraq_parser.links import address_shape, article_links
from warraq_parser.measures import MANY_HEADLINES, SOME_PROSE, MainHeading, Measures, measure
from warraq_parser.walls import reason_instead
from warraq_shared.parsed import PageKind
from warraq_shared.reasons import Reason

if TYPE_CHECKING:
    from warraq_parser.article.assemble import ArticleReading
    from warraq_parser.article.document import Document
    from warraq_parser.article.metadata import Metadata

# Weights are letters, wide characters counting double (see ``weigh``).
MUCH_PROSE = 1_500
SHORT_PROSE = 350
# Less than this is no text: a gallery's credit, a "Loading…".
A_FEW_WORDS = 20


class Points(NamedTuple):
    """One piece of evidence: above zero for an article, below for a list; and why, in words."""

    points: float
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is, the reason if it is no article, and why, as short sentences for ``--explain``."""

    kind: PageKind
    reason: Reason
    why: tuple[str, ...]


def judge(document: "Document", reading: "ArticleReading", source: str) -> Verdict:
    """Tell what a page is. ``source`` is the beginning of its HTML as text."""
    measures = measure(document, reading)
    wall = _wall(reading, measures, source)
    if wall is not None:
        return Verdict(PageKind.UNKNOWN, wall, ("its headline says so, and there is next to no text",))
    evidence = tuple(_evidence(document, reading, measures))
    score = sum(one.points for one in evidence)
    why = tuple(f"{one.points:+g} {one.why}" for one in evidence)
    if score <= 0 and _lists_something(document, measures):
        return Verdict(PageKind.SECTION, Reason.NOT_AN_ARTICLE, why)
    if measures.prose >= (A_FEW_WORDS if score > 0 else SOME_PROSE):
        return Verdict(PageKind.ARTICLE, Reason.OK, why)
    return Verdict(PageKind.ARTICLE if score > 0 else PageKind.UNKNOWN, Reason.NO_TEXT, why)


def _lists_something(document: "Document", measures: Measures) -> bool:
    """Tell whether there are links enough to be a list at all."""
    return measures.headlines >= 3 or measures.links_in_chain > 0 or len(article_links(document)) >= 3


# --- evidence ------------------------------------------------------------------------------------------------------


def _evidence(document: "Document", reading: "ArticleReading", measures: Measures) -> Iterator[Points]:
    yield from _of_prose(measures)
    yield from _of_headlines(measures)
    yield from _of_metadata(reading.metadata)
    yield from _of_address(document.url)
    yield from _of_main_heading(measures.main)


def _of_prose(measures: Measures) -> Iterator[Points]:
    if measures.links_in_chain:
        yield Points(-3, f"{measures.links_in_chain} links to other pages in a chain, some lines with each")
        return
    if measures.chain.teaser:
        yield Points(-2, "what stands over the text is a link to another page")
    for least, points in ((MUCH_PROSE, 4), (700, 3), (SHORT_PROSE, 2), (SOME_PROSE, 1)):
        if measures.prose >= least:
            yield Points(points, f"{measures.prose:,} letters of text")
            break
    if measures.paragraphs >= 3:
        yield Points(1, f"{measures.paragraphs} paragraphs")


def _of_headlines(measures: Measures) -> Iterator[Points]:
    if measures.headlines >= MANY_HEADLINES and measures.headlines * 40 > measures.prose:
        points = -2 if measures.headlines >= 2 * MANY_HEADLINES else -1
        yield Points(points, f"{measures.headlines} linked headlines, more than the text is long")
        if measures.prose < SOME_PROSE:
            yield Points(-1, "and next to no text")
    elif measures.headlines >= 2 * MANY_HEADLINES and measures.headlines * 80 > measures.prose:
        yield Points(-1, f"{measures.headlines} linked headlines")


def _of_metadata(metadata: "Metadata") -> Iterator[Points]:
    kind, name = metadata.first("og:type")
    if kind.lower().endswith("article"):
        yield Points(1, f"{name} says {kind}")
    elif kind.lower() in ("website", "site", "object"):
        yield Points(-0.5, f"{name} says {kind}")
    if jsonld.rank(metadata.article) == 2:
        yield Points(1, "JSON-LD describes an article")
    elif any("collectionpage" in map(str.lower, jsonld.types_of(node)) for node in metadata.json_ld):
        yield Points(-1, "JSON-LD describes a collection")
    if metadata.first("article:published_time", "datepublished")[0] or jsonld.first(metadata.article, "datePublished"):
        yield Points(1, "a date of publication is declared")


_ONE_WORD = re.compile(r"(?:/[^\W\d_]{2,20}){1,2}/?")


def _of_address(url: str) -> Iterator[Points]:
    shape = address_shape(url)
    if urlsplit(url).path in ("", "/") and shape < 0:
        yield Points(-5, "the address is that of the whole site")
    elif shape < 0:
        yield Points(-1, "the address is that of a list or a tool")
    elif shape == 0 and _ONE_WORD.fullmatch(urlsplit(url).path):
        yield Points(-1, "the address is a word or two, like a section's")
    elif shape > 0:
        yield Points(0.5 if shape == 1 else 1, "the address looks like an article's")


def _of_main_heading(main: MainHeading | None) -> Iterator[Points]:
    if main is None:
        return
    if main.is_headline and main.in_title:
        yield Points(1.5, "a main heading that is no link, and the page's title")
    elif main.is_headline:
        yield Points(1, "a main heading that is no link")
    if main.list_below:
        yield Points(-1.5, "the first thing under the main heading is a linked headline")
    if main.prose_below >= SHORT_PROSE:
        yield Points(2, f"{main.prose_below:,} letters under the main heading before the first linked headline")


# --- walls ---------------------------------------------------------------------------------------------------------


def _wall(reading: "ArticleReading", measures: Measures, source: str) -> Reason | None:
    """Return why the page stands in place of an article, or None."""
    if measures.prose > MUCH_PROSE:
        return None
    lines = reading.body.outline.lines
    own_text = "\n".join(line.text for line in lines if line.links < 0.5 * line.weight)
    headings = [line.text for line in lines if line.kind is LineKind.HEADING and line.level <= 2]
    return reason_instead((reading.metadata.page_title, *headings[:5]), own_text, source)
