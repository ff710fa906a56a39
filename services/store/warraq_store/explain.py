"""The life story of a page: what was decided about it at each stage, when, how long it took and why.

One row a page holds its story as a short list, so that writing it costs one statement a message and it can never grow:
the first steps stay, then the newest. A step that only repeats the one before is counted instead of kept again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlmodel import Session, col, select

from warraq_shared.article import Article
from warraq_shared.messages import EndedFetch, FetchedPage, Hop, ParsedPage
from warraq_shared.parsed import Candidate, Parsed
from warraq_shared.reasons import Reason
from warraq_store.article_tables import History
from warraq_store.articles.articles import Outcome, Stored
from warraq_store.upserts import upsert

FIRST_KEPT: Final = 6
NEWEST_KEPT: Final = 34
_LONGEST_DETAIL: Final = 400
_MOST_SENTENCES: Final = 12
_LONGEST_SENTENCE: Final = 120
# A step of the newest reading alone has these.
_OF_THE_NEWEST: Final = ("contested", "because")
_DATES: Final = ("published_at", "modified_at")


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a page's story.

    ``stage`` is lease, fetch, parse or store; ``decision`` says what was done in a word or two; ``reason`` is a code of
    ``Reason``; ``seconds`` is how long it took; ``times`` counts repetitions, the newest of which was at ``at``.
    Only the newest reading of a page keeps what was weighed for its fields, and why it is thought to be no article.
    """

    at: str
    stage: str
    decision: str
    reason: str
    detail: str = ""
    seconds: float | None = None
    times: int = 1
    contested: tuple[Candidate, ...] = ()
    because: tuple[str, ...] = ()


def of_ended_fetch(ended: EndedFetch) -> list[Event]:
    """Return the steps of a fetch that brought nothing to parse."""
    reason = ended.reason
    status = f"HTTP {ended.http_status}" if ended.http_status and str(ended.http_status) not in ended.detail else ""
    wait = f"asked again after {ended.retry_after:.0f} s" if ended.retry_after else ""
    whole_host = "the whole host waits" if ended.host_wait else ""
    moved = f"now at {ended.moved_to}" if ended.moved_to else ""
    detail = _joined(ended.detail, status, _hops(ended.hops, ""), moved, wait, whole_host, *ended.notes)
    return [_event(ended.ended_at, "fetch", reason.state.value, reason, detail, ended.seconds)]


def of_fetched(fetched: FetchedPage) -> list[Event]:
    """Return the steps of a fetch that brought bytes; none if they came from the archive."""
    if fetched.batch is not None:
        return []
    kind = fetched.headers.get("content-type", "")
    for_good = "moved for good" if fetched.moved_for_good else ""
    detail = _joined(
        f"HTTP {fetched.status}",
        kind,
        f"{fetched.size} bytes",
        _hops(fetched.hops, fetched.final_url),
        for_good,
        *fetched.notes,
    )
    return [_event(fetched.fetched_at, "fetch", "fetched", Reason.OK, detail, fetched.seconds)]


def of_parsed(page: ParsedPage, parsed: Parsed | None, now: datetime) -> list[Event]:
    """Return the step of the parser: what it took the page for, what was odd, and where the dates come from."""
    found = [f"links: {len(parsed.links)}"] if parsed and parsed.links else []
    dates = _dates(parsed.article) if parsed and parsed.article else []
    again = ["from the archive"] if page.fetched.batch else []
    detail = _joined(page.detail, *again, *found, *dates, *(parsed.notes if parsed else ()))
    event = _event(now, "parse", page.page_kind.value, page.reason, detail, page.seconds)
    return [replace(event, contested=parsed.contested, because=_cut(parsed.because)) if parsed else event]


