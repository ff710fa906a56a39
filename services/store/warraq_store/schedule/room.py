"""Back-pressure: how many more pages the stages can take now, so that queues stay short and Redis cannot fill up."""

from typing import cast

from redis import Redis

from warraq_shared.routes import lists_of
from warraq_shared.settings import Settings

_FULL_SHARE = 0.8


def room(redis: Redis, settings: Settings, given_out: int) -> int:
    """Return how many pages may be handed out now, while ``given_out`` are under way; none if Redis is nearly full.

    What is under way is counted by its leases: however full or empty the messages are, no more pages than the limit
    are between the stages, so no queue can grow beyond it.
    """
    if memory_share(redis, settings) >= _FULL_SHARE:
        return 0
    return max(0, settings.max_in_flight - given_out)


def queue_length(redis: Redis, queue: str) -> int:
    """Return the number of messages that wait in ``queue`` (those a worker has taken are not in it)."""
    return sum(int(redis.llen(name)) for name in lists_of(queue))


def memory_share(redis: Redis, settings: Settings) -> float:
    """Return how much of the memory budget for pages on their way Redis uses, as a share."""
    return memory_used(redis) / settings.raw_budget_bytes


def memory_used(redis: Redis) -> int:
    """Return the bytes of memory that Redis uses."""
    return cast("dict[str, int]", redis.info("memory"))["used_memory"]
