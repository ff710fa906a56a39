"""What a page consists of, counted: prose, headlines, headings. ``kind.py`` draws its conclusions from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from warraq_parser.article.outline import Line, LineKind, weigh
from warraq_parser.feeds.model import address
from warraq_parser.links import address_shape, article_links
from warraq_shared.article import block_lines
from warraq_shared.folding import fold
from warraq_shared.urls import same_site

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from warraq_parser.article.assemble import ArticleReading
    from warraq_parser.article.document import Document

# Weights are letters, wide characters counting double (see ``weigh``).
A_HEADLINE = 20
A_LONG_HEADING = 25
A_PARAGRAPH = 80
SOME_PROSE = 150
MANY_HEADLINES = 8


@dataclass(frozen=True, slots=True)
class MainHeading:
    """The heading of the first level that the page's title names, else the first of that level.

    ``prose_below`` is the weight of the paragraphs under it before the first linked headline; ``list_below`` tells
    that a linked headline is the first thing there.
    """

    weight: int
    is_link: bool
    in_title: bool
    list_below: bool
    prose_below: int

    @property
    def is_headline(self) -> bool:
        """Whether it is as long as an article's headline, and no link."""
        return self.weight >= A_LONG_HEADING and not self.is_link


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
    main: MainHeading | None

    @property
    def is_chain(self) -> bool:
        """Tell whether the container is a chain of linked headings with something under each: teasers, posts."""
        linked = self.linked_headings
        own = self.main is not None and self.main.is_headline and self.main.in_title
        # Under an article's own headline one paragraph shows that the links in its text are only links in a text.
        enough = A_PARAGRAPH if own else max(SOME_PROSE, 30 * linked)
        if linked < 3 or self.opening >= enough:
            return False
        return self.paragraphs < 4 * linked or linked >= 0.8 * self.headings


def measure(document: "Document", reading: "ArticleReading") -> Measures:
    """Count what the page consists of, from the outline that its body was found in."""
    lengths = [weigh(line) for line in block_lines(reading.article.blocks)] if reading.article else []
    paragraphs = sum(length >= A_PARAGRAPH for length in lengths)
    headlines = sum(map(_is_linked_headline, reading.body.outline.lines))
    if not paragraphs and headlines < MANY_HEADLINES:
        # A gallery: its links are pictures.
        headlines = max(headlines, len(article_links(document)))
    headings, linked, opening = _headings(document, reading)
    return Measures(
        # Short lines may be captions, names, dates: they count half.
        prose=sum(length if length >= A_PARAGRAPH else length // 2 for length in lengths),
        paragraphs=paragraphs,
        headlines=headlines,
        headings=headings,
        linked_headings=linked,
        opening=opening,
        main=_main_heading(reading),
    )


def _is_linked_headline(line: Line) -> bool:
    """Tell whether a line is a link as long as a headline, and nothing else."""
    return line.weight >= A_HEADLINE and line.links >= 0.8 * line.weight


def _is_prose(line: Line) -> bool:
    return line.kind is LineKind.TEXT and line.weight >= A_PARAGRAPH and line.links < 0.3 * line.weight


def _headings(document: "Document", reading: "ArticleReading") -> tuple[int, int, int]:
    """Return how many headings the container has, how many lead away, and the prose before the first of these."""
    outline = reading.body.outline
    if not outline.regions:
        return 0, 0, 0
    own = {document.url, *_addresses(document, reading)}
    region = outline.regions[reading.body.region]
    count = linked = opening = 0
    for line in outline.lines[region.first : region.last]:
        if line.kind is LineKind.HEADING:
            count += 1
            linked += _is_linked_headline(line) and _leads_away(document, outline.regions[line.region].element, own)
        elif not linked and _is_prose(line):
            opening += line.weight
    return count, linked, opening


def _addresses(document: "Document", reading: "ArticleReading") -> Iterator[str]:
    """Yield what the page says that its own address is."""
    for written in (*reading.metadata.links.get("canonical", ()), *reading.metadata.meta.get("og:url", ())):
        found = address(written, document.url)
        if found:
            yield found


def _leads_away(document: "Document", heading: "HtmlElement", own: set[str]) -> bool:
    """Tell whether a heading's link leads to what may be another article of the site, not to the page itself."""
    anchor = next(heading.iter("a"), None)
    if anchor is None:
        anchor = next(heading.iterancestors("a"), None)
    target = address(anchor.get("href"), document.url) if anchor is not None else None
    return bool(target and target not in own and same_site(target, document.url) and address_shape(target) >= 0)


def _main_heading(reading: "ArticleReading") -> MainHeading | None:
    lines = reading.body.outline.lines
    title = fold(reading.metadata.page_title)
    places = [place for place, line in enumerate(lines) if line.kind is LineKind.HEADING and line.level == 1]
    if not places:
        return None
    named = next((place for place in places if _in_title(lines[place], title)), None)
    place = places[0] if named is None else named
    below = [line for line in lines[place + 1 :] if line.weight >= A_HEADLINE]
    prose = takewhile(lambda line: not _is_linked_headline(line), below)
    return MainHeading(
        weight=lines[place].weight,
        is_link=bool(lines[place].links),
        in_title=named is not None,
        list_below=bool(below) and _is_linked_headline(below[0]),
        prose_below=sum(line.weight for line in prose if _is_prose(line)),
    )


def _in_title(heading: Line, title: str) -> bool:
    return heading.weight >= A_HEADLINE // 2 and fold(heading.text[:60]) in title
