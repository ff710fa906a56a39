"""The page as a flat outline: lines of text in order, and the regions (block elements) that they stand in.

One walk over the tree makes it; everything after works on two short lists instead of thousands of elements.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from warraq_parser.article.pictures import is_post
from warraq_parser.article.region_hints import Hint, hints_of
from warraq_parser.text.clean import clean_line

MAX_LINES = 30_000
MAX_REGIONS = 50_000
MAX_LINE_LENGTH = 500_000
# A line this long (in letters, those in links counting against it) is taken for running text.
PROSE_LINE = 40


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
    it is too short for a sentence.
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


# What the walk does with an element.
_BLOCK, _SKIP, _BREAK, _LINK, _BOLD, _IMAGE, _EMBED, _SPAN, _BUTTON, _INLINE = range(1, 11)


def _roles(table: dict[int, str]) -> dict[str, int]:
    """Turn a table of roles into one of tags."""
    return {tag: role for role, tags in table.items() for tag in tags.split()}


_ROLES: Final = _roles(
    {
        _BLOCK: (
            "html body div p section article main header footer aside nav ul ol li dl dt dd table thead tbody tfoot tr"
            " td th blockquote figure figcaption h1 h2 h3 h4 h5 h6 pre form fieldset address center details summary hr"
            " dialog menu caption hgroup legend search"
        ),
        _SKIP: (
            "script style noscript template head meta link svg input select textarea option datalist map object param"
            " audio canvas base title frameset progress meter rp rt track source area colgroup"
        ),
        _BREAK: "br",
        _LINK: "a",
        _BOLD: "b strong big",
        _IMAGE: "img amp-img",
        _EMBED: "iframe embed video amp-youtube amp-twitter amp-instagram amp-iframe amp-video",
        _SPAN: "span",
        _BUTTON: "button",
        _INLINE: (
            "i em u s small sub sup font code mark cite q abbr time label ins del strike tt kbd samp var bdi bdo ruby"
            " rb picture dfn data"
        ),
    }
)
# Menus, mastheads and footers are not walked through, unless something of these stands in them.
_FURNITURE: Final = Hint.NAVIGATION | Hint.FOOTER | Hint.HEADER | Hint.COOKIES
_TEXT_TAGS: Final = ("p", "h1", "h2", "h3", "h4", "article", "blockquote", "br")
_STRUCTURE: Final = frozenset(("li", "td", "th", "dd"))
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_COUNTED: Final = _STRUCTURE | {"pre"} | _HEADINGS.keys()
_SENTENCE_ENDS: Final = tuple(".!?…:;\"'»”’)]。！？؟۔।」』")
_LONG_LINE: Final = 90
_SHORT_LINE: Final = 120
# A line that begins so is an item of a list, or the next speaker's.
_ITEM: Final = re.compile(r"(?:[•●▪■◆►▶✓✔◦‣*–—-]|\d{1,2}\))\s+\S")
_WIDE: Final = re.compile("[\u2e80-\U0003ffff]")


def weigh(text: str) -> int:
    """Return the length of ``text`` in letters; wide characters (Chinese, Japanese, Korean) count double."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def read_outline(root: HtmlElement) -> Outline:
    """Walk over the page once and return its outline. Never raises; what is beyond the limits is left out."""
    builder = _Builder()
    enter, leave, roles, parts = builder.at_start(), builder.at_end(), _ROLES, builder.parts
    walk = etree.iterwalk(root, events=("start", "end"))
    # The one loop that sees every element: what most of them need is done here, without a call.
    for event, element in walk:
        tag = element.tag
        role = roles.get(tag) or _role(tag)
        if event == "start":
            if role in enter and not enter[role](element):
                walk.skip_subtree()
                continue
            text = element.text
        else:
            if role in leave:
                leave[role](element)
            text = element.tail
            if builder.full:
                break
        # White space alone does not begin a run of text.
        if text and (parts or not text.isspace()):
            parts.append(text)
            if builder.in_link or builder.in_bold:
                builder.measure(text)
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
        # The level of the heading that the walk is in, 0 outside.
        self.level = 0
        self.full = False

    # These hold the builder, so it must not hold them: a circle would keep every page until a collection of garbage.

    def at_start(self) -> dict[int, Callable[[HtmlElement], bool]]:
        """Return what to do at the start of an element, by its role; False: its content is of no interest."""
        return {
            _BLOCK: self._start_block,
            _SKIP: _skip,
            _BREAK: self._break,
            _LINK: self._start_link,
            _BOLD: self._start_bold,
            _IMAGE: self._image,
            _EMBED: self._embed,
            _SPAN: _is_shown,
            _BUTTON: _holds_text,
        }

    def at_end(self) -> dict[int, Callable[[HtmlElement], None]]:
        """Return what to do at the end of an element, by its role."""
        return {_BLOCK: self._end_block, _LINK: self._end_link, _BOLD: self._end_bold}

    def outline(self) -> Outline:
        """Return what was collected."""
        self._flush()
        for index in self.open:
            self.regions[index].last = len(self.lines)
        return Outline(self.lines, self.regions, ("text-dropped",) if self.full else ())

    def measure(self, text: str) -> None:
        """Count a piece of text as linked or bold."""
        length = weigh(text.strip())
        if self.in_link:
            self.links += length
        if self.in_bold:
            self.bold += length

    def _start_link(self, element: HtmlElement) -> bool:
        """Enter a link; one inside the page (a footnote, a table of contents) leads nowhere else and does not count.

        "#/…" and "#!…" are addresses of applications.
        """
        href = element.get("href")
        counts = bool(href) and (href[0] != "#" or href.startswith(("#/", "#!")))
        self.link_stack.append(counts)
        self.in_link += counts
        return True

    def _end_link(self, _element: HtmlElement) -> None:
        self.in_link -= self.link_stack.pop()

    def _start_bold(self, _element: HtmlElement) -> bool:
        self.in_bold += 1
        return True

    def _end_bold(self, _element: HtmlElement) -> None:
        self.in_bold -= 1

    def _break(self, _element: HtmlElement) -> bool:
        self._end_segment()
        return True

    def _image(self, element: HtmlElement) -> bool:
        self._add(Line("", LineKind.IMAGE, self._region(), 0, element=element))
        return False

    def _embed(self, element: HtmlElement) -> bool:
        self._flush()
        self._add(Line("", LineKind.EMBED, self._region(), 0, element=element))
        return False

    def _start_block(self, element: HtmlElement) -> bool:
        """Begin a region; False if it is furniture of the page without a paragraph or a headline in it."""
        if self.parts or self.segments:
            self._flush()
        tag = element.tag
        if tag == "blockquote" and is_post(element):
            return self._embed(element)
        hints = hints_of(tag, element.items())
        bare = hints & _FURNITURE and next(element.iter(*_TEXT_TAGS), None) is None
        if len(self.regions) >= MAX_REGIONS:
            self.full = True
        else:
            parent = self.open[-1] if self.open else -1
            self.open.append(len(self.regions))
            self.regions.append(Region(tag, parent, len(self.lines), element, hints))
        if tag in _COUNTED:
            self._count(tag, 1)
        return not bare

    def _end_block(self, element: HtmlElement) -> None:
        if self.parts or self.segments:
            self._flush()
        tag = element.tag
        if tag in _COUNTED:
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
        else:
            self.level = _HEADINGS[tag] if step > 0 else 0

    def _region(self) -> int:
        return self.open[-1] if self.open else 0

    def _add(self, line: Line) -> None:
        if len(self.lines) < MAX_LINES:
            self.lines.append(line)
        else:
            self.full = True

    def _text(self) -> str:
        """Take the run's text: one clean line, or the lines of a piece of code as they are."""
        text = "".join(self.parts)
        self.parts.clear()
        if len(text) > MAX_LINE_LENGTH:
            text, self.full = text[:MAX_LINE_LENGTH], True
        return "\n".join(map(str.rstrip, text.splitlines())).strip("\n") if self.in_code else clean_line(text)

    def _end_segment(self) -> None:
        """End a stretch of the run at a line break."""
        self.segments.append((self._text(), self.links, self.bold))
        self.links = self.bold = 0

    def _flush(self) -> None:
        """Turn the run into lines."""
        kind = LineKind.HEADING if self.level else LineKind.CODE if self.in_code else LineKind.TEXT
        if self.segments:
            self._end_segment()
            for text, links, bold in _joined(self.segments, kind):
                self._add_text(text, kind, links, bold)
            self.segments.clear()
        elif text := self._text():
            self._add_text(text, kind, self.links, self.bold)
        self.links = self.bold = 0

    def _add_text(self, text: str, kind: LineKind, links: int, bold: int) -> None:
        weight = weigh(text)
        prose = 0 if kind is LineKind.HEADING else weight if kind is LineKind.CODE else weight - 2 * links
        line = Line(text, kind, self._region(), weight, links, bold, self.level, structured=self.in_structure > 0)
        line.prose = prose if prose >= PROSE_LINE or kind is LineKind.CODE else 0
        self._add(line)


