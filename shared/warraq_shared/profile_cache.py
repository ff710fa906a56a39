"""Site profiles on their way from the store, which owns them, to the parsers: copies in Redis with a TTL."""

from collections.abc import Iterable
from typing import cast

from redis import Redis

from warraq_shared.parsed import SiteProfile
from warraq_shared.site_profile import recognised

_PREFIX = "warraq:profile:"
_TTL_SECONDS = 7 * 24 * 3600


def put_profile(redis: Redis, profile: SiteProfile) -> None:
    """Offer ``profile`` to the parsers: what they recognise by it, a small part of what is kept to learn from."""
    redis.set(_PREFIX + profile.site, recognised(profile).model_dump_json(), ex=_TTL_SECONDS)


def get_profiles(redis: Redis, sites: Iterable[str]) -> dict[str, SiteProfile]:
    """Return the profiles of ``sites`` that are there; a site without one is left out."""
    wanted = sorted(set(sites))
    if not wanted:
        return {}
    found = cast("list[bytes | None]", redis.mget([_PREFIX + site for site in wanted]))
    return {site: SiteProfile.model_validate_json(raw) for site, raw in zip(wanted, found, strict=True) if raw}
