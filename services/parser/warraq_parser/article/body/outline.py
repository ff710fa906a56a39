"""The page as a flat outline: lines of text in order, and the regions (block elements) that they stand in.

One walk over the tree makes it; everything after works on two short lists instead of thousands of elements.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from lxml import etree
from lxml.html import HtmlElement

from warraq_parser.article.body.hint_words import Hint
from warraq_parser.article.body.line_breaks import Segment, as_one, as_paragraphs, plain_paragraphs
from warraq_parser.article.body.lines import Line, LineKind, Outline, Region, demote_headings, prose_of, weigh
from warraq_parser.article.body.pictures import is_post
from warraq_parser.article.body.region_hints import hints_of
from warraq_parser.text.clean import clean_line

MAX_LINES = 30_000
MAX_REGIONS = 50_000
MAX_LINE_LENGTH = 500_000


# Menus, mastheads and footers are not walked through, unless something of these stands in them.
_FURNITURE: Final = Hint.NAVIGATION | Hint.FOOTER | Hint.HEADER | Hint.COOKIES
_TEXT_TAGS: Final = ("p", "h1", "h2", "h3", "h4", "article", "blockquote", "br")
_STRUCTURE: Final = frozenset(("li", "td", "th", "dd"))
# The summary of folded-up details is the heading of what they hold.
_HEADINGS: Final = {**{f"h{level}": level for level in range(1, 7)}, "summary": 3}
# Inside a quotation these say who spoke.
_OF_SPEAKER: Final = Hint.FOOTER | Hint.AUTHOR
_ABSOLUTE: Final = ("http", "//")
# What has no space for so long is data (base64), not text.
_LONGEST_WORD: Final = 400


def read_outline(root: HtmlElement, site: str = "") -> Outline:
    """Walk over the page once and return its outline. Never raises; what is beyond the limits is left out.

    ``site`` is what addresses of the page's own site hold, its accounts elsewhere too; "" where that is unknown.
    """
    builder = _Builder(site)
    parts = builder.parts
    walk = etree.iterwalk(root, events=("start", "end"))
    # The one loop that sees every element: what most of them need is done here, without a call.
    for event, element in walk:
        if event == "start":
            begin = _BEGIN[element.tag]
            if begin is not None and not begin(builder, element):
                walk.skip_subtree()
                continue
            text = element.text
        else:
            end = _END[element.tag]
            if end is not None:
                end(builder, element)
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

    def __init__(self, site: str = "") -> None:
        self.site = site
        self.lines: list[Line] = []
        self.regions: list[Region] = []
        # The index of the innermost open region, -1 outside of all.
        self.region = -1
        self.parts: list[str] = []
        self.segments: list[Segment] = []
        self.links = self.bold = 0
        self.link_stack: list[bool] = []
        # Whether a link of this run leads outside the site, and whether one leads into it.
        self.leads_out = self.leads_in = False
        self.in_link = self.in_bold = self.in_code = self.in_structure = self.in_quote = self.in_list = 0
        # The level of the heading that the walk is in, 0 outside; and what the text here is.
        self.level = 0
        self.kind = LineKind.TEXT
        self.full = False

    def outline(self) -> Outline:
        """Return what was collected."""
        self._flush()
        while self.region >= 0:
            self._leave(self.regions[self.region])
        demote_headings(self.lines)
        return Outline(self.lines, self.regions, ("text-dropped",) if self.full else ())

    def measure(self, text: str) -> None:
        """Count a piece of text as linked or bold."""
        length = weigh(text.strip())
        if self.in_link:
            self.links += length
        if self.in_bold:
            self.bold += length

    # What to do at the start of an element. False: its content is of no interest.

    def start_link(self, element: HtmlElement) -> bool:
        """Enter a link; one inside the page (a footnote, a table of contents) leads nowhere else and does not count.

        "#/…" and "#!…" are addresses of applications.
        """
        href = element.get("href")
        counts = bool(href) and (href[0] != "#" or href.startswith(("#/", "#!")))
        is_shown = counts or not hints_of("a", element.items()) & Hint.HIDDEN
        self.link_stack.append(counts)
        self.in_link += counts
        if counts:
            if self.site and href.startswith(_ABSOLUTE) and self.site not in href:
                self.leads_out = True
            else:
                self.leads_in = True
        return is_shown

    def start_bold(self, _element: HtmlElement) -> bool:
        """Enter bold text."""
        self.in_bold += 1
        return True

    def line_break(self, _element: HtmlElement) -> bool:
        """End a stretch of the run of text."""
        self._end_segment()
        return True

    def image(self, element: HtmlElement) -> bool:
        """Note an image, without an end to the text around it."""
        self._add(Line("", LineKind.IMAGE, max(self.region, 0), 0, element=element))
        return False

    def embed(self, element: HtmlElement) -> bool:
        """Note something foreign, a line of its own."""
        self._flush()
        self._add(Line("", LineKind.EMBED, max(self.region, 0), 0, element=element))
        return False

    def start_quote(self, element: HtmlElement) -> bool:
        """Begin the region of a quotation, which may be the post of a social network."""
        if is_post(element):
            return self.embed(element)
        self.in_quote += 1
        return self.start_block(element)

    def start_inline(self, element: HtmlElement) -> bool:
        """Enter inline text: an image's caption is a line of its own, and what is for screen readers is left out."""
        hints = hints_of(element.tag, element.items())
        if hints & Hint.CAPTION and not self._is_in_caption():
            return self.start_block(element)
        return not hints & Hint.HIDDEN

    def start_template(self, element: HtmlElement) -> bool:
        """Enter the inside of a custom element that comes with the page (a shadow root); others show nothing."""
        return "shadowrootmode" in element.attrib and self.start_block(element)

    def start_block(self, element: HtmlElement) -> bool:
        """Begin a region; False if it is furniture of the page without a paragraph or a headline in it."""
        if self.parts or self.segments:
            self._flush()
        tag = element.tag
        hints = hints_of(tag, element.items())
        if self.in_quote:
            hints &= ~_OF_SPEAKER
        regions = self.regions
        index = len(regions)
        if index < MAX_REGIONS:
            regions.append(Region(tag, self.region, len(self.lines), element, hints))
            self.region = index
        else:
            self.full = True
        return not hints & _FURNITURE or next(element.iter(*_TEXT_TAGS), None) is not None

    def start_telling_block(self, element: HtmlElement) -> bool:
        """Begin a region that means something to the lines in it: an item, a cell, a heading, code."""
        is_read = self.start_block(element)
        self._count(element.tag, 1)
        return is_read

    # What to do at its end.

    def end_link(self, _element: HtmlElement) -> None:
        """Leave a link."""
        self.in_link -= self.link_stack.pop()

    def end_bold(self, _element: HtmlElement) -> None:
        """Leave bold text."""
        self.in_bold -= 1

    def end_block(self, element: HtmlElement) -> None:
        """End a region, if one was begun for the element."""
        if self.parts or self.segments:
            self._flush()
        if self.region >= 0:
            region = self.regions[self.region]
            if region.element is element:
                self._leave(region)

    def _leave(self, region: Region) -> None:
        region.last = len(self.lines)
        self.region = region.parent

    def end_quote(self, element: HtmlElement) -> None:
        """End the region of a quotation; a post began none."""
        self.in_quote -= not is_post(element)
        self.end_block(element)

    def end_inline(self, element: HtmlElement) -> None:
        """End a caption that began among inline text."""
        if self.region >= 0 and self.regions[self.region].element is element:
            self.end_block(element)

    def end_telling_block(self, element: HtmlElement) -> None:
        """End a region that meant something to the lines in it."""
        self.end_block(element)
        self._count(element.tag, -1)

    def _count(self, tag: str, step: int) -> None:
        """Note that a region begins (1) or ends (-1) that means something to the lines in it."""
        if tag in _STRUCTURE:
            self.in_structure += step
            self.in_list += step if tag == "li" else 0
        elif tag == "pre":
            self.in_code += step
        else:
            self.level = _HEADINGS[tag] if step > 0 else 0
        self.kind = LineKind.HEADING if self.level else LineKind.CODE if self.in_code else LineKind.TEXT

    def _is_in_caption(self) -> bool:
        """Tell whether the text here is a caption, or a figure's, already."""
        region = self.regions[self.region] if self.region >= 0 else None
        return region is not None and (region.tag == "figure" or bool(region.hints & Hint.CAPTION))

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
        if self.segments:
            self._end_segment()
            for text, links, bold in self._joined_segments():
                self._add_text(text, links, bold)
            self.segments.clear()
        elif self.parts and (text := self._text()):
            self._add_run(text)
        self.links = self.bold = 0
        self.leads_out = self.leads_in = False

    def _add_run(self, text: str) -> None:
        """Add a run without line breaks: one line, or the paragraphs of plain text that stands as code."""
        paragraphs = plain_paragraphs(text) if self.kind is LineKind.CODE else []
        for paragraph in paragraphs:
            self._add_text(paragraph, 0, 0, LineKind.TEXT)
        if not paragraphs:
            self._add_text(text, self.links, self.bold)

    def _joined_segments(self) -> list[Segment]:
        if self.kind is LineKind.TEXT:
            return as_paragraphs(self.segments)
        return as_one(self.segments, " " if self.kind is LineKind.HEADING else "\n")

    def _add_text(self, text: str, links: int, bold: int, kind: LineKind | None = None) -> None:
        kind, weight = self.kind if kind is None else kind, weigh(text)
        if weight > _LONGEST_WORD and " " not in text[:_LONGEST_WORD] and text.isascii():
            return
        prose = prose_of(weight, links) if kind is LineKind.TEXT else weight if kind is LineKind.CODE else 0
        line = Line(
            text, kind, max(self.region, 0), weight, links, bold, self.level, None, self.in_structure > 0, prose
        )
        line.in_list = self.in_list > 0
        line.outside = links > 0 and self.leads_out and not self.leads_in
        self._add(line)


