"""Hazards of content: codings, bombs, types, emptiness."""

import functools
import gzip
import io
import random
import tarfile
import zlib
from collections.abc import Callable

import brotli
import zstandard

from misbehaving.hazard import Table
from misbehaving.server import ARTICLE
from misbehaving.talk import CRLF, Talk
from warraq_shared.reasons import Reason

content = Table()
# Twice what the default settings allow; a few kilobytes on the wire.
_BOMB = b"<p>" + b"0" * 32_000_000
_RANDOM = random.Random(7)


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def _zstd_with_window(data: bytes, window_log: int) -> bytes:
    parameters = zstandard.ZstdCompressionParameters(window_log=window_log)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    return packer.compress(data) + packer.flush()


def _tar_gz() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        entry = tarfile.TarInfo("page.bin")
        entry.size = 5000
        tar.addfile(entry, io.BytesIO(_RANDOM.randbytes(5000)))
    return out.getvalue()


def _coded(name: str, reason: Reason, coding: str, body: bytes, note: str | None = None) -> None:
    content.add(name, reason, lambda talk: talk.page(body, f"Content-Encoding: {coding}"), note)


def _typed(name: str, reason: Reason, content_type: str | None, body: bytes, note: str | None = None) -> None:
    content.add(name, reason, lambda talk: talk.page(body, content_type=content_type), note)


# codings that are as they should be

_coded("gzip", Reason.OK, "gzip", gzip.compress(ARTICLE))
_coded("deflate", Reason.OK, "deflate", zlib.compress(ARTICLE))
_coded("deflate-without-its-frame", Reason.OK, "deflate", _raw_deflate(ARTICLE))
_coded("brotli", Reason.OK, "br", brotli.compress(ARTICLE))
_coded("zstd", Reason.OK, "zstd", zstandard.compress(ARTICLE))
_coded("gzip-in-members", Reason.OK, "gzip", gzip.compress(ARTICLE[:500]) + gzip.compress(ARTICLE[500:]))
_coded("zstd-in-frames", Reason.OK, "zstd", zstandard.compress(ARTICLE[:500]) + zstandard.compress(ARTICLE[500:]))
_coded("gzip-under-brotli", Reason.OK, "gzip, br", brotli.compress(gzip.compress(ARTICLE)))
_coded("gzip-with-garbage-behind", Reason.OK, "gzip", gzip.compress(ARTICLE) + b"\0\0\0 and more")
_coded("identity", Reason.OK, "identity", ARTICLE)

# codings that lie

_coded("gzip-that-is-none", Reason.OK, "gzip", ARTICLE, "coding-lie")
_coded("zstd-that-is-none", Reason.OK, "zstd", ARTICLE, "coding-lie")
_coded("brotli-that-is-none", Reason.OK, "br", ARTICLE, "coding-lie")
_coded("deflate-that-is-none", Reason.OK, "deflate", ARTICLE, "coding-lie")
_coded("gzip-said-to-be-brotli", Reason.OK, "br", gzip.compress(ARTICLE), "coding-lie")
_coded("gzip-said-to-be-deflate", Reason.OK, "deflate", gzip.compress(ARTICLE), "coding-lie")
_coded("zstd-said-to-be-gzip", Reason.OK, "gzip", zstandard.compress(ARTICLE), "coding-lie")
_coded("gzip-twice", Reason.OK, "gzip", gzip.compress(gzip.compress(ARTICLE)), "gzip-file")
_typed("gzip-unannounced", Reason.OK, "text/html", gzip.compress(ARTICLE), "gzip-file")

# damage

_coded("gzip-cut", Reason.INCOMPLETE_BODY, "gzip", gzip.compress(ARTICLE)[:-40])
_coded("deflate-cut", Reason.INCOMPLETE_BODY, "deflate", zlib.compress(ARTICLE)[:-10])
_coded("brotli-cut", Reason.INCOMPLETE_BODY, "br", brotli.compress(ARTICLE)[:-10])
_coded("zstd-cut", Reason.INCOMPLETE_BODY, "zstd", zstandard.compress(ARTICLE)[:-10])
_coded("gzip-damaged", Reason.BAD_ENCODING, "gzip", gzip.compress(ARTICLE)[:60] + b"\xff" * 300)
_coded("gzip-with-a-wrong-sum", Reason.BAD_ENCODING, "gzip", gzip.compress(ARTICLE)[:-8] + b"\1" * 8)
_coded("brotli-damaged", Reason.BAD_ENCODING, "br", brotli.compress(ARTICLE)[:60] + b"\xff" * 300)
_coded("zstd-damaged", Reason.BAD_ENCODING, "zstd", zstandard.compress(ARTICLE)[:60] + b"\xff" * 300)
_coded("unknown-coding", Reason.BAD_ENCODING, "pied-piper", ARTICLE)
_coded("five-codings", Reason.BAD_ENCODING, "gzip, gzip, gzip, gzip, gzip", ARTICLE)
_coded("zstd-with-a-huge-window", Reason.BAD_ENCODING, "zstd", _zstd_with_window(ARTICLE, 27))

