"""Dates as feeds and sitemaps write them: RFC 822 with all its dirt, ISO 8601 and W3C datetimes."""

import functools
import re
from datetime import UTC, datetime, timedelta, timezone

from warraq_parser.article.dates.date_text import read_machine_moment

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
TOLERANCE = timedelta(days=1)

_MONTHS = {
    name: number
    for number, spelled in enumerate(
        (
            "jan january janvier januar enero ene gennaio janv",
            "feb february février fevrier februar febrero febbraio fev févr",
            "mar march mars märz marzo maerz mrz",
            "apr april avril abril aprile avr abr",
            "may mai mayo maggio mei",
            "jun june juin juni junio giugno",
            "jul july juillet juli julio luglio juil",
            "aug august août aout agosto ago",
            "sep sept september septembre septiembre settembre set",
            "oct october octobre oktober octubre ottobre okt ott",
            "nov november novembre noviembre",
            "dec december décembre decembre dezember diciembre dicembre dez dic déc",
        ),
        start=1,
    )
    for name in spelled.split()
}
# RFC 822 section 5 and the names that feeds use besides, in minutes east of UTC. An ambiguous name (IST, CST of
# China, AST of Arabia) has the meaning that RFC 822 or most feeds give it.
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "bst": 60, "west": 60, "cet": 60,
    "met": 60, "cest": 120, "mest": 120, "eet": 120, "eest": 180, "msk": 180, "trt": 180, "ast": 180, "irst": 210,
    "gst": 240, "pkt": 300, "ist": 330, "npt": 345, "wib": 420, "ict": 420, "hkt": 480, "sgt": 480, "awst": 480,
    "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?\s?(?P<half>[ap]\.?m\.?)?"
_ZONE = r"(?P<zone>[+-]\d{1,2}:?\d{2}|[+-]\d{1,2}|[a-z]{1,5})?(?:\s?(?P<offset>[+-]\d{2}:?\d{2}))?"
_ISO = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})(?:(?:t|\s)\s?" + _CLOCK + r"\s?" + _ZONE + ")?", re.I
)
# "Tue, 24 Nov 2026 10:13:02 +0300", with or without the day's name, the comma, the seconds, the zone.
_DAY_FIRST = re.compile(
    r"(?:[^\W\d]+\.?,?\s?)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?[\s-](?P<name>[^\W\d]+)\.?,?[\s-](?P<year>\d{2,4}),?"
    r"(?:[\s-]+" + _CLOCK + r"\s?" + _ZONE + ")?",
    re.I,
)
# "Nov 24, 2026 10:13 AM" and asctime's "Tue Nov 24 10:13:02 2026".
_MONTH_FIRST = re.compile(
    r"(?:[^\W\d]+,?\s)?(?P<name>[^\W\d]+)\.?\s(?P<day>\d{1,2}),?\s(?P<year>\d{4}),?(?:\s"
    + _CLOCK
    + r"\s?"
    + _ZONE
    + ")?",
    re.I,
)
_ASCTIME = re.compile(
    r"(?:[^\W\d]+,?\s)?(?P<name>[^\W\d]+)\.?\s(?P<day>\d{1,2})\s" + _CLOCK + r"\s" + _ZONE + r"\s?(?P<year>\d{4})", re.I
)
_FORMS = (_DAY_FIRST, _ISO, _MONTH_FIRST, _ASCTIME)


def moment(text: str | None, fetched_at: datetime) -> datetime | None:
    """Return the moment that ``text`` names, aware, with its own offset; None where it names none.

    A moment before 1990 or more than a day after ``fetched_at`` is a mistake of the feed, so it is none. No zone
    means UTC, as RFC 822 feeds without one mostly do; a bare day is midnight UTC.
    """
    if not text:
        return None
    found = _read(text.strip()[:80])
    if found is None or not EARLIEST <= found <= fetched_at + TOLERANCE:
        return None
    return found


@functools.lru_cache(maxsize=256)
def _read(text: str) -> datetime | None:
    line = " ".join(text.split())
    for form in _FORMS:
        match = form.fullmatch(line)
        if match:
            return _built(match.groupdict())
    # Other languages, digits and calendars: slower, and seldom in a feed.
    foreign = read_machine_moment(text)
    return foreign.when if foreign else None


def _built(part: dict[str, str | None]) -> datetime | None:
    name = (part.get("name") or "").lower()
    month = _MONTHS.get(name) or _MONTHS.get(name[:3]) if name else int(part["month"] or 0)
    try:
        zone = timezone(timedelta(minutes=_zone_minutes(part)))
        second = min(int(part["second"] or 0), 59)  # a leap second
        day = datetime(_year(part["year"] or ""), month or 0, int(part["day"] or 1), tzinfo=zone)
        # 24:00:00 is the end of the day (ISO 8601): hours are added, not set.
        return day + timedelta(hours=_hour(part), minutes=int(part["minute"] or 0), seconds=second)
    except (ValueError, OverflowError):
        return None


def _year(digits: str) -> int:
    """RFC 2822, section 4.3: two digits below 50 are of this century, the others of the last."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 50 else 1900)


def _hour(part: dict[str, str | None]) -> int:
    hour = int(part["hour"] or 0)
    if part["half"]:
        return hour % 12 + (12 if part["half"][0] in "pP" else 0)
    if hour > 24:
        raise ValueError("no such hour")
    return hour


def _zone_minutes(part: dict[str, str | None]) -> int:
    """Return minutes east of UTC; a name nobody knows counts as UTC."""
    for zone in (part["offset"], part["zone"]):
        if zone and zone[0] in "+-":
            digits = zone[1:].replace(":", "")
            hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
            total = int(hours) * 60 + int(minutes)
            return -total if zone[0] == "-" else total
    return _ZONES.get((part["zone"] or "").lower(), 0)
