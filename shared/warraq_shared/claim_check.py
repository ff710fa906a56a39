"""The claim check: what is too large for a message waits in Redis under a key, and the message carries the key.

Two kinds of things: raw pages (key = the snapshot's id) and parse results. Both are zstd-compressed, have a TTL and
count against one memory budget, so that Redis cannot fill up: the schedule asks how much room is left and gives out
less work when there is little; the fetcher asks before it fetches. What is on its way already is never refused, or
the stages would wait for each other. Nothing here is truth: what is lost is fetched again when its lease runs out.
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

# The shelf and its books: how large each item is, when it expires, and the sum. Redis drops an expired item without
# telling, so whoever comes next strikes it out, a bounded number at a time. One script, so one round trip: a page's
# way through Redis costs more in system calls than in bytes.
_LEDGER_KEYS = ("warraq:claims:sizes", "warraq:claims:ends", "warraq:claims:total")
_LEDGER = """
local sizes, ends, total = KEYS[1], KEYS[2], KEYS[3]
local now = tonumber(redis.call('TIME')[1])
local function strike(key)
  local size = redis.call('HGET', sizes, key)
  if size then
    redis.call('HDEL', sizes, key)
    redis.call('ZREM', ends, key)
    redis.call('DECRBY', total, size)
  end
end
for _, key in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', '(' .. now, 'LIMIT', 0, 500)) do strike(key) end
if ARGV[1] == 'put' then
  strike(ARGV[2])
  redis.call('SET', KEYS[4], ARGV[3], 'EX', ARGV[4])
  redis.call('HSET', sizes, ARGV[2], #ARGV[3])
  redis.call('ZADD', ends, now + ARGV[4], ARGV[2])
  redis.call('INCRBY', total, #ARGV[3])
elseif ARGV[1] == 'drop' then
  for i = 2, #ARGV do strike(ARGV[i]) end
end
return tonumber(redis.call('GET', total) or '0')
"""


class ClaimCheck:
    """Puts bytes into Redis and gets them back by key."""

    def __init__(self, redis: "Redis", *, ttl_seconds: int, max_item_bytes: int, budget_bytes: int = 2**62) -> None:
        self._redis = redis
        self._ttl = ttl_seconds
        self._max = max_item_bytes
        self._budget = budget_bytes
        self._ledger = redis.register_script(_LEDGER)

    @classmethod
    def from_settings(cls, redis: "Redis", settings: "Settings") -> "ClaimCheck":
        """Return the claim check that ``settings`` describe."""
        return cls(
            redis,
            ttl_seconds=settings.raw_ttl_seconds,
            max_item_bytes=4 * settings.max_body_bytes,
            budget_bytes=settings.raw_budget_bytes,
        )

    def put(self, key: str, content: bytes) -> int:
        """Keep ``content`` under ``key`` until the TTL ends; return the room left. Putting twice keeps the later."""
        packed = zstandard.ZstdCompressor(level=_LEVEL).compress(content)
        used = self._ledger(keys=[*_LEDGER_KEYS, _PREFIX + key], args=["put", key, packed, self._ttl])
        return self._room(cast("int", used))

    def used(self) -> int:
        """Return how many bytes wait here, compressed."""
        return int(cast("int", self._ledger(keys=_LEDGER_KEYS, args=["used"])))

    def room_left(self) -> int:
        """Return how many bytes of the budget are left; 0 when it is used up."""
        return self._room(self.used())

    def _room(self, used: int) -> int:
        return max(self._budget - used, 0)

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
        names = list(keys)
        if not names:
            return
        self._redis.unlink(*(_PREFIX + name for name in names))
        self._ledger(keys=_LEDGER_KEYS, args=["drop", *names])
