"""JSON Feed 1.0 and 1.1 (jsonfeed.org), read as carefully as everything that claims to be JSON must be."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from warraq_parser.feeds.dates import moment
from warraq_parser.feeds.model import MOST_HUBS, Feed, FeedItem, address, exact_address, names, newest, short_title
from warraq_parser.feeds.rss import MOST_READ
from warraq_parser.text.clean import storable
from warraq_shared.errors import Permanent, Temporary
from warraq_shared.language_tags import language_tag
from warraq_shared.reasons import Reason

MOST_BYTES = 16 * 1024 * 1024


def read_json_feed(body: bytes, url: str, fetched_at: datetime) -> Feed:
    """Read a JSON Feed fetched from ``url``. Fields of the wrong type count as absent.

    Raises:
        Permanent: ``too-complex``, beyond ``MOST_BYTES``; ``not-html``, JSON but no feed.
        Temporary: ``broken-feed``, not JSON.
    """
    feed = _document(body)
    return Feed(
        format="json-feed",
        title=short_title(_string(feed, "title")),
        home_url=address(_string(feed, "home_page_url"), url),
        language=language_tag(_string(feed, "language")),
        hubs=tuple(
            hub for one in islice(_objects(feed, "hubs"), MOST_HUBS) if (hub := address(_string(one, "url"), url))
        ),
        self_url=exact_address(_string(feed, "feed_url"), url),
        next_url=address(_string(feed, "next_url"), url),
        items=newest(_items(feed, url, fetched_at)),
    )


def _document(body: bytes) -> dict[str, Any]:
    if len(body) > MOST_BYTES:
        raise Permanent(Reason.TOO_COMPLEX, f"{len(body):,} bytes of JSON.")
    try:
        # Deep nesting is a RecursionError, a number of 6,000 digits a ValueError, odd bytes a UnicodeDecodeError.
        document = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as problem:
        raise Temporary(Reason.BROKEN_FEED, "It is not JSON.") from problem
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise Permanent(Reason.NOT_HTML, "JSON, but not a JSON Feed.")
    return document


def _items(feed: dict[str, Any], url: str, fetched_at: datetime) -> Iterator[FeedItem]:
    feed_authors = _authors(feed)
    for item in _objects(feed, "items")[:MOST_READ]:
        target = address(_string(item, "url") or _string(item, "external_url") or _web_id(item), url)
        if target is not None:
            yield FeedItem(
                url=target,
                title=short_title(_string(item, "title")),
                published_at=moment(_string(item, "date_published"), fetched_at),
                modified_at=moment(_string(item, "date_modified"), fetched_at),
                authors=_authors(item) or feed_authors,
                language=language_tag(_string(item, "language")),
            )


def _authors(holder: dict[str, Any]) -> tuple[str, ...]:
    """Return the names in ``authors`` (1.1) or ``author`` (1.0)."""
    single = holder.get("author")
    people = _objects(holder, "authors") or ([single] if isinstance(single, dict) else [])
    return names(_string(person, "name") for person in people)


def _web_id(item: dict[str, Any]) -> str | None:
    identity = _string(item, "id") or ""
    return identity if identity.startswith(("http://", "https://")) else None


def _string(holder: dict[str, Any], key: str) -> str | None:
    value = holder.get(key)
    return storable(value) if isinstance(value, str) else None


def _objects(holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = holder.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
