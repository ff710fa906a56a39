"""Dates as people and machines write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_parser.article.dates.date_text import read_machine_moment, read_moments

# A text, its language ("" unknown), and the moment it names.
IN_WORDS = [
    ("Mon, 13 May 2024 06:00:00 GMT", "en", "2024-05-13T06:00:00+00:00"),
    ("May 13th, 2024 at 5 pm", "en", "2024-05-13T17:00:00+00:00"),
    ("Oct. 7, 2020, 3:02 p.m. ET", "en", "2020-10-07T15:02:00-04:00"),
    ("13. Mai 2024, 10.30 Uhr", "de", "2024-05-13T10:30:00+00:00"),
    ("le 1er août 2024 à 10h30", "fr", "2024-08-01T10:30:00+00:00"),
    ("13 de mayo de 2024", "es", "2024-05-13T00:00:00+00:00"),
    ("3 de março de 2024 às 09:15", "pt", "2024-03-03T09:15:00+00:00"),
    ("13 maggio 2024", "it", "2024-05-13T00:00:00+00:00"),
    ("13 mei 2024 om 10:30", "nl", "2024-05-13T10:30:00+00:00"),
    ("den 13 maj 2024 kl. 10.30", "sv", "2024-05-13T10:30:00+00:00"),
    ("13. toukokuuta 2024 klo 10.30", "fi", "2024-05-13T10:30:00+00:00"),
    ("1 kwietnia 2020, 15:30", "pl", "2020-04-01T15:30:00+00:00"),
    ("5. října 2024", "cs", "2024-10-05T00:00:00+00:00"),
    ("2024. május 13. 10:30", "hu", "2024-05-13T10:30:00+00:00"),
    ("2024. 05. 13. 10:30", "hu", "2024-05-13T10:30:00+00:00"),
    ("2024. 5. 13. 오후 2:05", "ko", "2024-05-13T14:05:00+00:00"),
    ("13 mai 2024", "ro", "2024-05-13T00:00:00+00:00"),
    ("13 Mayıs 2024", "tr", "2024-05-13T00:00:00+00:00"),
    ("13 мая 2024 в 10:30 МСК", "ru", "2024-05-13T10:30:00+03:00"),
    ("13 травня 2024", "uk", "2024-05-13T00:00:00+00:00"),
    ("13 Μαΐου 2024", "el", "2024-05-13T00:00:00+00:00"),
    ("22 במאי 2020 16:14", "he", "2020-05-22T16:14:00+00:00"),
    ("13 मई 2024", "hi", "2024-05-13T00:00:00+00:00"),
    ("১৩ মে ২০২৪", "bn", "2024-05-13T00:00:00+00:00"),
    ("13 Mei 2024", "id", "2024-05-13T00:00:00+00:00"),
    ("ngày 13 tháng 5 năm 2024", "vi", "2024-05-13T00:00:00+00:00"),
    ("13 พ.ค. 2567", "th", "2024-05-13T00:00:00+00:00"),
    ("2024 m. gegužės 13 d.", "lt", "2024-05-13T00:00:00+00:00"),
    ("2024年5月13日 下午3:05", "zh", "2024-05-13T15:05:00+00:00"),
    ("令和6年5月13日 15時05分", "ja", "2024-05-13T15:05:00+00:00"),
    ("2024년 5월 13일 오후 3:05", "ko", "2024-05-13T15:05:00+00:00"),
]
ARABIC_SCRIPT = [
    ("الأربعاء، 07 أكتوبر 2020 - 12:09 م", "2020-10-07T12:09:00+00:00"),
    ("الأربعاء، 07 أكتوبر 2020 - 12:09 ص", "2020-10-07T00:09:00+00:00"),
    ("3 مارس/ آذار 2024", "2024-03-03T00:00:00+00:00"),
    ("٢٤ نيسان / أبريل ٢٠٢٤", "2024-04-24T00:00:00+00:00"),
    ("١٤ تشرين الثاني ٢٠٢٣", "2023-11-14T00:00:00+00:00"),
    ("2 كانون الثاني 2024", "2024-01-02T00:00:00+00:00"),
    ("5 غشت 2023", "2023-08-05T00:00:00+00:00"),
    ("12 دجنبر 2023", "2023-12-12T00:00:00+00:00"),
    ("7 جويلية 2023", "2023-07-07T00:00:00+00:00"),
    ("9 فيفري 2023", "2023-02-09T00:00:00+00:00"),
    ("22 ربيع الآخر 1445 هـ", "2023-11-06T00:00:00+00:00"),
    ("الثلاثاء 2 تير 1399", "2020-06-22T00:00:00+00:00"),
    ("۲ تیر ۱۳۹۹ - ۱۴:۲۰", "2020-06-22T14:20:00+00:00"),
    ("۱۳ ژوئن ۲۰۲۴", "2024-06-13T00:00:00+00:00"),
]


@pytest.mark.parametrize(("text", "language", "moment"), IN_WORDS)
def test_dates_in_words_of_many_languages(text, language, moment):
    assert [found.when.isoformat() for found in read_moments(text, language=language)] == [moment]


@pytest.mark.parametrize(("text", "moment"), ARABIC_SCRIPT)
def test_dates_in_arabic_script_by_country_and_calendar(text, moment):
    assert [found.when.isoformat() for found in read_moments(text)] == [moment]


def test_hijri_beside_gregorian_gregorian_is_the_machine_reading():
    found = read_machine_moment("22 ربيع الثاني 1445هـ الموافق 6 تشرين الثاني 2023")
    assert found is not None
    assert found.when.date().isoformat() == "2023-11-06"
    assert not found.converted


@pytest.mark.parametrize(
    ("value", "moment", "precision"),
    [
        ("2024-05-13T06:00:00+04:00", "2024-05-13T06:00:00+04:00", "second"),
        ("2024-05-13T06:00Z", "2024-05-13T06:00:00+00:00", "minute"),
        ("2024-05-13T10:30:00.123456+0530", "2024-05-13T10:30:00+05:30", "second"),
        ("20240513T060000", "2024-05-13T06:00:00+00:00", "second"),
        ("20240513", "2024-05-13T00:00:00+00:00", "day"),
        ("1589123456", "2020-05-10T15:10:56+00:00", "second"),
        ("1589123456000", "2020-05-10T15:10:56+00:00", "second"),
        ("Tue Nov 24 10:13:42 UTC 2026", "2026-11-24T10:13:42+00:00", "second"),
        ("2018-12-08 23:59:00 CET", "2018-12-08T23:59:00+01:00", "second"),
    ],
)
def test_machine_values(value, moment, precision):
    found = read_machine_moment(value)
    assert found is not None
    assert (found.when.isoformat(), found.precision) == (moment, precision)


@pytest.mark.parametrize(
    "text", ["© 2024", "Copyright 2010-2024", "May 2024", "seit 1999", "1.2.3.2024", "tel. 01.02.03.04", "24 نيسان"]
)
def test_less_than_a_day_is_no_date(text):
    assert read_moments(text) == []


def test_evidence_decides_between_day_and_month():
    assert read_moments("10/03/2024", order="day-month")[0].when.month == 3
    assert read_moments("10/03/2024", order="month-day")[0].when.month == 10
    assert read_moments("25/03/2024", order="month-day")[0].when.month == 3
    assert read_moments("10/03/2024")[0].ambiguous
    assert not read_moments("10.03.2024", order="month-day")[0].ambiguous
    assert read_moments("١٠/٠٣/٢٠٢٤", language="ar", order="day-month")[0].when.month == 3


def test_one_word_is_two_months_in_two_languages():
    assert read_moments("5. listopada 2024", language="hr")[0].when.month == 10
    assert read_moments("5 listopada 2024", language="pl")[0].when.month == 11
    assert read_moments("5 listopada 2024", language="") == []


@given(st.text(alphabet=st.sampled_from("0123456789/-.:, TZ+年月日٢٣ayMpmأ") | st.characters(), max_size=80))
def test_no_text_raises(text):
    for moment in read_moments(text):
        assert moment.when.tzinfo is not None
        assert 0 <= moment.start <= moment.end
    read_machine_moment(text)
