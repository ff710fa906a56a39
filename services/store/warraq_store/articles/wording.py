"""What changed between two texts, word by word: for people, and bounded whatever the texts are.

Lines that are the same are taken out first, so that a long article with one corrected word costs little.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

# Beyond so many comparisons of words a passage is shown as replaced, not aligned: difflib is quadratic.
_MOST_COMPARISONS: Final = 1_000_000
_MOST_LINES: Final = 2_000

Operation = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that both texts have, or only the newer (added) or only the older (removed) one."""

    operation: Operation
    text: str


Line = tuple[Piece, ...]


def changes(before: str, after: str) -> list[Line]:
    """Return the lines of ``after`` with what was added, and what was removed where it stood."""
    old, new = before.splitlines(), after.splitlines()
    if len(old) + len(new) > _MOST_LINES:
        old, new = old[:_MOST_LINES], new[:_MOST_LINES]
    lines: list[Line] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [(Piece("same", line),) for line in new[j1:j2]]
        else:
            lines += _changed_lines(old[i1:i2], new[j1:j2])
    return lines


def _changed_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Yield changed lines, each new one against the old one in its place."""
    for before, after in zip(old, new, strict=False):
        yield tuple(_joined(_words(before.split(), after.split())))
    yield from ((Piece("removed", line),) for line in old[len(new) :])
    yield from ((Piece("added", line),) for line in new[len(old) :])


def _words(old: list[str], new: list[str]) -> Iterator[Piece]:
    if len(old) * len(new) > _MOST_COMPARISONS:
        yield from _replaced(old, new)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", " ".join(new[j1:j2]))
        else:
            yield from _replaced(old[i1:i2], new[j1:j2])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if old:
        yield Piece("removed", " ".join(old))
    if new:
        yield Piece("added", " ".join(new))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield ``pieces`` with neighbours of one kind as one."""
    waiting: Piece | None = None
    for piece in pieces:
        if waiting is not None and piece.operation == waiting.operation:
            waiting = Piece(piece.operation, f"{waiting.text} {piece.text}")
        else:
            if waiting is not None:
                yield waiting
            waiting = piece
    if waiting is not None:
        yield waiting


def counted(lines: Iterable[Line]) -> tuple[int, int]:
    """Return how many words were added and how many removed."""
    sums = {"added": 0, "removed": 0, "same": 0}
    for line in lines:
        for piece in line:
            sums[piece.operation] += len(piece.text.split())
    return sums["added"], sums["removed"]
