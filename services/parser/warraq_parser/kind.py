"""Article or list: told from what is on the page, not from its name.

A list is links with little beside them; an article is prose with links beside it. What the page says about itself
(``og:type``, JSON-LD, a date of publication) is weaker evidence, since front pages call themselves articles and the
other way round; the shape of the address is the weakest. Each piece of evidence is worth points, for an article or
against it, and says so in words: the sum decides, and ``warraq parse --explain`` shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from warraq_parser.article import jsonld
from warraq_parser.article.outline import Line, LineKind, weigh
from warraq_parser.feeds.model import address
from warraq_parser.links import address_shape, article_links
from warraq_parser.walls import reason_instead
from warraq_shared.article import block_lines
from warraq_shared.folding import fold
from warraq_shared.parsed import PageKind
from warraq_shared.reasons import Reason
from warraq_shared.urls import same_site

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from warraq_parser.article.assemble import ArticleReading
    from warraq_parser.article.body import Body
    from warraq_parser.article.document import Document
    from warraq_parser.article.metadata import Metadata

# Weights are letters, wide characters counting double (see ``weigh``).
A_PARAGRAPH = 80
A_HEADLINE = 20
MANY_HEADLINES = 8
# With so much prose nothing but a container full of linked headings makes a page a list.
MUCH_PROSE = 1_500
SHORT_PROSE = 350
SOME_PROSE = 150
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


@dataclass(frozen=True, slots=True)
class Measures:
    """What a page consists of. ``prose`` and ``opening`` are weights, the others count lines.

    ``prose`` is the text of the body found, ``paragraphs`` its lines as long as a paragraph; ``headlines`` are the
    lines of the whole page that are long links and nothing else; ``headings`` are those in the body's container,
    ``linked_headings`` the ones that lead to other pages of the site, ``opening`` the prose before the first of these.
    """

    prose: int
    paragraphs: int
    headlines: int
    headings: int
    linked_headings: int
    opening: int

    @property
    def is_chain(self) -> bool:
        """Tell whether the container is a chain of linked headings with something under each: teasers, posts."""
        linked = self.linked_headings
        if linked < 3 or self.opening >= max(SOME_PROSE, 30 * linked):
            return False
        return self.paragraphs < 4 * linked or linked >= 0.8 * self.headings


def judge(document: "Document", reading: "ArticleReading", source: str) -> Verdict:
    """Tell what a page is. ``source`` is the beginning of its HTML as text."""
    measures = measure(document, reading)
    wall = _wall(reading, measures, source)
    if wall is not None:
        return Verdict(PageKind.UNKNOWN, wall, ("its headline says so, and there is next to no text",))
    evidence = tuple(_evidence(document, reading, measures))
    score = sum(one.points for one in evidence)
    why = tuple(f"{one.points:+g} {one.why}" for one in evidence)
    doubtful = score == 0 and measures.prose < SHORT_PROSE
    if score >= 0 and not doubtful and measures.prose >= A_FEW_WORDS:
        return Verdict(PageKind.ARTICLE, Reason.OK, why)
    if score > 0 or not _lists_something(document, measures):
        return Verdict(PageKind.ARTICLE if score > 0 else PageKind.UNKNOWN, Reason.NO_TEXT, why)
    return Verdict(PageKind.SECTION, Reason.NOT_AN_ARTICLE, why)


def _lists_something(document: "Document", measures: Measures) -> bool:
    """Tell whether there are links enough to be a list at all."""
    return measures.headlines >= 3 or len(article_links(document)) >= 3


# --- measuring -----------------------------------------------------------------------------------------------------


def measure(document: "Document", reading: "ArticleReading") -> Measures:
    """Count what the page consists of, from its outline."""
    lengths = [weigh(line) for line in block_lines(reading.article.blocks)] if reading.article else []
    paragraphs = sum(length >= A_PARAGRAPH for length in lengths)
    # Short lines may be captions, names, dates: they count half.
    prose = sum(length if length >= A_PARAGRAPH else length // 2 for length in lengths)
    headlines = sum(map(_is_headline, reading.body.outline.lines))
    if not paragraphs and headlines < MANY_HEADLINES:
        # A gallery: its links are pictures.
        headlines = max(headlines, len(article_links(document)))
    headings, linked, opening = _headings(document, reading.body)
    return Measures(prose, paragraphs, headlines, headings, linked, opening)


def _is_headline(line: Line) -> bool:
    """Tell whether a line is a link as long as a headline, and nothing else."""
    return line.weight >= A_HEADLINE and line.links >= 0.8 * line.weight


def _headings(document: "Document", body: "Body") -> tuple[int, int, int]:
    """Return how many headings the container has, how many lead away, and the prose before the first of these."""
    if not body.outline.regions:
        return 0, 0, 0
    region = body.outline.regions[body.region]
    count = linked = opening = 0
    for line in body.outline.lines[region.first : region.last]:
        if line.kind is LineKind.HEADING:
            count += 1
            linked += _is_headline(line) and _leads_away(document, body.outline.regions[line.region].element)
        elif not linked and _is_prose(line):
            opening += line.weight
    return count, linked, opening


def _leads_away(document: "Document", heading: "HtmlElement") -> bool:
    """Tell whether a heading's link leads to what may be another article of the site, not to the page itself."""
    anchor = next(heading.iter("a"), None)
    if anchor is None:
        anchor = next(heading.iterancestors("a"), None)
    target = address(anchor.get("href"), document.url) if anchor is not None else None
    return bool(target and target != document.url and same_site(target, document.url) and address_shape(target) >= 0)


