"""Why a source is as it is: what was to be expected, what came, what fails since when and why, and what to do.

Pure functions from what is known of a source; ``health`` gathers that from the database.
"""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from warraq_shared.article import Frozen
from warraq_shared.reasons import FailureClass, Reason
from warraq_store.sources import polls
from warraq_store.sources.every import span_text

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


class HubHealth(Frozen):
    """How it is with the WebSub hub of a feed: what was asked of it, what it pushed, what it said."""

    url: str
    state: str
    because: str = ""
    asked_at: datetime | None = None
    ends_at: datetime | None = None
    pushed_at: datetime | None = None
    pushes: int = 0
    forged: int = 0
    missed: int = 0


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
    hub: HubHealth | None = None


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


class Facts(Frozen):
    """What the diagnosis looks at. ``seen`` are the new items of the last seven days, ``fruitless`` the pages among
    them that came to no article; ``missed`` is how many items were to be expected since the last one."""

    name: str
    now: datetime
    paused_at: datetime | None = None
    paused_because: str | None = None
    paused: bool = False
    pages: tuple[PolledHealth, ...] = ()
    seen: tuple[int, ...] = ()
    expected_a_day: float | None = None
    missed: float = 0.0
    articles: int = 0
    fruitless: int = 0
    left_out: dict[str, int] = {}
    ends: dict[str, int] = {}


def diagnose(facts: Facts) -> Health:
    """Return the condition of a source, in words, with what to do about it. The first that fits counts."""
    for look in (_paused, _late, _new, _failing, _moved, _empty, _left_out, _fruitless, _quiet):
        if (found := look(facts)) is not None:
            return found
    return _good(facts)


def _health(facts: Facts, condition: Condition, because: str, **more: Any) -> Health:
    return Health(name=facts.name, condition=condition, because=because, **more)


def _paused(facts: Facts) -> Health | None:
    if not facts.paused:
        return None
    said = facts.paused_because
    because = f"It was paused{f': {said}' if said else ' by hand'}."
    return _health(facts, Condition.PAUSED, because, since=facts.paused_at, advice=_do("resume", facts))


def _late(facts: Facts) -> Health | None:
    due = [page.next_due for page in facts.pages if page.next_due is not None]
    if not facts.pages:
        return _health(facts, Condition.EMPTY, "It polls nothing.", advice=_do("edit", facts, "--poll URL"))
    if not due or max(due) > facts.now - _LATE:
        return None
    advice = "Is `warraq up` running? `warraq queues` shows what waits; a host may also be at its pace."
    return _health(facts, Condition.WAITING, "It is due, and nothing fetches it.", since=min(due), advice=advice)


def _new(facts: Facts) -> Health | None:
    if any(page.polled_at for page in facts.pages):
        return None
    return _health(facts, Condition.NEW, "It was added just now and not polled yet.", advice=_do("now", facts))


def _failing(facts: Facts) -> Health | None:
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


def _moved(facts: Facts) -> Health | None:
    moved = next((page for page in facts.pages if page.moved_to and page.moved_to != page.url), None)
    if moved is None or len(facts.pages) > 1:
        return None
    because = f"It has moved for good to {moved.moved_to}; its redirect is followed as long as it stands."
    advice = _do("edit", facts, f"--poll {moved.moved_to}")
    return _health(facts, Condition.GOOD, because, since=moved.polled_at, advice=advice)


def _empty(facts: Facts) -> Health | None:
    if facts.left_out or any(page.brought_at or page.items for page in facts.pages):
        return None
    since = min((page.failing_since or page.polled_at or facts.now for page in facts.pages), default=None)
    advice = _filled("`warraq discover {site}` shows what else of the site can be followed.", facts, facts.pages[0])
    return _health(facts, Condition.EMPTY, "Empty: it answers, but names no articles.", since=since, advice=advice)


def _left_out(facts: Facts) -> Health | None:
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


def _fruitless(facts: Facts) -> Health | None:
    if facts.articles or facts.fruitless < _FEW or _FRUITS.intersection(facts.ends):
        return None
    ended = {code: number for code, number in facts.ends.items() if code not in _UNDER_WAY}
    because = "Its items come, but none becomes an article"
    if not ended:
        return _health(facts, Condition.FRUITLESS, f"{because}.", advice=_do("why", facts))
    most = Reason(max(ended, key=lambda code: ended[code]))
    advice = _filled(f"`warraq explain URL` shows one step by step. {_fruit_advice(most)}", facts, facts.pages[0])
    return _health(facts, Condition.FRUITLESS, f"{because}; most often: {most.sentence}", advice=advice)


def _fruit_advice(reason: Reason) -> str:
    if reason.failure is FailureClass.NONE:
        return "The parser found no article there: rules may help (`warraq source edit {name} --rules FILE`)."
    return cause_of(reason)[1]


def _quiet(facts: Facts) -> Health | None:
    """All is well, and yet less comes than chance explains."""
    brought = max((page.brought_at for page in facts.pages if page.brought_at is not None), default=None)
    if brought is None or facts.missed < _EXPECTED_IN_SILENCE:
        return None
    chance = math.exp(-facts.missed)
    because = (
        f"All items are known: nothing new for {span_text((facts.now - brought).total_seconds())}, where about"
        f" {facts.missed:.0f} were to be expected"
        f" (by chance: {'once in a thousand times or less' if chance < 1e-3 else f'{chance:.1%}'})."
    )
    advice = "Look at {url}: does it still show today's news? `warraq discover {site}` shows what else there is."
    return _health(facts, Condition.QUIET, because, since=brought, advice=_filled(advice, facts, facts.pages[0]))


def _good(facts: Facts) -> Health:
    failing = [page for page in facts.pages if page.failing_since is not None]
    if failing:
        because = f"{len(failing)} of its {len(facts.pages)} pages fail: {failing[0].url} {failing[0].reason.sentence}"
        return _health(facts, Condition.GOOD, because, since=failing[0].failing_since)
    page = facts.pages[0]
    if page.items and not page.new_items:
        return _health(facts, Condition.GOOD, "All is well; at the last look all items were known.")
    return _health(facts, Condition.GOOD, "All is well.")


def _do(command: str, facts: Facts, more: str = "") -> str:
    return f"`warraq source {command} {_quoted(facts.name)}{' ' + more if more else ''}`"


def _filled(advice: str, facts: Facts, page: PolledHealth) -> str:
    site = "/".join(page.url.split("/")[:3]) + "/"
    return advice.replace("{name}", _quoted(facts.name)).replace("{url}", page.url).replace("{site}", site)


def _quoted(name: str) -> str:
    return name if name.isalnum() else f'"{name}"'


SPARKS = "▁▂▃▄▅▆▇█"


def spark_line(numbers: Sequence[int]) -> str:
    """Return ``numbers`` as a line of bars, the largest the highest; nothing is a dot."""
    most = max(numbers, default=0)
    return "".join("·" if not n else SPARKS[min(7, math.ceil(n / most * 8) - 1)] for n in numbers)
