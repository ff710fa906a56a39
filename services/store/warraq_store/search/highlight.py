"""Where a search is found in the original text: marks for the title, and a piece of the text with the most of it.

The text shown is the page's own, with its letters and marks; the places come from the same analysis of words as the
index, so what matched is what is marked.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from warraq_store.search.query import Clause, Field, Form, Query
from warraq_store.search.words import Place, places

LONGEST_LOOKED_AT: Final = 60_000
_SNIPPET_WORDS: Final = 36
_LEAD_IN_WORDS: Final = 6
_LONGEST_SNIPPET: Final = 400

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of original text, and the places in it that were looked for (start, end; sorted, apart)."""

    text: str
    marks: tuple[Span, ...] = ()


def mark(text: str, query: Query, language: str | None, part: Field, asked: Sequence[str | None] = ()) -> Marked:
    """Return the whole of ``text``, which is in ``language``, with the places of ``query`` in it.

    ``asked``: the other languages in which the query was understood (all that are in the database).
    """
    found = list(places(text[:LONGEST_LOOKED_AT], language))
    return Marked(text, tuple(_spans(found, query, [language, *asked], part)))


def snippet(text: str, query: Query, language: str | None, asked: Sequence[str | None] = ()) -> Marked:
    """Return the piece of ``text`` that holds the most of ``query``, with its marks; its beginning if nothing does."""
    found = list(places(text[:LONGEST_LOOKED_AT], language))
    spans = _spans(found, query, [language, *asked], Field.TEXT)
    first = _best_start(found, spans)
    if not found:
        return Marked(text[:_LONGEST_SNIPPET])
    last = min(first + _SNIPPET_WORDS, len(found)) - 1
    start, whole = found[first].start, last == len(found) - 1
    end = min(len(text) if whole else found[last].end, start + _LONGEST_SNIPPET)
    before, after = "… " if first else "", "" if whole else " …"
    piece = text[start:end].replace("\n", " ")
    shift = len(before) - start
    marks = tuple((a + shift, min(b, end) + shift) for a, b in spans if a >= start and a < end)
    return Marked(before + piece + after, marks)


def _spans(found: Sequence[Place], query: Query, languages: Sequence[str | None], part: Field) -> list[Span]:
    """Return where the clauses of ``query`` stand, sorted and joined where they touch."""
    stream = [(word, i) for i, place in enumerate(found) for word in place.words]
    by_word: dict[str, list[int]] = {}
    for at, (word, _) in enumerate(stream):
        by_word.setdefault(word, []).append(at)
    spans: list[Span] = []
    for clause in query.wanted:
        if clause.field in (None, part):
            for first, last in _occurrences(clause, stream, by_word, languages):
                # Of the pair that begins with a single sign, the sign is what was looked for.
                end = found[last].start + 1 if clause.ends_in_a_sign else found[last].end
                spans.append((found[first].start, end))
    return _joined(sorted(spans))


def _occurrences(
    clause: Clause, stream: Sequence[tuple[str, int]], by_word: dict[str, list[int]], languages: Sequence[str | None]
) -> Iterable[tuple[int, int]]:
    """Yield the first and last place of each occurrence of ``clause``."""
    for form in clause.forms(languages):
        for at in _beginnings(form, by_word):
            following = stream[at : at + len(form.words)]
            if _stands(form, [word for word, _ in following]):
                yield following[0][1], following[-1][1]


def _beginnings(form: Form, by_word: dict[str, list[int]]) -> Iterable[int]:
    """Return where in the stream the first word of ``form`` stands."""
    if form.prefix and len(form.words) == 1:
        return (at for word, ats in by_word.items() if word.startswith(form.words[0]) for at in ats)
    return by_word.get(form.words[0], ())


def _stands(form: Form, there: Sequence[str]) -> bool:
    """Tell whether the words that are ``there`` are those of ``form``."""
    if len(there) < len(form.words) or tuple(there[:-1]) != form.words[:-1]:
        return False
    return there[-1].startswith(form.words[-1]) if form.prefix else there[-1] == form.words[-1]


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _best_start(found: Sequence[Place], spans: Sequence[Span]) -> int:
    """Return the place from which a snippet holds the most marks, a few words before its first one."""
    if not spans:
        return 0
    starts = [place.start for place in found]
    at = [max(0, bisect_left(starts, start)) for start, _ in spans]
    best, most, right = 0, 0, 0
    for left, place in enumerate(at):
        while right < len(at) and at[right] < place + _SNIPPET_WORDS - _LEAD_IN_WORDS:
            right += 1
        if right - left > most:
            best, most = place, right - left
    return max(0, min(best - _LEAD_IN_WORDS, len(found) - _SNIPPET_WORDS))
