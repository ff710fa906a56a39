"""Small pictures for the demo's articles, drawn from their names: no binary files in the project."""

import hashlib
import struct
import zlib
from functools import cache

WIDTH, HEIGHT = 640, 360


@cache
def picture(name: str) -> bytes:
    """Return a PNG of a sky over a sea, in colours that belong to ``name``."""
    sky, sea = hashlib.sha256(name.encode()).digest()[:6:3], hashlib.sha256(name.encode()).digest()[3:9:3]
    rows = b"".join(_row(y, sky if y < HEIGHT * 2 // 3 else sea) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _row(y: int, tint: bytes) -> bytes:
    light = 90 + 120 * y // HEIGHT
    return b"\x00" + bytes((tint[0] // 2 + 60, light, tint[1] // 2 + 90)) * WIDTH


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
