"""Which part of a page holds the article: the smallest region with nearly all of its prose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from warraq_parser.article.body.hint_words import Hint
from warraq_parser.article.body.lines import Line, Outline, squeezed

# A hint on an element that holds more than this of the page's running text speaks of the whole page, not of a part.
_MAJORITY: Final = 0.5
# With less than this part of the running text free of hints, some hint must mean something else on this page.
_FAIR_PART: Final = 0.15
_POSITIVE: Final = Hint.BODY | Hint.ARTICLE | Hint.LIVE
_NO_LEAD: Final = (
    Hint.CAPTION | Hint.META | Hint.TAGS | Hint.WIDGET | Hint.FORM | Hint.PLAYER | Hint.CONTENTS | Hint.CAROUSEL
)
_LEAVES: Final = frozenset(("p", "li", "td", "pre", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"))
_SHORT_ARTICLE: Final = 600
_HARDLY_ARTICLE: Final = Hint.CAROUSEL | Hint.DISCLAIMER
_SHORTEST_LEAD: Final = 60
_SHORTEST_NAMED_LEAD: Final = 40
_FARTHEST_LEAD: Final = 60
_SHORTEST_ALIKE: Final = 12
# A second headline this long tells more; one that shares so many of the first one's words is that in other words.
_SHORTEST_SECOND: Final = 100
_SHARED_WORDS: Final = 0.4
_NEAREST: Final = 3
_NO_PART, _TOO_LITTLE, _OWN_ARTICLE = "a line of it", "a part of it", "the article with the headline"
_WITH_HEADLINE: Final = _POSITIVE | Hint.HEADER | Hint.TITLE | Hint.LEAD
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
    | Hint.OFFER
)
_DOUBTFUL: Final = tuple(
    1 << bit for bit in range(NOT_ARTICLE.bit_length()) if (1 << bit) & NOT_ARTICLE & ~(Hint.COMMENTS | Hint.OFFER)
)


def sums(values: list[int]) -> list[int]:
    """Return the running sums of ``values``, beginning with 0: the sum of a stretch is then one subtraction."""
    return list(accumulate(values, initial=0))


def settle_hints(outline: Outline, title: str) -> None:
    """Let every region and line inherit the hints of what it stands in, but not those that speak of the whole page.

    What holds the headline, or most of the running text, is the article whatever it is called (comments may be
    longer than the article, so they need the headline).
    """
    totals = sums([line.prose for line in outline.lines])
    most = totals[-1] * _MAJORITY
    headline = headline_line(outline, title)
    regions = outline.regions
    believed = _disbelieved(outline, totals)
    for region in regions:
        region.hints &= believed
        if region.hints & ~_POSITIVE:
            if region.first <= headline < region.last:
                region.hints &= _WITH_HEADLINE
            if totals[region.last] - totals[region.first] > most:
                region.hints &= _POSITIVE | Hint.COMMENTS | Hint.OFFER
        above = regions[region.parent].inherited if region.parent >= 0 else 0
        region.inherited = above | region.hints
    for line in outline.lines:
        line.hints = regions[line.region].inherited if regions else 0


def _is_standfirst(line: Line) -> bool:
    """Tell whether a line is called a standfirst: then it may be shorter than a paragraph or marked as a heading."""
    least = _SHORTEST_LEAD if line.level else _SHORTEST_NAMED_LEAD
    return bool(line.hints & Hint.LEAD) and line.weight >= least and not line.links


def _is_second(line: Line, title: str) -> bool:
    """Tell whether a line right below the headline is a second one that tells more than the first."""
    if line.level < 2 or line.weight < _SHORTEST_SECOND or line.links:
        return False
    words = set(line.text.casefold().split())
    return len(words & set(title.casefold().split())) < _SHARED_WORDS * len(words)


def headline_line(outline: Outline, title: str) -> int:
    """Return the index of the line that shows the headline, -1 if none does.

    It may show it with a kicker, or without the one of ``title``; the only heading of the first level is it anyway.
    """
    headings = [(index, line) for index, line in enumerate(outline.lines) if line.level]
    shown = [index for index, line in headings if line.text == title]
    if shown:
        return min(shown, key=lambda index: outline.lines[index].level)
    first = [(index, squeezed(line.text)) for index, line in headings if line.level == 1]
    wanted = squeezed(title)
    alike = [index for index, text in first if _is_part(text, wanted)]
    return alike[0] if alike else first[0][0] if len(first) == 1 else -1


def _is_part(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _SHORTEST_ALIKE and (one in other or other in one)


def _disbelieved(outline: Outline, totals: list[int]) -> int:
    """Return what hints to believe: all but those, the largest first, that leave no fair part of the text free."""
    hinted = [(r.first, r.last, r.hints) for r in outline.regions if r.hints & NOT_ARTICLE]
    fair = (totals[-1] - _prose_under(hinted, totals, Hint.COMMENTS)) * _FAIR_PART
    doubted = 0
    while totals[-1] - _prose_under(hinted, totals, NOT_ARTICLE & ~doubted) < fair:
        amounts = {hint: _prose_under(hinted, totals, hint) for hint in _DOUBTFUL if not hint & doubted}
        largest = max(amounts, key=amounts.__getitem__, default=0)
        if not largest or not amounts[largest]:
            break
        doubted |= largest
    return ~doubted


def _prose_under(hinted: list[tuple[int, int, int]], totals: list[int], hints: int) -> int:
    """Return how much running text stands in regions with any of ``hints``; nested ones count once."""
    return outermost_prose(((first, last) for first, last, of_region in hinted if of_region & hints), totals)


def outermost_prose(stretches: Iterable[tuple[int, int]], totals: list[int]) -> int:
    """Return how much running text stands in ``stretches`` of lines, which begin in order; nested ones count once."""
    end = total = 0
    for first, last in stretches:
        if first >= end:
            total += totals[last] - totals[first]
            end = last
    return total


def _share_to_follow(hints: int) -> float:
    """Return how much of the running text a region must hold to be the article alone, given what it is called."""
    if hints & Hint.BODY:
        return 0.6
    return 0.7 if hints & Hint.ARTICLE else 0.82


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from the page down to the article's region.

    ``share`` is how much of the running text around it the region holds, ``needed`` how much it must hold for that to
    be the article alone; both 0 to 1. ``chosen``: the way goes on there; the last step of a way may be one not taken.
    """

    region: int
    share: float
    needed: float
    chosen: bool
    why: str = ""


