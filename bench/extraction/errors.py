"""Where the loss is: every lost or superfluous line of a text, told apart by what it is and where it stands.

The loss of a page is 1 - F1 of its shingles. Each shingle that is lacking, or too many, is counted on the line that it
begins in (at the seam of two lines: on the wrong one of them), so the parts add up to the loss.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scores import SHINGLE, accepted, shingles, text_score, words

from warraq_parser.article.body.container import settle_hints
from warraq_parser.article.body.hint_words import Hint
from warraq_parser.article.body.lines import Line, LineKind, Outline
from warraq_parser.article.body.outline import read_outline
from warraq_parser.article.document import read_document
from warraq_shared.errors import PageProblem
from warraq_shared.parsed import utc_now

_MISSED = 0.3
_WRONG = 0.5
_KEY = 60
_LANGUAGES = 6

# What a superfluous line is called by the elements that it stands in, the most telling first.
_BY_PLACE = (
    (Hint.COMMENTS, "comments"),
    (Hint.NEWSLETTER | Hint.PAYWALL, "newsletter, paywall"),
    (Hint.CAPTION | Hint.PICTURE | Hint.PLAYER, "caption"),
    (Hint.AUTHOR | Hint.META, "byline, date"),
    (Hint.SHARE, "share bar"),
    (Hint.ADVERT, "advert"),
    (Hint.TAGS | Hint.NAVIGATION | Hint.CONTENTS, "navigation, tags"),
    (Hint.DISCLAIMER | Hint.FOOTER | Hint.COOKIES, "disclaimer, footer"),
    (Hint.RELATED | Hint.CAROUSEL, "related links"),
    (Hint.ASIDE | Hint.WIDGET | Hint.FORM | Hint.DIALOG, "box, widget"),
    (Hint.LEAD, "standfirst"),
)
_DATED = re.compile(r"\b(?:19|20)\d\d\b|[\u0660-\u0669\u06f0-\u06f9]{4}|\d{4}年|\d{1,2}:\d\d")
_LEGAL = re.compile(r"©|\(c\)|copyright|all rights|privacy|disclaim|terms|advice", re.IGNORECASE)
_SUBSCRIBE = re.compile(r"newsletter|subscri|sign up|abonn|iscriv|suscr|inscri|اشترك|عضو", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Loss:
    """A part of a page's loss: ``kind`` begins with "lost" or "kept"; ``amount`` is of 1 - F1; ``line`` is the text."""

    page: str
    language: str
    kind: str
    amount: float
    line: str


def losses_of(row: dict[str, Any], page: bytes, found: str) -> Iterator[Loss]:
    """Yield the parts of the loss of ``found``, the text that an extractor gave for ``page``."""
    wanted = max(accepted(row), key=lambda text: text_score(found, [text])[2])
    all_shingles = shingles(wanted).total() + shingles(found).total()
    lost, kept = list(_surplus(wanted, found)), list(_surplus(found, wanted))
    title = row.get("title") or ""
    places = _Places(page, row.get("url") or "http://localhost/", title)
    named = [*_lost(lost, wanted, places), *_kept(kept, wanted, title, places)]
    for kind, line, count in named:
        yield Loss(row["id"], row.get("lang") or "?", kind, count / all_shingles, line)


# --- which lines -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Surplus:
    """A line with ``count`` shingles that the other text lacks, number ``place`` of ``lines``.

    ``how`` is "wrong" where all of it is lacking, "word" where some words are, "seam" where only what follows is.
    """

    text: str
    place: int
    lines: int
    count: int
    how: str

    @property
    def kind_if_right(self) -> str:
        """The kind of error where the line itself is right; "" where it is not."""
        return {"wrong": "", "word": "words of a line", "seam": "seams of other errors"}[self.how]