def _skip(_builder: _Builder, _element: HtmlElement) -> bool:
    return False


def _holds_text(_builder: _Builder, element: HtmlElement) -> bool:
    """Tell whether a ``button`` holds a part of the page: a heading that unfolds its text, or it was never closed."""
    around = element.getparent()
    return (around is not None and around.tag in _HEADINGS) or element.find(".//p") is not None


_Begin = Callable[[_Builder, HtmlElement], bool]
_End = Callable[[_Builder, HtmlElement], None]
_Step = TypeVar("_Step")


class _ByTag(dict[str, _Step | None]):
    """What to do with an element, by its tag; None: it is inline, and nothing is to be done."""

    def __missing__(self, tag: str) -> _Step | None:
        """An unknown element with a hyphen is a block of the page's own, else inline."""
        return self["div"] if "-" in tag else None


def _by_tag(table: dict[str, _Step | None]) -> _ByTag[_Step]:
    """Turn a table of several tags each into one of single tags."""
    return _ByTag({tag: step for tags, step in table.items() for tag in tags.split()})


_BLOCKS: Final = (
    "html body div p section article main header footer aside nav ul ol dl dt table thead tbody tfoot tr figure"
    " figcaption form fieldset address center details hr dialog menu caption hgroup legend search"
)
_TELLING_BLOCKS: Final = "li td th dd pre h1 h2 h3 h4 h5 h6 summary"
_INLINE: Final = "span em"
_BOLD: Final = "b strong big"
# Those met on every page; each other one without a hyphen is inline too. libxml2 does not know that "source" and
# "track" are void: what follows them in a "picture", its image too, stands inside them.
_PLAIN: Final = "abbr cite del font i ins label mark picture q s small source sub sup time track u"
_IMAGES: Final = "img amp-img"
_EMBEDS: Final = "iframe embed video amp-youtube amp-twitter amp-instagram amp-iframe amp-video"
_BEGIN: Final[_ByTag[_Begin]] = _by_tag(
    {
        _BLOCKS: _Builder.start_block,
        _TELLING_BLOCKS: _Builder.start_telling_block,
        "blockquote": _Builder.start_quote,
        "br": _Builder.line_break,
        "a": _Builder.start_link,
        _BOLD: _Builder.start_bold,
        _IMAGES: _Builder.image,
        _EMBEDS: _Builder.embed,
        _INLINE: _Builder.start_inline,
        "button": _holds_text,
        _PLAIN: None,
        "template": _Builder.start_template,
        (
            "script style noscript head meta link svg input select textarea option datalist map object param"
            " audio canvas base title frameset progress meter rp rt area colgroup"
        ): _skip,
    }
)
_END: Final[_ByTag[_End]] = _by_tag(
    {
        _BLOCKS: _Builder.end_block,
        "blockquote": _Builder.end_quote,
        f"{_INLINE} template": _Builder.end_inline,
        _TELLING_BLOCKS: _Builder.end_telling_block,
        "a": _Builder.end_link,
        _BOLD: _Builder.end_bold,
        f"{_IMAGES} {_EMBEDS} {_PLAIN} br": None,  # no blocks, whatever hyphens they have
    }
)
