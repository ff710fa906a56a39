"""The lines around the headline, computed once and read by all who look there: dates, authors, standfirsts."""

from collections.abc import Iterable
from functools import cached_property

from lxml.html import HtmlElement

from warraq_parser.article.elements import following, is_short, line_of, preceding

_BEHIND, _BEFORE = 60, 30
_LONGEST_LINE, _LONGEST_MARKUP = 240, 900
_MOST_CHILDREN = 12
_NO_LINES = frozenset(
    "script style noscript template ul ol table form figure picture source img br hr svg g path use select option "
    "button input label iframe video audio nav".split()
)


class Line:
    """An element, and its text where it holds one line at most ("" where it holds more); read when first asked for."""

    __slots__ = ("_text", "element")

    def __init__(self, element: HtmlElement) -> None:
        self.element = element
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The text of the line, clean, at most 240 characters."""
        if self._text is None:
            self._text = _line_in(self.element)
        return self._text


class Surroundings:
    """The elements around the one that shows the headline (None: nothing is around it)."""

    def __init__(self, heading: HtmlElement | None) -> None:
        self._heading = heading

    @cached_property
    def home(self) -> frozenset[HtmlElement]:
        """The elements that hold the headline: what they are called says nothing of what else is inside them."""
        return frozenset(self._heading.iterancestors()) if self._heading is not None else frozenset()

    @cached_property
    def behind(self) -> list[Line]:
        """The elements behind the headline, nearest first."""
        return lines_of(following(self._heading, _BEHIND)) if self._heading is not None else []

    @cached_property
    def before(self) -> list[Line]:
        """The elements before the headline, the nearest group first."""
        return lines_of(preceding(self._heading, _BEFORE)) if self._heading is not None else []


def lines_of(elements: Iterable[HtmlElement]) -> list[Line]:
    """Return the lines of ``elements``, nothing read yet."""
    return [Line(element) for element in elements]


def _line_in(element: HtmlElement) -> str:
    if len(element) > _MOST_CHILDREN or element.tag in _NO_LINES or not is_short(element, _LONGEST_MARKUP):
        return ""
    text = line_of(element, _LONGEST_LINE)
    return text if len(text) <= _LONGEST_LINE else ""
