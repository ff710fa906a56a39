"""Schedules as their users write them, and what they mean for the next poll."""

from datetime import UTC, datetime, timedelta

import pytest

from warraq_shared.errors import UsageProblem
from warraq_store.sources import every, rhythm
from warraq_store.sources.every import Limits, publisher_floor
from warraq_store.sources.rhythm import Learned

NOW = datetime(2026, 11, 25, 12, 0, 30, tzinfo=UTC)
UNKNOWN = Learned(NOW.timestamp())
HOURLY = rhythm.first_look(NOW.timestamp(), [NOW.timestamp() - 3600 * i for i in range(24 * 14)])
LIMITS = Limits()


def wait(schedule: str, known: Learned = HOURLY, zone: str = "UTC", now: datetime = NOW, **more: float) -> float:
    return every.next_wait(schedule, zone, known, now, floor=more.pop("floor", 0.0), limits=LIMITS, **more).seconds  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("auto", "auto"),
        (" AUTO ", "auto"),
        ("15m", "15m"),
        ("2 h", "2h"),
        ("1.5d", "1.5d"),
        ("*/10 6-22 * * *", "*/10 6-22 * * *"),
    ],
)
def test_a_schedule_is_auto_an_interval_or_cron(written: str, plain: str) -> None:
    assert every.check(written) == plain


@pytest.mark.parametrize("written", ["", "often", "15", "3s", "61 * * * *", "* * * *", "* * * * * *", "@hourly", "-5m"])
def test_what_is_no_schedule_is_refused(written: str) -> None:
    with pytest.raises(UsageProblem):
        every.check(written)


def test_a_time_zone_must_exist() -> None:
    with pytest.raises(UsageProblem, match="Mars"):
        every.check("auto", "Mars/Olympus")


def test_an_interval_is_what_it_says_whatever_was_learned() -> None:
    assert wait("15m", UNKNOWN) == wait("15m", floor=7200.0) == 900


def test_cron_counts_in_its_own_time_zone() -> None:
    # 12:00:30 UTC is 14:00:30 in Cairo in November: the next full hour there is 15:00.
    assert wait("0 15 * * *", zone="Africa/Cairo") == timedelta(minutes=59, seconds=30).total_seconds()


def test_cron_knows_the_night_in_which_an_hour_is_missing() -> None:
    evening = datetime(2026, 3, 28, 23, tzinfo=UTC)
    due = evening + timedelta(seconds=wait("30 2 * * *", zone="Europe/Paris", now=evening))
    assert due >= datetime(2026, 3, 29, 1, tzinfo=UTC)  # there is no 2:30 that night
    assert due <= datetime(2026, 3, 30, 1, tzinfo=UTC)


def test_a_cron_line_that_never_comes_does_not_stop_the_source() -> None:
    assert wait("0 0 30 2 *") == LIMITS.longest


def test_auto_is_never_below_what_the_publisher_asks_within_reason() -> None:
    assert wait("auto") < 1200
    assert wait("auto", floor=3600.0) == 3600
    assert wait("auto", floor=365 * 86400.0) == every.BELIEVED_FLOOR


def test_auto_looks_sooner_when_all_items_were_new() -> None:
    assert wait("auto", full=1.0) == pytest.approx(wait("auto") / 2)


def test_auto_says_by_which_rule_it_waits_and_what_is_special_now() -> None:
    now = NOW.timestamp()
    steady = rhythm.first_look(now, [now - i * 3600.0 for i in range(24 * 14)])
    burst = rhythm.learn(steady, now + 600, [now + 60.0 * i for i in range(9)])
    silent = rhythm.learn(steady, now + 3 * 86400, [])
    mornings = rhythm.first_look(now, [now - day * 86400 - 4 * 3600 - i * 600 for day in range(14) for i in range(9)])
    assert said(steady, now) == "auto: brings about 21 items a day, so looked at every 11m in the mean"
    assert said(burst, now + 600).endswith("; more now: more than usual came lately")
    assert said(silent, now + 3 * 86400).endswith("; less now: silent for longer than chance explains")
    assert said(mornings, now + 6 * 3600).endswith("; less now: its quiet hours")
    assert said(mornings, now + 19 * 3600).endswith("; more now: its busy hours")


def said(known: rhythm.Learned, moment: float) -> str:
    now = datetime.fromtimestamp(moment, UTC)
    return every.next_wait("auto", "UTC", known._replace(at=moment), now, floor=0, limits=LIMITS).because


def test_auto_looks_at_a_new_source_more_often_for_a_while() -> None:
    waits = [every.next_wait("auto", "UTC", UNKNOWN, NOW, floor=0, limits=LIMITS, polls=n).seconds for n in range(8)]
    assert waits[:3] == [600, 1200, 2400]
    assert waits[6] == waits[7] > 3600


@pytest.mark.parametrize(
    ("headers", "ttl", "seconds"),
    [
        ({}, None, 0),
        ({}, 1800, 1800),
        ({"cache-control": "public, max-age=600"}, None, 600),
        ({"cache-control": "max-age=600", "age": "500"}, None, 100),
        ({"cache-control": "max-age=600", "expires": "Wed, 25 Nov 2026 18:00:30 GMT"}, 60, 600),
        ({"expires": "Wed, 25 Nov 2026 12:10:30 GMT"}, None, 600),
        ({"expires": "0"}, None, 0),
        ({"expires": "Wed, 25 Nov 2026 12:10:30"}, None, 0),
        ({"cache-control": "no-cache, max-age=600"}, None, 0),
        ({"cache-control": "max-age=99999999999999999999"}, None, 0),
        ({"cache-control": "max-age=٣٠"}, None, 0),
    ],
)
def test_the_publishers_floor_is_read_from_ttl_and_headers(
    headers: dict[str, str], ttl: int | None, seconds: float
) -> None:
    assert publisher_floor(headers, ttl, NOW) == seconds


def test_lengths_are_said_as_people_say_them() -> None:
    assert [every.span_text(s) for s in (45, 900, 5400, 86400 * 3)] == ["45s", "15m", "1.5h", "3d"]
    assert [every.span_text(86400.0 * days) for days in (365, 999.4, 3650)] == ["365d", "999d", "3650d"]
