"""The body of an article: its blocks in order, and nothing that is not of the article."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from warraq_parser.article import jsonld
from warraq_parser.article.authors.people import split_names
from warraq_parser.article.body.access import access_of, is_declared_paid
from warraq_parser.article.body.blocks import build_blocks
from warraq_parser.article.body.container import Step, container_of, find_container, lead_start, settle_hints
from warraq_parser.article.body.drops import (
    drop_captions,
    drop_cards,
    drop_emptied_boxes,
    drop_form_boxes,
    drop_linked_boxes,
    drop_regions,
)
from warraq_parser.article.body.hint_words import Hint
from warraq_parser.article.body.line_rules import drop_lines
from warraq_parser.article.body.lines import Outline, weigh
from warraq_parser.article.body.offers import drop_offers
from warraq_parser.article.body.outline import read_outline
from warraq_parser.article.body.script_text import declared_body, noscript_body, script_outline, state_body
from warraq_parser.article.language import primary_subtag
from warraq_parser.profile import drop_repeated
from warraq_shared.article import Access, Block, Image, ImageBlock, block_lines
from warraq_shared.parsed import SiteProfile
from warraq_shared.urls import site_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from warraq_parser.article.document import Document
    from warraq_parser.article.metadata import Metadata
    from warraq_parser.article.titles.headline import Headline

# Less text than this (in letters) on an article page: the text may be in a script.
_SHORT_BODY: Final = 250
_MUCH_LONGER: Final = 2.0
_SURE_LENGTH: Final = 1_500
_LONGEST_NAMES: Final = 400
_SHORTEST_NAME: Final = 4


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line of text that was left out of the body, and the name of the rule that did it."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Body:
    """What ``find_body`` found. ``origin`` is "dom", "json-ld", "script" or "noscript"; ``confidence`` is 0 to 1.

    ``container`` is the element that holds the body, None where it was not read from elements;
    ``dropped`` are the lines inside it that were left out. ``observed`` are all
    of them, kept or not: what the site's profile learns from. ``outline`` is the whole page's, ``region`` the
    container's place in it: what a page is is told from both; ``way`` leads to it, and says why it was chosen.
    """

    blocks: tuple[Block, ...] = ()
    container: "HtmlElement | None" = None
    access: Access = Access.FREE
    origin: str = "dom"
    confidence: float = 0.0
    notes: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    observed: tuple[str, ...] = ()
    outline: Outline = field(default_factory=Outline)
    region: int = 0
    way: tuple[Step, ...] = ()

    @property
    def images(self) -> tuple[Image, ...]:
        """The images among the blocks."""
        shown = (block for block in self.blocks if isinstance(block, ImageBlock))
        return tuple(Image(url=image.url, caption=image.caption, credit=image.credit) for image in shown)


def find_body(
    document: "Document",
    metadata: "Metadata",
    *,
    headline: "Headline | None" = None,
    profile: SiteProfile | None = None,
    container: "HtmlElement | None" = None,
) -> Body:
    """Find the body of the article on the page; an empty one where there is none. Never raises.

    ``container`` is the element that holds the body, where a rule of the site says so.
    """
    title = headline.text if headline else ""
    page = _Page(title, _authors(metadata), document.url, profile, container, is_paid=is_declared_paid(metadata))
    outline = read_outline(document.root, _own_name(document.url))
    body = _read(outline, page, "dom")
    shown = _length(body)
    if shown < _SHORT_BODY or _is_longer(declared_body(metadata), shown):
        body = _from_elsewhere(document, metadata, page, body)
        shown = _length(body)
    return replace(body, access=access_of(metadata, outline, shown), confidence=_confidence(body, shown))


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of the page beside its elements."""

    title: str
    authors: tuple[str, ...]
    url: str
    profile: SiteProfile | None
    container: "HtmlElement | None" = None
    is_paid: bool = False


