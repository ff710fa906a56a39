"""Who wrote the text and when, said in lines between headline and text and behind the last paragraph."""

import re
from collections.abc import Sequence
from typing import Final

from warraq_parser.article.authors.people import is_byline
from warraq_parser.article.body.lines import Line, LineKind, weigh
from warraq_parser.article.body.prose import REAL_PROSE, after_prose, before_prose, is_ended
from warraq_parser.article.dates.date_text import read_moments
from warraq_parser.article.dates.date_words import JUST_NOW
from warraq_parser.article.sentences import COLONS, FULL_STOPS

_DATE_LINE: Final = re.compile(
    r"\d{1,2}[:.]\d\d|\b(?:19|20)\d\d\b|[\u0660-\u0669\u06f0-\u06f9]{4}|\d{4}年|\d+\s*(?:min|hour|day|week|month|Stunde|Minute|heure|hora|год|час)"
)
_BYLINE: Final = re.compile(
    r"^(?:by|von|par|por|di|da|door|av|af|van|autor|author|text|words|reporter|редакция|автор|بقلم|كتب|كتبت|نوشته|מאת|文|記者|记者|작성자)\b[\s:]",
    re.IGNORECASE,
)
# "Ann Lee is a reporter with …": a name of two to four words, and what its bearer is for a living.
_BIOGRAPHY: Final = re.compile(
    r"(?:Dr\.? |Prof\.? )?[A-ZÀ-Ý][\w.'’-]+(?: (?:[A-ZÀ-Ý][\w.'’-]*|de|van|von|der|al|bin)){1,3},? "
    r"(?:is|was|are|has been|works|writes|covers|ist|schreibt|arbeitet|est|es|è|é)\b[^.]{0,90}?\b"
    r"(?:writer|editor|journalist|reporter|correspondent|professor|columnist|researcher|lecturer|fellow|contributor|freelance|author"
    r"|Redakteur(?:in)?|Journalist(?:in)?|Autor(?:in)?|Professor(?:in)?|Korrespondent(?:in)?|journaliste|auteure?|professeure?"
    r"|periodista|profesora?|autora?|giornalista|jornalista)\b"
)
# An agency, the writers or the day in brackets, perhaps with the outlet before them.
_SIGNED: Final = re.compile(r"(?:[^\W\d_]+ ?){0,2}\([^().!?]{2,60}\)")
# What may be left of a line of names and dates: "By … and …, updated …".
_MOST_BESIDE_FACTS: Final = 14
# A bold name, or two, above the text.
_BOLD_NAME: Final = re.compile(r"[A-ZÀ-Ý][\w.'’-]+(?:[ /,&]+[A-ZÀ-Ý][\w.'’-]+){1,4}")
_LONGEST_META: Final = 110
_LONGEST_DAY: Final = 40
_SEPARATORS: Final = (" | ", " · ", " • ")
_FEWEST_SEPARATORS: Final = 2
_HEAD_LINES: Final = 6
_BIO_LINES: Final = 6


def drop_meta(lines: Sequence[Line], authors: Sequence[str]) -> None:
    """Dates, bylines and reading times between headline and text, and between the standfirst and the text."""
    for line in lines[:_HEAD_LINES]:
        if line.dropped or line.level or line.weight > _LONGEST_META:
            continue
        if (
            _is_new(line)
            or _is_row_of_facts(line.text)
            or _names_writer_or_day(line.text, authors)
            or _stands_by_day(line)
        ):
            line.dropped = "date"
    for line in lines:
        if line.weight <= _LONGEST_DAY and not line.dropped and _is_all_day(line):
            line.dropped = "date"
    head = _head(lines)
    _drop_labels(lines[:head] if head < len(lines) else ())


def _head(lines: Sequence[Line]) -> int:
    """Return where the head ends: before the first paragraph, or the list of points that it is an item of."""
    head = before_prose(lines)
    while 0 < head < len(lines) and lines[head].in_list and lines[head - 1].in_list and not lines[head - 1].links:
        head -= 1
    return head


