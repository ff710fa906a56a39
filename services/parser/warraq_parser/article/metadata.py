"""What a page says about itself in its head and attributes, collected in one pass."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warraq_parser.article.document import Document


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself. Keys are lower case; values are cleaned lines in the page's order."""

    json_ld: tuple[Mapping[str, Any], ...] = ()
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    microdata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page_title: str = ""
    html_language: str = ""
    html_direction: str = ""


def collect_metadata(document: "Document") -> Metadata:
    """Collect what ``document`` says about itself; never raises."""
    return Metadata()