def _cut(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(one[:_LONGEST_SENTENCE] for one in sentences)[:_MOST_SENTENCES]


def _dates(article: Article) -> list[str]:
    """Say for each date which origin won and how sure that is."""
    said = []
    for name in _DATES:
        moment, evidence = getattr(article, name), article.evidence.get(name)
        if moment is not None and evidence is not None:
            precision = f", to the {evidence.precision}" if evidence.precision else ""
            said.append(f"{name} {moment.isoformat()} by {evidence.origin} ({evidence.confidence:.2f}{precision})")
    return said


def of_stored(
    stored: Stored, *, url: str, page_url: str, moved: bool, now: datetime, seconds: float | None = None
) -> list[Event]:
    """Return the steps of keeping an article: which it is, whether it changed and why, and under which address."""
    events = [_event(now, "store", *_outcome(stored), None if seconds is None else round(seconds, 4))]
    if url != page_url:
        why = "it moved for good" if moved else "the page names it as its canonical address"
        reason = Reason.MOVED if moved else Reason.DUPLICATE_URL
        events.append(_event(now, "store", "known by another address", reason, f"{url}, because {why}"))
    return events


def _outcome(stored: Stored) -> tuple[str, Reason, str]:
    article = f"article {stored.article_id}"
    match stored.outcome:
        case Outcome.NEW:
            return "new article", Reason.OK, article
        case Outcome.CHANGED:
            return f"revision {stored.revision}", Reason.OK, f"{article}, because of: {stored.because}"
        case Outcome.SAME:
            return "same text", Reason.OK, f"{article}; counters, times and spelling do not count as changes"
        case _:
            return "nothing new", Reason.OK, f"{article} has a text that was fetched later"


def of_lost_lease(attempt: int, now: datetime) -> list[Event]:
    """Return the step of taking a page back from a worker that did not report."""
    return [_event(now, "lease", "taken back", Reason.LEASE_EXPIRED, f"handing-out {attempt}")]


def _event(
    at: datetime, stage: str, decision: str, reason: Reason, detail: str = "", seconds: float | None = None
) -> Event:
    moment = at.replace(microsecond=at.microsecond // 1000 * 1000).isoformat()
    return Event(moment, stage, decision, reason.value, detail[:_LONGEST_DETAIL], seconds or None)


def _hops(hops: Sequence[Hop], end: str) -> str:
    """Write a chain of redirects, with the address that it led to."""
    return " → ".join([*(f"{hop.status} at {hop.url}" for hop in hops), *([end] if hops and end else [])])


def _joined(*parts: str) -> str:
    return "; ".join(part.removesuffix(".") for part in parts if part)


def remember(session: Session, events: Mapping[int, Iterable[Event]]) -> None:
    """Add ``events`` to the stories of pages, by page id."""
    fresh = {page: list(some) for page, some in events.items()}
    if not fresh:
        return
    query = select(History).where(col(History.page_id).in_(fresh)).with_for_update()
    told = {row.page_id: row.events for row in session.exec(query)}
    rows = [{"page_id": page, "events": _continued(told.get(page, []), some)} for page, some in sorted(fresh.items())]
    session.execute(upsert(session, History, ("page_id",), ("events",)), rows)


def _continued(told: Sequence[dict[str, Any]], fresh: Iterable[Event]) -> list[dict[str, Any]]:
    story = list(told)
    for event in fresh:
        step = _compact(event)
        if event.stage == "parse":
            story = [{name: value for name, value in one.items() if name not in _OF_THE_NEWEST} for one in story]
        if story and _same(story[-1], step):
            story[-1] = step | {"times": story[-1].get("times", 1) + 1}
        else:
            story.append(step)
    return story if len(story) <= FIRST_KEPT + NEWEST_KEPT else [*story[:FIRST_KEPT], *story[-NEWEST_KEPT:]]


def _compact(event: Event) -> dict[str, Any]:
    """Return an event as its row keeps it: without what is empty, candidates as rows by field."""
    plain = {one.name: getattr(event, one.name) for one in fields(event)}
    plain["contested"] = {
        name: [[one.value, one.origin, round(one.confidence, 3), int(one.won), one.why] for one in rivals]
        for name, rivals in groupby(event.contested, key=lambda one: one.field)
    }
    return {name: value for name, value in plain.items() if value and (name, value) != ("times", 1)}


def _event_of(step: Mapping[str, Any]) -> Event:
    rivals = tuple(
        Candidate(field=name, value=value, origin=origin, confidence=confidence, won=bool(won), why=why)
        for name, rows in step.get("contested", {}).items()
        for value, origin, confidence, won, why in rows
    )
    return Event(**{**step, "contested": rivals, "because": tuple(step.get("because", ()))})


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("stage", "decision", "reason", "detail"))


def story_of(session: Session, page_id: int) -> list[Event]:
    """Return the story of a page, oldest step first."""
    row = session.get(History, page_id)
    return [_event_of(step) for step in row.events] if row else []
