"""One raw page as WARC records, and back.

A snapshot is a request record and a response record (or a revisit record, if the archive has the same bytes already),
each its own gzip member, one after the other. Bodies are as the fetcher hands them on: decoded, with the headers that
later stages read. Their HTTP head says so by having no Content-Encoding.
"""

import base64
import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit
from uuid import UUID

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from warraq_shared.errors import PageProblem
from warraq_store.archive.reading import BrokenArchive, payload

# Level 3 takes a third of the time of level 9 and a tenth more room.
_LEVEL: Final = 3
_LARGEST: Final = 1 << 30
_GZIP: Final = 31
_VERSION: Final = "WARC/1.1"
_NAMESPACE: Final = UUID("a3e1f5f4-7f6c-4d9e-9d0e-5f4be4f0c0de")


@dataclass(frozen=True, slots=True)
class RawPage:
    """The bytes of one page as fetched once. ``url`` is the address that answered; header names are lower case."""

    snapshot: str
    url: str
    status: int
    fetched_at: datetime
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Original:
    """Where the same bytes are in the archive already."""

    snapshot: str
    url: str
    fetched_at: datetime


def digest_of(body: bytes) -> str:
    """Return the payload digest of ``body`` as WARC files write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def packed(page: RawPage, original: Original | None = None) -> bytes:
    """Return the records of ``page``, ready to append to a WARC file."""
    return b"".join(_member(record) for record in (_request(page), _response(page, original)))


def warcinfo(filename: str, software: str) -> bytes:
    """Return the record with which a WARC file begins."""
    info = {"software": software, "format": "WARC File Format 1.1", "conformsTo": "http://bibnum.bnf.fr/WARC/"}
    return _member(_writer(BytesIO()).create_warcinfo_record(filename, info))


def _member(record: Any) -> bytes:
    buffer = BytesIO()
    _writer(buffer).write_record(record)
    pack = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    return pack.compress(buffer.getvalue()) + pack.flush()


def _writer(buffer: BinaryIO) -> Any:
    return WARCWriter(buffer, gzip=False, warc_version=_VERSION)


def _request(page: RawPage) -> ArcWarcRecord:
    parts = urlsplit(page.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [("Host", parts.netloc), *((name.title(), value) for name, value in page.sent.items() if name != "host")]
    return _writer(BytesIO()).create_warc_record(
        page.url,
        "request",
        http_headers=StatusAndHeaders(f"GET {target} HTTP/1.1", _safe(lines), is_http_request=True),
        warc_headers_dict=_warc_headers(page, "request") | {"WARC-Concurrent-To": record_id(page.snapshot)},
    )


def _response(page: RawPage, original: Original | None) -> ArcWarcRecord:
    lines = [*page.headers.items(), ("content-length", str(len(page.body)))]
    head = StatusAndHeaders(f"{page.status} ", _safe(lines), protocol="HTTP/1.1")
    digest = digest_of(page.body)
    if original is None:
        return _writer(BytesIO()).create_warc_record(
            page.url,
            "response",
            payload=BytesIO(page.body),
            length=len(page.body),
            http_headers=head,
            warc_headers_dict=_warc_headers(page) | {"WARC-Payload-Digest": digest},
        )
    return _writer(BytesIO()).create_revisit_record(
        page.url,
        digest,
        original.url,
        _iso(original.fetched_at),
        http_headers=head,
        warc_headers_dict=_warc_headers(page) | {"WARC-Refers-To": record_id(original.snapshot)},
    )


def _warc_headers(page: RawPage, kind: str = "") -> dict[str, str]:
    return {"WARC-Record-ID": record_id(page.snapshot + kind), "WARC-Date": _iso(page.fetched_at)}


def record_id(snapshot: str) -> str:
    """Return the record id of a snapshot: the same each time, so that records can refer to each other."""
    return f"<urn:uuid:{_uuid(snapshot)}>"


def _uuid(name: str) -> UUID:
    return UUID(bytes=hashlib.sha256(_NAMESPACE.bytes + name.encode()).digest()[:16], version=5)


def _safe(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return header lines that cannot end before their time."""
    return [(name, " ".join(value.split())) for name, value in lines]


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def unpacked(file: Path, offset: int, length: int) -> tuple[Mapping[str, str], bytes]:
    """Return the headers and the body of the response at a place of ``file``; the body of a revisit is empty.

    Raises:
        BrokenArchive: the file is not there, or holds something else at that place.
    """
    try:
        with file.open("rb") as stream:
            stream.seek(offset)
            content = stream.read(length)
        for record in ArchiveIterator(BytesIO(content)):
            if record.rec_type in ("response", "revisit"):
                return response_headers(record), payload(record, _LARGEST)
    except (OSError, ArchiveLoadFailed, PageProblem, zlib.error, EOFError, ValueError) as problem:
        raise BrokenArchive(f"{file} at {offset} cannot be read: {problem}") from problem
    raise BrokenArchive(f"{file} at {offset} holds no response.")


def response_headers(record: ArcWarcRecord) -> dict[str, str]:
    """Return the headers of a response record, names in lower case."""
    if record.http_headers is None:
        return {}
    return {name.lower(): value for name, value in record.http_headers.headers}
