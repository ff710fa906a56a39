"""How sources are shown, as JSON documents and as text."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session

from warraq_shared.console import amount, isolated, shown
from warraq_shared.messages import FetchPolicy
from warraq_store.sources.diagnosis import Condition, Health, HubHealth, PolledHealth, spark_line
from warraq_store.sources.every import exact_span, span_text
from warraq_store.sources.sources import polled_pages
from warraq_store.tables import Source

_MARKS = {
    Condition.FAILING: "!",
    Condition.RESTING: "!",
    Condition.FRUITLESS: "!",
    Condition.EMPTY: "!",
    Condition.WAITING: "!",
    Condition.QUIET: "?",
    Condition.PAUSED: "‖",
}
_SHOWN_PAGES = 12


def source_document(session: Session, source: Source) -> dict[str, Any]:
    """Return a source as one JSON-ready document."""
    polled = polled_pages(session, source)
    return {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "site": source.site,
        "every": source.every,
        "time_zone": source.time_zone,
        "language": source.language,
        "tags": source.tags,
        "include": source.include,
        "exclude": source.exclude,
        "revisits": source.revisits,
        "max_age_seconds": source.max_age_seconds,
        "pagination": source.pagination,
        "policy": source.policy,
        "rules": source.rules,
        "paused": source.paused,
        "paused_because": source.paused_because,
        "created_at": source.created_at,
        "pages": [{"url": page.url, "role": page.role, "next_due": page.due_at} for page in polled],
    }


def source_text(document: dict[str, Any]) -> str:
    """Return a source as a few lines a person reads."""
    zone = "" if document["time_zone"] == "UTC" else f" {document['time_zone']}"
    lines = [f"{document['id']}  {isolated(document['name'])}", f"  every: {document['every']}{zone}"]
    names = ("language", "tags", "include", "exclude", "revisits")
    lines += [f"  {name}: {isolated(shown(document[name]))}" for name in names if document[name]]
    lines += [f"  {line}" for line in _policy_lines(FetchPolicy.model_validate(document["policy"]))]
    if document["max_age_seconds"] is not None:
        limit = document["max_age_seconds"]
        lines.append(f"  items up to: {span_text(limit) if limit else 'any age'}")
    if document["pagination"] > 1:
        lines.append(f"  lists up to page: {document['pagination']}")
    if document["rules"]:
        lines.append(f"  rules of its own: {_rules_text(document)}")
    for page in document["pages"][:_SHOWN_PAGES]:
        following = "" if document["paused"] else f"  next {shown(page['next_due'])}"
        lines.append(f"  {page['role']:8} {page['url']}{following}")
    return "\n".join(lines)


def _policy_lines(policy: FetchPolicy) -> Iterator[str]:
    """Yield what is asked of the fetcher; values that may be secrets are left to ``--json``."""
    if policy.delay_seconds is not None:
        yield f"delay: {exact_span(policy.delay_seconds)}"
    if not policy.obey_robots:
        yield "robots: not obeyed"
    if policy.accept_language:
        yield f"accept-language: {policy.accept_language}"
    if policy.headers:
        yield f"headers: {', '.join(policy.headers)}"
    if policy.proxy:
        yield f"proxy: {urlsplit(policy.proxy).hostname}"


def _rules_text(document: dict[str, Any]) -> str:
    return f"{amount(len(document['rules'].splitlines()), 'line')}; `warraq source show {document['id']} --rules`"


def list_row(source: Source, found: Health) -> dict[str, Any]:
    """Return the row of ``warraq source list`` for one source."""
    due = [page.next_due for page in found.pages if page.next_due is not None and not source.paused]
    return {
        "mark": _MARKS.get(found.condition, "✓" if found.condition is Condition.GOOD else "·"),
        "ill": found.condition in _MARKS,
        "id": source.id,
        "name": source.name,
        "condition": f"{found.condition}"
        + (f" since {shown(found.since)}" if found.since and _MARKS.get(found.condition) else ""),
        "because": found.because,
        "every": source.every,
        "pushed": _is_pushed(found),
        "week": spark_line(found.seen),
        "new": sum(found.seen),
        "articles": found.articles,
        "last_new": found.brought_at,
        "next_due": min(due, default=None),
        "tags": source.tags,
        "has_rules": source.rules is not None,
    }


def health_text(found: Health, document: dict[str, Any]) -> str:
    """Return the answer of ``warraq source why`` as text."""
    since = f" since {shown(found.since)} UTC" if found.since else ""
    lines = [
        f"{isolated(found.name)}: {found.condition}{since}",
        f"  {isolated(found.because)}",
    ]
    if found.advice:
        lines.append(f"  → {found.advice}")
    lines += [
        "",
        f"  last 7 days  {spark_line(found.seen)}  {' '.join(map(str, found.seen))} new items"
        f" ({sum(found.seen)}; {_expected(found)})",
        f"  articles     {found.articles} in 7 days",
        f"  last new     {shown(found.brought_at)}",
        f"  last success {shown(found.succeeded_at)}",
    ]
    lines += [f"  left out     {_left_out(found.left_out)}"] if found.left_out else []
    lines += [f"  their pages  {_ends(found.ends)}"] if found.ends else []
    lines += [f"  own rules    {_rules_text(document)}"] if document["rules"] else []
    paused = found.condition is Condition.PAUSED
    lines += ["", *(line for page in found.pages[:_SHOWN_PAGES] for line in _page_lines(page, paused=paused))]
    more = len(found.pages) - _SHOWN_PAGES
    return "\n".join([*lines, *([f"  and {more} more"] if more > 0 else [])])


def _expected(found: Health) -> str:
    if found.expected_a_day is None:
        return "too new to say how many were to be expected"
    return f"expected about {found.expected_a_day * len(found.seen):.0f}"


def _left_out(counts: dict[str, int]) -> str:
    words = {"too_old": "too old", "excluded": "left out by pattern", "trapped": "endless series"}
    return ", ".join(f"{number} {words[name]}" for name, number in counts.items())


def _ends(counts: dict[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda entry: -entry[1])
    return ", ".join(f"{number} {reason}" for reason, number in ordered[:6])


def _page_lines(page: PolledHealth, *, paused: bool) -> list[str]:
    answer = f"HTTP {page.http_status}, " if page.http_status else ""
    looked = f"looked at {shown(page.polled_at)}: {answer}{page.reason}" if page.polled_at else "not looked at yet"
    brought = f", {amount(page.items, 'item')}, {page.new_items} new" if page.items and not page.failing_since else ""
    lines = [f"  {page.role:8} {page.url}", f"           {looked}{brought}"]
    if page.detail:
        lines.append(f"           {isolated(page.detail)}")
    because = f" ({page.wait_because})" if page.wait_because and page.failing_since is None else ""
    lines += [] if paused else [f"           next {shown(page.next_due)}{because}"]
    return lines + ([f"           {line}" for line in _hub_lines(page.hub)] if page.hub else [])


def _hub_lines(hub: HubHealth) -> list[str]:
    """Return how it is with a WebSub hub: until when it pushes, or why it does not."""
    told = {
        "active": f"subscribed at {hub.url} until {shown(hub.ends_at)}",
        "asked": f"asked {hub.url} for pushes at {shown(hub.asked_at)}; it has not asked back yet",
        "refused": f"no pushes: {hub.url} refused",
        "offered": f"offers WebSub at {hub.url}; "
        + ("to be asked again" if hub.asked_at else "not asked yet (WARRAQ_WEBSUB_CALLBACK_URL)"),
    }
    lines = [told.get(hub.state, hub.url)]
    if hub.because:
        lines.append(f"  because: {isolated(hub.because)}")
    if hub.pushes:
        missed = "; polled as usual, since a poll found what no push had announced" if hub.missed else ""
        lines.append(f"  last push {shown(hub.pushed_at)}, {hub.pushes} so far{missed}")
    elif hub.state == "active":
        lines.append("  no push yet; polled as usual until the first")
    if hub.forged:
        lines.append(f"  not acted on: {amount(hub.forged, 'push', 'pushes')} not signed with our secret")
    return lines


def _is_pushed(found: Health) -> bool:
    return any(page.hub is not None and page.hub.state == "active" for page in found.pages)
