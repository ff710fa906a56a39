"""Dates as people and machines write them, found in a short text: ISO 8601, RFC 5322, words, numbers, CJK.

A date needs a day, a month and a year: a bare year, or a month and a year, is never made a date. Digits of any script
are read; month names of many languages (``month_names``) and calendars (``calendars``). Of a date in numbers
only, the order of day and month is the caller's to decide, from evidence: the reading says that it is ambiguous.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal

from warraq_parser.article.dates.calendars import (
    calendar_of_year,
    full_year,
    gregorian_day,
    numeric_calendar,
    year_of_era,
)
from warraq_parser.article.dates.clock_text import Moment, at_time, hour_of_day, with_time
from warraq_parser.article.dates.date_words import JOINING
from warraq_parser.article.dates.month_names import FIRST_WORDS, Month, fold_word, month_of
from warraq_shared.folding import ascii_digits, has_digit

DayOrder = Literal["day-month", "month-day", "unknown"]

LONGEST_TEXT = 600


_BIDI = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad\ufeff]")
_ISO = re.compile(
    r"(?<![\d.])(\d{4})(?:([-/.])|(\.) )(\d{1,2})(?:\2|\3 )(\d{1,2})(?!\d|[-/.]\d)"
    r"(?:\.?(?:T|\s{1,3}|,\s?)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,:]\d{1,9})?)?(?!\d)"
    r"(?:\s?([AaPp]\.?[Mm]\b))?"
    r"\s?(Z\b|(?:UTC|GMT)?[+\-−]\d{2}:?\d{2}(?!\d)|[+\-−]\d{1,2}(?![\d:])|[A-Z]{2,4}\b)?)?"
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(?:\.\d+)?\s?(Z|[+-]\d{2}:?\d{2})?)?$")
_EPOCH = re.compile(r"^(\d{10})(\d{3})?$")
_CJK = re.compile(
    r"(令和|平成|昭和|中華民國|民國|民国)?\s?(\d{1,4}|元)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})(?:\s?[日일号號])?(?!\d)"
)
# Months that are numbers with a word: "5 tháng 3 năm 2024" in Vietnamese, "2024 оны 3-р сарын 5" in Mongolian.
_VIETNAMESE = re.compile(r"(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2})(?:\s*[,/]|\s+năm)?\s+(\d{4})", re.IGNORECASE)
_MONGOLIAN = re.compile(r"(\d{4})\s+оны?\s+(\d{1,2})(?:-?(?:р|ны|дугаар|дүгээр))?\s+сарын\s+(\d{1,2})", re.IGNORECASE)
# The way Unix and Java print a date: Tue Nov 24 10:13:42 UTC 2026. Put into the usual order before it is read.
_UNIX = re.compile(r"\b([A-Z][a-z]{2}) (\d{1,2}) (\d{2}:\d{2}:\d{2}) ([A-Z]{2,5}|[+-]\d{4}) (\d{4})\b")
_NUMERIC = re.compile(r"(?<![\d.,:/$€£-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d%/]|\.\d|-\d)")
_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~\u00a0-\u00bf،؛؟٪٫٬“”„‘’׳॰፣–—…‐-―•।、。「」（），：]+")
_NUMBER = re.compile(r"\d+")
# What may stand between the day, the month and the year: signs, ordinal endings, "of".
_SIGNS = " .,/-–—'’׳॰፣ºª°،\u00a0()"
_THAI_SHORT = re.compile(r"([ก-ฮກ-ຮ]{1,2}[\u0e30-\u0e4e\u0eb0-\u0ece]{0,2})\.([ก-ฮກ-ຮ])\.?")


def read_moments(text: str, *, language: str = "", order: DayOrder = "unknown") -> list[Moment]:
    """Return the moments that ``text`` names, in its order; only its first 600 characters are read. Never raises.

    ``language`` is the primary subtag of the page's language ("" if unknown), ``order`` how it writes days in numbers.
    """
    line = _normal(text)
    if not has_digit(line):
        return []
    if not line.isascii() or "thg" in line:
        line = _MONGOLIAN.sub(r"\1-\2-\3", _VIETNAMESE.sub(r"\1/\2/\3", line))
    found = [*_iso(line, language), *_cjk(line), *_in_words(line, language), *_in_numbers(line, language, order)]
    found.sort(key=lambda moment: (moment.start, -moment.end))
    apart: list[Moment] = []
    for moment in found:
        if not apart or moment.start >= apart[-1].end:
            apart.append(moment)
    return [with_time(moment, line) for moment in apart]


@functools.lru_cache(maxsize=256)  # a page writes one moment in many places
def read_machine_moment(value: str, *, language: str = "", order: DayOrder = "unknown") -> Moment | None:
    """Return the moment that a metadata value names: what ``read_moments`` reads, compact ISO, or a Unix time."""
    line = _UNIX.sub(r"\2 \1 \5 \3 \4", _normal(value)).strip()
    epoch = _EPOCH.match(line)
    if epoch:
        return Moment(datetime.fromtimestamp(int(epoch.group(1)), UTC), "second", zoned=True)
    compact = _COMPACT.match(line)
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        written = date_or_none(int(year), int(month), int(day))
        moment = Moment(_midnight(written), "day") if written else None
        return at_time(moment, hour, minute, second, zone) if moment and hour else moment
    moments = read_moments(line, language=language, order=order)
    gregorian = [moment for moment in moments if not moment.converted]
    return next(iter(gregorian or moments), None)


def date_or_none(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day, None where there is none."""
    return gregorian_day("gregorian", year, month, day)