def _drop_labels(head: Sequence[Line]) -> None:
    """Above the first paragraph even an item of a list, a year or a "By" is enough."""
    for line in head:
        if line.dropped or line.level or line.weight > _LONGEST_META:
            continue
        if line.structured and line.weight < 60:
            line.dropped = "head"
        elif _is_date_line(line):
            line.dropped = "date"
        elif _BYLINE.match(line.text) or (line.bold and _BOLD_NAME.fullmatch(line.text)):
            line.dropped = "byline"


def _is_all_day(line: Line) -> bool:
    """Tell whether a line is a day and a time and nothing else: that of a teaser, of an entry, of the last change."""
    if line.kind is not LineKind.TEXT or line.structured or not _DATE_LINE.search(line.text):
        return False
    moments = read_moments(line.text)
    return len(moments) == 1 and not moments[0].start and moments[0].end >= len(line.text)


def _is_date_line(line: Line) -> bool:
    return line.weight < 60 and bool(_DATE_LINE.search(line.text)) and not is_ended(line.text)


def _is_new(line: Line) -> bool:
    """Tell whether a short line ends with "just now", perhaps behind a place."""
    return line.weight <= _LONGEST_DAY and JUST_NOW.search(line.text) is not None


def _is_row_of_facts(text: str) -> bool:
    """Tell whether a line is a date in a row with other facts ("date | number | reporter"), however long."""
    is_row = any(text.count(separator) >= _FEWEST_SEPARATORS for separator in _SEPARATORS)
    return is_row and bool(_DATE_LINE.search(text)) and not is_ended(text)


def _names_writer_or_day(text: str, authors: Sequence[str]) -> bool:
    """Tell whether nothing is left of a line but names, or a word or two, without the day and the writers known."""
    rest = text
    for name in authors:
        rest = rest.replace(name, " ") if len(name) > 1 else rest
    if any(map(str.isdigit, rest)):
        for moment in reversed(read_moments(rest)):
            rest = f"{rest[: moment.start]} {rest[moment.end :]}"
    if rest.endswith((*FULL_STOPS, *COLONS)):
        return False
    if rest != text and sum(map(str.isalpha, rest)) <= _MOST_BESIDE_FACTS:
        return True
    return is_byline(rest.strip(), dated=rest != text)


def _stands_by_day(line: Line) -> bool:
    """Tell whether a short line that is no sentence begins or closes with a day: "Jane Doe 15/11/2026 19:20"."""
    if line.structured or not _is_date_line(line):
        return False
    moments = read_moments(line.text)
    return bool(moments) and (moments[-1].end >= len(line.text) or moments[0].start == 0)


def drop_biographies(lines: Sequence[Line], authors: Sequence[str]) -> None:
    """The last lines, where they begin with an author's name or tell what somebody is, tell who wrote it."""
    names = tuple(name.casefold() for name in authors if weigh(name) > 4)
    kept = [line for line in lines if not line.dropped]
    if len(kept) <= _BIO_LINES:
        return
    for line in kept[-_BIO_LINES:]:
        if line.kind is not LineKind.TEXT or line.structured:
            continue
        if (names and line.text.casefold().startswith(names)) or _BIOGRAPHY.match(line.text[:300]):
            line.dropped = "biography"


def drop_tail(lines: Sequence[Line], authors: Sequence[str]) -> None:
    """Behind the last running text: short lines without the end of a sentence are labels, names, tags."""
    for line in lines[after_prose(lines) :]:
        if line.dropped or line.kind is not LineKind.TEXT or line.weight >= REAL_PROSE or line.structured:
            continue
        if not _ends_as_sentence(line.text) or _names_writer_or_day(line.text, authors):
            line.dropped = "tail"


def _ends_as_sentence(text: str) -> bool:
    """Tell whether a last line is a sentence; "Agency (abc)" signs, with brackets at its end."""
    return is_ended(text) and not _SIGNED.fullmatch(text)
