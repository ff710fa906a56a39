"""When an article was published and last changed: every place that says so, the most trustworthy first.

A wrong date is worse than none: it passes every later check. So a date is taken only from a place that speaks of
this article: its JSON-LD object, the head, microdata of its own scope, a ``time`` element or visible text by its
headline, what the feed said; the URL last, and marked as such. Never from a related item, never in the future of the
fetch (but for a day, for time zones), never before 1990.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from warraq_parser.article.dates.date_candidates import DateCandidate, DateReader
from warraq_parser.article.dates.date_text import DayOrder
from warraq_parser.article.dates.dates_said import (
    modified_in_head,
    published_in_head,
    published_in_hints,
    published_in_rdfa,
    published_in_state,
    published_in_title,
    published_in_url,
)
from warraq_parser.article.dates.dates_shown import shown_dates
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.surroundings import Surroundings
from warraq_shared.parsed import ItemHints

if TYPE_CHECKING:
    from warraq_parser.article.document import Document


@dataclass(frozen=True, slots=True)
class Dates:
    """The candidates for both dates, the best first."""

    published: tuple[DateCandidate, ...] = ()
    modified: tuple[DateCandidate, ...] = ()


# What the head says this surely is not looked for on the page.
_ENOUGH = 0.9
_FAR_FROM_HEADLINE = 0.65
# Right on seven in ten of the pages that date nothing else.
_OF_LAST_CHANGE = 0.45
_QUARTER, _WIDEST_OFFSET = timedelta(minutes=15), timedelta(hours=14)


def read_dates(
    document: "Document",
    metadata: Metadata,
    around: Surroundings,
    *,
    fetched_at: datetime,
    language: str = "",
    order: DayOrder = "unknown",
    hints: ItemHints | None = None,
) -> Dates:
    """Return the candidates for the dates of the article. Never raises.

    ``around`` are the lines around the headline; ``language`` (primary subtag) and ``order`` (see ``day_order``) help
    to read months and days in numbers.
    """
    reader = DateReader(language, order, fetched_at)
    published = list(published_in_head(metadata, reader))
    modified = list(modified_in_head(metadata, reader))
    published.extend(published_in_hints(hints, reader))
    if not any(candidate.confidence >= _ENOUGH for candidate in published):
        published.extend(published_in_rdfa(metadata, reader))
        visible = shown_dates(document, metadata, around, reader)
        published.extend(candidate for candidate in visible if candidate.why != "updated")
        modified.extend(replace(candidate, why="") for candidate in visible if candidate.why == "updated")
    if not published:
        published.extend(published_in_state(metadata, reader))
    published.extend(published_in_title(metadata, reader))
    addressed = list(published_in_url(document.url, metadata, reader))
    published = [_on_local_day(candidate, addressed) for candidate in published] + addressed
    if not any(candidate.confidence > 0.5 for candidate in published):
        published.extend(
            replace(last, confidence=_OF_LAST_CHANGE, why="only the last change is dated")
            for last in _ranked(modified)[:1]
        )
    ranked = _with_offset_of_twin(_with_address_against_text(_ranked(published)))
    return Dates(tuple(_disambiguated(ranked, modified)), tuple(_ranked(modified)))


def _ranked(candidates: list[DateCandidate]) -> list[DateCandidate]:
    return sorted(candidates, key=lambda candidate: -candidate.confidence)


def _with_offset_of_twin(ranked: list[DateCandidate]) -> list[DateCandidate]:
    """Give the best, where it names no zone, the offset of the same time elsewhere, or that another place's UTC says.

    "07:25:06" in one place and "21:25:06Z" of the day before in another are one moment at +10:00.
    """
    best = ranked[0] if ranked else None
    if best is None or best.moment.zoned or best.moment.precision == "day":
        return ranked
    for twin in ranked[1:]:
        if twin.moment.zoned and _on_the_minute(twin) == _on_the_minute(best):
            return [replace(best, moment=twin.moment, why="its offset is what another place writes"), *ranked[1:]]
        gap = best.moment.when - twin.moment.when
        whole = gap.total_seconds() % _QUARTER.total_seconds() == 0
        if twin.moment.zoned and not twin.moment.when.utcoffset() and gap and abs(gap) <= _WIDEST_OFFSET and whole:
            when = best.moment.when.replace(tzinfo=timezone(gap))
            moment = replace(best.moment, when=when, zoned=True)
            return [replace(best, moment=moment, why="its offset is what another place's UTC says"), *ranked[1:]]
    return ranked


def _on_the_minute(candidate: DateCandidate) -> datetime:
    """Return what a clock on the wall shows at the candidate's moment."""
    return candidate.moment.when.replace(second=0, microsecond=0, tzinfo=None)


def _with_address_against_text(ranked: list[DateCandidate]) -> list[DateCandidate]:
    """Put the address first where the best is a text far from the headline, and names another day: today's, perhaps."""
    best = ranked[0] if ranked else None
    if best is None or best.confidence > _FAR_FROM_HEADLINE or not best.origin.startswith(("text", "dom")):
        return ranked
    for candidate in ranked:
        if candidate.origin == "url" and candidate.moment.when.date() != best.moment.when.date():
            return [candidate, *(other for other in ranked if other is not candidate)]
    return ranked


def _on_local_day(candidate: DateCandidate, addressed: list[DateCandidate]) -> DateCandidate:
    """Write a moment that a machine wrote in UTC on the day that the address names, where that is the day beside it.

    The instant stays the same; the offset becomes the smallest whole hour that the two agree with.
    """
    when = candidate.moment.when
    if not addressed or not candidate.moment.zoned or when.utcoffset() or candidate.confidence < 0.7:
        return candidate
    day = addressed[0].moment.when
    if day.date() == when.date() or abs(day.date() - when.date()) > timedelta(days=1):
        return candidate
    gap = (when - day).total_seconds() / 3600
    hours = -int(gap - 24 + 1) if gap >= 24 else -int(gap // 1)
    if abs(hours) > 12:
        return candidate
    moved = replace(candidate.moment, when=when.astimezone(timezone(timedelta(hours=hours))))
    return replace(candidate, moment=moved, why="UTC, on the day that the address names")


def _disambiguated(candidates: list[DateCandidate], modified: list[DateCandidate]) -> list[DateCandidate]:
    """Exchange day and month of an ambiguous best candidate where only that agrees with another place."""
    if not candidates or not candidates[0].moment.ambiguous:
        return candidates
    best = candidates[0]
    when = best.moment.when
    try:
        other = when.replace(day=when.month, month=when.day)
    except ValueError:
        return candidates
    days = {
        candidate.moment.when.date() for candidate in (*candidates[1:], *modified) if not candidate.moment.ambiguous
    }
    if when.date() not in days and other.date() in days:
        exchanged = replace(
            best, moment=replace(best.moment, when=other), why="day and month as another place has them"
        )
        return [exchanged, *candidates[1:]]
    return candidates


def day_order(language: str, region: str, host: str) -> DayOrder:
    """Tell how a page writes days in numbers, by its language, region ("US", "" if unknown) and host name."""
    if language and language != "en":
        return "month-day" if language in ("tl", "fil") else "day-month"
    if region:
        return "month-day" if region in ("US", "PH") else "day-month"
    top = host.rsplit(".", 1)[-1].lower()
    if top in ("us", "gov", "edu", "mil"):
        return "month-day"
    return "unknown" if len(top) != 2 or top in ("io", "co", "ai", "tv", "me") else "day-month"
