"""The rules that a source carries for its own pages, on their way from the store, which owns them, to the parsers.

A message names them by their digest, as it names a raw page; the text waits in Redis. Under one digest it is always the
same, so a page is read by the rules that its source had when it was handed out.
"""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, cast

from warraq_shared.article import Frozen

if TYPE_CHECKING:
    from redis import Redis

# Characters. A thorough description of one site has two or three thousand.
LONGEST_RULES: Final = 32_768
_PREFIX: Final = "warraq:rules:"
# Longer than any page is on its way.
_TTL_SECONDS: Final = 7 * 24 * 3600


class SourceRules(Frozen):
    """Rules as their user wrote them (TOML), and the name of the source that they belong to."""

    source: str
    text: str

    @property
    def digest(self) -> str:
        """What a message calls them: 16 hex digits for these rules of this source."""
        return hashlib.blake2b(f"{self.source}\n{self.text}".encode(), digest_size=8).hexdigest()


def put_rules(redis: "Redis", rules: Iterable[SourceRules]) -> None:
    """Lay ``rules`` where the parsers look for them. Before the messages are sent that name them."""
    for one in rules:
        redis.set(_PREFIX + one.digest, one.model_dump_json(), ex=_TTL_SECONDS)


def get_rules(redis: "Redis", digests: Iterable[str]) -> dict[str, SourceRules]:
    """Return the rules of ``digests`` that are there; what Redis has lost is left out."""
    wanted = sorted(set(digests))
    if not wanted:
        return {}
    found = cast("list[bytes | None]", redis.mget([_PREFIX + digest for digest in wanted]))
    return {digest: SourceRules.model_validate_json(raw) for digest, raw in zip(wanted, found, strict=True) if raw}
