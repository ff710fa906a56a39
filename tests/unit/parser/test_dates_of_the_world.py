"""Dates as the pages of many countries write them: calendars, numbers for months, eras, counting back."""

from datetime import datetime

import pytest

from warraq_parser.article.dates.date_text import read_moments
from warraq_parser.article.dates.relative_dates import read_relative

NOW = datetime.fromisoformat("2026-11-24T12:00:00+00:00")
WRITTEN = [
    ("14 พ.ย. 69", "th", "2026-11-14"),
    ("14/11/2569", "th", "2026-11-14"),
    ("14 ພະຈິກ 2026", "lo", "2026-11-14"),
    ("14 thg 11, 2026", "vi", "2026-11-14"),
    ("2026 оны 11-р сарын 14", "mn", "2026-11-14"),
    ("2026 оны арван нэгдүгээр сарын 14", "mn", "2026-11-14"),
    ("2026. gada 14. novembrī", "lv", "2026-11-14"),
    ("2026 жылғы 14 қараша", "kk", "2026-11-14"),
    ("2026-ж., 14-ноябрь", "ky", "2026-11-14"),
    ("2026 թ. նոյեմբերի 14", "hy", "2026-11-14"),
    ("2026(e)ko azaroaren 14(a)", "eu", "2026-11-14"),
    ("14 ta’ Novembru 2026", "mt", "2026-11-14"),
    ("14 Deireadh Fómhair 2026", "ga", "2026-10-14"),
    ("14 בנוב׳ 2026", "he", "2026-11-14"),
    ("14 नव॰ 2026", "hi", "2026-11-14"),
    ("١٤ی تشرینی دووەمی ٢٠٢٦", "ckb", "2026-11-14"),
    ("د ۲۰۲۶ کال د نومبر ۱۴مه", "ps", "2026-11-14"),
    ("Avaldatud 14. novembril 2026", "et", "2026-11-14"),
    ("民國115年11月14日", "zh", "2026-11-14"),
    ("ኅዳር 5 ቀን 2019 ዓ.ም", "am", "2026-11-14"),
    ("መስከረም 1 ቀን 2016", "am", "2023-09-12"),
    ("ጳጉሜን 6 2015", "am", "2023-09-11"),
]


@pytest.mark.parametrize(("text", "language", "day"), WRITTEN)
def test_a_date_is_read_in_the_calendar_of_its_country(text, language, day):
    assert [found.when.date().isoformat() for found in read_moments(text, language=language)] == [day]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("14 መጋቢት 2018", "ti"),  # Eritrea counts by the Gregorian calendar under the same names
        ("ጳጉሜን 6 2016", "am"),  # five days in that year
        ("14/11/2569", "en"),  # no page but a Thai one counts so
        ("২৭ কার্তিক ১৪৩৩", "bn"),
        ("२०८३ मंसिर ९", "ne"),
    ],
)
def test_a_calendar_that_is_not_known_for_sure_gives_no_date(text, language):
    assert read_moments(text, language=language) == []


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("कुछ ही क्षण पहले", "2026-11-24T12:00:00+00:00"),
        ("刚刚", "2026-11-24T12:00:00+00:00"),
        ("dakika 45 zilizopita", "2026-11-24T11:15:00+00:00"),
        ("há 45 minutos", "2026-11-24T11:15:00+00:00"),
        ("acum 21 de ore", "2026-11-23T15:00:00+00:00"),
        ("3 घंटे पहले", "2026-11-24T09:00:00+00:00"),
        ("৩ ঘণ্টা আগে", "2026-11-24T09:00:00+00:00"),
        ("3 ชั่วโมงที่แล้ว", "2026-11-24T09:00:00+00:00"),
        ("3小时前", "2026-11-24T09:00:00+00:00"),
        ("3 órája", "2026-11-24T09:00:00+00:00"),
        ("לפני 3 שע׳", "2026-11-24T09:00:00+00:00"),
        ("ከ3 ሰዓታት በፊት", "2026-11-24T09:00:00+00:00"),
        ("pred 2 dňami", "2026-11-22T00:00:00+00:00"),
        ("2 päivää sitten", "2026-11-22T00:00:00+00:00"),
    ],
)
def test_a_time_that_counts_back_is_reckoned_from_the_fetch(text, moment):
    found = read_relative(text, NOW)
    assert found is not None
    assert found.when.isoformat() == moment


@pytest.mark.parametrize("text", ["3 hours", "in 3 Stunden", "vor 3 Gegnern", "3 goals ago", ""])
def test_what_counts_nothing_back_is_no_time(text):
    assert read_relative(text, NOW) is None
