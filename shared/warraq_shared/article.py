"""The article: what Warraq makes of a page.

One schema for the parser that fills it, the store that keeps it, the command line and the exports.
Everything is frozen: an article is a value. Unknown is ``None`` (or empty), never a guess without evidence.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """Base of all values: immutable, and no field that the schema does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class Paragraph(Frozen):
    """Running text."""

    type: Literal["paragraph"] = "paragraph"
    text: str


class Heading(Frozen):
    """A sub-heading. ``level`` is 2 to 6; the article's own title is level 1 and never a block."""

    type: Literal["heading"] = "heading"
    text: str
    level: int = Field(default=2, ge=2, le=6)


class Quote(Frozen):
    """A block quotation. Paragraphs inside it are separated by one newline."""

    type: Literal["quote"] = "quote"
    text: str


class ListBlock(Frozen):
    """A bulleted or numbered list; nested items follow their parent in order."""

    type: Literal["list"] = "list"
    items: tuple[str, ...]
    ordered: bool = False


class Table(Frozen):
    """A table of data: rows of cells, the header row first if there is one."""

    type: Literal["table"] = "table"
    rows: tuple[tuple[str, ...], ...]


class ImageBlock(Frozen):
    """An image in its place in the text."""

    type: Literal["image"] = "image"
    url: str
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None


class Embed(Frozen):
    """A foreign thing shown in the text (video, post of a social network), by its address."""

    type: Literal["embed"] = "embed"
    url: str


Block = Annotated[Paragraph | Heading | Quote | ListBlock | Table | ImageBlock | Embed, Field(discriminator="type")]


class Image(Frozen):
    """An image of the article as a whole. The first is the top image."""

    url: str
    caption: str | None = None
    credit: str | None = None


class Evidence(Frozen):
    """Where a field's value was taken from, and how sure that is.

    ``origin`` names the place ("json-ld", "meta:og:title", "dom:h1", "text", "url", "feed", "rule", …);
    ``confidence`` is 0 to 1; ``precision`` is for dates only: a page that names just the day has "day".
    """

    origin: str
    confidence: float = Field(ge=0, le=1)
    precision: Literal["second", "minute", "day"] | None = None


class Access(StrEnum):
    """Whether the page shows the whole text."""

    FREE = "free"
    PAYWALLED = "paywalled"


class Section(Frozen):
    """A heading and the blocks below it; the blocks before the first heading have ``heading`` None."""

    heading: Heading | None
    blocks: tuple[Block, ...]


class Article(Frozen):
    """One article, as the parser read it from one snapshot of one page.

    ``published_at`` and ``modified_at`` are aware and keep the page's own offset; where the page names only a
    day they are midnight UTC of that day and their evidence has precision "day". ``fingerprint`` is a hex
    digest of the folded text: equal fingerprints mean equal text but for spelling variants.
    """

    url: str
    canonical_url: str | None = None
    site: str | None = None
    title: str | None = None
    subtitle: str | None = None
    lead: str | None = None
    blocks: tuple[Block, ...] = ()
    authors: tuple[str, ...] = ()
    published_at: AwareDatetime | None = None
    modified_at: AwareDatetime | None = None
    language: str | None = None
    direction: Literal["ltr", "rtl"] = "ltr"
    section: str | None = None
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    word_count: int = 0
    access: Access = Access.FREE
    fingerprint: str = ""
    parser_version: str = ""
    evidence: dict[str, Evidence] = {}

    @property
    def text(self) -> str:
        """The body as plain text, one block, item or row a line; no captions, no embeds, not the title."""
        return "\n".join(block_lines(self.blocks))

    @property
    def headings(self) -> tuple[str, ...]:
        """The sub-headings in order."""
        return tuple(block.text for block in self.blocks if isinstance(block, Heading))

    @property
    def sections(self) -> tuple[Section, ...]:
        """The body cut at its headings."""
        parts: list[tuple[Heading | None, list[Block]]] = [(None, [])]
        for block in self.blocks:
            if isinstance(block, Heading):
                parts.append((block, []))
            else:
                parts[-1][1].append(block)
        return tuple(Section(heading=h, blocks=tuple(b)) for h, b in parts if h is not None or b)


def block_lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the lines of text that ``blocks`` contribute to an article's text, in order."""
    for block in blocks:
        match block:
            case Paragraph() | Heading() | Quote():
                yield block.text
            case ListBlock():
                yield from block.items
            case Table():
                yield from (" | ".join(row) for row in block.rows)
            case ImageBlock() | Embed():
                continue


def article_document(article: Article) -> dict[str, object]:
    """Return ``article`` as the JSON document of the interface: every field, with ``text`` and ``headings``."""
    document: dict[str, object] = article.model_dump(mode="json")
    document["text"] = article.text
    document["headings"] = list(article.headings)
    return document


def aware(moment: datetime) -> datetime:
    """Return ``moment`` unchanged, refusing a naive one.

    Raises:
        ValueError: ``moment`` has no time zone; Warraq knows no local time.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone: pass an aware datetime")
    return moment