def _normal(text: str) -> str:
    line = text[:LONGEST_TEXT]
    if line.isascii():
        return line
    line = ascii_digits(_BIDI.sub("", line))
    return _THAI_SHORT.sub(r"\1\2", line) if "." in line else line


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _iso(line: str, language: str) -> Iterator[Moment]:
    """Dates that begin with the year; with their time, where one follows."""
    for match in _ISO.finditer(line):
        year, _, _, month, day, hour, minute, second, half, zone = match.groups()
        known = numeric_calendar(int(year), language)
        written = gregorian_day(*known, int(month), int(day)) if known else None
        if known is None or written is None:
            continue
        moment = Moment(
            _midnight(written), "day", converted=known[0] != "gregorian", start=match.start(), end=match.end()
        )
        if hour:
            hour = str(hour_of_day(int(hour), half[0].lower() if half else ""))
            timed = at_time(moment, hour, minute, second, zone)
            yield replace(timed or moment, start=match.start(), end=match.end())
        else:
            yield moment


def _cjk(line: str) -> Iterator[Moment]:
    for match in _CJK.finditer(line):
        era, year, month, day = match.groups()
        number = year_of_era(era or "", 1 if year == "元" else int(year))
        written = date_or_none(number, int(month), int(day))
        if written and written.year >= 1990:
            yield Moment(_midnight(written), "day", start=match.start(), end=match.end())


def _in_numbers(line: str, language: str, order: DayOrder) -> Iterator[Moment]:
    """Dates in numbers that end with the year: the order of day and month is evidence's to say."""
    for match in _NUMERIC.finditer(line):
        first, sign, second, written_year = match.groups()
        year = full_year(int(written_year), language) if len(written_year) == 2 else int(written_year)
        known = numeric_calendar(year, language)
        if known is None:
            continue
        one, two = int(first), int(second)
        month_first = two > 12 or (one <= 12 and _begins_with_month(sign, language, order))
        month, day = (one, two) if month_first else (two, one)
        written = gregorian_day(*known, month, day)
        if written:
            yield Moment(
                _midnight(written),
                "day",
                ambiguous=one <= 12 and two <= 12 and one != two and sign != ".",
                converted=known[0] != "gregorian",
                start=match.start(),
                end=match.end(),
            )


def _begins_with_month(sign: str, language: str, order: DayOrder) -> bool:
    """Tell whether 10/03 is the third of October: by the page's region; in English, with slashes, by default."""
    if sign == "." or order == "day-month":
        return False
    return order == "month-day" or (sign == "/" and language == "en")


def _in_words(line: str, language: str) -> Iterator[Moment]:
    """Dates with the month as a word: day month year, month day year, year month day."""
    for month, start, end in _months(line, language):
        before, after = _numbers_before(line, start), _numbers_after(line, end)
        for year, day, left, right in _arrangements(before, after, start, end, language):
            known = calendar_of_year(year, month.calendar, language)
            written = gregorian_day(known[0], known[1], month.number, day) if known else None
            if known and written:
                yield Moment(_midnight(written), "day", converted=known[0] != "gregorian", start=left, end=right)
                break


