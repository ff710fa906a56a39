"""The one model that every feed format is read into."""

import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urljoin, urlsplit

from warraq_parser.text.clean import clean_line
from warraq_shared.errors import Permanent
from warraq_shared.parsed import ItemHints, Link, PageKind, SourceFacts
from warraq_shared.urls import canonical

FeedFormat = Literal["rss", "rdf", "atom", "json-feed"]

# A poll hands on at most this many items, the newest first: a feed that grew for ten years is not a queue.
MOST_ITEMS = 2_000
# Longer names, titles and languages are not names, titles and languages.
LONGEST_TITLE = 1_000
LONGEST_NAME = 200
# A feed names one hub, some two; no more than these are asked.
MOST_HUBS = 4
MOST_AUTHORS = 20
_OLDEST = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed. ``url`` is absolute and canonical: entries without an address are not items."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None

    @property
    def moment(self) -> datetime:
        """When the feed last spoke of this item; the beginning of time if it does not say."""
        return self.published_at or self.modified_at or _OLDEST

    def link(self) -> Link:
        """Return the item as a link, with what the feed says of it as hints for the article."""
        hints = ItemHints(
            title=self.title,
            published_at=self.published_at,
            modified_at=self.modified_at,
            authors=self.authors,
            language=self.language,
            origin="feed",
        )
        return Link(url=self.url, expects=PageKind.ARTICLE, hints=hints)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read. ``notes`` are short codes of what was odd; ``broken`` says that it had to be repaired."""

    format: FeedFormat
    title: str | None = None
    home_url: str | None = None
    language: str | None = None
    ttl_seconds: int | None = None
    hubs: tuple[str, ...] = ()
    self_url: str | None = None
    next_url: str | None = None
    items: tuple[FeedItem, ...] = ()
    broken: bool = False
    notes: tuple[str, ...] = ()

    def facts(self) -> SourceFacts:
        """Return what the feed says about itself, without its hubs: a response's header may name others before them."""
        return SourceFacts(
            title=self.title,
            home_url=self.home_url,
            language=self.language,
            ttl_seconds=self.ttl_seconds,
            self_url=self.self_url,
            next_url=self.next_url,
            broken=self.broken,
        )


def newest(items: Iterable[FeedItem]) -> tuple[FeedItem, ...]:
    """Return one item per address, newest first, at most ``MOST_ITEMS``; without dates the feed's order stays.

    The address is the key, not the GUID: feeds give one GUID to all their items, or a new one at each poll.
    """
    by_url: dict[str, FeedItem] = {}
    for item in items:
        known = by_url.get(item.url)
        if known is None or item.moment > known.moment:
            by_url[item.url] = item
    return tuple(sorted(by_url.values(), key=lambda item: item.moment, reverse=True)[:MOST_ITEMS])


def address(url: str | None, base: str) -> str | None:
    """Return ``url``, relative to ``base``, in its canonical spelling; None if it is no web address."""
    if not url or len(url) > 8_000:
        return None
    # Most links of a page are paths of its own host: joined by hand, which is much cheaper than by RFC 3986.
    try:
        return canonical(_origin(base) + url) if _PLAIN_PATH.fullmatch(url) else canonical(url, base)
    except Permanent:
        return None


Spelled = Callable[[str | None, str], str | None]


def exact_address(url: str | None, base: str) -> str | None:
    """Return ``url``, relative to ``base``, as it is written otherwise: a WebSub hub knows a topic by its letters."""
    if url is None or address(url, base) is None:
        return None
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return None


_PLAIN_PATH = re.compile(r"/(?!/)[^\s;\\\x00-\x20]*")


@functools.lru_cache(maxsize=64)
def _origin(url: str) -> str:
    """Return what stands before the path of an absolute URL: scheme and host."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def short_title(text: str | None) -> str | None:
    """Return ``text`` as one clean line of at most ``LONGEST_TITLE`` characters, None if nothing is left."""
    return clean_line((text or "")[: 4 * LONGEST_TITLE])[:LONGEST_TITLE] or None


def names(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Return the names in ``texts``, each once, in order, without e-mail addresses (RSS: ``jo@x.org (Jo Doe)``)."""
    found: dict[str, None] = {}
    for text in texts:
        name = _person(text or "")
        if name and len(found) < MOST_AUTHORS:
            found[name] = None
    return tuple(found)


_MAILBOX = re.compile(r"\S+@\S+")


def _person(text: str) -> str:
    line = clean_line(text[: 4 * LONGEST_NAME])
    if "@" in line:
        in_brackets = line.partition("(")[2].rpartition(")")[0]
        line = clean_line(in_brackets or _MAILBOX.sub("", line)).strip("<>()\"' ")
    return line if 0 < len(line) <= LONGEST_NAME and "://" not in line else ""
