"""Trust in validators (ETag, Last-Modified): kept for each host as long as they prove right.

A server that gives other content under the validator that we had would also have told us "not modified". That can
only be seen by asking without conditions, so now and then a page is asked for in full.
"""

from redis import Redis

from warraq_fetcher.response import Response
from warraq_shared.messages import PageToFetch

# One page in fifty that we have a validator for.
PROBES = 0.02
_PREFIX = "warraq:liar:"
_FORGIVEN_AFTER = 14 * 24 * 3600


class Trust:
    """Which hosts' validators have lied, for all workers; forgiven after two weeks."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def in_host(self, host: str) -> bool:
        """Tell whether the validators of ``host`` may be used."""
        return not self._redis.exists(_PREFIX + host)

    def lost(self, host: str) -> None:
        """Note that a validator of ``host`` has lied."""
        self._redis.set(_PREFIX + host, 1, ex=_FORGIVEN_AFTER)


def lies(page: PageToFetch, response: Response) -> bool:
    """Tell whether the server gave other content under the validator that we had.

    A weak tag may stay the same when bytes change (RFC 9110, 8.8.1).
    """
    if page.content_hash is None or page.content_hash == response.content_hash:
        return False
    if page.etag is not None:
        return not page.etag.startswith("W/") and response.headers.get("etag") == page.etag
    return page.last_modified is not None and response.headers.get("last-modified") == page.last_modified
