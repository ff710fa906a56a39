"""How often a source is polled, as its user says it: ``auto``, an interval such as ``15m``, or cron. Pure functions."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from croniter import CroniterError, croniter

from warraq_shared.errors import UsageProblem
from warraq_shared.settings import Settings
from warraq_store.sources import rhythm
from warraq_store.sources.rhythm import Learned

AUTO: Final = "auto"
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 7 * 86_400.0}
_SPAN = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*([smhdw])\Z")
# A server that says "fresh for a year" of its feed means its cache, not its readers: it is believed up to this.
BELIEVED_FLOOR: Final = 4 * 3600.0
SHORTEST_INTERVAL: Final = 10.0
_FULL = 0.9
# A wait that differs from the usual one by more than this factor is explained.
_SPECIAL = 1.3
# A source is new for so many polls; each waits twice as long as the one before.
_LEARNED_AFTER: Final = 6


@dataclass(frozen=True, slots=True)
class Limits:
    """What the settings say about all sources. Seconds; ``max_item_age`` None: items of any age are fetched.

    ``pushed`` is how often a feed is polled whose hub tells of news; None: no hub can reach this installation.
    """

    auto_pace: float = 600.0
    shortest: float = 120.0
    longest: float = 86_400.0
    max_item_age: float | None = 30 * 86_400.0
    pushed: float | None = None


def limits_from(settings: Settings) -> Limits:
    """Return what ``settings`` say about all sources."""
    return Limits(
        settings.auto_pace,
        settings.poll_shortest,
        settings.poll_longest,
        settings.max_item_age or None,
        settings.websub_poll if settings.websub_callback_url else None,
    )


@dataclass(frozen=True, slots=True)
class Wait:
    """When a page is polled next, and why then, in words for ``warraq source why``."""

    seconds: float
    because: str


def check(every: str, time_zone: str = "UTC") -> str:
    """Return ``every`` in its plain spelling.

    Raises:
        UsageProblem: it is none of the three, or there is no such time zone.
    """
    text = every.strip()
    zone(time_zone)
    if text.lower() == AUTO:
        return AUTO
    if _SPAN.fullmatch(text):
        if seconds(text) < SHORTEST_INTERVAL:
            raise UsageProblem(f"Every {text} is too often; the least is {SHORTEST_INTERVAL:.0f}s.")
        return text.replace(" ", "")
    if len(text.split()) == 5 and croniter.is_valid(text):
        return text
    raise UsageProblem(
        f"{every!r} is not a schedule. Give `auto`, an interval such as 15m, 2h or 1d,"
        ' or cron with five fields such as "*/10 6-22 * * *".'
    )


def zone(name: str) -> ZoneInfo:
    """Return the time zone ``name`` of the IANA database.

    Raises:
        UsageProblem: there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise UsageProblem(f"{name!r} is not a time zone; give a name such as Europe/Paris or UTC.") from unknown


def seconds(span: str) -> float:
    """Return the seconds of a span such as ``15m``, ``2h`` or ``30d``.

    Raises:
        UsageProblem: it is not a span.
    """
    match = _SPAN.fullmatch(span.strip())
    if match is None:
        raise UsageProblem(f"{span!r} is not a span of time; give a number with s, m, h, d or w, such as 15m.")
    return float(match[1]) * _UNITS[match[2]]


def span_text(length: float) -> str:
    """Return a length in seconds as people say it: ``45s``, ``15m``, ``2.5h``, ``3d``."""
    for unit, size in (("d", 86_400.0), ("h", 3600.0), ("m", 60.0)):
        if length >= size:
            number = length / size
            return f"{number:.3g}{unit}" if number < 999.5 else f"{number:.0f}{unit}"
    return f"{length:.3g}s"


def exact_span(length: float) -> str:
    """Return a length in seconds as ``seconds`` reads it back: ``14d``, ``90s``."""
    for unit in ("d", "h", "m"):
        if length and length % _UNITS[unit] == 0:
            return f"{length / _UNITS[unit]:.0f}{unit}"
    return f"{length:.6f}".rstrip("0").rstrip(".") + "s"


