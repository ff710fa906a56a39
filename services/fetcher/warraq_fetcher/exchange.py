"""One request and its answer: no redirects, no manners, only transport and its limits."""

import io
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any

import requests
import urllib3.exceptions as u3

from warraq_fetcher.foreign_errors import translated
from warraq_fetcher.limits import Limits
from warraq_fetcher.session import Session
from warraq_fetcher.sniff import SNIFFED_BYTES, check_readable
from warraq_shared.decoding import GZIP_MAGIC, Pieces, codings_of, decoded, first_of
from warraq_shared.errors import PageProblem, Permanent, Temporary
from warraq_shared.reasons import Reason

Note = Callable[[str], None]
ReadBody = Callable[[Pieces, Mapping[str, str], Session, Note], bytes]

_READ = 65_536
# The first read is short, so that what is not worth reading ends early even if it drips.
_FIRST_READ = 4096
# So small a rest of an unwanted body is read to its end, because that keeps the connection; more is not.
_SMALL_REST = 16_384


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an answer. Header names are lower case.

    ``sent`` are the request's headers; ``latency`` is the seconds until the answer's head had come, ``came_at`` when
    that was, by the monotonic clock.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    sent: Mapping[str, str]
    latency: float
    came_at: float


Heard = Callable[[Head], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: its head, its body (empty unless it is content), and short codes of what was odd."""

    head: Head
    body: bytes
    notes: tuple[str, ...] = ()


def exchange(
    session: Session,
    url: str,
    headers: Mapping[str, str],
    read_body: ReadBody,
    heard: Heard,
    form: Mapping[str, str] | None = None,
) -> Answer:
    """Send a GET for ``url``, or POST ``form`` to it, and read the answer within the session's limits.

    ``heard`` is told the head when it came. The body of an answer is read if it is content; to a form, always: it may
    say why the form was refused.

    Raises:
        PageProblem: it was refused, did not come, or was not acceptable.
    """
    session.meter.start()
    try:
        with translated(Reason.INTERNAL):  # such as a header of a source's settings that cannot be sent
            request = session.prepare(url, headers, form)
        started = time.monotonic()
        reply = _send(session, request)
        try:
            head = _head(url, request, reply, started)
            heard(head)
            return _read(session, head, reply, read_body, always=form is not None)
        finally:
            reply.close()
    finally:
        session.meter.stop()


def _head(url: str, request: requests.PreparedRequest, reply: requests.Response, started: float) -> Head:
    came_at = time.monotonic()
    headers = {name.lower(): value for name, value in reply.headers.items()}
    return Head(url, reply.status_code, headers, dict(request.headers), came_at - started, came_at)


def _send(session: Session, request: requests.PreparedRequest) -> requests.Response:
    """Send ``request``; once more if a connection that was kept alive turns out to be closed at the other end."""
    dials, came = session.meter.dials, session.meter.bytes_in
    try:
        with translated(Reason.BAD_RESPONSE):
            return session.send(request)
    except PageProblem as problem:
        was_kept = session.meter.dials == dials and session.meter.bytes_in == came
        if not (was_kept and problem.reason is Reason.BAD_RESPONSE):
            raise
    with translated(Reason.BAD_RESPONSE):
        return session.send(request)


def _read(session: Session, head: Head, reply: requests.Response, read_body: ReadBody, *, always: bool) -> Answer:
    notes: list[str] = []
    body = b""
    try:
        with translated(Reason.INCOMPLETE_BODY):
            if always or (200 <= head.status < 300 and head.status not in (204, 205)):
                body = read_body(_pieces(reply.raw), head.headers, session, notes.append)
            else:
                _settle(reply.raw, head.headers)
    except PageProblem as problem:
        problem.http_status = problem.http_status or head.status
        raise
    return Answer(head, body, tuple(dict.fromkeys(notes)))


def read_page(pieces: Pieces, headers: Mapping[str, str], session: Session, note: Note) -> bytes:
    """Return a page's body, decompressed, if it is something to read.

    Raises:
        Permanent: ``too-large``, ``wrong-type``.
        Temporary: ``bad-encoding``, ``incomplete-body``.
    """
    _check_framing(headers, session.limits)
    pieces = decoded(pieces, codings_of(headers.get("content-encoding", "")), note)
    first = first_of(pieces, SNIFFED_BYTES)
    if first.startswith(GZIP_MAGIC):
        # A compressed file (sitemap.xml.gz), or one that was compressed twice.
        note("gzip-file")
        pieces = decoded(chain([first], pieces), ("gzip",), note)
        first = first_of(pieces, SNIFFED_BYTES)
    check_readable(first, headers.get("content-type", ""), note)
    return _whole(chain([first], pieces), session)


def _check_framing(headers: Mapping[str, str], limits: Limits) -> None:
    """Check that the body's end can be told, and that it is not known to be too far.

    Raises:
        Permanent: ``too-large``.
        Temporary: ``bad-response``: a transfer coding that ``http.client`` takes for none (RFC 9112, 6.1).
    """
    coding = headers.get("transfer-encoding", "chunked").strip().lower()
    if coding not in ("chunked", "identity"):
        raise Temporary(Reason.BAD_RESPONSE, f"Transfer-Encoding {coding[:40]!r} is not known.")
    announced = announced_length(headers)
    if announced is not None and announced > limits.wire_bytes:
        raise Permanent(Reason.TOO_LARGE, f"It announces {announced} bytes; the limit is {limits.wire_bytes}.")


def _whole(pieces: Pieces, session: Session) -> bytes:
    """Return ``pieces`` as one, held once in memory.

    Raises:
        Permanent: ``too-large``.
    """
    limit = session.limits.body_bytes
    body = io.BytesIO()
    for piece in pieces:
        size = body.tell() + len(piece)
        if size > limit:
            raise Permanent(Reason.TOO_LARGE, f"More than {limit} bytes after decompression.")
        session.large.need(size, session.meter)
        body.write(piece)
    return body.getvalue()


def announced_length(headers: Mapping[str, str]) -> int | None:
    """Return what Content-Length says; None if it says nothing or no number."""
    text = headers.get("content-length", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _pieces(raw: Any) -> Pieces:
    """Read the body as it was sent, to its end.

    Raises:
        Temporary: ``incomplete-body``, ``timeout``.
    """
    size = _FIRST_READ
    while piece := raw.read(size, decode_content=False):
        yield piece
        size = _READ


def _settle(raw: Any, headers: Mapping[str, str]) -> None:
    """Read the rest of an unwanted body if that is cheaper than a new connection. It is not decompressed."""
    length = announced_length(headers)
    if length is not None and length <= _SMALL_REST and "transfer-encoding" not in headers:
        with suppress(PageProblem, u3.HTTPError, OSError):  # nobody needs it; the connection is closed then
            raw.read(_SMALL_REST, decode_content=False)
