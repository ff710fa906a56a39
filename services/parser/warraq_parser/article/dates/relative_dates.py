"""Dates that count back from the reader's now: "3 hours ago", "منذ ٣ ساعات". The moment of the fetch is that now."""

import re
from datetime import UTC, datetime, timedelta

from warraq_parser.article.dates.clock_text import Moment
from warraq_parser.article.dates.date_words import AGO, UNITS
from warraq_parser.article.dates.month_names import fold_word
from warraq_shared.folding import ascii_digits

_UNIT_OF = {fold_word(word): unit for unit, words in UNITS.items() for word in words.split()}
_COUNT = re.compile(r"(\d{1,2})\s*([^\W\d_]+)")
_LONGEST = 40
_MOST_WORDS = 6


def read_relative(text: str, now: datetime) -> Moment | None:
    """Return the moment that a short text counts back to from ``now`` (aware); None where it does not. Never raises."""
    line = ascii_digits(text.strip())
    if not line or len(line) > _LONGEST or len(line.split()) > _MOST_WORDS:
        return None
    for count, word in _COUNT.findall(line) if AGO.search(line) else ():
        unit = _unit_of(fold_word(word))
        if unit:
            return _back(now, unit, int(count))
    return None


def _back(now: datetime, unit: str, count: int) -> Moment:
    when = (now - timedelta(**{unit: count})).astimezone(UTC).replace(second=0, microsecond=0)
    if unit == "days":
        return Moment(when.replace(hour=0, minute=0), "day")
    return Moment(when, "minute", zoned=True)


def _unit_of(word: str) -> str:
    """Return the unit that a word names; in scripts without spaces the word runs on ("小时前")."""
    if word in _UNIT_OF:
        return _UNIT_OF[word]
    return next((_UNIT_OF[word[:size]] for size in (2, 1) if not word.isascii() and word[:size] in _UNIT_OF), "")
