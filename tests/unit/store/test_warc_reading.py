"""WARC files of anybody are read: every response that can be, with its place, and the rest is told, not lost."""

import gzip
import zlib
from io import BytesIO

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from warraq_store.archive.reading import BrokenArchive, Damaged, Response, payload, responses

MOST = 100_000
TEXT = b"<html><p>A text of the page, long enough to be cut.</p></html>" * 20


def record(
    name: str, body: bytes = TEXT, *, kind: str = "response", head: str = "", status: str = "HTTP/1.1 200 OK"
) -> bytes:
    http = f"{status}\r\nContent-Type: text/html\r\n{head}\r\n".encode() + body
    warc = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://news.example/{name}\r\n"
        f"WARC-Date: 2026-10-20T10:00:00Z\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return warc.encode() + http + b"\r\n\r\n"


def read(content: bytes, *, start: int = 0, most: int = MOST) -> list[str]:
    """Return the name of each response, and "damaged" for each place that could not be read."""
    return list(map(name_of, responses(BytesIO(content), start=start, most=most)))


def name_of(one: Response | Damaged) -> str:
    if isinstance(one, Damaged):
        return "damaged"
    return str(one.record.rec_headers.get_header("WARC-Target-URI")).rpartition("/")[2]


def bodies(*records: bytes) -> list[bytes]:
    found = responses(BytesIO(b"".join(map(gzip.compress, records))), most=MOST)
    return [payload(one.record, MOST) for one in found if not isinstance(one, Damaged)]


@pytest.mark.parametrize("packed", [True, False])
def test_records_of_other_kinds_are_passed_over_and_places_are_right_from_any_start(packed: bool) -> None:
    parts = [record("a"), record("a", kind="request"), record("b"), record("c")]
    parts = list(map(gzip.compress, parts)) if packed else parts
    whole = b"".join(parts)
    assert read(whole) == ["a", "b", "c"]
    for start in (0, len(parts[0]), len(parts[0]) + len(parts[1])):
        for one in responses(BytesIO(whole), start=start, most=MOST):
            assert not isinstance(one, Damaged)
            assert read(whole[one.offset : one.end]) == [name_of(one)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_record_costs_itself_alone(packed: bool) -> None:
    parts = [record("a"), record("b"), record("c"), record("d")]
    parts = list(map(gzip.compress, parts)) if packed else parts
    middle = parts[1][:5] + b"\x5a" * (len(parts[1]) - 5)
    assert read(b"".join([parts[0], middle, *parts[2:]])) == ["a", "damaged", "c", "d"]
    assert read(b"".join([parts[0], b"\0" * 512, *parts[1:]])) == ["a", "damaged", "b", "c", "d"]
    assert read(b"".join(parts)[:-200]) == ["a", "b", "c", "damaged"]


def test_a_record_that_is_shorter_than_it_says_is_damaged() -> None:
    liar = record("b").replace(b"Content-Length: ", b"Content-Length: 9", 1)
    assert read(b"".join(map(gzip.compress, (record("a"), liar, record("c"))))) == ["a", "damaged", "c"]


def test_what_is_no_warc_file_or_one_stream_says_so() -> None:
    for content in (b"<html>this is no archive</html>", gzip.compress(record("a") + record("b"))):
        with pytest.raises(BrokenArchive):
            read(content)
    assert read(b"") == []


def test_a_large_record_is_read_as_far_as_the_limit_and_the_next_is_found() -> None:
    content = b"".join(map(gzip.compress, (record("a", b"x" * 5_000_000), record("b"))))
    found = [one for one in responses(BytesIO(content), most=1000) if not isinstance(one, Damaged)]
    assert [len(payload(one.record, 1000)) for one in found] == [1001, 1001]


def chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (TEXT, ""),
        (chunked(TEXT), "Transfer-Encoding: chunked\r\n"),
        (gzip.compress(TEXT), "Content-Encoding: gzip\r\n"),
        (zlib.compress(TEXT), "Content-Encoding: deflate\r\n"),
        (brotli.compress(TEXT), "Content-Encoding: br\r\n"),
        (zstandard.compress(TEXT), "Content-Encoding: zstd\r\n"),
        (chunked(gzip.compress(TEXT)), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
        # Many crawlers undo the codings and keep the headers.
        (TEXT, "Content-Encoding: gzip\r\n"),
        (TEXT, "Content-Encoding: br\r\n"),
        (TEXT, "Transfer-Encoding: chunked\r\n"),
    ],
    ids=["plain", "chunked", "gzip", "deflate", "br", "zstd", "both", "no-gzip", "no-br", "not-chunked"],
)
def test_the_body_is_what_the_page_is_whatever_was_done_to_it(body: bytes, head: str) -> None:
    assert bodies(record("a", body, head=head)) == [TEXT]


@pytest.mark.parametrize("status", ["HTTP/2 200", "HTTP/2.0 200 OK", "HTTP/1.1 200", "ICY 200 OK"])
def test_status_lines_of_all_kinds_are_read(status: str) -> None:
    found = next(responses(BytesIO(gzip.compress(record("a", status=status))), most=MOST))
    assert not isinstance(found, Damaged)
    assert found.record.http_headers.get_statuscode() == "200"


@given(st.binary(max_size=400), st.integers(0, 300))
def test_whatever_stands_in_a_file_what_follows_is_found(junk: bytes, at: int) -> None:
    first, last = gzip.compress(record("a")), gzip.compress(record("z"))
    content = first + junk + first[:at] + last
    try:
        assert read(content)[0] == "a"
        assert read(content)[-1] in ("z", "damaged")
    except BrokenArchive:
        assert b"WARC/" in zlib.decompressobj(31).decompress(junk)
