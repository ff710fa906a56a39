"""The fields of an article beside its body, each with its evidence."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from warraq_parser.article.metadata import Metadata
from warraq_shared.article import Block, Evidence, Image
from warraq_shared.parsed import ItemHints, SiteProfile

if TYPE_CHECKING:
    from warraq_parser.article.document import Document


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value that was considered for a field, and why it won or lost (for ``warraq parse --explain``)."""

    field: str
    value: str
    origin: str
    confidence: float
    won: bool
    why: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of an article beside its body. Names and meanings are those of ``warraq_shared.article``."""

    title: str | None = None
    subtitle: str | None = None
    lead: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    direction: Literal["ltr", "rtl"] = "ltr"
    section: str | None = None
    tags: tuple[str, ...] = ()
    site: str | None = None
    canonical_url: str | None = None
    images: tuple[Image, ...] = ()
    evidence: dict[str, Evidence] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()


def read_fields(
    document: "Document",
    metadata: Metadata,
    blocks: tuple[Block, ...],
    *,
    fetched_at: datetime,
    hints: ItemHints | None = None,
    profile: SiteProfile | None = None,
) -> Fields:
    """Read every field beside the body. ``blocks`` are the body; ``fetched_at`` bounds the dates. Never raises."""
    return Fields()
