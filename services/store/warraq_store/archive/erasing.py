"""Taking raw pages out of WARC files again: at once in place, or by copying what stays into a new file.

In place: the records' bytes are replaced by one small metadata record, filled up to their very length by a comment in
its gzip head (RFC 1952, 2.3), so that the file stays a WARC file, every other offset stays right, and nothing of the
page is left. That works while somebody writes to the end of the file. It frees no room; ``copied`` does.
"""

import fcntl
import os
import struct
import zlib
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from warcio.warcwriter import WARCWriter

_DEFLATE: Final = 8
_HAS_COMMENT: Final = 16
_UNKNOWN_SYSTEM: Final = 255


def erase(file: Path, places: Iterable[tuple[int, int]]) -> None:
    """Overwrite the records at ``places`` (offset, length) of ``file``. A file that is gone has nothing to erase."""
    try:
        with file.open("r+b") as stream:
            for offset, length in places:
                stream.seek(offset)
                stream.write(_filler(length))
            stream.flush()
            os.fsync(stream.fileno())
    except FileNotFoundError:
        return


def _filler(length: int) -> bytes:
    """Return a gzip member of exactly ``length`` bytes that holds a small WARC record."""
    record = _erased_record()
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    deflated = pack.compress(record) + pack.flush()
    head = struct.pack("<BBBBIBB", 0x1F, 0x8B, _DEFLATE, _HAS_COMMENT, 0, 0, _UNKNOWN_SYSTEM)
    tail = struct.pack("<II", zlib.crc32(record), len(record))
    room = length - len(head) - 1 - len(deflated) - len(tail)
    if room < 0:
        raise ValueError(f"{length} bytes are too few for a record")
    return head + b" " * room + b"\0" + deflated + tail


def _erased_record() -> bytes:
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=False, warc_version="WARC/1.1")
    note = b"erased: on request\r\n"
    writer.write_record(writer.create_warc_record("urn:warraq:erased", "metadata", BytesIO(note), len(note)))
    return buffer.getvalue()


def is_being_written(file: Path) -> bool:
    """Tell whether a process has ``file`` open for writing."""
    try:
        with file.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def copied(file: Path, places: Sequence[tuple[int, int]], target: Path) -> list[int]:
    """Copy the records at ``places`` (offset, length; in order) of ``file`` into the new ``target``.

    The file's first record (warcinfo) goes along. Returns the new offsets. The target is safe on disk.
    """
    offsets: list[int] = []
    with file.open("rb") as source, target.open("xb") as out:
        out.write(_first_member(source))
        for offset, length in places:
            offsets.append(out.tell())
            source.seek(offset)
            out.write(source.read(length))
        out.flush()
        os.fsync(out.fileno())
    return offsets


def _first_member(source: BinaryIO) -> bytes:
    """Return the bytes of the first gzip member."""
    content = source.read(65_536)
    unpack = zlib.decompressobj(31)
    unpack.decompress(content)
    return content[: len(content) - len(unpack.unused_data)]
