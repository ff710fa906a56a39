"""Back-pressure: how many more pages the stages can take now, so that queues stay short and Redis cannot fill up."""

from typing import cast

from redis import Redis

from warraq_shared.routes import FETCH_QUEUE, PARSE_QUEUE, STORE_QUEUE, lists_of
from warraq_shared.settings import Settings

_FULL_SHARE = 0.8


def room(redis: Redis, settings: Settings) -> int:
    """Return how many pages may be handed out now: none while a queue or Redis's memory is nearly full."""
    if memory_share(redis, settings) >= _FULL_SHARE:
        return 0
    waiting = sum(queue_length(redis, queue) for queue in (FETCH_QUEUE, PARSE_QUEUE, STORE_QUEUE))
    return max(0, settings.max_in_flight - waiting * settings.visit_pages)


def queue_length(redis: Redis, queue: str) -> int:
    """Return the number of messages that wait in ``queue`` (those a worker has taken are not in it)."""
    return sum(int(redis.llen(name)) for name in lists_of(queue))


def memory_share(redis: Redis, settings: Settings) -> float:
    """Return how much of the memory budget for pages on their way Redis uses, as a share."""
    return memory_used(redis) / settings.raw_budget_bytes


def memory_used(redis: Redis) -> int:
    """Return the bytes of memory that Redis uses."""
    return cast("dict[str, int]", redis.info("memory"))["used_memory"]
