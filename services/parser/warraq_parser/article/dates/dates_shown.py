"""Dates that readers see: by the headline, in elements made for dates, or standing alone on the page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from warraq_parser.article.dates.clock_text import Moment
from warraq_parser.article.dates.date_candidates import DateCandidate, DateReader
from warraq_parser.article.dates.date_words import (
    NOT_OF_ARTICLE,
    OF_A_PERSON,
    PUBLISHED,
    UPDATED,
    speaks_of_others,
    stands_beside,
)
from warraq_parser.article.dates.relative_dates import read_relative
from warraq_parser.article.elements import line_of
from warraq_parser.article.marks import Marks
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.surroundings import Line, Surroundings, lines_of
from warraq_shared.folding import has_digit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from warraq_parser.article.document import Document

_LONGEST_DATE_LINE = 160
_MOST_DATED, _MOST_CLASSED, _MOST_SMALL = 40, 150, 3000
_SMALL = (
    "span", "p", "div", "em", "small", "b", "i", "strong", "td", "li", "dd", "fieldset", "legend", "h4", "h5", "h6",
    "font",
)  # fmt: skip
_LONGEST_ALONE = 40
_MOST_COUNTED = 30
# Less than this before a date in its line is a sign, and its label stands before the line.
_SHORTEST_LABEL, _LONGEST_LABEL = 3, 40
_TEASER_LENGTH = 40
# Elements made for dates that name more days than this belong to many things.
_LEAST_OF_CLASS, _MOST_DAYS = 0.5, 2
# Stands for the rest of a long paragraph, so that only a dateline is taken from it.
_REST = "…" * 46
_LONG_PARAGRAPH = 300
_BETWEEN_PARTS = re.compile(r"\s*[|•·⋅●‣]\s*|\s[-–—]\s")
_Home = frozenset["HtmlElement"]


def shown_dates(
    document: "Document", metadata: Metadata, around: Surroundings, reader: DateReader
) -> list[DateCandidate]:
    """Return the dates that a reader sees: by the headline; else in elements made for dates; else standing alone.

    Those of the last change have "updated" as their ``why``.
    """
    return (
        list(_near(around, reader))
        or list(_by_class(metadata.marks, reader, around.home))
        or list(_alone(document.root, reader, around.home))
        or list(_counted_back(around, reader))
    )


def _near(around: Surroundings, reader: DateReader) -> Iterator[DateCandidate]:
    """Yield the dates in short lines around the headline, those behind it first, up to the body's first paragraphs."""
    yield from _in_lines(_until_text(around.behind), 0.85, "by the headline", reader, around.home)
    yield from _in_lines(around.before, 0.78, "above the headline", reader, around.home)


