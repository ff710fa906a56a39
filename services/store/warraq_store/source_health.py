"""Why a source is as it is: what was to be expected, what came, what fails since when and why, and what to do."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlmodel import Session, col, func, select

from warraq_shared.article import Frozen
from warraq_shared.reasons import FailureClass, Reason
from warraq_store import polls, rhythm, tally
from warraq_store.every import span_text
from warraq_store.sources import polled_pages
from warraq_store.tables import Page, Poll, PollEvent, Source, SourceDay

WEEK_DAYS: Final = 7
_BASE_DAYS: Final = 35
# Silence is told from chance: with so many items to be expected meanwhile, none comes once in four hundred times.
_EXPECTED_IN_SILENCE: Final = 6.0
# A page that was due this long ago and was not given out: nothing is handing out.
_LATE: Final = timedelta(minutes=10)
_FEW: Final = 3


class Condition(StrEnum):
    """How a source is."""

    GOOD = "good"
    NEW = "new"
    PAUSED = "paused"
    WAITING = "waiting"
    FAILING = "failing"
    RESTING = "resting"
    EMPTY = "empty"
    QUIET = "quiet"
    FRUITLESS = "fruitless"


class PolledHealth(Frozen):
    """How one polled page fares."""

    url: str
    role: str
    reason: Reason
    detail: str = ""
    http_status: int | None = None
    items: int = 0
    new_items: int = 0
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    brought_at: datetime | None = None
    failing_since: datetime | None = None
    rests: bool = False
    next_due: datetime | None = None
    wait_seconds: float | None = None
    wait_because: str = ""
    moved_to: str | None = None
    hub_url: str | None = None


class Health(Frozen):
    """The answer of ``warraq source why``. ``seen`` and ``expected_a_day`` count new items; ``days`` name the seven.

    ``expected_a_day`` is None while the source is too new to tell.
    """

    name: str
    condition: Condition
    because: str
    since: datetime | None = None
    advice: str = ""
    days: tuple[str, ...] = ()
    seen: tuple[int, ...] = ()
    expected_a_day: float | None = None
    articles: int = 0
    left_out: dict[str, int] = {}
    ends: dict[str, int] = {}
    succeeded_at: datetime | None = None
    brought_at: datetime | None = None
    pages: tuple[PolledHealth, ...] = ()


class _Facts(Frozen):
    """What the diagnosis looks at."""

    source: dict[str, Any]
    pages: tuple[PolledHealth, ...]
    seen: tuple[int, ...]
    expected_a_day: float | None
    articles: int
    left_out: dict[str, int]
    ends: dict[str, int]
    now: datetime


def health(session: Session, source: Source, now: datetime) -> Health:
    """Return how ``source`` is and why."""
    facts = _facts(session, source, now)
    found = diagnose(facts)
    week = tally.days(session, source.id or 0, now, WEEK_DAYS)
    return found.model_copy(
        update={
            "days": tuple(row.day.isoformat() for row in week),
            "seen": facts.seen,
            "expected_a_day": None if facts.expected_a_day is None else round(facts.expected_a_day, 2),
            "articles": facts.articles,
            "left_out": facts.left_out,
            "ends": facts.ends,
            "succeeded_at": _latest(page.succeeded_at for page in facts.pages),
            "brought_at": _latest(page.brought_at for page in facts.pages),
            "pages": facts.pages,
        }
    )


def _facts(session: Session, source: Source, now: datetime) -> _Facts:
    rows = tally.days(session, source.id or 0, now, _BASE_DAYS)
    week = rows[-WEEK_DAYS:]
    pages = [_polled(session, page) for page in polled_pages(session, source)]
    return _Facts(
        source={"name": source.name, "paused": source.paused, "because": source.paused_because, "at": source.paused_at},
        pages=tuple(page for page, _ in pages),
        seen=tuple(row.new_items for row in week),
        expected_a_day=_expected(rows, [poll for _, poll in pages if poll is not None], now),
        articles=tally.total(week, "articles"),
        left_out={name: n for name in ("too_old", "excluded", "trapped") if (n := tally.total(week, name))},
        ends=_ends(session, source, now),
        now=now,
    )


def _polled(session: Session, page: Page) -> tuple[PolledHealth, Poll | None]:
    poll = session.get(Poll, page.id)
    event = _last_event(session, page)
    values: dict[str, Any] = {
        "url": page.url,
        "role": page.role,
        "reason": Reason(event.reason if event else page.reason),
        "detail": event.detail if event else page.detail,
        "http_status": event.http_status if event else page.http_status,
        "next_due": page.due_at,
        "moved_to": page.moved_to,
    }
    if poll is not None:
        names = ("items", "polled_at", "succeeded_at", "brought_at", "failing_since", "wait_seconds")
        values |= {name: getattr(poll, name) for name in names}
        values |= {"wait_because": poll.wait_because, "hub_url": poll.hub_url}
        values["new_items"] = event.new_items if event else 0
        values["rests"] = poll.failure_weight >= polls.RESTS_AT
    return PolledHealth.model_validate(values), poll


def _last_event(session: Session, page: Page) -> PollEvent | None:
    query = select(PollEvent).where(PollEvent.page_id == page.id).order_by(col(PollEvent.polled_at).desc()).limit(1)
    return session.exec(query).first()


def _expected(rows: Sequence[SourceDay], known: Sequence[Poll], now: datetime) -> float | None:
    """Return the new items a day to be expected: by the days before this week, else by what was learned.

    None while neither tells anything.
    """
    before = rows[:-WEEK_DAYS]
    active = [i for i, row in enumerate(before) if row.polls]
    if len(before) - (active[0] if active else len(before)) >= WEEK_DAYS:
        return tally.total(before[active[0] :], "new_items") / (len(before) - active[0])
    learned = (polls.known_of(poll, now) for poll in known if poll.learned)
    rates = [rhythm.mean_rate(one) for one in learned if one.span >= rhythm.DAY]
    return rhythm.DAY * max(rates) if rates else None


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


def _latest(moments: Any) -> datetime | None:
    return max(filter(None, moments), default=None)


# --- the diagnosis -------------------------------------------------------------------------------------------------


def diagnose(facts: _Facts) -> Health:
    """Return the condition of a source, in words, with what to do about it. The first that fits counts."""
    for look in (_paused, _late, _new, _failing, _moved, _empty, _left_out, _fruitless, _quiet):
        if (found := look(facts)) is not None:
            return found
    return _good(facts)


def _health(facts: _Facts, condition: Condition, because: str, **more: Any) -> Health:
    return Health(name=facts.source["name"], condition=condition, because=because, **more)


def _paused(facts: _Facts) -> Health | None:
    if not facts.source["paused"]:
        return None
    said = facts.source["because"]
    because = f"It was paused{f': {said}' if said else ' by hand'}."
    return _health(facts, Condition.PAUSED, because, since=facts.source["at"], advice=_do("resume", facts))


def _late(facts: _Facts) -> Health | None:
    due = [page.next_due for page in facts.pages if page.next_due is not None]
    if not facts.pages:
        return _health(facts, Condition.EMPTY, "It polls nothing.", advice=_do("edit", facts, "--poll URL"))
    if not due or max(due) > facts.now - _LATE:
        return None
    advice = "Is `warraq up` running? `warraq queues` shows what waits; a host may also be at its pace."
    return _health(facts, Condition.WAITING, "It is due, and nothing fetches it.", since=min(due), advice=advice)


def _new(facts: _Facts) -> Health | None:
    if any(page.polled_at for page in facts.pages):
        return None
    return _health(facts, Condition.NEW, "It was added just now and not polled yet.", advice=_do("now", facts))


def _failing(facts: _Facts) -> Health | None:
    failing = [page for page in facts.pages if page.failing_since is not None and _is_failure(page.reason)]
    if not failing or len(failing) < len([page for page in facts.pages if page.polled_at]):
        return None
    worst = min(failing, key=lambda page: page.failing_since or facts.now)
    cause, advice = cause_of(worst.reason)
    status = f" (HTTP {worst.http_status})" if worst.http_status and worst.http_status >= 400 else ""
    because = f"{cause}{status}: {worst.reason.sentence} {worst.detail}".rstrip()
    condition = Condition.RESTING if worst.rests else Condition.FAILING
    if worst.rests:
        advice = f"It failed for so long that it is looked at once a week only. {advice}"
    return _health(facts, condition, because, since=worst.failing_since, advice=_filled(advice, facts, worst))


def _is_failure(reason: Reason) -> bool:
    return not polls.is_good(reason) and reason is not Reason.EMPTY_FEED


_BLOCKED = (
    "Blocked",
    "The site does not want to be read by a program, or not so often. Ask its operator, with the address in your"
    " WARRAQ_USER_AGENT; a slower pace may do: `warraq source edit {name} --delay 10s`.",
)
_GONE = (
    "Moved or gone",
    "`warraq discover {site}` shows what the site offers now; `warraq source edit {name} --poll URL` follows it.",
)
_BROKEN = (
    "Broken feed",
    "Look at {url}: is it still a feed? `warraq discover {site}` shows what else there is.",
)
_UNREACHABLE = ("Unreachable", "Nothing to do while the site is down; it is tried again with growing waits.")
_OURS = (
    "Refused by a rule or limit here",
    "`warraq fetch {url}` shows which; the limits are in docs/configuration.md.",
)
_CAUSES: dict[Reason, tuple[str, str]] = {
    Reason.FORBIDDEN: _BLOCKED,
    Reason.THROTTLED: _BLOCKED,
    Reason.CONSENT_WALL: _BLOCKED,
    Reason.ROBOTS: (
        "robots.txt",
        "The site's robots.txt asks programs not to read this. Follow something that it allows"
        " (`warraq discover {site}`), or ask its operator.",
    ),
    Reason.ROBOTS_UNREACHABLE: ("robots.txt cannot be read", "Nothing is fetched until it can be; it is tried again."),
    Reason.NOT_FOUND: _GONE,
    Reason.GONE: _GONE,
    Reason.SOFT_NOT_FOUND: _GONE,
    Reason.REDIRECT_LOOP: _GONE,
    Reason.BROKEN_FEED: _BROKEN,
    Reason.NOT_HTML: _BROKEN,
    Reason.WRONG_TYPE: _BROKEN,
    Reason.CHARSET: _BROKEN,
    Reason.EMPTY_BODY: _BROKEN,
    Reason.BAD_ENCODING: _BROKEN,
    Reason.NO_TEXT: ("No links found", "`warraq discover {site}` shows what else of the site can be followed."),
}


def cause_of(reason: Reason) -> tuple[str, str]:
    """Return what a failure means to its user, in a word or two, and what to do about it."""
    if reason in _CAUSES:
        return _CAUSES[reason]
    return _OURS if reason.failure is FailureClass.PERMANENT else _UNREACHABLE


def _moved(facts: _Facts) -> Health | None:
    moved = next((page for page in facts.pages if page.moved_to and page.moved_to != page.url), None)
    if moved is None or len(facts.pages) > 1:
        return None
    because = f"It has moved for good to {moved.moved_to}; its redirect is followed as long as it stands."
    advice = _do("edit", facts, f"--poll {moved.moved_to}")
    return _health(facts, Condition.GOOD, because, since=moved.polled_at, advice=advice)


def _empty(facts: _Facts) -> Health | None:
    if facts.left_out or any(page.brought_at or page.items for page in facts.pages):
        return None
    since = min((page.failing_since or page.polled_at or facts.now for page in facts.pages), default=None)
    advice = _filled("`warraq discover {site}` shows what else of the site can be followed.", facts, facts.pages[0])
    return _health(facts, Condition.EMPTY, "Empty: it answers, but names no articles.", since=since, advice=advice)


def _left_out(facts: _Facts) -> Health | None:
    if any(facts.seen) or not facts.left_out or facts.articles or any(page.brought_at for page in facts.pages):
        return None
    most = max(facts.left_out, key=lambda name: facts.left_out[name])
    words = {
        "too_old": ("all its items are older than its limit", "--max-age 365d"),
        "excluded": ("its include and exclude patterns leave everything out", "--include …"),
        "trapped": ("its links look like an endless series of addresses", "--poll URL"),
    }
    because, option = words[most]
    return _health(facts, Condition.EMPTY, f"Nothing is fetched: {because}.", advice=_do("edit", facts, option))


_FRUITS = frozenset({"ok", "not-modified", "same-bytes", "moved", "duplicate-url"})
_UNDER_WAY = frozenset({"new", "leased", "host-busy", "lease-expired", "intake-full", "raw-lost"})


def _fruitless(facts: _Facts) -> Health | None:
    ended = {code: pages for code, pages in facts.ends.items() if code not in _UNDER_WAY}
    number = sum(ended.values())
    if facts.articles or number < _FEW or _FRUITS.intersection(ended):
        return None
    most = Reason(max(ended, key=lambda code: ended[code]))
    because = f"Its items come, but none becomes an article; most often: {most.sentence}"
    advice = f"`warraq explain URL` shows one step by step. {_fruit_advice(most)}"
    return _health(facts, Condition.FRUITLESS, because, advice=_filled(advice, facts, facts.pages[0]))


def _fruit_advice(reason: Reason) -> str:
    if reason.failure is FailureClass.NONE:
        return "The parser found no article there: rules for this site may help."
    return cause_of(reason)[1]


def _quiet(facts: _Facts) -> Health | None:
    """All is well, and yet less comes than chance explains."""
    brought = _latest(page.brought_at for page in facts.pages)
    if brought is None or facts.expected_a_day is None:
        return None
    silent = (facts.now - brought) / timedelta(days=1)
    expected = silent * facts.expected_a_day
    if expected < _EXPECTED_IN_SILENCE:
        return None
    chance = math.exp(-expected)
    because = (
        f"All items are known: nothing new for {span_text(silent * rhythm.DAY)}, where about {expected:.0f} were to be"
        f" expected (by chance: {'once in a thousand times or less' if chance < 1e-3 else f'{chance:.1%}'})."
    )
    advice = "Look at {url}: does it still show today's news? `warraq discover {site}` shows what else there is."
    return _health(facts, Condition.QUIET, because, since=brought, advice=_filled(advice, facts, facts.pages[0]))


def _good(facts: _Facts) -> Health:
    failing = [page for page in facts.pages if page.failing_since is not None]
    if failing:
        because = f"{len(failing)} of its {len(facts.pages)} pages fail: {failing[0].url} {failing[0].reason.sentence}"
        return _health(facts, Condition.GOOD, because, since=failing[0].failing_since)
    page = facts.pages[0]
    if page.items and not page.new_items:
        return _health(facts, Condition.GOOD, "All is well; at the last look all items were known.")
    return _health(facts, Condition.GOOD, "All is well.")


def _do(command: str, facts: _Facts, more: str = "") -> str:
    return f"`warraq source {command} {_quoted(facts.source['name'])}{' ' + more if more else ''}`"


def _filled(advice: str, facts: _Facts, page: PolledHealth) -> str:
    site = "/".join(page.url.split("/")[:3]) + "/"
    return advice.replace("{name}", _quoted(facts.source["name"])).replace("{url}", page.url).replace("{site}", site)


def _quoted(name: str) -> str:
    return name if name.isalnum() else f'"{name}"'


SPARKS = "▁▂▃▄▅▆▇█"


def spark_line(numbers: Sequence[int]) -> str:
    """Return ``numbers`` as a line of bars, the largest the highest; nothing is a dot."""
    most = max(numbers, default=0)
    return "".join("·" if not n else SPARKS[min(7, math.ceil(n / most * 8) - 1)] for n in numbers)
