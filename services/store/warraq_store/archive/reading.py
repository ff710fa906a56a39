"""Reading WARC files of anybody, however damaged: each response with its place, and what could not be read.

The file is cut into records first, each gzip member or each stretch of its Content-Length by itself, so that a damaged
one costs itself alone: reading goes on at the next place that begins as a record does.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Final, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from warraq_shared.decoding import codings_of, decoded
from warraq_shared.errors import WarraqError

_GZIP: Final = 31
_MAGIC: Final = b"\x1f\x8b\x08"
_BLOCK: Final = 32 * 1024
_HEAD: Final = 64 * 1024
_BEGIN: Final = b"WARC/"
_VERSION_LINE = re.compile(rb"WARC/\d\.\d{1,2}[ \t]*\r?\n")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


class BrokenArchive(WarraqError):
    """A place in a WARC file does not hold what SQL says, or the file is no WARC file."""


class Response(NamedTuple):
    """A response record and its place in the file: from ``offset`` to before ``end``."""

    record: ArcWarcRecord
    offset: int
    end: int


class Damaged(NamedTuple):
    """A place where no record could be read, and why."""

    offset: int
    problem: str


class _Stretch(NamedTuple):
    offset: int
    end: int
    content: bytes


def responses(stream: BinaryIO, *, start: int = 0, most: int) -> Iterator[Response | Damaged]:
    """Yield each response of a WARC file from offset ``start`` on, and each place that could not be read.

    Of a record at most ``most`` bytes, and some for its headers, are held in memory.

    Raises:
        BrokenArchive: it is no WARC file, or one whose records cannot be told apart.
    """
    stream.seek(0)
    begin = stream.read(len(_BEGIN))
    if begin and not begin.startswith((_MAGIC, _BEGIN)):
        raise BrokenArchive("The file is no WARC file: it begins with something else.")
    cut = _members if begin.startswith(_MAGIC) else _stretches
    for one in cut(stream, start, most + _HEAD):
        found = one if isinstance(one, Damaged) else _response(one, most + _HEAD)
        if found is not None:
            yield found


def _response(one: _Stretch, most: int) -> Response | Damaged | None:
    """Return the record of a stretch if it is a response; None if it is of another kind."""
    if len(one.content) < min(_declared_end(one.content), most):
        return Damaged(one.offset, "The record is shorter than it says.")
    try:
        records = iter(ArchiveIterator(BytesIO(one.content)))
        record = next(records, None)
    except (ArchiveLoadFailed, ValueError) as problem:
        return Damaged(one.offset, str(problem).strip())
    if record is None or record.rec_type != "response" or record.http_headers is None:
        return None
    return Response(record, one.offset, one.end)


def _declared_end(content: bytes) -> int:
    """Return where the record that ``content`` begins with ends, as it says itself; 0 if it does not say."""
    head = _BLANK_LINE.search(content, 0, _HEAD) if _VERSION_LINE.match(content) else None
    length = _LENGTH.search(content, 0, head.end()) if head else None
    return head.end() + int(length.group(1)) if head and length else 0


def _members(stream: BinaryIO, start: int, most: int) -> Iterator[_Stretch | Damaged]:
    """Yield each gzip member from ``start`` on, unpacked up to ``most`` bytes."""
    place: int | None = start
    while place is not None:
        try:
            member = _member(stream, place, most)
        except zlib.error as problem:
            yield Damaged(place, f"The gzip member is damaged: {problem}")
            place = _next_member(stream, place + 1)
            continue
        if member is None:
            return
        end = _declared_end(member.content)
        if end and member.content[end : end + _HEAD].lstrip().startswith(_BEGIN):
            raise BrokenArchive(
                "All records are in one gzip stream, so that none has a place of its own."
                " `warcio recompress FILE NEW` makes a file that can be read."
            )
        yield member
        place = member.end


def _member(stream: BinaryIO, place: int, most: int) -> _Stretch | None:
    """Return the gzip member that begins at ``place``; None at the end of the file.

    Raises:
        zlib.error: it is damaged or cut.
    """
    stream.seek(place)
    unpack, content, end = zlib.decompressobj(_GZIP), bytearray(), place
    while not unpack.eof:
        data = unpack.unconsumed_tail or stream.read(_BLOCK)
        if not data:
            if end == place:
                return None
            raise zlib.error("the file ends within it")
        end += 0 if unpack.unconsumed_tail else len(data)
        content += unpack.decompress(data, _BLOCK)[: max(0, most - len(content))]
    return _Stretch(place, end - len(unpack.unused_data), bytes(content))


def _next_member(stream: BinaryIO, place: int) -> int | None:
    """Return where the next gzip member that holds a record begins."""
    for found in _occurrences(stream, place, _MAGIC):
        stream.seek(found)
        try:
            begins = zlib.decompressobj(_GZIP).decompress(stream.read(4096), len(_BEGIN))
        except zlib.error:
            continue
        if begins == _BEGIN:
            return found
    return None


def _stretches(stream: BinaryIO, start: int, most: int) -> Iterator[_Stretch | Damaged]:
    """Yield each record of a file that is not compressed, from ``start`` on, up to ``most`` bytes of it."""
    size, place = stream.seek(0, 2), start
    while place < size:
        stream.seek(place)
        head = stream.read(_HEAD)
        place += len(head) - len(head.lstrip(b"\r\n"))
        if not (head := head.lstrip(b"\r\n")):
            continue
        length = _declared_end(head)
        if length and head.startswith(_BEGIN) and place + length <= size:
            stream.seek(place)
            yield _Stretch(place, place + length, stream.read(min(length, most)))
            place += length
            continue
        yield Damaged(place, "The record is cut, or none begins here.")
        place = _next_head(stream, place + 1, size)


def _next_head(stream: BinaryIO, place: int, size: int) -> int:
    """Return where the next record begins that says how long it is; ``size`` if there is none."""
    for found in _occurrences(stream, place, _BEGIN):
        stream.seek(found)
        if _declared_end(stream.read(_HEAD)):
            return found
    return size


def _occurrences(stream: BinaryIO, place: int, mark: bytes) -> Iterator[int]:
    """Yield where ``mark`` stands in the file, from ``place`` on. The caller may move in the file meanwhile."""
    kept = b""
    while True:
        stream.seek(place + len(kept))
        if not (block := stream.read(_BLOCK)):
            return
        block = kept + block
        at = block.find(mark)
        while at >= 0:
            yield place + at
            at = block.find(mark, at + 1)
        kept = block[-len(mark) + 1 :]
        place += len(block) - len(kept)


def payload(record: ArcWarcRecord, most: int) -> bytes:
    """Return the body of a response with what was done to it for the way undone, at most ``most`` bytes and one.

    Crawlers keep headers that are no longer true of the bytes; the bytes are believed.

    Raises:
        PageProblem: the body is damaged, or its coding is not known.
    """
    body: bytes = record.raw_stream.read(most + 1)
    if "chunked" in _header(record, "transfer-encoding").lower():
        body = _unchunked(body)
    codings = codings_of(_header(record, "content-encoding"))
    plain = bytearray()
    for piece in decoded(iter([body]), codings, lambda _: None):
        plain += piece
        if len(plain) > most:
            break
    return bytes(plain[: most + 1])


def _header(record: ArcWarcRecord, name: str) -> str:
    return (record.http_headers.get_header(name) or "") if record.http_headers is not None else ""


def _unchunked(body: bytes) -> bytes:
    """Undo the chunked coding (RFC 9112, 7.1); what is not in it stays as it is, what is cut ends where it is cut."""
    pieces: list[bytes] = []
    at = 0
    while size := _CHUNK_SIZE.match(body, at):
        length = int(size.group(1), 16)
        if length == 0:
            return b"".join(pieces)
        pieces.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += len(b"\r\n") if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    return b"".join(pieces) if pieces and at >= len(body) else body
