"""The page as a flat outline: lines of text in order, and the regions (block elements) that they stand in.

One walk over the tree makes it; everything after works on two short lists instead of thousands of elements.
"""

import re
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from warraq_parser.article.region_hints import Hint, hints_of
from warraq_parser.text.clean import clean_line

MAX_LINES = 40_000
MAX_REGIONS = 150_000
MAX_LINE_LENGTH = 500_000


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
    of the weight is in links and in bold; ``structured`` says that it stands in a list or a table; ``level`` is that of a heading; ``region`` the index of its region.
    """

    text: str
    kind: LineKind
    region: int
    weight: int
    links: int = 0
    bold: int = 0
    level: int = 0
    element: HtmlElement | None = None
    hints: int = 0
    dropped: str = ""
    structured: bool = False


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


class _Role(IntEnum):
    """What the walk does with an element."""

    BLOCK = 1
    SKIP = 2
    BREAK = 3
    LINK = 4
    BOLD = 5
    IMAGE = 6
    EMBED = 7
    SPAN = 8
    BUTTON = 9
    INLINE = 10


def _roles(table: dict[_Role, str]) -> dict[str, _Role]:
    """Turn a table of roles into one of tags."""
    return {tag: role for role, tags in table.items() for tag in tags.split()}


_ROLES: Final = _roles(
    {
        _Role.BLOCK: (
            "html body div p section article main header footer aside nav ul ol li dl dt dd table thead tbody tfoot tr td th"
            " blockquote figure figcaption h1 h2 h3 h4 h5 h6 pre form fieldset address center details summary hr dialog menu"
            " caption hgroup legend search"
        ),
        _Role.SKIP: (
            "script style noscript template head meta link svg input select textarea option datalist map object"
            " param audio canvas base title frameset progress meter rp rt track source area colgroup"
        ),
        _Role.BREAK: "br",
        _Role.BUTTON: "button",
        _Role.LINK: "a",
        _Role.BOLD: "b strong big",
        _Role.IMAGE: "img amp-img",
        _Role.EMBED: "iframe embed video amp-youtube amp-twitter amp-instagram amp-iframe amp-video",
        _Role.SPAN: "span",
        _Role.INLINE: "i em u s small sub sup font code mark cite q abbr time label ins del strike tt kbd samp var bdi bdo ruby rb picture dfn data",
    }
)
_STRUCTURE: Final = frozenset(("li", "td", "th", "dd"))
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_SENTENCE_ENDS: Final = tuple(".!?…:;\"'»”’)]。！？؟۔।」』")
_LONG_LINE: Final = 90
_SHORT_LINE: Final = 120
_WIDE: Final = re.compile("[\u2e80-\U0003ffff]")


def weigh(text: str) -> int:
    """Return the length of ``text`` in letters; wide characters (Chinese, Japanese, Korean) count double."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def read_outline(root: HtmlElement) -> Outline:
    """Walk over the page once and return its outline. Never raises; what is beyond the limits is left out."""
    builder = _Builder()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            builder.end(element)
        elif not builder.start(element):
            walk.skip_subtree()
    return builder.outline()


