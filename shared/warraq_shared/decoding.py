"""Content codings, undone step by step: no step makes more than a few megabytes, so a bomb is met before it is large.

Each decoder is a generator from pieces to pieces. It raises ``incomplete-body`` where the stream ends before its end
mark, and ``bad-encoding`` where it is damaged. What a header says is checked against the bytes: a body that is
announced as compressed and is not, is taken as it is.
"""

import zlib
from collections.abc import Callable, Iterator
from itertools import chain

import brotli
import zstandard

from warraq_shared.errors import Permanent, Temporary
from warraq_shared.reasons import Reason

Pieces = Iterator[bytes]
ACCEPT_ENCODING = "gzip, deflate, br, zstd"

GZIP_MAGIC = b"\x1f\x8b\x08"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_STEP = 65_536
# Four bytes of zstd can stand for 128 KiB, and its decoder has no cap on what it gives out: so it gets little at a
# time.
_ZSTD_STEP = 128
# RFC 9659: a content coding may not ask for a larger window.
_ZSTD_WINDOW = 8 * 1024 * 1024
_MAX_MEMBERS = 1000
# RFC 9110, 8.4 allows any number of codings; nobody needs more than two, and a chain is a way to hide a bomb.
MAX_CODINGS = 2


def _gunzip(pieces: Pieces) -> Pieces:
    """Undo gzip (RFC 1952), also of several members. What follows the last member and is none is left out."""
    members, inflate = 1, zlib.decompressobj(31)
    for piece in pieces:
        while piece:
            if inflate.eof:
                if piece[:1] != GZIP_MAGIC[:1] or members >= _MAX_MEMBERS:
                    return
                members, inflate = members + 1, zlib.decompressobj(31)
            yield inflate.decompress(piece, _STEP)
            piece = inflate.unconsumed_tail or inflate.unused_data
    if not inflate.eof:
        raise Temporary(Reason.INCOMPLETE_BODY, "The gzip stream was cut short.")


def _inflate(pieces: Pieces) -> Pieces:
    """Undo deflate, which servers send with the zlib frame (RFC 9110, 8.4.1.2) and without it."""
    inflate = None
    for piece in pieces:
        if inflate is None:
            inflate = zlib.decompressobj(15 if _has_zlib_frame(piece) else -15)
        while piece and not inflate.eof:
            yield inflate.decompress(piece, _STEP)
            piece = inflate.unconsumed_tail
    if inflate is not None and not inflate.eof:
        raise Temporary(Reason.INCOMPLETE_BODY, "The deflate stream was cut short.")


def _has_zlib_frame(piece: bytes) -> bool:
    return len(piece) >= 2 and piece[0] & 0x0F == 8 and (piece[0] << 8 | piece[1]) % 31 == 0


def _unbrotli(pieces: Pieces) -> Pieces:
    """Undo Brotli (RFC 7932)."""
    decoder = brotli.Decompressor()
    for piece in pieces:
        if decoder.is_finished():
            return
        # It takes all of the input and holds back output beyond the limit, until it is asked again with nothing.
        while made := decoder.process(piece, output_buffer_limit=_STEP):
            yield made
            piece = b""
    if not decoder.is_finished():
        raise Temporary(Reason.INCOMPLETE_BODY, "The Brotli stream was cut short.")


def _unzstd(pieces: Pieces) -> Pieces:
    """Undo Zstandard (RFC 8878), also of several frames."""
    engine = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    decoder = engine.decompressobj()
    for piece in pieces:
        for start in range(0, len(piece), _ZSTD_STEP):
            rest = piece[start : start + _ZSTD_STEP]
            while rest:
                if decoder.eof:
                    decoder = engine.decompressobj()
                yield decoder.decompress(rest)
                rest = decoder.unused_data if decoder.eof else b""
    if not decoder.eof:
        raise Temporary(Reason.INCOMPLETE_BODY, "The zstd stream was cut short.")


_DECODERS: dict[str, Callable[[Pieces], Pieces]] = {
    "identity": lambda pieces: pieces,
    "gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
# How the codings that have a mark begin. Nothing else in use begins so.
_MARKS = {"gzip": GZIP_MAGIC, "zstd": _ZSTD_MAGIC}
_SAME = {"x-gzip": "gzip"}
# Words that servers write into Content-Encoding and that mean nothing was done.
_NO_CODING = frozenset({"", "identity", "none", "utf-8", "binary"})
_DAMAGE = (zlib.error, brotli.error, zstandard.ZstdError)


def codings_of(content_encoding: str) -> tuple[str, ...]:
    """Return the codings that a Content-Encoding header names, in the order in which they were applied.

    Raises:
        Temporary: ``bad-encoding``: one that is not known.
        Permanent: ``bad-encoding``: more than anyone needs.
    """
    words = (part.strip().lower() for part in content_encoding.split(","))
    names = tuple(_SAME.get(word, word) for word in words if word not in _NO_CODING)
    unknown = [name for name in names if name not in _DECODERS]
    if unknown:
        raise Temporary(Reason.BAD_ENCODING, f"Content-Encoding {unknown[0][:40]!r} is not known.")
    if len(names) > MAX_CODINGS:
        raise Permanent(Reason.BAD_ENCODING, f"{len(names)} codings, one over the other.")
    return names


def decoded(pieces: Pieces, codings: tuple[str, ...], note: Callable[[str], None]) -> Pieces:
    """Return ``pieces`` with ``codings`` undone; what the bytes say is believed before what the header says.

    ``note`` is told what was odd: ``coding-lie``.

    Raises (while it is read):
        Temporary: ``incomplete-body`` or ``bad-encoding``.
    """
    for name in reversed(codings):
        pieces = _undo(name, pieces, note)
    return pieces


def _undo(name: str, pieces: Pieces, note: Callable[[str], None]) -> Pieces:
    first = first_of(pieces, 4)
    if not first:
        return
    actual = _actual_coding(name, first)
    if actual != name:
        note("coding-lie")
    try:
        yield from _DECODERS[actual](chain([first], pieces))
    except _DAMAGE as damage:
        raise Temporary(Reason.BAD_ENCODING, f"The {name} stream is damaged: {damage}.") from damage


def _actual_coding(name: str, first: bytes) -> str:
    """Return the coding of what begins with ``first`` and is said to be in the coding ``name``."""
    for marked, mark in _MARKS.items():
        if first.startswith(mark):
            return marked
    if name in _MARKS:
        return "identity"
    # Brotli and bare deflate have no mark. Text that begins like a page is none of them in any real case.
    looks_like_text = first.lstrip(b"\xef\xbb\xbf \t\r\n")[:2] in (b"<!", b"<h", b"<H", b"<?", b'{"')
    return "identity" if looks_like_text and len(first) >= 4 else name


def first_of(pieces: Pieces, size: int) -> bytes:
    """Return at least the first ``size`` bytes of ``pieces``, or all there are."""
    got = bytearray()
    for piece in pieces:
        got += piece
        if len(got) >= size:
            break
    return bytes(got)
