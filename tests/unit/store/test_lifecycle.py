"""What becomes of a page after each ending."""

from datetime import UTC, datetime, timedelta

import pytest

from warraq_shared.errors import UsageProblem
from warraq_shared.reasons import PageState, Reason
from warraq_store.schedule import lifecycle
from warraq_store.schedule.lifecycle import Ending, Plan, Step, next_step, revisit_ages

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def step(
    reason: Reason,
    role: str = "article",
    failures: int = 0,
    revisit: int = 0,
    plan: Plan | None = None,
    **ending: float,
) -> Step:
    return next_step(
        Ending(reason, **ending),  # type: ignore[arg-type]
        role=role,
        failures=failures,
        revisit=revisit,
        now=NOW,
        plan=plan or Plan(),
        chance=1.0,
    )


def wait_of(made: Step) -> timedelta:
    assert made.due_at is not None
    return made.due_at - NOW


def test_an_article_is_looked_at_again_at_growing_ages_and_then_no_more() -> None:
    ages = [wait_of(step(Reason.NOT_MODIFIED, revisit=n)) for n in range(6)]
    assert sum(ages, timedelta()) == timedelta(days=7)
    assert step(Reason.NOT_MODIFIED, revisit=6).due_at is None


def test_a_source_may_want_no_second_looks() -> None:
    assert step(Reason.OK, plan=Plan(revisit_ages=())).due_at is None


def test_a_source_that_changes_often_gets_more_looks_and_a_calm_one_fewer() -> None:
    restless, usual, calm = (revisit_ages("news", share) for share in (0.4, None, 0.0))
    assert len(restless) > len(usual) > len(calm)
    assert restless[0] < usual[0] < calm[0]
    assert revisit_ages("10m,1h", 0.9) == (600, 3600)


@pytest.mark.parametrize("policy", ["never", "1h,30m", "5s,1h", ""])
def test_revisits_that_make_no_sense_are_refused(policy: str) -> None:
    with pytest.raises(UsageProblem):
        lifecycle.check_revisits(policy)


def test_a_polled_page_is_due_as_its_schedule_says() -> None:
    assert wait_of(step(Reason.OK, "feed", plan=Plan(poll_after=420))) == timedelta(seconds=420)


def test_a_polled_page_is_never_given_up_whatever_fails() -> None:
    for reason in (Reason.NOT_FOUND, Reason.TIMEOUT, Reason.FORBIDDEN, Reason.BROKEN_FEED, Reason.ROBOTS):
        made = step(reason, "feed", failures=200, plan=Plan(poll_after=900))
        assert timedelta(0) < wait_of(made) <= timedelta(days=1)


def test_after_long_failure_a_polled_page_rests_for_a_week_at_a_time() -> None:
    assert wait_of(step(Reason.NOT_FOUND, "feed", failures=40, plan=Plan(rests=True))) == timedelta(days=7)


def test_a_page_polled_once_a_day_need_not_wait_a_day_after_a_failure() -> None:
    assert wait_of(step(Reason.TIMEOUT, "feed", plan=Plan(poll_after=86400))) == timedelta(minutes=15)


def test_retries_grow_and_are_capped() -> None:
    waits = [lifecycle.retry_delay(n, 1.0) for n in range(30)]
    assert waits == sorted(waits)
    assert waits[0] == lifecycle.FIRST_RETRY
    assert waits[-1] == lifecycle.LONGEST_RETRY


def test_retry_after_is_obeyed_up_to_a_day() -> None:
    assert wait_of(step(Reason.THROTTLED, retry_after=7200)) == timedelta(hours=2)
    assert wait_of(step(Reason.THROTTLED, retry_after=10 * 86400)) == timedelta(days=1)


def test_an_article_is_given_up_after_so_many_failures_and_kept_as_a_dead_letter() -> None:
    made = step(Reason.TIMEOUT, failures=lifecycle.GIVE_UP_AFTER - 1)
    assert (made.state, made.due_at, made.dead) == (PageState.FAILED, None, True)


def test_a_wait_for_the_hosts_turn_is_no_failure() -> None:
    made = step(Reason.HOST_BUSY, failures=2, retry_after=3)
    assert (made.failures, wait_of(made)) == (2, timedelta(seconds=3))