def next_wait(
    every: str,
    time_zone: str,
    known: Learned,
    now: datetime,
    *,
    floor: float,
    limits: Limits,
    full: float = 0.0,
    polls: int = _LEARNED_AFTER,
) -> Wait:
    """Return when a page that was just polled well is due next.

    ``floor`` is what the publisher asks for (TTL, Cache-Control, Expires), in seconds; it binds ``auto`` only: an
    interval or cron is the user's word. ``full`` is the share of new items in the last poll: when all were new, some
    may have been missed, and the next look comes sooner. ``polls`` is how many there were: a new source is looked at
    more often at first, since little is known of it.
    """
    if every == AUTO:
        wait = _auto(known, now, limits, full, polls)
        believed = min(floor, BELIEVED_FLOOR)
        if believed <= wait.seconds:
            return wait
        return Wait(believed, f"its publisher asks for {span_text(floor)} between two looks")
    if _SPAN.fullmatch(every):
        return Wait(seconds(every), f"every {every}, as its source says")
    local = now.astimezone(zone(time_zone))
    try:
        due = croniter(every, local).get_next(datetime)
    except CroniterError:
        # It was checked when it was written; a date that never comes (30 February) shows only here.
        return Wait(limits.longest, f"the cron line {every!r} never comes; looked at once a day instead")
    return Wait(max(1.0, (due - now).total_seconds()), f'at "{every}" {time_zone}, as its source says')


def _auto(known: Learned, now: datetime, limits: Limits, full: float, polls: int) -> Wait:
    wait = rhythm.wait(known, now.timestamp(), pace=limits.auto_pace, shortest=limits.shortest, longest=limits.longest)
    if full >= _FULL and wait > limits.shortest:
        return Wait(max(limits.shortest, wait / 2), "auto: nearly all items were new, so some may have been missed")
    at_first = limits.auto_pace * 2.0 ** min(polls, _LEARNED_AFTER)
    if polls < _LEARNED_AFTER and at_first < wait:
        return Wait(at_first, "auto: it is new, so it is looked at more often for a while")
    return Wait(wait, f"auto: {_said(known, wait, limits)}")


def _said(known: Learned, wait: float, limits: Limits) -> str:
    """Return why a learned wait is what it is: the rule, and what is special now."""
    even = min(limits.longest, max(limits.shortest, rhythm.even_wait(known, limits.auto_pace)))
    per_day = rhythm.mean_rate(known) * rhythm.DAY
    rule = f"brings about {per_day:.2g} items a day, so looked at every {span_text(round(even, -1))} in the mean"
    if rhythm.liveliness(known) < 1:
        return f"{rule}; less now: silent for longer than chance explains"
    if wait <= even / _SPECIAL and rhythm.mood(known) > _SPECIAL:
        return f"{rule}; more now: more than usual came lately"
    if wait <= even / _SPECIAL:
        return f"{rule}; more now: its busy hours"
    return f"{rule}; less now: its quiet hours" if wait >= even * _SPECIAL else rule


def publisher_floor(headers: dict[str, str], ttl_seconds: int | None, now: datetime) -> float:
    """Return the seconds that a publisher asks to be left alone after one look.

    The largest of a feed's TTL, ``Cache-Control: max-age`` (RFC 9111, 5.2.2.1; less the answer's age) and, without
    max-age, ``Expires`` (5.3). Header names are lower case.
    """
    control = _directives(headers.get("cache-control", ""))
    if "no-store" in control or "no-cache" in control:
        fresh = 0.0
    elif (age := _number(control.get("max-age"))) is not None:
        fresh = age - (_number(headers.get("age")) or 0.0)
    else:
        fresh = _until(headers.get("expires"), now)
    return max(0.0, fresh, float(ttl_seconds or 0))


def _directives(header: str) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in header.lower().split(",")[:20])
    return {name.strip(): value.strip().strip('"') for name, _, value in pairs}


def _number(text: str | None) -> float | None:
    return float(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 12 else None


def _until(http_date: str | None, now: datetime) -> float:
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(http_date) if http_date else now
        return (moment - now) / timedelta(seconds=1)
    except (TypeError, ValueError, OverflowError):
        return 0.0