_Number = tuple[int, int, int, int]  # the value, how many digits, where it starts, where it ends


def _arrangements(
    before: list[_Number], after: list[_Number], start: int, end: int, language: str
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the ways to take a year and a day from the numbers around a month: (year, day, start, end)."""
    if before and before[0][1] == 4 and after and after[0][1] <= 2:  # 2024 May 13
        yield before[0][0], after[0][0], before[0][2], after[0][3]
    if before and before[0][1] <= 2 and after and after[0][1] in (2, 4):  # 13 May 2024, 13 May 24
        yield _year_of(after[0], language), before[0][0], before[0][2], after[0][3]
    if len(after) > 1 and after[0][1] <= 2 and after[1][1] == 4:  # May 13, 2024
        yield after[1][0], after[0][0], start, after[1][3]
    if len(before) > 1 and before[0][1] <= 2 and before[1][1] == 4:  # 2024, 13 May
        yield before[1][0], before[0][0], before[1][2], end


def _year_of(number: _Number, language: str) -> int:
    return full_year(number[0], language) if number[1] == 2 else number[0]


def _months(line: str, language: str) -> Iterator[tuple[Month, int, int]]:
    """Yield the month words of ``line`` with their places; two names of one month ("مارس / آذار") are one."""
    words = list(_WORD.finditer(line))
    skip = -1
    for index, word in enumerate(words):
        if index <= skip:
            continue
        month, last = _month_at(words, index, language)
        if month is None:
            continue
        following = last + 1
        if following < len(words) and line[words[last].end() : words[following].start()].strip() in (
            "/",
            "-",
            "\\",
            "(",
            "،",
        ):
            twin, twin_last = _month_at(words, following, language)
            if twin is not None and twin.number == month.number:
                last = twin_last
        skip = last
        yield month, word.start(), words[last].end()


def _month_at(words: list[re.Match[str]], index: int, language: str) -> tuple[Month | None, int]:
    """Return the month that begins at a word (two words for "كانون الثاني"), and the index of its last word."""
    name = fold_word(words[index].group())
    if name in FIRST_WORDS and index + 1 < len(words):
        month = month_of(f"{name} {fold_word(words[index + 1].group())}", language)
        if month:
            return month, index + 1
    month = month_of(name, language)
    if month is None and name[:1] in ("ב", "ל"):  # Hebrew "in", "of"
        month = month_of(name[1:], language)
    return month, index


def _numbers_before(line: str, position: int) -> list[_Number]:
    """Return the one or two numbers that lead up to ``position``, nearest first."""
    found: list[_Number] = []
    reach = line[max(0, position - 24) : position]
    offset = position - len(reach)
    edge = len(reach)
    for match in reversed(list(_NUMBER.finditer(reach))):
        if not _joins(reach[match.end() : edge]) or len(match.group()) > 4:
            break
        if _is_of_a_time(line, offset + match.start(), offset + match.end()):
            break
        found.append((int(match.group()), len(match.group()), offset + match.start(), offset + match.end()))
        edge = match.start()
        if len(found) == 2:
            break
    return found


def _numbers_after(line: str, position: int) -> list[_Number]:
    """Return the one or two numbers that follow ``position``, nearest first."""
    found: list[_Number] = []
    edge = position
    for match in _NUMBER.finditer(line, position, min(len(line), position + 24)):
        if not _joins(line[edge : match.start()]) or len(match.group()) > 4:
            break
        if _is_of_a_time(line, match.start(), match.end()):
            break
        found.append((int(match.group()), len(match.group()), match.start(), match.end()))
        edge = match.end()
        if len(found) == 2:
            break
    return found


def _is_of_a_time(line: str, start: int, end: int) -> bool:
    """Tell whether a number is the hour or minutes of a time ("10:30")."""
    return line[end : end + 1] == ":" or (line[start - 1 : start] == ":" and line[start - 2 : start - 1].isdigit())


def _joins(between: str) -> bool:
    """Tell whether what stands between two parts of a date belongs to it: signs, ordinal endings, "of"."""
    words = between.translate(_NO_SIGNS).split()
    return len(words) <= 2 and all(fold_word(word) in _FOLDED_JOINING for word in words)


_NO_SIGNS = {ord(sign): " " for sign in _SIGNS}
_FOLDED_JOINING = frozenset(fold_word(word) for word in JOINING)
