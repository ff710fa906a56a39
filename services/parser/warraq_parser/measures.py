"""What a page consists of, counted: prose, headlines, headings. ``kind.py`` draws its conclusions from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from warraq_parser.article.body.lines import Line, LineKind, Outline, weigh
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
A_FEW_LETTERS = 15
A_TEASER = 40
MANY_HEADLINES = 8
A_FEW = 3
A_FEW_DOORS = 6
# So much text before the first "Read more" is no teaser.
A_LONG_OPENING = 1_000
# Words like "Read more" are short; so many anchors are looked at.
LONGEST_DOOR = 25
MOST_ANCHORS = 1_000


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
class Chain:
    """How much the body's container is a list of other pages, each with some words of its own. Counts of lines.

    ``headings`` are all headings in it, ``linked_headings`` those that lead to other pages of the site; ``links`` are
    all lines that are such links, ``teased`` those of them with text right under them; ``opening`` is the weight of
    the prose before the first of them. ``doors`` counts different pages behind one and the same words ("Read more");
    ``before_doors`` is the weight of the prose before the first of these.
    ``teaser`` tells that what stands right over the first prose is such a link.
    """

    headings: int = 0
    linked_headings: int = 0
    links: int = 0
    teased: int = 0
    opening: int = 0
    doors: int = 0
    before_doors: int = 0
    teaser: bool = False


@dataclass(frozen=True, slots=True)
class Measures:
    """What a page consists of: ``prose`` is the weight of the body found, ``paragraphs`` its lines of some length.

    ``headlines`` are the lines of the whole page that are long links and nothing else.
    """

    prose: int
    paragraphs: int
    headlines: int
    chain: Chain
    main: MainHeading | None

    @property
    def links_in_chain(self) -> int:
        """How many other pages the container lists with some lines each; 0 where it is a text with links in it."""
        return self._headings_in_chain() or self._teasers() or self._doors()

    def _headings_in_chain(self) -> int:
        """Linked headings with a few paragraphs under each: teasers, the posts of a blog."""
        chain = self.chain
        if chain.linked_headings < A_FEW or not self._begins_with_links(chain.linked_headings):
            return 0
        only = chain.linked_headings >= 0.8 * chain.headings
        return chain.linked_headings if only or self.paragraphs < 4 * chain.linked_headings else 0

    def _teasers(self) -> int:
        """Links of any kind with a line or two under most of them."""
        chain = self.chain
        if chain.teased < max(A_FEW, 0.6 * chain.links) or not self._begins_with_links(chain.teased):
            return 0
        return chain.teased if self.paragraphs < 2 * chain.teased else 0

    def _doors(self) -> int:
        """Paragraphs with "Read more" behind each."""
        doors = self.chain.doors
        named = self.main is not None and self.main.in_title
        if named or self.chain.before_doors > A_LONG_OPENING:
            return 0
        return doors if doors > A_FEW_DOORS and 0.7 * doors <= self.paragraphs < 2 * doors else 0

    def _begins_with_links(self, links: int) -> bool:
        """Tell whether there is next to no text before the first link.

        Under an article's own headline one paragraph shows that the links in its text are only links in a text.
        """
        own = self.main is not None and self.main.is_headline and self.main.in_title
        return self.chain.opening < (A_PARAGRAPH if own else max(SOME_PROSE, 30 * links))


def measure(document: "Document", reading: "ArticleReading") -> Measures:
    """Count what the page consists of, from the outline that its body was found in."""
    lengths = [weigh(line) for line in block_lines(reading.article.blocks)] if reading.article else []
    paragraphs = sum(length >= A_PARAGRAPH for length in lengths)
    headlines = sum(map(_is_linked_headline, reading.body.outline.lines))
    if not paragraphs and headlines < MANY_HEADLINES:
        # A gallery: its links are pictures.
        headlines = max(headlines, len(article_links(document)))
    return Measures(
        # Short lines may be captions, names, dates: they count half.
        prose=sum(length if length >= A_PARAGRAPH else length // 2 for length in lengths),
        paragraphs=paragraphs,
        headlines=headlines,
        chain=_chain(document, reading),
        main=_main_heading(reading),
    )


def _is_linked_headline(line: Line) -> bool:
    """Tell whether a line is a link as long as a headline, and nothing else."""
    return line.weight >= A_HEADLINE and line.links >= 0.8 * line.weight


def _is_prose(line: Line) -> bool:
    return line.kind is LineKind.TEXT and line.weight >= A_PARAGRAPH and line.links < 0.3 * line.weight


def _chain(document: "Document", reading: "ArticleReading") -> Chain:
    outline = reading.body.outline
    if not outline.regions:
        return Chain()
    own = {document.url, *_addresses(document, reading)}
    region = outline.regions[reading.body.region]
    shown = outline.lines_of(region)
    lines = [line for line in shown if line.weight >= A_FEW_LETTERS]
    away = [_is_linked_headline(line) and _leads_away(document, _element_of(outline, line), own) for line in lines]
    first_link = next((place for place, leads in enumerate(away) if leads), len(lines))
    first_prose = next((place for place, line in enumerate(lines) if _is_prose(line)), 0)
    headings = [line.kind is LineKind.HEADING for line in lines]
    words, doors = _doors(document, region.element, own)
    return Chain(
        headings=sum(headings),
        linked_headings=sum(leads and heading for leads, heading in zip(away, headings, strict=True)),
        links=sum(away),
        teased=sum(leads and _is_teaser(line) for leads, line in zip(away, lines[1:], strict=False)),
        opening=sum(line.weight for line in lines[:first_link] if _is_prose(line)),
        doors=doors,
        before_doors=sum(line.weight for line in takewhile(lambda line: line.text != words, shown) if _is_prose(line)),
        teaser=first_prose > 0 and away[first_prose - 1],
    )


def _element_of(outline: Outline, line: Line) -> "HtmlElement":
    return outline.regions[line.region].element


def _is_teaser(line: Line) -> bool:
    return line.kind is LineKind.TEXT and line.weight >= A_TEASER and line.links < 0.5 * line.weight


def _doors(document: "Document", container: "HtmlElement", own: set[str]) -> tuple[str, int]:
    """Return the commonest short link text in ``container``, and how many different pages it leads to."""
    behind: dict[str, list[str]] = {}
    for anchor in islice(container.iter("a"), MOST_ANCHORS):
        words = (anchor.text or "").strip()
        if 2 <= len(words) <= LONGEST_DOOR:
            behind.setdefault(words, []).append(anchor.get("href") or "")
    words, hrefs = max(behind.items(), key=lambda item: len(item[1]), default=("", []))
    if len(hrefs) <= A_FEW_DOORS:
        return words, 0
    own_paths = {urlsplit(url).path for url in own}
    targets = {target for href in hrefs if (target := address(href, document.url))}
    return words, sum(_is_elsewhere(document, one, own) and urlsplit(one).path not in own_paths for one in targets)


def _addresses(document: "Document", reading: "ArticleReading") -> Iterator[str]:
    """Yield what the page says that its own address is."""
    for written in (*reading.metadata.links.get("canonical", ()), *reading.metadata.meta.get("og:url", ())):
        found = address(written, document.url)
        if found:
            yield found


def _leads_away(document: "Document", heading: "HtmlElement", own: set[str]) -> bool:
    """Tell whether a line's link leads to what may be another article of the site, not to the page itself."""
    anchor = next(heading.iter("a"), None)
    if anchor is None:
        anchor = next(heading.iterancestors("a"), None)
    target = address(anchor.get("href"), document.url) if anchor is not None else None
    return bool(target) and _is_elsewhere(document, target or "", own)


def _is_elsewhere(document: "Document", target: str, own: set[str]) -> bool:
    return target not in own and same_site(target, document.url) and address_shape(target) >= 0


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
