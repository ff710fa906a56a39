"""How the newsrooms of the demo print a day, each in its own calendar, month names and digits."""

from datetime import date, datetime

_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_LEVANT_MONTHS = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip
_ARABIC_DAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
_FRENCH_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_FRENCH_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_PERSIAN_DAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# The demo's Persian dates all lie in this one year, whose first day is known; its first six months have 31 days.
_JALALI_YEAR, _NOWRUZ = 1405, date(2026, 3, 21)


def arabic(moment: datetime) -> str:
    """Return the day with Levantine month names and Arabic-Indic digits."""
    day = f"{moment.day} {_LEVANT_MONTHS[moment.month - 1]} {moment.year}".translate(_ARABIC_DIGITS)
    return f"{_ARABIC_DAYS[moment.weekday()]}، {day}"


def persian(moment: datetime) -> str:
    """Return the day in the Jalali calendar and the time, in Persian digits."""
    year, month, day = jalali(moment.date())
    text = f"{day} {_PERSIAN_MONTHS[month - 1]} {year} - {moment:%H:%M}".translate(_PERSIAN_DIGITS)
    return f"{_PERSIAN_DAYS[moment.weekday()]} {text}"


def french(moment: datetime) -> str:
    """Return the day and time as a French paper prints them."""
    day = "1er" if moment.day == 1 else str(moment.day)
    month = _FRENCH_MONTHS[moment.month - 1]
    return f"{_FRENCH_DAYS[moment.weekday()]} {day} {month} {moment.year} à {moment:%Hh%M}"


def chinese(moment: datetime) -> str:
    """Return the day and time with 年, 月 and 日."""
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"


def english(moment: datetime) -> str:
    """Return the day and time as a British paper prints them."""
    return f"{moment.day} {_ENGLISH_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M}"


def jalali(day: date) -> tuple[int, int, int]:
    """Return year, month and day of the Jalali calendar.

    Raises:
        ValueError: ``day`` is not in the first eleven months of 1405 (21 March 2026 to 18 February 2027).
    """
    passed = (day - _NOWRUZ).days
    if not 0 <= passed < 6 * 31 + 5 * 30:
        raise ValueError(f"{day} is not in the part of the Jalali year {_JALALI_YEAR} that the demo knows")
    if passed < 6 * 31:
        return _JALALI_YEAR, passed // 31 + 1, passed % 31 + 1
    rest = passed - 6 * 31
    return _JALALI_YEAR, 7 + rest // 30, rest % 30 + 1


SHOWN = {"ar": arabic, "fa": persian, "fr": french, "zh": chinese, "en": english}
