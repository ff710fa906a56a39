"""Fetch one page: redirects, conditions, limits. Every hop is a request with its own turn and its own check."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from warraq_fetcher.exchange import Answer, Head, exchange, read_page
from warraq_fetcher.redirects import check_chain, next_address
from warraq_fetcher.response import Response
from warraq_fetcher.session import Session
from warraq_fetcher.verdict import problem_of
from warraq_shared.errors import Permanent, Temporary
from warraq_shared.messages import Hop
from warraq_shared.reasons import Reason
from warraq_shared.urls import canonical, same_site

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Request:
    """What to fetch. ``headers`` are a source's own; they go to its own site only."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    accept_language: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Trail:
    """What happened on the way, kept also when the fetch ends with a problem."""

    hops: list[Hop] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Turn(Protocol):
    """Permission to ask a host once."""

    def answered(self, head: Head) -> None:
        """Tell how the host answered."""


class Turns(Protocol):
    """Where permission comes from: robots.txt and the host's pace."""

    def turn(self, url: str, *, begun: bool = False) -> AbstractContextManager[Turn]:
        """Wait for the turn to ask for ``url``. ``begun``: it is a later step of a page that was begun.

        Raises:
            PageProblem: it may not be asked for, or not now.
        """


def fetch(request: Request, session: Session, turns: Turns, now: Clock, trail: Trail) -> Response:
    """Fetch a page and return it whole, or the server's word that it has not changed (status 304).

    Raises:
        PageProblem: why there is no page.
    """
    session.meter.new_page()
    url = checked_address(request.url, session.limits.url_length)
    while True:
        answer = _ask(request, url, session, turns, trail)
        target = next_address(url, answer.head.status, answer.head.headers.get("location"))
        if target is None:
            return _concluded(request, answer, session, now(), trail)
        trail.hops.append(Hop(url=url, status=answer.head.status))
        check_chain(trail.hops, target, session.limits.redirects)
        url = checked_address(target, session.limits.url_length)


def checked_address(url: str, longest: int) -> str:
    """Return the canonical spelling of ``url``.

    Raises:
        Permanent: ``url-too-long``, ``bad-url``.
    """
    if len(url) > longest:
        raise Permanent(Reason.URL_TOO_LONG, f"{len(url)} characters; the limit is {longest}.")
    address = canonical(url)
    if len(address) > longest:
        raise Permanent(Reason.URL_TOO_LONG, f"{len(address)} characters; the limit is {longest}.")
    return address


def _ask(request: Request, url: str, session: Session, turns: Turns, trail: Trail) -> Answer:
    """Ask for ``url``; once more without conditions if the answer is a 304 that nobody asked for."""
    headers = _headers(request, url)
    answer = _ask_once(url, headers, session, turns, trail)
    if answer.head.status == 304 and not _has_condition(request):
        trail.notes.append("unasked-304")
        answer = _ask_once(url, headers | {"Cache-Control": "no-cache"}, session, turns, trail)
    return answer


def _ask_once(url: str, headers: dict[str, str], session: Session, turns: Turns, trail: Trail) -> Answer:
    with turns.turn(url, begun=bool(trail.heads)) as turn:

        def heard(head: Head) -> None:
            trail.heads.append(head)
            turn.answered(head)

        answer = exchange(session, url, headers, read_page, heard)
        trail.notes.extend(answer.notes)
    return answer


def _headers(request: Request, url: str) -> dict[str, str]:
    headers: dict[str, str] = {}
    if request.accept_language:
        headers["Accept-Language"] = request.accept_language
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.last_modified:
        headers["If-Modified-Since"] = request.last_modified
    if request.headers and same_site(url, request.url):
        headers.update(request.headers)
    return headers


def _has_condition(request: Request) -> bool:
    return bool(request.etag or request.last_modified)


def _concluded(request: Request, answer: Answer, session: Session, fetched_at: datetime, trail: Trail) -> Response:
    head = answer.head
    problem = problem_of(head.status, head.headers, fetched_at)
    if problem is not None:
        raise problem
    if head.status == 304 and not _has_condition(request):
        raise Temporary(Reason.BAD_RESPONSE, "Not modified, though nothing was said of what we have.", http_status=304)
    if head.status != 304 and (not answer.body or answer.body.isspace()):
        raise Temporary(Reason.EMPTY_BODY, http_status=head.status)
    return Response(
        url=request.url,
        final_url=head.url,
        status=head.status,
        headers=head.headers,
        body=answer.body,
        fetched_at=fetched_at,
        seconds=session.meter.spent(),
        hops=tuple(trail.hops),
        wire_bytes=session.meter.bytes_in,
        notes=tuple(dict.fromkeys(trail.notes)),
        sent=head.sent,
    )
