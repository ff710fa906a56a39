"""Is it something to read? Told from the first bytes, with the Content-Type as a hint: headers lie in both directions.

What goes on: HTML, XML (feeds, sitemaps), JSON, and plain text. What ends here: images, video, audio, PDF, archives,
fonts, programs, and scripts and style sheets. The magic numbers are those of the MIME Sniffing standard
(https://mimesniff.spec.whatwg.org), and a few more that are met on the web.
"""

from collections.abc import Callable

from warraq_shared.errors import Permanent
from warraq_shared.reasons import Reason

# As much as the standard looks at.
SNIFFED_BYTES = 1445

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"%!PS-Adobe-", "application/postscript"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (0, b"\0\0\1\0", "image/x-icon"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (8, b"AVI ", "video/avi"),
    (8, b"WAVE", "audio/wave"),
    (0, b"OggS\0", "application/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"PK\3\4", "application/zip"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"\0asm", "application/wasm"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"MZ\x90", "application/x-msdos-program"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"FLV\1", "video/x-flv"),
)  # fmt: skip

# The standard's "binary data bytes": they stand in no text, in no encoding that shares ASCII.
_BINARY = frozenset(range(0x09)) | {0x0B} | frozenset(range(0x0E, 0x1B)) | frozenset(range(0x1C, 0x20))
_TEXT_TABLE = bytes(byte for byte in range(256) if byte not in _BINARY)
_UTF16_MARKS = (b"\xfe\xff", b"\xff\xfe")
_UTF8_MARK = b"\xef\xbb\xbf"
_BLANK = b" \t\r\n\x0c"

# Text, but nothing that anyone publishes news in.
_UNREAD_TEXT = (
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/x-javascript",
    "text/csv",
    "text/vcard",
)
_READ_TYPES = (
    "text/",
    "application/xhtml",
    "application/xml",
    "application/rss",
    "application/atom",
    "application/json",
)
_MARKUP = (b"<", b"{", b"[")


def content_type_of(header: str) -> str:
    """Return the type a Content-Type header names, without parameters, in lower case; "" if it names none."""
    return header.partition(";")[0].partition(",")[0].strip().lower()


def check_readable(first: bytes, content_type: str, note: Callable[[str], None]) -> None:
    """Check that a body beginning with ``first`` is worth reading. ``note`` is told what was odd: ``type-lie``.

    Raises:
        Permanent: ``wrong-type``.
    """
    declared = content_type_of(content_type)
    kind = sniffed(first)
    if kind == "binary":
        raise Permanent(Reason.WRONG_TYPE, f"Binary data, declared as {declared or 'nothing'}.")
    if kind not in ("markup", "text"):
        raise Permanent(Reason.WRONG_TYPE, f"It is {kind}, declared as {declared or 'nothing'}.")
    if kind == "text" and not _may_be_read(declared):
        raise Permanent(Reason.WRONG_TYPE, f"Declared as {declared}, and not markup.")
    if kind == "markup" and not _may_be_read(declared):
        note("type-lie")


def sniffed(first: bytes) -> str:
    """Return what ``first`` begins: ``markup``, ``text``, ``binary``, or the type that a magic number names."""
    if first.startswith(_UTF16_MARKS):
        return "markup" if first[2:].replace(b"\0", b"").lstrip(_BLANK).startswith(_MARKUP) else "text"
    for offset, magic, name in _MAGIC:
        if first.startswith(magic, offset) and not (magic == b"BM" and _is_text(first)):
            return name
    if not _is_text(first):
        return "markup" if _is_bare_utf16(first) else "binary"
    body = first.removeprefix(_UTF8_MARK).lstrip(_BLANK)
    return "markup" if body.startswith(_MARKUP) or b"<html" in first.lower() else "text"


def _may_be_read(declared: str) -> bool:
    if declared in _UNREAD_TEXT:
        return False
    return not declared or declared.startswith(_READ_TYPES) or "xml" in declared or "json" in declared


def _is_text(first: bytes) -> bool:
    """Tell whether ``first`` looks like text. A stray NUL or control is met on real pages; many of them are not."""
    binary = len(first.translate(None, _TEXT_TABLE))
    return binary <= len(first) // 100


def _is_bare_utf16(first: bytes) -> bool:
    """Tell whether ``first`` is UTF-16 without its mark: every other byte of its ASCII markup is NUL."""
    head = first[:64]
    return head.replace(b"\0", b"").lstrip(_BLANK).startswith(b"<") and head.count(0) * 3 >= len(head)
