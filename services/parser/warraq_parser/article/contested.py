"""What is told of the weighing of fields after the parser: small enough to go with every article."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from warraq_shared.parsed import Candidate

TOLD: Final = ("title", "published_at", "modified_at", "authors")
MOST_LOSERS: Final = 3
_LONGEST: Final = 120


def contested(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return for each field of ``TOLD`` that places disagree about: what won, if anything, and the nearest losers.

    ``candidates`` stand together by field, the best first. Losers that agree with the winner are no news and left out;
    at most ``MOST_LOSERS`` a field are kept, each value and reason cut to 120 characters.
    """
    fields = groupby((one for one in candidates if one.field in TOLD), key=lambda one: one.field)
    return tuple(told for _, rivals in fields for told in _told(list(rivals)))


def _told(rivals: Sequence[Candidate]) -> Iterator[Candidate]:
    won = [one for one in rivals if one.won]
    values = {one.value for one in won}
    losers = [one for one in rivals if one.value not in values]
    if losers:
        yield from map(_cut, [*won, *losers[:MOST_LOSERS]])


def _cut(one: Candidate) -> Candidate:
    return one.model_copy(update={"value": one.value[:_LONGEST], "why": one.why[:_LONGEST]})
