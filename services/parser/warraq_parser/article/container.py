"""Which part of a page holds the article: the smallest region with nearly all of its prose."""

from itertools import accumulate
from typing import Final

from warraq_parser.article.outline import Line, LineKind, Outline
from warraq_parser.article.region_hints import Hint

# A line this long (in letters) is taken for running text; shorter ones count little.
_PROSE_LINE: Final = 40
# A hint on an element that holds more than this of the page's running text speaks of the whole page, not of a part.
_MAJORITY: Final = 0.5
_POSITIVE: Final = Hint.BODY | Hint.ARTICLE | Hint.LIVE
NOT_ARTICLE: Final = (
    Hint.NAVIGATION
    | Hint.RELATED
    | Hint.SHARE
    | Hint.COMMENTS
    | Hint.NEWSLETTER
    | Hint.PAYWALL
    | Hint.ADVERT
    | Hint.FOOTER
    | Hint.ASIDE
    | Hint.COOKIES
    | Hint.HIDDEN
    | Hint.DIALOG
    | Hint.AUTHOR
)


def prose_of(line: Line) -> int:
    """Return how much running text a line is: its weight without links, nothing if it is too short for a sentence."""
    if line.kind is not LineKind.TEXT:
        return line.weight if line.kind is LineKind.CODE else 0
    plain = line.weight - 2 * line.links
    return plain if plain >= _PROSE_LINE else 0


def sums(values: list[int]) -> list[int]:
    """Return the running sums of ``values``, beginning with 0: the sum of a stretch is then one subtraction."""
    return list(accumulate(values, initial=0))


def settle_hints(outline: Outline) -> None:
    """Let every region and line inherit the hints of what it stands in, but not those that speak of the whole page."""
    totals = sums([prose_of(line) for line in outline.lines])
    most = totals[-1] * _MAJORITY
    regions = outline.regions
    for region in regions:
        if region.hints & ~_POSITIVE and totals[region.last] - totals[region.first] > most:
            region.hints &= _POSITIVE
        above = regions[region.parent].inherited if region.parent >= 0 else 0
        region.inherited = above | region.hints
    for line in outline.lines:
        line.hints = regions[line.region].inherited if regions else 0


def find_container(outline: Outline) -> int:
    """Return the index of the region that holds the article; 0, the page, where none stands out."""
    totals = sums([0 if line.hints & NOT_ARTICLE else prose_of(line) for line in outline.lines])
    children: dict[int, list[int]] = {}
    for index, region in enumerate(outline.regions):
        children.setdefault(region.parent, []).append(index)

    def prose(index: int) -> int:
        region = outline.regions[index]
        return totals[region.last] - totals[region.first]

    current = 0
    while inner := children.get(current):
        best = max(inner, key=prose)
        if prose(best) < 0.8 * prose(current) or not prose(best):
            break
        current = best
    return current
