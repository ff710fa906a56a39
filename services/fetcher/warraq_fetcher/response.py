"""What came back: one frozen value that owns all questions about a response."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from warraq_fetcher.redirects import PERMANENT
from warraq_shared.messages import Hop

# What later stages read. Everything else stays here.
KEPT_HEADERS = (
    "content-type", "content-language", "content-location", "etag", "last-modified", "cache-control", "expires",
    "date", "age", "link", "x-robots-tag", "tdm-reservation", "retry-after",
)  # fmt: skip
_KEPT_LENGTH = 2000


@dataclass(frozen=True)
class Response:
    """A page as it came, complete, decompressed. Header names are lower case.

    ``hops`` are the redirects before ``final_url``; ``seconds`` is what the asking took, without waiting for turns;
    ``latency`` is the time to the headers of the last answer. ``notes`` are short codes of what was odd.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    seconds: float = 0.0
    hops: tuple[Hop, ...] = ()
    wire_bytes: int = 0
    notes: tuple[str, ...] = ()
    sent: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def content_hash(self) -> str:
        """The SHA-256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def not_modified(self) -> bool:
        """Whether the server says that what we have is still current."""
        return self.status == 304

    @property
    def moved_for_good(self) -> bool:
        """Whether the page has moved, and every redirect on the way was a permanent one (301, 308)."""
        return bool(self.hops) and all(hop.status in PERMANENT for hop in self.hops)

    @property
    def etag(self) -> str | None:
        """The entity tag, byte for byte as the server sent it."""
        return self.headers.get("etag")

    @property
    def kept_headers(self) -> dict[str, str]:
        """The headers that later stages read, each cut at a length that no honest one reaches."""
        return {name: printable(self.headers[name])[:_KEPT_LENGTH] for name in KEPT_HEADERS if name in self.headers}


def printable(text: str) -> str:
    """Return ``text`` without control characters: it goes into messages, logs and a database that takes no NUL."""
    return text if text.isprintable() else "".join(letter for letter in text if letter.isprintable())
