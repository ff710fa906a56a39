"""A page as one parsed tree, safe against what the hostile web puts into pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement

from warraq_shared.errors import Permanent
from warraq_shared.reasons import Reason

# libxml2 checks each new attribute of a tag against all the others: 100,000 on one tag cost 8 seconds.
MAX_ATTRIBUTES = 2_000
_SUSPICIOUS_EQUAL_SIGNS = 40_000
_SUSPICIOUS_TAG_LENGTH = 60_000
_TAG_STEP = re.compile("[=>]")
_TAG_START = re.compile("<[A-Za-z]")

_OF_HEAD = frozenset("title meta link script style base basefont bgsound noscript noframes template object".split())
_HTML_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)


@dataclass(frozen=True, slots=True)
class Document:
    """A page that was read once. ``notes`` are short codes of what was odd about it."""

    root: HtmlElement
    url: str
    fetched_at: datetime
    notes: tuple[str, ...] = ()


def read_document(text: str, url: str, fetched_at: datetime, *, utf8: bytes | None = None) -> Document:
    """Parse ``text`` once, in linear time. ``utf8`` is the same text encoded, for who has it already.

    Text below 2,048 nested elements and attributes after the 2,000th of a tag are dropped, with a note.

    Raises:
        Permanent: EMPTY_BODY or NO_TEXT where there is no markup at all, TOO_COMPLEX where the parser gives up.
    """
    notes: list[str] = []
    if _may_flood_attributes(text):
        text, dropped = _without_floods(text)
        notes += ["attributes-dropped"] if dropped else []
        utf8 = None
    # A parser for each page: its error log belongs to the page, and no state is shared between threads.
    parser = html_parser()
    try:
        root = etree.fromstring(utf8 or text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Permanent(Reason.NO_TEXT, str(error)) from error
    except (MemoryError, RecursionError, AssertionError) as error:
        raise Permanent(Reason.TOO_COMPLEX, str(error)) from error
    if root is None:
        raise Permanent(Reason.NO_TEXT, "There is no element in it.")
    _gather_stray_roots(root)
    _end_head(root)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log.filter_from_fatals()):
        notes.append("text-dropped")
    return Document(root=root, url=url, fetched_at=fetched_at, notes=tuple(notes))


def html_parser() -> etree.HTMLParser:
    """Return a new parser whose elements are all plain ``HtmlElement``: no class is looked up for each of them.

    Nor is a table of their ids kept, which nobody asks.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    parser.set_element_class_lookup(_HTML_ELEMENTS)
    return parser


def _gather_stray_roots(root: HtmlElement) -> None:
    """Move into ``root`` what libxml2 puts beside it when a page closes ``</html>`` in its middle and goes on."""
    while (stray := root.getnext()) is not None:
        root.append(stray)


def _end_head(root: HtmlElement) -> None:
    """End the head where its first element stands that cannot be in one (HTML, section 13.2.6.4.4, "in head").

    libxml2 does so for the elements of HTML 4 only: a page that begins its text with ``main`` or ``article`` and leaves
    out ``body``, as it may, would have none.
    """
    head = root.find("head")
    if head is None:
        return
    stray = next((child for child in head if isinstance(child.tag, str) and child.tag not in _OF_HEAD), None)
    if stray is None:
        return
    moved = [stray, *stray.itersiblings()]
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    body[:0] = moved


def _may_flood_attributes(text: str) -> bool:
    """Tell cheaply whether some tag could have very many attributes; ordinary pages end here."""
    if len(text) < _SUSPICIOUS_TAG_LENGTH:
        return False
    # The shortest attribute with a value takes three characters.
    if len(text) > 3 * _SUSPICIOUS_EQUAL_SIGNS and text.count("=") > _SUSPICIOUS_EQUAL_SIGNS:
        return True
    return any(end - start > _SUSPICIOUS_TAG_LENGTH for start, end in _long_tags(text))


def _long_tags(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the first tag of each long stretch without ">" starts, and where the stretch ends.

    Looks from behind in windows as long as a suspicious tag, so that a few hops lead through an ordinary page.
    """
    position, window = 0, _SUSPICIOUS_TAG_LENGTH + 1
    while len(text) - position >= window:
        last = text.rfind(">", position, position + window)
        if last < 0:
            last = text.find(">", position + window)
            last = len(text) if last < 0 else last
            start = text.find("<", position, last)
            if start >= 0:
                yield start, last
        position = last + 1


def _without_floods(text: str) -> tuple[str, bool]:
    """Return ``text`` with every tag cut behind ``MAX_ATTRIBUTES`` attributes, and whether one was cut."""
    kept: list[str] = []
    done = position = 0
    while start := _TAG_START.search(text, position):
        cut, position = _tag_extent(text, start.end())
        if cut < position - 1:
            kept += [text[done:cut], ">"]
            done = position
    kept.append(text[done:])
    return "".join(kept), len(kept) > 1


def _tag_extent(text: str, position: int) -> tuple[int, int]:
    """Follow a tag as HTML's tokenizer does: where its allowed attributes end, and where the tag itself ends."""
    attributes, cut = 0, -1
    while step := _TAG_STEP.search(text, position):
        attributes += 1 + text.count(" ", position, step.start()) + text.count("\n", position, step.start())
        if cut < 0 and attributes > MAX_ATTRIBUTES:
            cut = position
        position = step.end()
        if step.group() == ">":
            return (cut if cut >= 0 else position - 1), position
        position = _behind_value(text, position)
    return (cut if cut >= 0 else len(text) - 1), len(text)


def _behind_value(text: str, position: int) -> int:
    """Return the position behind a quoted value that begins at ``position``, or ``position`` where none does."""
    while text[position : position + 1] in (" ", "\n", "\t") and position < len(text):
        position += 1
    quote = text[position : position + 1]
    if quote not in ('"', "'") or not quote:
        return position
    end = text.find(quote, position + 1)
    return len(text) if end < 0 else end + 1
