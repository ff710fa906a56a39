"""Where single line breaks end a paragraph, and where they only cut a sentence."""

import re
from collections.abc import Sequence
from typing import Final

from warraq_parser.article.sentences import ends_sentence

# A stretch of text between two breaks, and how much of it is in links and in bold, in letters.
Segment = tuple[str, int, int]

_BREAK_ENDS: Final = (":", ";", "]")
_LONG_LINE: Final = 90
_EMPTY_LINES: Final = re.compile(r"\n[ \t\r]*\n")
_SHORTEST_PLAIN: Final = 300
# Prose has next to none of these; one in so many letters is code, a table, a diagram.
_SIGNS_OF_CODE: Final = "{}=<>;|\\_$#*[]+^~"
_RAREST_SIGN: Final = 150
_INDENTED: Final = re.compile(r"^[ \t]+\S", re.MULTILINE)
_RAREST_INDENT: Final = 4
_UNSPACED: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
# A line that begins so is an item of a list, or the next speaker's.
_ITEM: Final = re.compile(r"(?:[•●▪■◆►▶✓✔◦‣*–—-]|\d{1,2}\))\s+\S|[・▲△]\s*\S")


def as_one(segments: Sequence[Segment], between: str) -> list[Segment]:
    """Return all segments as one, with ``between`` for each break: a heading's, a line of code's; none if all empty."""
    text = between.join(text for text, _, _ in segments if text)
    return [(text, sum(links for _, links, _ in segments), sum(bold for _, _, bold in segments))] if text else []


def as_paragraphs(segments: Sequence[Segment]) -> list[Segment]:
    """Join what single breaks cut inside a sentence; an empty segment (two breaks) always ends a paragraph."""
    joined: list[Segment] = []
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


def plain_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of plain text in lines of one width, as wires and offices send it; none if it is code."""
    signs, indents = sum(map(text.count, _SIGNS_OF_CODE)), len(_INDENTED.findall(text))
    if len(text) < _SHORTEST_PLAIN or signs * _RAREST_SIGN > len(text) or indents * _RAREST_INDENT > text.count("\n"):
        return []
    paragraphs = [_unwrapped(part.split("\n")) for part in _EMPTY_LINES.split(text)]
    found = [line for lines in paragraphs for line in lines]
    sentences = sum(_ends(line) for line in found)
    return found if sentences * 2 >= len(found) else []


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Join the lines of one paragraph; items of a list stay apart."""
    joined: list[str] = []
    for line in filter(None, map(str.strip, lines)):
        if joined and not _ITEM.match(line):
            joined[-1] = f"{joined[-1]}{_between(joined[-1], line)}{line}"
        else:
            joined.append(line)
    return joined


def _between(before: str, after: str) -> str:
    """Return what a line break stands for: a space, but nothing between two letters of scripts without spaces."""
    return "" if _UNSPACED.match(before[-1]) and _UNSPACED.match(after[0]) else " "


def _ends(text: str) -> bool:
    return ends_sentence(text) or text.endswith(_BREAK_ENDS)


def _ends_paragraph(before: Segment, after: Segment) -> bool:
    """Tell whether a single line break between two segments is the end of a paragraph."""
    text, _, bold = before
    if _ends(text) or len(text) >= _LONG_LINE:
        return True
    return (2 * bold > len(text)) != (2 * after[2] > len(after[0]))
