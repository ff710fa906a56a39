"""One request and its answer: no redirects, no manners, only transport and its limits."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any

import requests
import urllib3.exceptions as u3

from warraq_fetcher.decoding import GZIP_MAGIC, Pieces, codings_of, decoded, first_of
from warraq_fetcher.foreign_errors import translated
from warraq_fetcher.limits import Limits
from warraq_fetcher.session import Session
from warraq_fetcher.sniff import SNIFFED_BYTES, check_readable
from warraq_shared.errors import PageProblem, Permanent
from warraq_shared.reasons import Reason

Note = Callable[[str], None]
ReadBody = Callable[[Pieces, Mapping[str, str], Limits, Note], bytes]

_READ = 65_536
# The first read is short, so that what is not worth reading ends early even if it drips.
_FIRST_READ = 4096
# So small a rest of an unwanted body is read to its end, because that keeps the connection; more is not.
_SMALL_REST = 16_384


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. Header names are lower case; ``latency`` is the seconds until the headers had come."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    sent: Mapping[str, str]
    latency: float
    notes: tuple[str, ...] = ()


def exchange(session: Session, url: str, headers: Mapping[str, str], read_body: ReadBody) -> Answer:
    """Send a GET for ``url`` and read the answer within the session's limits.

    Raises:
        PageProblem: it was refused, did not come, or was not acceptable.
    """
    session.meter.start()
    try:
        with translated(Reason.BAD_URL):
            request = session.prepare(url, headers)
        started = time.monotonic()
        reply = _send(session, request)
        latency = time.monotonic() - started
        try:
            return _answer(session, request, reply, latency, read_body)
        finally:
            reply.close()
    finally:
        session.meter.stop()


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


def _answer(
    session: Session, request: requests.PreparedRequest, reply: requests.Response, latency: float, read_body: ReadBody
) -> Answer:
    headers = {name.lower(): value for name, value in reply.headers.items()}
    notes: list[str] = []
    body = b""
    with translated(Reason.INCOMPLETE_BODY):
        if 200 <= reply.status_code < 300 and reply.status_code not in (204, 205):
            body = read_body(_pieces(reply.raw), headers, session.limits, notes.append)
        else:
            _settle(reply.raw, headers)
    return Answer(reply.status_code, headers, body, dict(request.headers), latency, tuple(dict.fromkeys(notes)))


def read_page(pieces: Pieces, headers: Mapping[str, str], limits: Limits, note: Note) -> bytes:
    """Return a page's body, decompressed, if it is something to read.

    Raises:
        Permanent: ``too-large``, ``wrong-type``.
        Temporary: ``bad-encoding``, ``incomplete-body``.
    """
    _check_length(headers, limits)
    pieces = decoded(pieces, codings_of(headers.get("content-encoding", "")), note)
    first = first_of(pieces, SNIFFED_BYTES)
    if first.startswith(GZIP_MAGIC):
        # A compressed file (sitemap.xml.gz), or one that was compressed twice.
        note("gzip-file")
        pieces = decoded(chain([first], pieces), ("gzip",), note)
        first = first_of(pieces, SNIFFED_BYTES)
    check_readable(first, headers.get("content-type", ""), note)
    return join_up_to(first, pieces, limits.body_bytes)


def join_up_to(first: bytes, pieces: Pieces, limit: int) -> bytes:
    """Return ``first`` and ``pieces`` as one.

    Raises:
        Permanent: ``too-large``: it is more than ``limit`` bytes.
    """
    parts, size = [first], len(first)
    for piece in pieces:
        parts.append(piece)
        size += len(piece)
        if size > limit:
            break
    if size > limit:
        raise Permanent(Reason.TOO_LARGE, f"More than {limit} bytes after decompression.")
    return b"".join(parts)


def _check_length(headers: Mapping[str, str], limits: Limits) -> None:
    length = announced_length(headers)
    if length is not None and length > limits.wire_bytes:
        raise Permanent(Reason.TOO_LARGE, f"It announces {length} bytes; the limit is {limits.wire_bytes}.")


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
