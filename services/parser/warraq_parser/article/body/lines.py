"""What an outline of a page is made of: lines of text in order, and the regions that they stand in."""

import re
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from lxml.html import HtmlElement

from warraq_parser.article.sentences import ends_with_stop

# A line this long (in letters, those in links counting against it) is taken for running text.
PROSE_LINE = 40
# The first bytes in UTF-8 of wide characters (U+2E80 to U+3FFFF) are these, but for those of radicals.
_OTHER_BYTES: Final = bytes(range(0xE3)) + bytes(range(0xF1, 256))
_RADICAL: Final = re.compile(b"\xe2[\xba-\xbf]")
# So many headings of one level that are whole sentences, and at least half of them, are paragraphs in large letters.
_SHORTEST_SENTENCE: Final = 40
_FEWEST_SENTENCES: Final = 3


class LineKind(IntEnum):
    """What a line of an outline is."""

    TEXT = 0
    HEADING = 1
    IMAGE = 2
    EMBED = 3
    CODE = 4


@dataclass(slots=True)
class Line:
    """One line of text (or an image, or an embed) of a page.

    ``weight`` is its length in letters, with wide characters counting double; ``links`` and ``bold`` are how much
    of the weight is in links and in bold; ``structured`` says that it stands in a list or a table; ``level``
    is that of a heading; ``region`` the index of its region; ``prose`` is how much running text the line is, nothing if
    it is too short for a sentence; ``outside`` says that its links lead to other sites.
    """

    text: str
    kind: LineKind
    region: int
    weight: int
    links: int = 0
    bold: int = 0
    level: int = 0
    element: HtmlElement | None = None
    structured: bool = False
    prose: int = 0
    hints: int = 0
    dropped: str = ""
    outside: bool = False
    in_list: bool = False


@dataclass(slots=True)
class Region:
    """A block element: a stretch of lines from ``first`` up to, not including, ``last``."""

    tag: str
    parent: int
    first: int
    element: HtmlElement
    hints: int = 0
    inherited: int = 0
    last: int = 0


@dataclass(slots=True)
class Outline:
    """Lines in order and regions in the order of their start; region 0 is the page."""

    lines: list[Line] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    def lines_of(self, region: Region) -> list[Line]:
        """Return the lines that stand in ``region``."""
        return self.lines[region.first : region.last]


def weigh(text: str) -> int:
    """Return the length of ``text`` in letters; wide characters (Chinese, Japanese, Korean) count double."""
    if text.isascii():
        return len(text)
    utf8 = text.encode("utf-8", "surrogatepass")
    return len(text) + len(utf8.translate(None, _OTHER_BYTES)) + len(_RADICAL.findall(utf8))


def prose_of(weight: int, links: int) -> int:
    """Return how much running text a line of that weight is, so much of it in links: nothing if it is short."""
    prose = weight - 2 * links
    return prose if prose >= PROSE_LINE else 0


def squeezed(text: str) -> str:
    """Return the letters and digits of ``text`` in lower case, for comparing what differs in signs and spaces."""
    return "".join(filter(str.isalnum, text.casefold()))


def demote_headings(lines: list[Line]) -> None:
    """Take for text what a page marks as headings of one level for the size of their letters: most are sentences."""
    levels: dict[int, list[Line]] = {}
    for line in lines:
        if line.level > 1:
            levels.setdefault(line.level, []).append(line)
    for headings in levels.values():
        sentences = sum(line.weight >= _SHORTEST_SENTENCE and ends_with_stop(line.text) for line in headings)
        if sentences >= _FEWEST_SENTENCES and 2 * sentences >= len(headings):
            for line in headings:
                line.kind, line.level = LineKind.TEXT, 0
                line.prose = prose_of(line.weight, line.links)
