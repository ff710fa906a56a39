"""Dates as feeds write them: to the moment that is meant, or to nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_parser.feeds.dates import EARLIEST, TOLERANCE, moment

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("Tue, 24 Nov 2026 10:13:02 +0300", "2026-11-24 07:13:02"),
        ("Tue, 24 Nov 2026 10:13:02 GMT", "2026-11-24 10:13:02"),
        ("Tue,24 Nov 2026 9:03 EST", "2026-11-24 14:03:00"),
        ("24 Nov 26 10:13 UT", "2026-11-24 10:13:00"),
        ("Wednesday, 11 November 98 10:13:02 Z", "1998-11-11 10:13:02"),
        ("Tue, 24 Nov 2026 10:13:02 GMT+0300", "2026-11-24 07:13:02"),
        ("Tue Nov 24 10:13:02 EST 2026", "2026-11-24 15:13:02"),
        ("Mon, 23 Nov 2026 24:00:00 GMT", "2026-11-24 00:00:00"),
        ("Mon, 23 Nov 2026 23:59:60 GMT", "2026-11-23 23:59:59"),
        ("Nov 24, 2026 10:13 AM", "2026-11-24 10:13:00"),
        ("Nov 23, 2026 12:05 am", "2026-11-23 00:05:00"),
        ("24-Nov-2026 10:13", "2026-11-24 10:13:00"),
        ("mardi, 24 novembre 2026 10:13:02 +0100", "2026-11-24 09:13:02"),
        ("2026-11-24T10:13:02.5+03:30", "2026-11-24 06:43:02"),
        ("2026-11-24 10:13:02 +0300", "2026-11-24 07:13:02"),
        ("20261124T101302Z", "2026-11-24 10:13:02"),
        ("2026-11-24", "2026-11-24 00:00:00"),
        ("الثلاثاء، 24 نوفمبر 2026", "2026-11-24 00:00:00"),
        ("٢٤ تشرين الثاني ٢٠٢٦", "2026-11-24 00:00:00"),
        ("2026年11月24日", "2026-11-24 00:00:00"),
        ("1764000000", "2025-11-24 16:00:00"),
    ],
)
def test_a_date_is_the_moment_that_is_meant(text: str, utc: str) -> None:
    found = moment(text, NOW)
    assert found is not None
    assert f"{found.astimezone(UTC):%Y-%m-%d %H:%M:%S}" == utc


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "soon",
        "2026",
        "2026-11",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Sun, 01 Feb 2099 00:00:00 GMT",
        "Tue, 31 Feb 2026 10:00:00 GMT",
        "Tue, 24 Nov 2026 25:00:00 GMT",
        "Tue, 24 Nov 2026 10:13:02 +9999",
        "99999999999999999999",
    ],
)
def test_what_is_no_date_or_cannot_be_is_unknown(text: str | None) -> None:
    assert moment(text, NOW) is None


_LIKE_RFC_822 = r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{1,4} \d\d:\d\d:\d\d [+-]\d{4}"


@given(st.text(max_size=60) | st.from_regex(_LIKE_RFC_822, fullmatch=True))
def test_no_text_raises_and_what_is_found_is_possible(text: str) -> None:
    found = moment(text, NOW)
    assert found is None or EARLIEST <= found <= NOW + TOLERANCE


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2026, 11, 24)), st.integers(-14 * 4, 14 * 4))
def test_what_rfc_822_writes_is_read(naive: datetime, quarters: int) -> None:
    sign, minutes = "+-"[quarters < 0], abs(quarters) * 15
    text = f"{naive:%d} {naive:%b %Y %H:%M:%S} {sign}{minutes // 60:02d}{minutes % 60:02d}"
    found = moment(text, NOW)
    meant = naive.replace(microsecond=0) - timedelta(minutes=quarters * 15)
    assert found is not None
    assert found.astimezone(UTC).replace(tzinfo=None) == meant