def _surplus(text: str, other: str) -> Iterator[_Surplus]:
    """Yield the lines of ``text`` with shingles that ``other`` has not, or not as often."""
    lines = [line for line in text.split("\n") if line.strip()]
    tokens = [(word, number) for number, line in enumerate(lines) for word in words(line)]
    left, theirs = shingles(other), {_squeezed(line) for line in other.split("\n")}
    runs = [tokens[at : at + SHINGLE] for at in range(max(min(1, len(tokens)), len(tokens) - SHINGLE + 1))]
    missing: list[list[tuple[str, int]]] = []
    whole: Counter[int] = Counter(run[0][1] for run in runs if run[0][1] == run[-1][1])
    inside: Counter[int] = Counter()
    for run in runs:
        shingle = tuple(word for word, _ in run)
        if left[shingle] > 0:
            left[shingle] -= 1
            continue
        missing.append(run)
        inside[run[0][1]] += run[0][1] == run[-1][1]
    wrong = {
        number
        for number, line in enumerate(lines)
        if (inside[number] >= _WRONG * whole[number] if whole[number] else _squeezed(line) not in theirs)
    }
    counts: Counter[tuple[int, str]] = Counter(_line_of(run, wrong) for run in missing)
    for (number, how), count in sorted(counts.items()):
        yield _Surplus(lines[number], number, len(lines), count, how)


def _line_of(run: list[tuple[str, int]], wrong: set[int]) -> tuple[int, str]:
    """Return the line that a shingle is counted on, and how: as part of a wrong line, a word of it, or its seam."""
    first, last = run[0][1], run[-1][1]
    blamed = next((number for _, number in run if number in wrong), -1)
    return (blamed, "wrong") if blamed >= 0 else (first, "word" if first == last else "seam")


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


# --- what they are ---------------------------------------------------------------------------------------------------


class _Places:
    """Where the lines of a page stand in it."""

    def __init__(self, page: bytes, url: str, title: str) -> None:
        try:
            document = read_document(page.decode("utf-8", "replace"), url, utc_now())
            self.outline = read_outline(document.root)
        except PageProblem:
            self.outline = Outline()
        settle_hints(self.outline, title)
        self.tags: list[frozenset[str]] = []
        for region in self.outline.regions:
            above = self.tags[region.parent] if region.parent >= 0 else frozenset()
            self.tags.append(above | {region.tag})
        self.lines: dict[str, Line] = {}
        for line in self.outline.lines:
            for part in line.text.split("\n"):
                self.lines.setdefault(_squeezed(part)[:_KEY], line)

    def line(self, text: str) -> Line | None:
        """Return the line of the page that says ``text`` (or the first cell of it); None where none does."""
        return self.lines.get(_squeezed(text)[:_KEY]) or self.lines.get(_squeezed(text.split(" | ")[0])[:_KEY])

    def structure(self, line: Line) -> str:
        """Return "heading", "table", "quote", "list" or "code", "" for a plain paragraph."""
        tags = self.tags[line.region]
        shapes = {"table": {"td", "th"}, "quote": {"blockquote"}, "list": {"li", "dd", "dt"}}
        shape = next((name for name, wanted in shapes.items() if wanted & tags), "")
        return "heading" if line.level else "code" if line.kind is LineKind.CODE else shape


Named = tuple[str, str, int]


def _lost(lines: list[_Surplus], wanted: str, places: _Places) -> Iterator[Named]:
    all_wanted = shingles(wanted).total()
    if all_wanted and sum(line.count for line in lines) > (1 - _MISSED) * all_wanted:
        yield "lost: the whole article", "", sum(line.count for line in lines)
        return
    wrong = {line.place for line in lines if line.how == "wrong"}
    for line in lines:
        yield f"lost: {_kind_of_lost(line, wrong, places)}", line.text, line.count


def _kind_of_lost(line: _Surplus, wrong: set[int], places: _Places) -> str:
    if line.kind_if_right:
        return line.kind_if_right
    if all(place in wrong for place in range(line.place)):
        return "lead"
    where = places.line(line.text)
    if where is None:
        return "not among the page's lines"
    structure = places.structure(where)
    if not structure and all(place in wrong for place in range(line.place, line.lines)):
        return "end"
    return structure or "paragraph"