# --- evidence ------------------------------------------------------------------------------------------------------


def _evidence(document: "Document", reading: "ArticleReading", measures: Measures) -> Iterator[Points]:
    yield from _of_prose(measures)
    yield from _of_headlines(measures)
    yield from _of_metadata(reading.metadata)
    yield from _of_address(document.url)
    yield from _of_main_heading(reading)


def _of_prose(measures: Measures) -> Iterator[Points]:
    if measures.is_chain:
        yield Points(-3, f"{measures.linked_headings} linked headings in a chain, some lines under each")
        return
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


def _of_address(url: str) -> Iterator[Points]:
    shape = address_shape(url)
    if urlsplit(url).path in ("", "/") and shape < 0:
        yield Points(-2, "the address is that of the whole site")
    elif shape < 0:
        yield Points(-1, "the address is that of a list or a tool")
    elif shape > 0:
        yield Points(0.5 if shape == 1 else 1, "the address looks like an article's")


def _of_main_heading(reading: "ArticleReading") -> Iterator[Points]:
    lines = reading.body.outline.lines
    title = fold(reading.metadata.page_title)
    place = _main_heading(lines, title)
    if place is None:
        return
    heading = lines[place]
    if heading.weight >= 25 and not heading.links:
        told = _in_title(heading, title)
        yield Points(1.5 if told else 1, "a main heading that is no link" + (", and the page's title" if told else ""))
    below = [line for line in lines[place + 1 :] if line.weight >= A_HEADLINE]
    if below and _is_headline(below[0]):
        yield Points(-1.5, "the first thing under the main heading is a linked headline")
    prose = sum(line.weight for line in takewhile(lambda line: not _is_headline(line), below) if _is_prose(line))
    if prose >= SHORT_PROSE:
        yield Points(2, f"{prose:,} letters under the main heading before the first linked headline")


def _main_heading(lines: "list[Line]", title: str) -> int | None:
    """Return the place of the heading of the first level that the page's title names, else of the first, if any."""
    places = [place for place, line in enumerate(lines) if line.kind is LineKind.HEADING and line.level == 1]
    return next((place for place in places if _in_title(lines[place], title)), places[0] if places else None)


def _in_title(heading: Line, title: str) -> bool:
    return heading.weight >= 10 and fold(heading.text[:60]) in title


def _is_prose(line: Line) -> bool:
    return line.kind is LineKind.TEXT and line.weight >= A_PARAGRAPH and line.links < 0.3 * line.weight


# --- walls ---------------------------------------------------------------------------------------------------------


def _wall(reading: "ArticleReading", measures: Measures, source: str) -> Reason | None:
    """Return why the page stands in place of an article, or None."""
    if measures.prose > MUCH_PROSE:
        return None
    lines = reading.body.outline.lines
    own_text = "\n".join(line.text for line in lines if line.links < 0.5 * line.weight)
    headings = [line.text for line in lines if line.kind is LineKind.HEADING and line.level <= 2]
    return reason_instead((reading.metadata.page_title, *headings[:5]), own_text, source)
