"""A candidate for the headline."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST: Final = 400
SHORTEST_HEADLINE: Final = 15


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline of a page: its text, where it was taken from, and the element that shows it (if any).

    ``why`` says in a few words what decided.
    """

    text: str
    origin: str
    confidence: float
    element: "HtmlElement | None" = None
    why: str = ""
