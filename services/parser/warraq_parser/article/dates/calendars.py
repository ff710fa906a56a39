"""Days of other calendars as Gregorian days.

* Hijri: the Umm al-Qura calendar of Saudi Arabia (library ``hijridate``; its tables cover 1343 to 1500).
* Solar Hijri (Jalali): Iran and Afghanistan. Leap years by the 33-year cycle, which agrees with the official
  calendar for all years from 1206 to 1498 (A. Birashk, "A Comparative Calendar", and the official tables).
* Year counts with Gregorian months: the Buddhist era of Thailand, the eras of Japan, the Republic of China.
"""

from datetime import date

from hijridate import Hijri

from warraq_parser.article.dates.month_names import Calendar

_JALALI_LEAPS = (1, 5, 9, 13, 17, 22, 26, 30)
# The ordinal (``date.toordinal``) of the day before 1 Farvardin of year 1.
_JALALI_EPOCH = 226894
_BUDDHIST = 543
# The year before the first of each era.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911, "中華民國": 1911}
FIRST_YEAR = 1990


def gregorian_day(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of ``year``, ``month``, ``day`` in ``calendar``; None where there is no such day."""
    try:
        match calendar:
            case "gregorian":
                return date(year, month, day)
            case "hijri":
                return date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())
            case "jalali":
                return _from_jalali(year, month, day)
    except (ValueError, OverflowError):
        return None


def _from_jalali(year: int, month: int, day: int) -> date | None:
    if not (1206 <= year <= 1498 and 1 <= month <= 12):
        return None
    leap = year % 33 in _JALALI_LEAPS
    length = 31 if month <= 6 else 30 if month <= 11 or leap else 29
    if not 1 <= day <= length:
        return None
    cycles, rest = divmod(year - 1, 33)
    leaps = 8 * cycles + sum(leap_year <= rest for leap_year in _JALALI_LEAPS)
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return date.fromordinal(_JALALI_EPOCH + 365 * (year - 1) + leaps + before + day)


def calendar_of_year(year: int, named: Calendar, language: str) -> tuple[Calendar, int] | None:
    """Tell which calendar counts ``year``, beside a month named in calendar ``named``, and the year in that calendar.

    A Gregorian month beside 2567 is Thai, beside 1445 nothing; a month given as a number (``named`` is "gregorian")
    beside 1403 is a month of Iran on a Persian page. None where no calendar has that year in the time of the web.
    """
    if named == "hijri":
        return ("hijri", year) if 1405 <= year <= 1500 else None
    if named == "jalali":
        return ("jalali", year) if 1365 <= year <= 1480 else None
    if FIRST_YEAR <= year <= 2100:
        return "gregorian", year
    if FIRST_YEAR + _BUDDHIST <= year <= 2100 + _BUDDHIST and language in ("th", "lo", "km", ""):
        return "gregorian", year - _BUDDHIST
    return None


def numeric_calendar(year: int, language: str) -> Calendar | None:
    """Tell the calendar of a date written in numbers only, by its year and the page's language."""
    if FIRST_YEAR <= year <= 2100:
        return "gregorian"
    if language in ("fa", "ps", "ckb") and 1365 <= year <= 1420:
        return "jalali"
    if language == "ar" and 1405 <= year <= 1500:
        return "hijri"
    return None


def year_of_era(era: str, year: int) -> int:
    """Return the Gregorian year of a year in a Japanese era or of the Republic of China; ``year`` itself if no era."""
    return _ERAS.get(era, 0) + year