def _until_text(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines until the article's text has begun for good: two long paragraphs."""
    long_ones = 0
    for line in lines:
        if line.element.tag == "p" and len(line.element.text or "") > _LONG_PARAGRAPH:
            long_ones += 1
            if long_ones > 1:
                return
        yield line


def _in_lines(
    lines: Iterable[Line], confidence: float, why: str, reader: DateReader, home: "_Home"
) -> Iterator[DateCandidate]:
    """Yield the dates in lines; a day that one of them calls the last change stays that in the elements inside it."""
    seen: set[str] = set()
    updated: set[date] = set()
    for line in lines:
        for candidate in _of_one(line, confidence, why, reader, home, seen):
            if candidate.why == "updated":
                updated.add(candidate.moment.when.date())
            again = candidate.moment.when.date() in updated
            yield replace(candidate, why="updated") if again else candidate


def _of_one(
    line: Line, confidence: float, why: str, reader: DateReader, home: "_Home", seen: set[str]
) -> Iterator[DateCandidate]:
    """Yield the dates of one line, if it was not ``seen`` before and is no other article's."""
    element = line.element
    if element.tag == "time":
        away = _foreignness(element, home)
        if away < 1:
            yield from _of_time_element(element, confidence + 0.05 - away, why, reader)
        return
    text = line.text if len(line.text) <= _LONGEST_DATE_LINE else ""
    text = text or _dateline(element)
    if text in seen or not _may_hold_date(text):
        return
    seen.add(text)
    away = _foreignness(element, home)
    if away < 1:
        yield from _of_line(element, text, confidence - away - 0.1 * (len(text) > 80), why, reader)


def _dateline(element: "HtmlElement") -> str:
    """Return the beginning of a long paragraph, which may be the place and day of its writing."""
    return line_of(element, 60)[:60] + _REST if element.tag == "p" and len(element) <= 12 else ""


def _may_hold_date(text: str) -> bool:
    return 5 < len(text) <= _LONGEST_DATE_LINE and has_digit(text)


def _of_time_element(
    element: "HtmlElement", confidence: float, why: str, reader: DateReader
) -> Iterator[DateCandidate]:
    text = line_of(element, 200)
    moment = reader.of_machine(element.get("datetime") or "") or next(iter(reader.of_text(text)), None)
    if moment is None:
        return
    around = (
        text + " " + (element.get("class") or "") + " " + (element.get("itemprop") or "") + " " + _label_before(element)
    )
    updated = bool(UPDATED.search(around))
    yield DateCandidate(moment, "dom:time", confidence, "updated" if updated else why)


def _label_before(element: "HtmlElement") -> str:
    """Return the words that stand right before an element: "Updated:"; nothing where they have a date of their own."""
    previous = element.getprevious()
    if previous is not None:
        label = (previous.tail or "").strip() or line_of(previous, 60)
    else:
        parent = element.getparent()
        label = (parent.text or "") if parent is not None else ""
    has_date = has_digit(label[-_LONGEST_LABEL:])
    return "" if has_date else label[-_LONGEST_LABEL:]


def _of_line(
    element: "HtmlElement", text: str, confidence: float, why: str, reader: DateReader
) -> Iterator[DateCandidate]:
    behind = 0
    for moment in reader.of_text(text):
        label = text[behind : moment.start] if behind or moment.start > _SHORTEST_LABEL else _label_before(element)
        behind = moment.end
        rest = _length_of_part(text, moment) - (moment.end - moment.start)
        if NOT_OF_ARTICLE.search(label):
            continue
        labelled = bool(PUBLISHED.search(label))
        if rest > 45 and not labelled and not _is_dateline(text, moment):
            continue
        worth = confidence - 0.12 * moment.ambiguous - 0.1 * (rest > 60) - 0.05 * moment.converted + 0.05 * labelled
        is_update = bool(UPDATED.search(label))
        yield DateCandidate(moment, f"text:{element.tag}", round(worth, 3), "updated" if is_update else why)


def _length_of_part(text: str, moment: Moment) -> int:
    """Return the length of the part of a line that holds ``moment``, between the signs that separate parts."""
    before = list(_BETWEEN_PARTS.finditer(text, 0, moment.start))
    behind = _BETWEEN_PARTS.search(text, moment.end - 1)  # a space at the end of the moment belongs to the sign
    return (behind.start() if behind else len(text)) - (before[-1].end() if before else 0)


def _is_dateline(text: str, moment: Moment) -> bool:
    """Tell whether a paragraph begins with the day of its writing: "(21 May 2022) …", "BERLIN, 21 May 2022 – …"."""
    behind = text[moment.end : moment.end + 3].strip()
    return moment.start < 30 and (behind[:1] in ("–", "—", "|", ":") or text[:1] + behind[:1] in ("()", "[]"))


def _counted_back(around: Surroundings, reader: DateReader) -> Iterator[DateCandidate]:
    """Yield the moment that a line right behind the headline counts back to from the fetch: "3 hours ago"."""
    for line in around.behind[:_MOST_COUNTED]:
        moment = read_relative(line.text, reader.fetched_at)
        if moment and _foreignness(line.element, around.home) == 0:
            yield DateCandidate(moment, f"text:{line.element.tag}", 0.42, "counted back from the fetch")
            return


def _foreignness(element: "HtmlElement", home: "_Home") -> float:
    """Tell how far an element stands from this article: 1 in a part that speaks of others, 0.2 beside the text, else 0.

    ``home`` are the elements around the headline: what they are called says nothing of what is inside them.
    """
    node: HtmlElement | None = element
    found = 0.0
    for _ in range(6):
        if node is None or node in home or node.tag in ("body", "html", "main"):
            break
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if node.tag in ("nav", "figcaption") or speaks_of_others(names):
            return 1.0
        if node.tag in ("aside", "footer") or stands_beside(names):
            found = 0.2
        if node.tag in ("a", "li") and _leads_elsewhere(node):
            return 1.0
        node = node.getparent()
    return found


def _leads_elsewhere(node: "HtmlElement") -> bool:
    """Tell whether a link or list item is the teaser of another article: a link with a headline's length of text."""
    links = [node] if node.tag == "a" else node.iter("a")
    return any(len(line_of(link, 120)) > _TEASER_LENGTH for link in islice(links, 4) if link.get("href"))


def _by_class(marks: Marks, reader: DateReader, home: "_Home") -> Iterator[DateCandidate]:
    """Yield the dates of elements that are made for dates."""
    elements = [*marks.times[:_MOST_DATED], *marks.dated[:_MOST_CLASSED]]
    found = list(_in_lines(lines_of(elements), 0.6, "in an element made for dates", reader, home))
    days = {candidate.moment.when.date() for candidate in found if candidate.confidence >= _LEAST_OF_CLASS}
    if len(days) <= _MOST_DAYS:
        yield from found


def _alone(root: "HtmlElement", reader: DateReader, home: "_Home") -> Iterator[DateCandidate]:
    """Yield the one day that stands alone in an element of its own somewhere on the page; none where there are two."""
    found: list[Moment] = []
    for element in islice(root.iter(*_SMALL), _MOST_SMALL):
        text = (element.text or "").strip()
        if 5 < len(text) < _LONGEST_ALONE and has_digit(text) and not len(element):
            moments = reader.of_text(text)
            if len(moments) == 1 and not OF_A_PERSON.search(text) and _foreignness(element, home) < 1:
                found.append(moments[0])
    if found and len({moment.when.date() for moment in found}) == 1:
        yield DateCandidate(found[0], "text", 0.55 - 0.1 * found[0].ambiguous, "the only day that stands alone")