def _role(tag: str) -> int:
    """Return what to do with an unknown element: with a hyphen it is a block of the page's own, else inline."""
    return _BLOCK if "-" in tag else _INLINE


def _skip(_element: HtmlElement) -> bool:
    return False


def _is_shown(element: HtmlElement) -> bool:
    """Tell whether a ``span`` is for the eyes, not for screen readers only."""
    return not hints_of("span", element.items()) & Hint.HIDDEN


def _holds_text(element: HtmlElement) -> bool:
    """Tell whether a ``button`` holds a part of the page: it was never closed, or opens a text."""
    return element.find(".//p") is not None


def _joined(segments: list[tuple[str, int, int]], kind: LineKind) -> list[tuple[str, int, int]]:
    """Join what single line breaks cut inside a sentence; an empty segment (two breaks) always ends a paragraph."""
    if kind is not LineKind.TEXT:
        text = (" " if kind is LineKind.HEADING else "\n").join(text for text, _, _ in segments if text)
        return [(text, sum(links for _, links, _ in segments), sum(bold for _, _, bold in segments))] if text else []
    joined: list[tuple[str, int, int]] = []
    fresh = True
    for segment in segments:
        if not segment[0]:
            fresh = True
        elif fresh or _ends_paragraph(joined[-1], segment) or _ITEM.match(segment[0]):
            joined.append(segment)
            fresh = False
        else:
            joined[-1] = (f"{joined[-1][0]} {segment[0]}", joined[-1][1] + segment[1], joined[-1][2] + segment[2])
    return joined


def _ends_paragraph(before: tuple[str, int, int], after: tuple[str, int, int]) -> bool:
    """Tell whether a single line break between two segments is the end of a paragraph."""
    text, _, bold = before
    if text.endswith(_SENTENCE_ENDS) or len(text) >= _LONG_LINE:
        return True
    return (2 * bold > len(text)) != (2 * after[2] > len(after[0]))