def _read(outline: Outline, page: _Page, origin: str) -> Body:
    """Read the article from an outline."""
    if not outline.regions:
        return Body(origin=origin, outline=outline)
    settle_hints(outline, page.title)
    told = _told(outline, page.container)
    way = find_container(outline, page.title) if told is None else ()
    container = container_of(way) if told is None else told
    drop_regions(outline, container)
    drop_captions(outline, container)
    drop_cards(outline, container, page.url)
    drop_linked_boxes(outline, container, page.url)
    drop_form_boxes(outline, container)
    if page.is_paid:
        drop_offers(outline, container)
    region = outline.regions[container]
    first = lead_start(outline, container, page.title) if told is None else region.first
    lines = outline.lines[first : region.last]
    drop_lines(lines, page.title, page.authors)
    drop_emptied_boxes(outline, container)
    notes = outline.notes
    if not drop_repeated(lines, page.profile):
        notes += ("repeated-article",)
    blocks = build_blocks(outline, first, region.last, page.url)
    return Body(
        blocks=blocks,
        container=region.element if origin == "dom" else None,
        origin=origin,
        notes=notes,
        outline=outline,
        region=container,
        way=way,
        observed=tuple(line.text for line in lines if line.text),
        dropped=tuple(Dropped(line.text, line.dropped) for line in lines if line.dropped and line.text),
    )


def _told(outline: Outline, container: "HtmlElement | None") -> int | None:
    """Return the index of the region that a rule of the site says is the body, None where none does."""
    if container is None:
        return None
    return next((index for index, region in enumerate(outline.regions) if region.element is container), None)


def _from_elsewhere(document: "Document", metadata: "Metadata", page: _Page, body: Body) -> Body:
    """Return the body that the page keeps in its scripts, where that has much more text than ``body``."""
    shown = _length(body)
    for origin, text in _hidden_texts(document, metadata):
        if not _is_longer(text, shown):
            continue
        found = _read(script_outline(text, body.outline), page, origin)
        if _is_longer("\n".join(block_lines(found.blocks)), shown):
            return replace(found, outline=body.outline, region=body.region, notes=(*body.notes, f"text-from-{origin}"))
    return body


def _hidden_texts(document: "Document", metadata: "Metadata") -> Iterator[tuple[str, str]]:
    """Yield the texts that the page keeps out of sight, the most trustworthy first; each is looked for when needed."""
    yield "json-ld", declared_body(metadata)
    yield "script", state_body(metadata)
    yield "noscript", noscript_body(document.root)


def _own_name(url: str) -> str:
    """Return what addresses of the site hold: its domain's own part, or the whole domain where that is short."""
    domain = site_of(url)
    own, _, _ = domain.partition(".")
    return own if len(own) >= _SHORTEST_NAME else domain


def _length(body: Body) -> int:
    """Return how much text a body has, in letters."""
    return sum(weigh(line) for line in block_lines(body.blocks))


def _confidence(body: Body, shown: int) -> float:
    """Return how sure it is that ``body`` is the article: by its length, where it was read, and what it is called."""
    if not shown:
        return 0.0
    length = min(1.0, shown / _SURE_LENGTH)
    named = body.origin == "dom" and bool(
        body.outline.regions and body.outline.regions[body.region].inherited & (Hint.BODY | Hint.ARTICLE)
    )
    return round(0.35 + 0.4 * length + (0.2 if named else 0.0), 2)


def _is_longer(text: str, shown: int) -> bool:
    """Tell whether a script's text is so much longer than what the page shows that it must be the whole article."""
    return len(text) > _SHORT_BODY and weigh(text) > _MUCH_LONGER * shown


def _authors(metadata: "Metadata") -> tuple[str, ...]:
    """Return the names that the page's head gives for its authors."""
    people = jsonld.objects(metadata.article.get("author"), metadata.nodes_by_id)
    said = [person if isinstance(person, str) else jsonld.first(person, "name") for person in people]
    said += metadata.meta.get("author", ()) + metadata.meta.get("article:author", ())
    language = primary_subtag(metadata.html_language)
    return tuple(name for text in said for name in (split_names(text, language) if len(text) <= _LONGEST_NAMES else ()))
