"""What is known of how sources fare, gathered from the database for the diagnosis: of one, or of all at once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlmodel import Session, and_, col, func, select

from warraq_shared.reasons import Reason
from warraq_store.schedule.pages import IS_POLLED
from warraq_store.sources import polls, rhythm, tally
from warraq_store.sources.diagnosis import Facts, Health, HubHealth, PolledHealth, diagnose
from warraq_store.tables import Page, Poll, PollEvent, Source, SourceDay, Subscription

WEEK_DAYS: Final = 7
_POLL_FIELDS = ("items", "polled_at", "succeeded_at", "brought_at", "failing_since", "wait_seconds", "wait_because")

_HUB_FIELDS = ("state", "because", "asked_at", "ends_at", "pushed_at", "pushes", "forged", "missed")


def health(session: Session, source: Source, now: datetime) -> Health:
    """Return how ``source`` is and why, with how its pages have ended."""
    (facts,) = _facts(session, [source], now, only=source.id)
    return _told(facts.model_copy(update={"ends": _ends(session, source, now)}))


def overview(session: Session, sources: Sequence[Source], now: datetime) -> list[Health]:
    """Return how each of ``sources`` is, in their order: three queries, however many there are."""
    return [_told(facts) for facts in _facts(session, sources, now)]


def _told(facts: Facts) -> Health:
    days = (facts.now.date() - timedelta(days=n) for n in reversed(range(WEEK_DAYS)))
    return diagnose(facts).model_copy(
        update={
            "days": tuple(day.isoformat() for day in days),
            "seen": facts.seen,
            "expected_a_day": facts.expected_a_day,
            "articles": facts.articles,
            "left_out": facts.left_out,
            "ends": facts.ends,
            "succeeded_at": _latest(page.succeeded_at for page in facts.pages),
            "brought_at": _latest(page.brought_at for page in facts.pages),
            "pages": facts.pages,
        }
    )


class _Polled(NamedTuple):
    page: Page
    poll: Poll | None
    event: PollEvent | None
    hub: Subscription | None


def _facts(session: Session, sources: Sequence[Source], now: datetime, only: int | None = None) -> list[Facts]:
    polled = _polled(session, only)
    weeks = _weeks(session, now, only)
    return [_facts_of(source, polled.get(source.id, []), weeks.get(source.id, {}), now) for source in sources]


def _polled(session: Session, only: int | None) -> dict[int | None, list[_Polled]]:
    """Return the polled pages of each source, with what was learned of them and their last poll."""
    newest = and_(
        col(PollEvent.page_id) == col(Poll.page_id), col(PollEvent.slot) == col(Poll.polls) % polls.KEPT_EVENTS
    )
    query = (
        select(Page, Poll, PollEvent, Subscription)
        .join(Poll, col(Poll.page_id) == col(Page.id), isouter=True)
        .join(PollEvent, newest, isouter=True)
        .join(Subscription, col(Subscription.page_id) == col(Page.id), isouter=True)
        .where(IS_POLLED, col(Page.source_id) == only if only else col(Page.source_id).is_not(None))
        .order_by(col(Page.source_id), col(Page.id))
    )
    found: dict[int | None, list[_Polled]] = {}
    for row in session.exec(query).all():
        found.setdefault(row[0].source_id, []).append(_Polled(*row))
    return found


def _weeks(session: Session, now: datetime, only: int | None) -> dict[int | None, dict[date, SourceDay]]:
    first = now.date() - timedelta(days=WEEK_DAYS - 1)
    query = select(SourceDay).where(col(SourceDay.day) >= first)
    weeks: dict[int | None, dict[date, SourceDay]] = {}
    for row in session.exec(query.where(SourceDay.source_id == only) if only else query):
        weeks.setdefault(row.source_id, {})[row.day] = row
    return weeks


def _facts_of(source: Source, polled: Sequence[_Polled], week: dict[date, SourceDay], now: datetime) -> Facts:
    days = [week.get(now.date() - timedelta(days=n)) for n in reversed(range(WEEK_DAYS))]
    rows = list(week.values())
    learned = [polls.known_of(one.poll, now) for one in polled if one.poll is not None and one.poll.learned]
    rates = [rhythm.mean_rate(known) for known in learned if known.span >= rhythm.DAY]
    brought = [polls.known_of(one.poll, now) for one in polled if one.poll is not None and one.poll.brought_at]
    return Facts(
        name=source.name,
        now=now,
        paused=source.paused,
        paused_at=source.paused_at,
        paused_because=source.paused_because,
        pages=tuple(map(_page_health, polled)),
        seen=tuple(row.new_items if row else 0 for row in days),
        expected_a_day=round(rhythm.DAY * max(rates), 2) if rates else None,
        missed=min((known.missed for known in brought), default=0.0),
        articles=tally.total(rows, "articles"),
        fruitless=sum(tally.total(rows, name) for name in ("no_articles", "failed_pages", "refused_pages")),
        left_out={name: n for name in ("too_old", "excluded", "trapped") if (n := tally.total(rows, name))},
    )


def _page_health(polled: _Polled) -> PolledHealth:
    page, poll, event, hub = polled
    values: dict[str, Any] = {
        "url": page.url,
        "role": page.role,
        "reason": Reason(event.reason if event else page.reason),
        "detail": event.detail if event else page.detail,
        "http_status": event.http_status if event else page.http_status,
        "new_items": event.new_items if event else 0,
        "next_due": page.due_at,
        "moved_to": page.moved_to,
    }
    if poll is not None:
        values |= {name: getattr(poll, name) for name in _POLL_FIELDS}
        values |= {"rests": poll.failure_weight >= polls.RESTS_AT}
    if hub is not None:
        values["hub"] = HubHealth(url=hub.hub_url, **{name: getattr(hub, name) for name in _HUB_FIELDS})
    return PolledHealth.model_validate(values)


def _ends(session: Session, source: Source, now: datetime) -> dict[str, int]:
    """Return how the articles' pages of the last week have ended, by reason."""
    query = (
        select(Page.reason, func.count())
        .where(
            Page.source_id == source.id, Page.role == "article", col(Page.discovered_at) > now - timedelta(WEEK_DAYS)
        )
        .group_by(Page.reason)
    )
    return {str(reason): int(number) for reason, number in session.exec(query).all()}


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)
