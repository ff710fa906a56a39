"""The time of day, and the zone it is in, as people and machines write them beside a date."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

Precision = Literal["second", "minute", "day"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that a text names. ``when`` is aware; midnight UTC where only a day is named.

    ``zoned`` tells whether the text names the offset; ``ambiguous`` whether day and month could be exchanged;
    ``converted`` whether the day was reckoned from another calendar. ``start`` and ``end`` say where in the text.
    """

    when: datetime
    precision: Precision
    zoned: bool = False
    ambiguous: bool = False
    converted: bool = False
    start: int = 0
    end: int = 0


_TIME = re.compile(
    r"(?<![\d:.,])(?:(上午|下午|午前|午後|오전|오후|πμ|μμ|am|pm)\s?)?(\d{1,2})\s?(?:[:h٫時时시点點]|\.(?=\d\d\b))\s?(\d{2})?"
    r"(?:\s?(?:[:分분]|\.(?=\d\d\b))\s?(\d{2})?)?(?![\d])\s?(?:秒|초)?"
    r"(?:uhr|น\.?|hs|hrs)?\s?"
    r"(?:([ap])\.?\s?m\b\.?|(πμ|π\.μ\.?|μμ|μ\.μ\.?|صباحا|صباحًا|مساء|مساءً|ظهرا|ظهرًا|ص(?!\w)|م(?!\w)|ق\.ظ|ب\.ظ|पूर्वाह्न|अपराह्न))?"
    r"\s?\(?(z\b|(?:utc|gmt)\s?(?:[+\-−]\s?\d{1,2}(?::?\d{2})?)?|[+\-−]\d{2}:?\d{2}(?!\d)|мск\b|[a-z]{2,5}\b)?",
    re.IGNORECASE,
)
# Between a day and a time: a label that says the time is another moment's ("3 June | Updated: 16:00").
_LABEL_BETWEEN = re.compile(r"[|•·⋅]\s*[^\W\d]{3}|[^\W\d]{4,}\s*[:：]")
_HOUR_ONLY = re.compile(r"(?<![\d:.,])(\d{1,2})\s?([ap])\.?m\b", re.IGNORECASE)
_AFTERNOON = ("下午", "午後", "오후", "μμ", "μ.μ", "مساء", "مساءً", "ظهرا", "ظهرًا", "م", "ب.ظ", "अपराह्न", "pm", "p")
# Abbreviations that mean one offset to (nearly) everyone who writes them; IST, for one, does not. Hours.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "met": 1,
    "eet": 2, "eest": 3, "msk": 3, "мск": 3, "trt": 3, "gst": 4, "pkt": 5, "wib": 7, "hkt": 8, "sgt": 8, "jst": 9,
    "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "et": -5, "pt": -8, "brt": -3, "art": -3, "sast": 2, "wat": 1, "eat": 3,
}  # fmt: skip
_DAYLIGHT = {"et": "edt", "pt": "pdt"}


def with_time(moment: Moment, line: str) -> Moment:
    """Return ``moment`` with the time of day that stands right behind or right before its date, if any."""
    if moment.precision != "day":
        return moment
    behind = line[moment.end : moment.end + 48]
    before = line[max(0, moment.start - 32) : moment.start]
    for reach, gap in ((behind, 14), (before, 24)):
        for match in _TIME.finditer(reach):
            if reach is behind and (match.start() > gap or _LABEL_BETWEEN.search(behind[: match.start()])):
                break
            timed = _from_match(moment, match)
            if timed:
                return replace(timed, end=moment.end + match.end() if reach is behind else moment.end)
    hour = _HOUR_ONLY.search(behind[:20])
    if hour:
        return at_time(moment, str(hour_of_day(int(hour.group(1)), hour.group(2).lower())), "00", None, None) or moment
    return moment


def _from_match(moment: Moment, match: re.Match[str]) -> Moment | None:
    half_before, hour, minute, second, letter, half, zone = match.groups()
    if minute is None and not half_before:
        return None
    mark = (half_before or letter or half or "").lower().rstrip(".")
    return at_time(moment, str(hour_of_day(int(hour), mark)), minute or "00", second, zone)


def hour_of_day(hour: int, mark: str) -> int:
    """Return the hour of the day for an hour on a twelve-hour clock; ``mark`` says which half of the day."""
    if not mark or hour > 12:
        return hour
    afternoon = mark in _AFTERNOON
    return hour % 12 + 12 if afternoon else hour % 12


def at_time(moment: Moment, hour: str, minute: str | None, second: str | None, zone: str | None) -> Moment | None:
    """Return ``moment`` at a time of its day; None where there is no such time."""
    offset = _offset(zone, moment.when.date())
    try:
        when = moment.when.replace(
            hour=int(hour), minute=int(minute or 0), second=min(int(second or 0), 59), tzinfo=offset or UTC
        )
        when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    precision: Precision = "second" if second else "minute"
    return replace(moment, when=when, precision=precision, zoned=offset is not None)


def _offset(zone: str | None, day: date) -> timezone | None:
    """Return the offset that ``zone`` names ("Z", "+03:00", "UTC+3", "CEST"), None where it names none."""
    name = (zone or "").replace(" ", "").replace("−", "-").lower()
    if not name:
        return None
    if name in _DAYLIGHT and 3 < day.month < 11:
        name = _DAYLIGHT[name]
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    match = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", name)
    if not match:
        return None
    minutes = int(match.group(2)) * 60 + int(match.group(3) or 0)
    return timezone(timedelta(minutes=minutes if match.group(1) == "+" else -minutes)) if minutes <= 14 * 60 else None
