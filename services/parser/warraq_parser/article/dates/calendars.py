"""Days of other calendars as Gregorian days.

* Hijri: the Umm al-Qura calendar of Saudi Arabia (library ``hijridate``; its tables cover 1343 to 1500).
* Solar Hijri (Jalali): Iran and Afghanistan. Leap years by the 33-year cycle, which agrees with the official
  calendar for all years from 1206 to 1498 (A. Birashk, "A Comparative Calendar", and the official tables).
* Ethiopic: twelve months of thirty days and a rest of five or six, counted from 29 August 8 of the Julian calendar
  (E. M. Reingold and N. Dershowitz, "Calendrical Calculations").
* Year counts with Gregorian months: the Buddhist era of Thailand, the eras of Japan, the Republic of China.
"""

from datetime import date

from hijridate import Hijri

from warraq_parser.article.dates.month_names import Calendar

_JALALI_LEAPS = (1, 5, 9, 13, 17, 22, 26, 30)
# The ordinal (``date.toordinal``) of the day before 1 Farvardin of year 1.
_JALALI_EPOCH = 226894
# The ordinal of the day before 1 Meskerem of year 1.
_ETHIOPIC_EPOCH = 2795
_BUDDHIST = 543
_COUNTS_BUDDHIST = ("th", "lo", "km")
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
            case "ethiopic":
                return _from_ethiopic(year, month, day)
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


def _from_ethiopic(year: int, month: int, day: int) -> date | None:
    length = 30 if month <= 12 else 6 if year % 4 == 3 else 5
    if not 1 <= day <= length:
        return None
    return date.fromordinal(_ETHIOPIC_EPOCH + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day)


def calendar_of_year(year: int, named: Calendar, language: str) -> tuple[Calendar, int] | None:
    """Tell which calendar counts ``year``, beside a month named in calendar ``named``, and the year in that calendar.

    A Gregorian month beside 2567 is Thai, beside 1445 nothing; a month given as a number (``named`` is "gregorian")
    beside 1403 is a month of Iran on a Persian page. None where no calendar has that year in the time of the web.
    """
    if named == "hijri":
        return ("hijri", year) if 1405 <= year <= 1500 else None
    if named == "jalali":
        return ("jalali", year) if 1365 <= year <= 1480 else None
    if named == "ethiopic":
        if language == "ti":  # Eritrea calls the Gregorian months so, Ethiopia its own: which, a page does not say
            return None
        return ("ethiopic", year) if FIRST_YEAR - 8 <= year <= 2092 else None
    if FIRST_YEAR <= year <= 2100:
        return "gregorian", year
    if FIRST_YEAR + _BUDDHIST <= year <= 2100 + _BUDDHIST and language in (*_COUNTS_BUDDHIST, ""):
        return "gregorian", year - _BUDDHIST
    return None


def numeric_calendar(year: int, language: str) -> tuple[Calendar, int] | None:
    """Tell the calendar of a date written in numbers only, and the year in it, by its year and the page's language."""
    if FIRST_YEAR <= year <= 2100 or language in _COUNTS_BUDDHIST:
        return calendar_of_year(year, "gregorian", language)
    if language in ("fa", "ps", "ckb") and 1365 <= year <= 1420:
        return "jalali", year
    if language == "ar" and 1405 <= year <= 1500:
        return "hijri", year
    return None


def full_year(year: int, language: str) -> int:
    """Return the year that two digits stand for: 26 is 2026, on a Thai page 69 is 2569 of the Buddhist era."""
    if language in _COUNTS_BUDDHIST and 2500 + year - _BUDDHIST >= FIRST_YEAR:
        return 2500 + year
    return 2000 + year


def year_of_era(era: str, year: int) -> int:
    """Return the Gregorian year of a year in a Japanese era or of the Republic of China; ``year`` itself if no era."""
    return _ERAS.get(era, 0) + year
