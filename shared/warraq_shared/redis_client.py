"""The one way to a Redis client, with time limits on everything."""

from redis import Redis

from warraq_shared.settings import Settings


def connect_redis(settings: Settings, *, timeout: float = 5.0) -> Redis:
    """Return a client for the configured Redis; nothing is connected yet. ``timeout`` is in seconds.

    Raises:
        NotReady: no Redis is configured and none is embedded.
    """
    return Redis.from_url(
        settings.redis_address(),
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        socket_keepalive=True,
        health_check_interval=25,
    )
