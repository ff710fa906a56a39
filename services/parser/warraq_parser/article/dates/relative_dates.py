"""Dates that count back from the reader's now: "3 hours ago", "منذ ٣ ساعات". The moment of the fetch is that now."""

import re
from datetime import UTC, datetime, timedelta

from warraq_parser.article.dates.clock_text import Moment
from warraq_parser.article.dates.date_words import AGO, JUST_NOW, UNITS
from warraq_parser.article.dates.month_names import fold_word
from warraq_shared.folding import ascii_digits

_WORDS = [(fold_word(word), unit) for unit, words in UNITS.items() for word in words.split()]
_UNIT_OF = {word: unit for word, unit in _WORDS if not word.endswith("-")}
_STEMS = {unit: tuple(stem[:-1] for stem, of in _WORDS if of == unit and stem.endswith("-")) for unit in UNITS}
# The count, and a word on each side: most languages put the unit behind it, some before ("dakika 45 zilizopita").
_WORD = r"[^\s\d.,()|׳॰]+"
_COUNT = re.compile(rf"(?:({_WORD})\s*)?(?<!\d)(\d{{1,2}})(?!\d)\s*(?:(?:de|ta|ti)\s+)?({_WORD})?")
_LONGEST = 40
_MOST_WORDS = 6


def read_relative(text: str, now: datetime) -> Moment | None:
    """Return the moment that a short text counts back to from ``now`` (aware); None where it does not. Never raises."""
    line = ascii_digits(text.strip().replace("\u200b", " "))
    if not line or len(line) > _LONGEST or len(line.split()) > _MOST_WORDS:
        return None
    if JUST_NOW.match(line):
        return _back(now, "minutes", 0)
    for before, count, behind in _COUNT.findall(line) if AGO.search(line) else ():
        unit = _unit_of(fold_word(behind)) or _unit_of(fold_word(before))
        if unit:
            return _back(now, unit, int(count))
    return None


def _back(now: datetime, unit: str, count: int) -> Moment:
    when = (now - timedelta(**{unit: count})).astimezone(UTC).replace(second=0, microsecond=0)
    if unit == "days":
        return Moment(when.replace(hour=0, minute=0), "day")
    return Moment(when, "minute", zoned=True)


def _unit_of(word: str) -> str:
    """Return the unit of time that a folded word names, "" where it names none."""
    return _UNIT_OF.get(word) or next((unit for unit, stems in _STEMS.items() if word.startswith(stems)), "")