class _Builder:
    """Collects lines and regions during the walk."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.regions: list[Region] = []
        self.open: list[int] = []
        self.parts: list[str] = []
        self.segments: list[tuple[str, int, int]] = []
        self.links = self.bold = 0
        self.link_stack: list[bool] = []
        self.in_link = self.in_bold = self.in_code = self.in_structure = 0
        self.full = False

    def outline(self) -> Outline:
        """Return what was collected."""
        self._flush()
        for index in self.open:
            self.regions[index].last = len(self.lines)
        return Outline(self.lines, self.regions, ("text-dropped",) if self.full else ())

    def start(self, element: HtmlElement) -> bool:
        """Enter an element; False means that its content is of no interest."""
        tag = element.tag
        role = _ROLES.get(tag) or _role(tag)
        if role is _Role.BLOCK:
            self._start_block(element, tag)
        elif role is _Role.LINK:
            href = element.get("href")
            counts = bool(href) and not href.startswith("#")
            self.link_stack.append(counts)
            self.in_link += counts
        elif role is _Role.BOLD:
            self.in_bold += 1
        elif role is _Role.BREAK:
            self._end_segment()
        elif role is _Role.SPAN:
            if hints_of("span", element.items()) & Hint.HIDDEN:
                return False
        elif role is _Role.BUTTON:
            if element.find(".//p") is None:
                return False
        elif role is not _Role.INLINE:
            return self._shown(element, role)
        if text := element.text:
            self._text(text)
        return True

    def end(self, element: HtmlElement) -> None:
        """Leave an element and read the text behind it."""
        tag = element.tag
        role = _ROLES.get(tag) or _role(tag)
        if role is _Role.BLOCK:
            self._end_block(element, tag)
        elif role is _Role.LINK:
            self.in_link -= self.link_stack.pop()
        elif role is _Role.BOLD:
            self.in_bold -= 1
        if text := element.tail:
            self._text(text)

    def _text(self, text: str) -> None:
        """Add a piece of text to the run; white space alone does not begin one."""
        if not self.parts and text.isspace():
            return
        self.parts.append(text)
        if self.in_link or self.in_bold:
            length = weigh(text.strip())
            if self.in_link:
                self.links += length
            if self.in_bold:
                self.bold += length

    def _shown(self, element: HtmlElement, role: _Role) -> bool:
        """Note an image or an embed in its place; everything else of this kind is skipped."""
        if role is _Role.IMAGE:
            self._add(Line("", LineKind.IMAGE, self._region(), 0, element=element))
        elif role is _Role.EMBED:
            self._flush()
            self._add(Line("", LineKind.EMBED, self._region(), 0, element=element))
        return False

    def _start_block(self, element: HtmlElement, tag: str) -> None:
        if self.parts or self.segments:
            self._flush()
        if len(self.regions) >= MAX_REGIONS:
            self.full = True
        else:
            hints = hints_of(tag, element.items())
            self.open.append(len(self.regions))
            parent = self.open[-2] if len(self.open) > 1 else -1
            self.regions.append(Region(tag, parent, len(self.lines), element, hints))
        self._count(tag, 1)

    def _end_block(self, element: HtmlElement, tag: str) -> None:
        if self.parts or self.segments:
            self._flush()
        self._count(tag, -1)
        index = self.open[-1] if self.open else -1
        if index >= 0 and self.regions[index].element is element:
            self.regions[index].last = len(self.lines)
            self.open.pop()

    def _count(self, tag: str, step: int) -> None:
        """Note that a region begins (1) or ends (-1) that means something to the lines in it."""
        if tag in _STRUCTURE:
            self.in_structure += step
        elif tag == "pre":
            self.in_code += step

    def _region(self) -> int:
        return self.open[-1] if self.open else 0

    def _add(self, line: Line) -> None:
        if len(self.lines) < MAX_LINES:
            self.lines.append(line)
        else:
            self.full = True

    def _end_segment(self) -> None:
        """End a stretch of the run, at a line break or at the end of a block."""
        text = "".join(self.parts)
        if len(text) > MAX_LINE_LENGTH:
            text, self.full = text[:MAX_LINE_LENGTH], True
        text = "\n".join(map(str.rstrip, text.splitlines())).strip("\n") if self.in_code else clean_line(text)
        self.segments.append((text, self.links, self.bold))
        self.parts.clear()
        self.links = self.bold = 0

    def _flush(self) -> None:
        """Turn the run into lines."""
        if self.parts:
            self._end_segment()
        if not self.segments:
            return
        region = self._region()
        level = _HEADINGS.get(self.regions[region].tag, 0) if self.regions else 0
        kind = LineKind.HEADING if level else LineKind.CODE if self.in_code else LineKind.TEXT
        for text, links, bold in _joined(self.segments, split=kind is LineKind.TEXT):
            self._add(Line(text, kind, region, weigh(text), links, bold, level, structured=self.in_structure > 0))
        self.segments.clear()


def _role(tag: str) -> _Role:
    """Return what to do with an element; unknown ones with a hyphen are the page's own blocks, others are inline."""
    role = _ROLES.get(tag)
    if role is None:
        return _Role.BLOCK if "-" in tag else _Role.INLINE
    return role


def _joined(segments: list[tuple[str, int, int]], *, split: bool) -> list[tuple[str, int, int]]:
    """Join what single line breaks cut inside a sentence; an empty segment (two breaks) always ends a paragraph."""
    if len(segments) == 1:
        return segments if segments[0][0] else []
    joined: list[tuple[str, int, int]] = []
    fresh = True
    for segment in segments:
        if not segment[0]:
            fresh = True
        elif joined and (not split or not (fresh or _ends_paragraph(joined[-1], segment))):
            joined[-1] = (f"{joined[-1][0]} {segment[0]}", joined[-1][1] + segment[1], joined[-1][2] + segment[2])
        else:
            joined.append(segment)
            fresh = False
    return joined


def _ends_paragraph(before: tuple[str, int, int], after: tuple[str, int, int]) -> bool:
    """Tell whether a single line break between two segments is the end of a paragraph."""
    text, _, bold = before
    if text.endswith(_SENTENCE_ENDS) or len(text) >= _LONG_LINE:
        return True
    return (2 * bold > len(text)) != (2 * after[2] > len(after[0]))