# bombs


def _bomb(name: str, coding: str, pack: Callable[[], bytes]) -> None:
    packed = functools.cache(pack)  # only when somebody asks for it
    content.add(name, Reason.TOO_LARGE, lambda talk: talk.page(packed(), f"Content-Encoding: {coding}"))


_bomb("gzip-bomb", "gzip", lambda: gzip.compress(_BOMB))
_bomb("deflate-bomb", "deflate", lambda: zlib.compress(_BOMB))
_bomb("brotli-bomb", "br", lambda: brotli.compress(_BOMB, quality=2))
_bomb("zstd-bomb", "zstd", lambda: zstandard.compress(_BOMB))
_bomb("gzip-bomb-in-a-gzip", "gzip", lambda: gzip.compress(gzip.compress(_BOMB)))
_bomb("gzip-bomb-under-brotli", "gzip, br", lambda: brotli.compress(gzip.compress(_BOMB)))
_bomb("gzip-of-many-members", "gzip", lambda: gzip.compress(b"<p>x" * 20_000) * 900)


@content(Reason.TOO_LARGE)
def endless_gzip(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n")
    packer = zlib.compressobj(wbits=31)
    while True:
        talk.send(packer.compress(_BOMB) + packer.flush(zlib.Z_SYNC_FLUSH))


# types

_JSON_FEED = b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'
_RSS = b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>'
_typed("html-as-octets", Reason.OK, "application/octet-stream", ARTICLE, "type-lie")
_typed("html-as-png", Reason.OK, "image/png", ARTICLE, "type-lie")
_typed("html-as-plain-text", Reason.OK, "text/plain", ARTICLE)
_typed("html-of-no-type", Reason.OK, None, ARTICLE)
_typed("html-of-a-broken-type", Reason.OK, ';;;="', ARTICLE)
_typed("html-in-utf16", Reason.OK, "text/html", ARTICLE.decode().encode("utf-16"))
_typed("html-in-utf16-without-its-mark", Reason.OK, "text/html", ARTICLE.decode().encode("utf-16-le"))
_typed("html-with-a-lying-charset", Reason.OK, "text/html; charset=iso-8859-1", ARTICLE)
_typed("html-with-nuls", Reason.OK, "text/html", ARTICLE.replace(b"<p>", b"<p>\0", 1))
_typed("json-feed", Reason.OK, "application/feed+json", _JSON_FEED)
_typed("rss", Reason.OK, "application/rss+xml", _RSS)
_typed("rss-after-junk", Reason.OK, "text/xml", b"\n\n  " + _RSS)
_typed(
    "sitemap-in-gzip", Reason.OK, "application/x-gzip", gzip.compress(b"<?xml version='1.0'?><urlset/>"), "gzip-file"
)
_typed("tar-in-gzip", Reason.WRONG_TYPE, "application/gzip", _tar_gz())
_typed("pdf-as-html", Reason.WRONG_TYPE, "text/html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + _RANDOM.randbytes(3000))
_typed("png-as-html", Reason.WRONG_TYPE, "text/html", b"\x89PNG\r\n\x1a\n" + _RANDOM.randbytes(3000))
_typed("zip-as-html", Reason.WRONG_TYPE, "text/html", b"PK\3\4" + _RANDOM.randbytes(3000))
_typed("noise-as-html", Reason.WRONG_TYPE, "text/html", _RANDOM.randbytes(5000))
_typed("style-sheet", Reason.WRONG_TYPE, "text/css", b"body { color: red }")
_typed("script", Reason.WRONG_TYPE, "application/javascript", b"alert(1)")


@content(Reason.WRONG_TYPE)
def endless_video(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n\0\0\0\x20ftypisom\0\0\2\0isomiso2")
    talk.flood(b"\x13\x37" * 500)


@content(Reason.WRONG_TYPE)
def endless_video_said_to_be_html(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html" + CRLF + CRLF + b"\x1aE\xdf\xa3" + b"\0" * 2000)
    talk.flood(b"\x13\x37" * 500)


# emptiness

_typed("empty", Reason.EMPTY_BODY, "text/html", b"")
_typed("blank", Reason.EMPTY_BODY, "text/html", b" \r\n\t  " * 50)
_coded("nothing-in-gzip", Reason.EMPTY_BODY, "gzip", gzip.compress(b""))
_coded("gzip-of-no-bytes", Reason.EMPTY_BODY, "gzip", b"")


@content(Reason.EMPTY_BODY)
def no_content(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 204 No Content\r\n\r\n")
    talk.keep = True


@content(Reason.INCOMPLETE_BODY)
def a_part_nobody_asked_for(talk: Talk) -> None:
    talk.page(ARTICLE[:300], "Content-Range: bytes 0-299/9999", status="206 Partial Content")
