"""The headline: without the site's name, the right one among several."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warraq_parser.article.metadata import Metadata
from warraq_shared.parsed import SiteProfile

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from warraq_parser.article.document import Document


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline of a page: its text, where it was taken from, and the element that shows it (if any)."""

    text: str
    origin: str
    confidence: float
    element: "HtmlElement | None" = None


def headline(document: "Document", metadata: Metadata, profile: SiteProfile | None = None) -> Headline | None:
    """Return the headline of the page, or None where it has none; never raises."""
    return None
