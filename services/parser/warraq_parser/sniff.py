"""What a body is, told from its first bytes; names and headers are only asked where the bytes say nothing.

In the spirit of the MIME Sniffing standard (mimesniff.spec.whatwg.org, section 7), for what news sites send.
"""

import re
import zlib
from enum import StrEnum

from warraq_shared.errors import Permanent
from warraq_shared.reasons import Reason

# How far into a body its root element is looked for.
WINDOW = 8 * 1024
# A body is unpacked up to the limit of a sitemap; what packs better than this ratio is a bomb.
MOST_UNPACKED = 50 * 1024 * 1024
MOST_LAYERS = 2


class Family(StrEnum):
    """The families of bodies that the parser tells apart before it reads any."""

    EMPTY = "empty"
    FEED = "feed"
    JSON_FEED = "json-feed"
    SITEMAP = "sitemap"
    TEXT_SITEMAP = "text-sitemap"
    HTML = "html"
    OTHER = "other"


# Signatures of what is never a page (MIME Sniffing, section 6, and the formats news sites link to).
_SIGNATURES = (
    b"%PDF-", b"%!PS", b"{\\rtf", b"\xd0\xcf\x11\xe0",
    b"\x89PNG", b"GIF87a", b"GIF89a", b"\xff\xd8\xff", b"8BPS", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00",
    b"RIFF", b"OggS", b"ID3", b"fLaC", b"\x1aE\xdf\xa3",
    b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd",
    b"wOFF", b"wOF2", b"\x7fELF", b"MZ\x90", b"\x00asm",
)  # fmt: skip
_GZIP = b"\x1f\x8b\x08"

_FEED_ROOT = re.compile(rb"<(?:[a-z_][\w.-]{0,40}:)?(rss|feed|rdf|urlset|sitemapindex)[\s>/]", re.I)
# A feed whose document type is longer than the window.
_FEED_DOCTYPE = re.compile(rb"\s*(?:<\?xml[^>]{0,400}\?>\s*)?<!doctype\s+(?:rss|feed|rdf)", re.I)
_HTML_MARK = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|meta)[\s>/]", re.I)
_ANY_TAG = re.compile(rb"<(?:!doctype|/?[a-z][a-z0-9:-]{0,30}[\s>/]|!--)", re.I)
_ADDRESS_LINE = re.compile(rb"\s{0,64}https?://[^\s<>]{3,2000}[\r\n]|\s{0,64}https?://[^\s<>]{3,2000}\s{0,64}\Z", re.I)
_SITEMAP_ROOTS = (b"urlset", b"sitemapindex")


def family_of(body: bytes, content_type: str | None = None) -> Family:
    """Return the family of ``body`` (unpacked). Linear in ``WINDOW`` but for blank space before the first tag."""
    start = _plain_start(body)
    if not start:
        return Family.EMPTY
    if start.startswith(_SIGNATURES) or start[4:8] == b"ftyp":
        return Family.OTHER
    if _FEED_DOCTYPE.match(start):
        return Family.FEED
    root = _FEED_ROOT.search(start)
    page = _HTML_MARK.search(start)
    if root and (page is None or _is_root(start, root.start())):
        return Family.SITEMAP if root.group(1).lower() in _SITEMAP_ROOTS else Family.FEED
    if start.startswith(b"<?xml") and page is None:
        return Family.OTHER
    if start[:1] == b"{":
        return Family.JSON_FEED if b"jsonfeed.org" in start or _says(content_type, "feed+json") else Family.OTHER
    return _page_or_other(body, start, content_type, page is not None)


def _page_or_other(body: bytes, start: bytes, content_type: str | None, marked: bool) -> Family:
    if marked:
        return Family.HTML
    if start.count(b"\x00") > len(start) // 16:
        return Family.OTHER
    if _says(content_type, "html") or _ANY_TAG.search(start) or (b"<" in start and _ANY_TAG.search(body, 0, 1 << 20)):
        return Family.HTML
    return Family.TEXT_SITEMAP if _ADDRESS_LINE.match(start) else Family.OTHER


def _plain_start(body: bytes) -> bytes:
    """Return the first bytes after blank space and marks; those of UTF-16 without its NULs, which is enough to tell."""
    start = body[: 2 * WINDOW]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or start[:2] in (b"<\x00", b"\x00<"):
        return start.lstrip(b"\xff\xfe").replace(b"\x00", b"").strip()[:WINDOW]
    start = body[:3].removeprefix(b"\xef\xbb\xbf") + start[3:]
    return (start.lstrip() or body[:1_000_000].lstrip(b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf"))[:WINDOW]


_PROLOGUE = re.compile(rb"(?:\s+|<\?[^>]*+>|<!--(?:[^-]|-(?!->))*+-->|<!doctype[^\[>]*+(?:\[[^\]]*+\]\s*+)?+>)*+", re.I)


def _is_root(start: bytes, at: int) -> bool:
    """Tell whether nothing but a prologue, or junk without any tag of a page, stands before position ``at``."""
    prologue = _PROLOGUE.match(start)
    return bool(prologue and prologue.end() == at) or _HTML_MARK.search(start, 0, at) is None


def _says(content_type: str | None, word: str) -> bool:
    return word in (content_type or "").lower()


def unpacked(body: bytes) -> bytes:
    """Return ``body`` without its gzip wrapping: sitemaps are sent as files, ``.xml.gz``, sometimes wrapped twice.

    A stream that is cut off gives what was in it.

    Raises:
        Permanent: ``too-complex``: more than ``MOST_UNPACKED`` bytes come out.
    """
    for _ in range(MOST_LAYERS):
        if not body.startswith(_GZIP):
            return body
        body = _gunzipped(body)
    return body


def _gunzipped(body: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(body, MOST_UNPACKED + 1)
    except zlib.error:
        return b""
    if len(content) > MOST_UNPACKED:
        raise Permanent(Reason.TOO_COMPLEX, f"More than {MOST_UNPACKED:,} bytes when unpacked.")
    return content
