"""What the head corrects in the heading that readers see: kickers before it, second lines behind it, lost spaces."""

import re
from dataclasses import replace

from warraq_parser.article import jsonld
from warraq_parser.article.elements import pieces_of
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.sitename import squeeze
from warraq_parser.article.titles.headline import SHORTEST_HEADLINE, Headline

_WORDS = re.compile(r"\w+")
_NEWS = frozenset(
    ("newsarticle", "reportagenewsarticle", "opinionnewsarticle", "analysisnewsarticle", "liveblogposting")
)
# What the head says corrects the heading seen only where it is itself believable.
_LEAST_TO_CORRECT = 0.7


def with_heading(best_first: list[Headline]) -> list[Headline]:
    """Give the best, where the head says it, the heading that shows it behind a kicker: others look around that."""
    best = best_first[0] if best_first else None
    if best is None or best.element is not None:
        return best_first
    for other in best_first[1:]:
        whole, key = squeeze(other.text), squeeze(best.text)
        if other.element is not None and whole.endswith(key) and len(whole) < 2 * len(key):
            return [replace(best, element=other.element), *best_first[1:]]
    return best_first


def as_the_desk_says(best_first: list[Headline], metadata: Metadata) -> list[Headline]:
    """Put first what the objects and cards of a *news* article agree on against a heading that nothing else repeats.

    There the desk writes them, and the heading is a variant for that day's page; on other sites the cards are written
    for search engines, and the heading is right.
    """
    if not best_first or best_first[0].element is None or not _NEWS & set(jsonld.types_of(metadata.article)):
        return best_first
    seen, key = best_first[0], squeeze(best_first[0].text)
    said = {
        other.origin: squeeze(other.text)
        for other in best_first[1:]
        if other.element is None and other.origin != "title"
    }
    agreed = said.get("json-ld", "")
    if not agreed or agreed != said.get("meta:og:title") or key in said.values():
        return best_first
    better = next(other for other in best_first if other.origin == "json-ld")
    return _corrected(seen, better, "objects and cards agree, and nothing else repeats the heading", best_first)


def without_additions(best_first: list[Headline]) -> list[Headline]:
    """Put first what the head says where the heading seen is that, with a kicker before it or with spaces lost."""
    if not best_first or best_first[0].element is None:
        return best_first
    seen = best_first[0]
    said = [other for other in best_first if other.element is None and other.confidence >= _LEAST_TO_CORRECT]
    for candidate in said:
        if _is_without_kicker(candidate.text, seen):
            return _corrected(seen, candidate, "is the heading seen, without its kicker", best_first)
        if _is_without_tail(candidate.text, seen):
            return _corrected(seen, candidate, "is the heading seen, without what follows it there", best_first)
    for candidate in said:
        if squeeze(candidate.text) == squeeze(seen.text):
            headless = _behind_kicker(candidate.text, seen)
            if headless:
                return [
                    replace(seen, text=headless, why="without the kicker, which the head separates"),
                    *best_first[1:],
                ]
            if len(_WORDS.findall(candidate.text)) > len(_WORDS.findall(seen.text)):
                return _corrected(seen, candidate, "is the heading seen, with its spaces", best_first)
    return best_first


def _corrected(seen: Headline, candidate: Headline, why: str, best_first: list[Headline]) -> list[Headline]:
    better = replace(candidate, element=seen.element, confidence=seen.confidence, why=why)
    return [better, *(other for other in best_first if other is not candidate)]


def _behind_kicker(text: str, seen: Headline) -> str:
    """Return the second of the two pieces of a heading that the head writes with a sign between them, else ""."""
    pieces = pieces_of(seen.element) if seen.element is not None else []
    if len(pieces) != 2 or len(pieces[0]) >= len(pieces[1]) or len(pieces[1]) < SHORTEST_HEADLINE:
        return ""
    between = text[len(pieces[0]) : len(text) - len(pieces[1])].strip()
    return pieces[1] if between in ("-", "–", "—", ":", "|", "·", "•") and text.endswith(pieces[1]) else ""


def _is_without_kicker(text: str, seen: Headline) -> bool:
    """Tell whether the heading ``seen`` is a kicker and then ``text``: "Judgment day: The court rules"."""
    whole, key = squeeze(seen.text), squeeze(text)
    if not (whole.endswith(key) and len(key) < len(whole) < 3 * len(key) and len(whole) - len(key) > 3):
        return False
    before = seen.text[: -len(text)].rstrip() if seen.text.endswith(text) else ""
    return before.endswith((":", "–", "-", "|", "/", "·", "•")) or key in _ends(seen)


def _is_without_tail(text: str, seen: Headline) -> bool:
    """Tell whether the heading ``seen`` is ``text`` and then pieces of its own: a second line, a source, a count."""
    key = squeeze(text)
    return len(text) >= SHORTEST_HEADLINE and key in _beginnings(seen)


def _beginnings(seen: Headline) -> list[str]:
    """Return what the first one, two, … pieces of the heading say, but all of them, squeezed."""
    pieces = pieces_of(seen.element) if seen.element is not None else []
    return [squeeze("".join(pieces[:count])) for count in range(1, len(pieces))]


def _ends(seen: Headline) -> list[str]:
    """Return what the last one, two, … pieces of the heading say, but all of them, squeezed."""
    pieces = pieces_of(seen.element) if seen.element is not None else []
    return [squeeze("".join(pieces[count:])) for count in range(1, len(pieces))]
