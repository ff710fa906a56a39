"""Where single line breaks end a paragraph, and where they only cut a sentence."""

import re
from collections.abc import Sequence
from typing import Final

# A stretch of text between two breaks, and how much of it is in links and in bold, in letters.
Segment = tuple[str, int, int]

_SENTENCE_ENDS: Final = tuple(".!?…:;\"'»”’)]。！？؟۔।」』")
_LONG_LINE: Final = 90
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


def _ends_paragraph(before: Segment, after: Segment) -> bool:
    """Tell whether a single line break between two segments is the end of a paragraph."""
    text, _, bold = before
    if text.endswith(_SENTENCE_ENDS) or len(text) >= _LONG_LINE:
        return True
    return (2 * bold > len(text)) != (2 * after[2] > len(after[0]))