def find_container(outline: Outline, title: str) -> tuple[Step, ...]:
    """Return the way to the region that holds the article; an empty one where the page as a whole does."""
    tree = _Tree(outline)
    headline = headline_line(outline, title)
    current, steps = 0, []
    while inner := tree.children.get(current):
        step = tree.step(max(inner, key=tree.prose), current)
        if not step.chosen and step.why == _TOO_LITTLE and (own := tree.own_article(inner, headline)) >= 0:
            step = replace(tree.step(own, current), chosen=True, why=_OWN_ARTICLE)
        steps.append(step)
        if not step.chosen:
            break
        current = step.region
    return tuple(steps)


def container_of(steps: Sequence[Step]) -> int:
    """Return the index of the region that the way ends in; 0 is the page."""
    return next((step.region for step in reversed(steps) if step.chosen), 0)


class _Tree:
    """The regions of an outline as a tree, with how much of the article's running text may stand in each."""

    def __init__(self, outline: Outline) -> None:
        self.regions = outline.regions
        self.children: dict[int, list[int]] = {}
        for index, region in enumerate(outline.regions):
            self.children.setdefault(region.parent, []).append(index)
        self.totals = sums([_worth(line.hints) * line.prose for line in outline.lines])

    def prose(self, index: int) -> int:
        region = self.regions[index]
        return self.totals[region.last] - self.totals[region.first]

    def step(self, index: int, around: int) -> Step:
        """Return the step from ``around`` to one of its parts."""
        region, all_around = self.regions[index], self.prose(around)
        share = self.prose(index) / all_around if all_around else 0.0
        needed = _share_to_follow(region.hints)
        if region.tag in _LEAVES or not share:
            return Step(index, share, needed, chosen=False, why=_NO_PART)
        is_enough = share >= needed
        return Step(index, share, needed, chosen=is_enough, why="" if is_enough else _TOO_LITTLE)

    def own_article(self, inner: list[int], headline: int) -> int:
        """Of several articles side by side, return the region of the one that has the page's headline; -1 if none.

        The posts of a live blog stand below the headline, none of them holds it.
        """
        articles = [index for index in inner if self._is_article(index) and self.prose(index) >= _SHORT_ARTICLE]
        for index in articles if len(articles) > 1 else ():
            if self.regions[index].first <= headline < self.regions[index].last:
                return index
        return -1

    def _is_article(self, index: int) -> bool:
        """Tell whether a region is an ``article``, or wraps one."""
        inner = self.children.get(index, ())
        return self.regions[index].tag == "article" or any(self.regions[one].tag == "article" for one in inner)


def _worth(hints: int) -> int:
    """Return the weight of running text in a region with ``hints`` when it is asked where the article is."""
    if hints & NOT_ARTICLE:
        return 0
    return 1 if hints & _HARDLY_ARTICLE else 3


def lead_start(outline: Outline, container: int, title: str) -> int:
    """Return the line from which on the article is to be read: behind the headline, where that stands above its region.

    What stands between the two and is no running text, or is called something else, is marked as dropped.
    """
    start = outline.regions[container].first
    headline = headline_line(outline, title)
    if not 0 <= headline < start or start - headline > _FARTHEST_LEAD:
        return start
    for place, line in enumerate(outline.lines[headline + 1 : start]):
        # A "teaser" right below the headline that leads nowhere is this article's own; so is the first part of a body.
        against = NOT_ARTICLE | _NO_LEAD
        against &= ~Hint.RELATED if not line.links else -1
        against &= ~(Hint.TAGS | Hint.META) if line.hints & Hint.LEAD else -1
        against &= ~(Hint.CONTENTS | Hint.FORM | Hint.WIDGET) if line.hints & Hint.BODY else -1
        is_lead = line.prose >= _SHORTEST_LEAD or _is_standfirst(line) or (place < _NEAREST and _is_second(line, title))
        if line.hints & against or (line.text and not is_lead):
            line.dropped = "above"
    return headline + 1
