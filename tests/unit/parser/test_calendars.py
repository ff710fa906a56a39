"""Days of other calendars, against dates that are known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_parser.article.dates.calendars import calendar_of_year, gregorian_day, numeric_calendar, year_of_era


@pytest.mark.parametrize(
    ("year", "nowruz"),
    [
        (1375, date(1996, 3, 20)),
        (1376, date(1997, 3, 21)),
        (1391, date(2012, 3, 20)),
        (1395, date(2016, 3, 20)),
        (1399, date(2020, 3, 20)),
        (1400, date(2021, 3, 21)),
        (1403, date(2024, 3, 20)),
        (1404, date(2025, 3, 21)),
        (1408, date(2029, 3, 20)),
    ],
)
def test_the_persian_year_begins_at_nowruz(year, nowruz):
    assert gregorian_day("jalali", year, 1, 1) == nowruz


def test_the_last_day_of_a_persian_leap_year_exists_only_then():
    assert gregorian_day("jalali", 1403, 12, 30) == date(2025, 3, 20)
    assert gregorian_day("jalali", 1402, 12, 30) is None


def test_hijri_days_are_those_of_umm_al_qura():
    assert gregorian_day("hijri", 1445, 4, 22) == date(2023, 11, 6)
    assert gregorian_day("hijri", 1446, 9, 1) == date(2025, 3, 1)
    assert gregorian_day("hijri", 1700, 1, 1) is None


def test_eras_and_year_counts():
    assert year_of_era("令和", 6) == 2024
    assert year_of_era("平成", 31) == 2019
    assert year_of_era("民國", 113) == 2024
    assert calendar_of_year(2567, "gregorian", "th") == ("gregorian", 2024)
    assert calendar_of_year(2567, "gregorian", "de") is None
    assert calendar_of_year(1399, "gregorian", "fa") is None


def test_numbers_are_persian_or_hijri_only_where_that_calendar_is_in_use():
    assert numeric_calendar(1403, "fa") == ("jalali", 1403)
    assert numeric_calendar(1445, "ar") == ("hijri", 1445)
    assert numeric_calendar(1403, "en") is None


@given(st.sampled_from(["gregorian", "hijri", "jalali"]), st.integers(), st.integers(-5, 20), st.integers(-5, 40))
def test_no_numbers_raise(calendar, year, month, day):
    assert gregorian_day(calendar, year, month, day) is None or 1 <= month <= 12
