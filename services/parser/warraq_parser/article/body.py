"""The body of an article: its blocks in order, and nothing that is not of the article."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warraq_parser.article.blocks import build_blocks
from warraq_parser.article.container import find_container, lead_start, settle_hints
from warraq_parser.article.drops import drop_captions, drop_cards, drop_regions
from warraq_parser.article.line_rules import drop_lines
from warraq_parser.article.outline import Outline, read_outline
from warraq_parser.profile import drop_repeated
from warraq_shared.article import Access, Block, Image
from warraq_shared.parsed import SiteProfile

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from warraq_parser.article.document import Document
    from warraq_parser.article.metadata import Metadata
    from warraq_parser.article.titles import Headline


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line of text that was left out of the body, and the name of the rule that did it."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Body:
    """What ``find_body`` found. ``origin`` is "dom", "json-ld" or "script"; ``confidence`` is 0 to 1.

    ``container`` is the element that holds the body, None where it was not read from elements;
    ``dropped`` are the lines inside it that were left out. ``observed`` are all
    of them, kept or not: what the site's profile learns from. ``outline`` is the whole page's, ``region`` the container's
    place in it: what a page is is told from both.
    """

    blocks: tuple[Block, ...] = ()
    container: "HtmlElement | None" = None
    images: tuple[Image, ...] = ()
    access: Access = Access.FREE
    origin: str = "dom"
    confidence: float = 0.0
    notes: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    observed: tuple[str, ...] = ()
    outline: Outline = field(default_factory=Outline)
    region: int = 0


def find_body(
    document: "Document",
    metadata: "Metadata",
    *,
    headline: "Headline | None" = None,
    profile: SiteProfile | None = None,
) -> Body:
    """Find the body of the article on the page; an empty one where there is none. Never raises."""
    outline = read_outline(document.root)
    if not outline.regions:
        return Body()
    title = headline.text if headline else ""
    settle_hints(outline, title)
    container = find_container(outline)
    drop_regions(outline, container)
    drop_captions(outline, container)
    drop_cards(outline, container)
    region = outline.regions[container]
    first = lead_start(outline, container, title)
    lines = outline.lines[first : region.last]
    drop_lines(lines, title, _authors(metadata))
    notes = outline.notes
    if not drop_repeated(lines, profile):
        notes += ("repeated-article",)
    return Body(
        blocks=build_blocks(outline, first, region.last, document.url),
        container=region.element,
        notes=notes,
        outline=outline,
        region=container,
        observed=tuple(line.text for line in lines if line.text),
        dropped=tuple(Dropped(line.text, line.dropped) for line in lines if line.dropped and line.text),
    )


def _authors(metadata: "Metadata") -> tuple[str, ...]:
    """Return the names that the page's head gives for its authors."""
    return metadata.meta.get("author", ()) + metadata.meta.get("article:author", ())