def _kept(lines: list[_Surplus], wanted: str, title: str, places: _Places) -> Iterator[Named]:
    theirs, heading = {_squeezed(line) for line in wanted.split("\n")}, _squeezed(title)
    wrong = {line.place for line in lines if line.how == "wrong"}
    for line in lines:
        text = _squeezed(line.text)
        if line.kind_if_right:
            kind = line.kind_if_right
        elif heading and (text == heading or (len(heading) > 15 and heading in text and len(text) < 2 * len(heading))):
            kind = "headline repeated"
        elif text in theirs:
            kind = "text repeated"
        else:
            kind = _kind_of_kept(line, wrong, places)
        yield f"kept: {kind}", line.text, line.count


def _kind_of_kept(line: _Surplus, wrong: set[int], places: _Places) -> str:
    """Tell by the elements it stands in, else by its look, else by its place in the text."""
    where = places.line(line.text)
    if where is not None:
        called = next((name for hint, name in _BY_PLACE if where.hints & hint), "")
        if called or where.links * 2 > where.weight:
            return called or "related links"
    if len(line.text) < 120 and _DATED.search(line.text):
        return "byline, date"
    for look, name in ((_SUBSCRIBE, "newsletter, paywall"), (_LEGAL, "disclaimer, footer")):
        if look.search(line.text):
            return name
    return _by_position(line, wrong, where, places)


def _by_position(line: _Surplus, wrong: set[int], where: Line | None, places: _Places) -> str:
    if where is None:
        return "not among the page's lines"
    if all(place in wrong for place in range(line.place)):
        return "other text before the lead"
    if all(place in wrong for place in range(line.place, line.lines)):
        return "other text behind the end"
    return f"{places.structure(where) or 'paragraph'} that the truth has not"


# --- tables ----------------------------------------------------------------------------------------------------------


def table(losses: Iterable[Loss], pages: Counter[str]) -> str:
    """Return a table: a line a kind, the largest first; for all pages and by language, in points of page F1 (x 100).

    ``pages`` is the number of pages by language.
    """
    amounts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    on_pages: defaultdict[str, set[str]] = defaultdict(set)
    for loss in losses:
        amounts[loss.kind][loss.language] += loss.amount  # type: ignore[assignment]
        on_pages[loss.kind].add(loss.page)
    languages = [language for language, _ in pages.most_common(_LANGUAGES)]
    lines = [("kind of error", "pages", "all", *languages), ("---",) * (3 + len(languages))]
    for kind, by_language in sorted(amounts.items(), key=lambda item: -sum(item[1].values())):
        shares = [by_language[language] / pages[language] for language in languages]
        everything = sum(by_language.values()) / pages.total()
        lines.append((kind, str(len(on_pages[kind])), *(f"{100 * share:.2f}" for share in (everything, *shares))))
    sums = [sum(one[language] for one in amounts.values()) / pages[language] for language in languages]
    total = sum(sum(one.values()) for one in amounts.values()) / pages.total()
    lines.append(("together", str(pages.total()), *(f"{100 * share:.2f}" for share in (total, *sums))))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def worst(losses: Iterable[Loss], number: int) -> Iterator[str]:
    """Yield the ``number`` pages that lose most, each with its largest parts."""
    by_page: defaultdict[str, list[Loss]] = defaultdict(list)
    for loss in losses:
        by_page[loss.page].append(loss)
    ranked = sorted(by_page.items(), key=lambda item: -sum(loss.amount for loss in item[1]))
    for page, parts in ranked[:number]:
        yield f"{page}: {100 * sum(loss.amount for loss in parts):.0f} points"
        for loss in sorted(parts, key=lambda part: -part.amount)[:5]:
            yield f"    {100 * loss.amount:5.1f}  {loss.kind:36} {loss.line[:80]}"
