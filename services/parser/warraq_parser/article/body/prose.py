"""Which lines are running text, where it begins and where it ends."""

from collections.abc import Sequence
from typing import Final

from warraq_parser.article.body.lines import Line
from warraq_parser.article.sentences import COLONS, ends_sentence

# A line this long (in letters, those in links counting twice against it) is a paragraph, not a label.
REAL_PROSE: Final = 80


def is_ended(text: str) -> bool:
    """Tell whether a line ends as a sentence does, or as what says that something comes."""
    return ends_sentence(text) or text.endswith(COLONS)


def is_prose(line: Line) -> bool:
    """Tell whether a line is a paragraph that is kept."""
    return not line.dropped and line.prose >= REAL_PROSE


def before_prose(lines: Sequence[Line]) -> int:
    """Return the index of the first running text: what stands before is the head of the article."""
    return next((index for index, line in enumerate(lines) if is_prose(line)), len(lines))


def after_prose(lines: Sequence[Line]) -> int:
    """Return the index behind the last running text: what stands from there on is its tail."""
    return next((index + 1 for index in range(len(lines) - 1, -1, -1) if is_prose(lines[index])), 0)
