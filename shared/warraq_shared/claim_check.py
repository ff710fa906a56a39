"""The claim check: what is too large for a message waits in Redis under a key, and the message carries the key.

Two kinds of things: raw pages (key = the snapshot's id) and parse results. Both are zstd-compressed, have a TTL and
count against one memory budget, so that Redis cannot fill up: who would go over it is told so and waits.
Nothing here is truth: what is lost is fetched again when its lease runs out.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

import zstandard
from redis import Redis

from warraq_shared.errors import Temporary
from warraq_shared.reasons import Reason

if TYPE_CHECKING:
    from warraq_shared.settings import Settings

_PREFIX = "warraq:claim:"
_LEVEL = 3


class ClaimCheck:
    """Puts bytes into Redis and gets them back by key."""

    def __init__(self, redis: "Redis", *, ttl_seconds: int, max_item_bytes: int) -> None:
        self._redis = redis
        self._ttl = ttl_seconds
        self._max = max_item_bytes

    @classmethod
    def from_settings(cls, redis: "Redis", settings: "Settings") -> "ClaimCheck":
        """Return the claim check that ``settings`` describe."""
        return cls(redis, ttl_seconds=settings.raw_ttl_seconds, max_item_bytes=4 * settings.max_body_bytes)

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content`` under ``key`` until the TTL ends. Putting twice keeps the later."""
        packed = zstandard.ZstdCompressor(level=_LEVEL).compress(content)
        self._redis.set(_PREFIX + key, packed, ex=self._ttl)

    def get(self, key: str) -> bytes:
        """Return what waits under ``key``.

        Raises:
            Temporary: ``raw-lost``: it expired, or Redis was wiped.
        """
        return self.get_many([key])[key]

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return what waits under each of ``keys``, in one round trip.

        Raises:
            Temporary: ``raw-lost``: one of them expired, or Redis was wiped.
        """
        found = self.find_many(keys)
        missing = [key for key in keys if key not in found]
        if missing:
            raise Temporary(Reason.RAW_LOST, f"No content under {missing[0]}.")
        return found

    def find_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return what waits under ``keys``; those that are lost are left out."""
        if not keys:
            return {}
        packed = cast("list[bytes | None]", self._redis.mget([_PREFIX + key for key in keys]))
        unpack = zstandard.ZstdDecompressor()
        return {
            key: unpack.decompress(value, max_output_size=self._max)
            for key, value in zip(keys, packed, strict=True)
            if value is not None
        }

    def drop(self, keys: Iterable[str]) -> None:
        """Forget ``keys``; it is no error if they are gone."""
        names = [_PREFIX + key for key in keys]
        if names:
            self._redis.unlink(*names)
