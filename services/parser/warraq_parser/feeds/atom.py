"""Atom 1.0 (RFC 4287) and 0.3, which differs by its namespace and a few names."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from warraq_parser.feeds.dates import moment
from warraq_parser.feeds.model import (
    MOST_HUBS,
    Feed,
    FeedItem,
    Spelled,
    address,
    exact_address,
    names,
    newest,
    short_title,
)
from warraq_parser.feeds.rss import MOST_READ, time_to_live
from warraq_parser.feeds.shape import Element, Shape, attributes_of, plain, shape_of, text_of
from warraq_shared.language_tags import language_tag

_PUBLISHED = ("published", "issued", "created", "dc:date", "pubdate")
_MODIFIED = ("updated", "modified", "dcterms:modified")


def read_atom(root: Element, url: str, fetched_at: datetime, notes: tuple[str, ...] = ()) -> Feed:
    """Read an Atom document fetched from ``url``."""
    feed = shape_of(root, "atom:")
    base = address(feed.attributes.get("xml:base"), url) or url
    return Feed(
        format="atom",
        title=_text(feed, "title"),
        home_url=_linked(feed, "alternate", base),
        language=language_tag(feed.attributes.get("xml:lang") or feed.text("dc:language")),
        ttl_seconds=time_to_live(feed),
        hubs=tuple(islice(_hubs(feed, base), MOST_HUBS)),
        self_url=_linked(feed, "self", base, exact_address),
        next_url=_linked(feed, "next", base),
        items=newest(_entries(root, base, fetched_at, _people(feed))),
        broken=bool(set(notes) & {"repaired", "damaged"}),
        notes=notes,
    )


def _entries(root: Element, base: str, fetched_at: datetime, feed_authors: tuple[str, ...]) -> Iterator[FeedItem]:
    for read, element in enumerate(root.iterchildren("{*}entry"), start=1):
        if read > MOST_READ:
            return
        item = _entry(shape_of(element, "atom:"), base, fetched_at, feed_authors)
        if item is not None:
            yield item


def _entry(entry: Shape, feed_base: str, fetched_at: datetime, feed_authors: tuple[str, ...]) -> FeedItem | None:
    base = address(entry.attributes.get("xml:base"), feed_base) or feed_base
    url = address(entry.text("feedburner:origlink"), base) or _linked(entry, "alternate", base) or _identity(entry)
    if url is None:
        return None
    return FeedItem(
        url=url,
        title=_text(entry, "title"),
        published_at=_first_moment(entry, _PUBLISHED, fetched_at),
        modified_at=_first_moment(entry, _MODIFIED, fetched_at),
        authors=_people(entry) or feed_authors,
        language=language_tag(entry.attributes.get("xml:lang") or entry.text("dc:language")),
    )


def _identity(entry: Shape) -> str | None:
    """Return the entry's id where it is an address and no link says better (RFC 4287, 4.1.3.2)."""
    identity = entry.text("id") or ""
    return address(identity, identity) if identity.startswith(("http://", "https://")) else None


def _linked(shape: Shape, relation: str, base: str, spelled: Spelled = address) -> str | None:
    """Return the target of the first link with ``relation``, HTML before other types; no rel means alternate."""
    found: list[str] = []
    for link in shape.every("link"):
        attributes = attributes_of(link)
        if relation in attributes.get("rel", "alternate").lower().split():
            target = spelled(attributes.get("href") or text_of(link), address(attributes.get("xml:base"), base) or base)
            if target and "html" in attributes.get("type", "html"):
                return target
            found += [target] if target else []
    return found[0] if found else None


def _hubs(feed: Shape, base: str) -> Iterator[str]:
    for attributes in map(attributes_of, feed.every("link")):
        target = address(attributes.get("href"), base) if "hub" in attributes.get("rel", "").lower().split() else None
        if target:
            yield target


def _text(shape: Shape, name: str) -> str | None:
    """Return an Atom text construct as plain text; a type of ``text`` is literal (RFC 4287, 3.1.1)."""
    element = shape.first(name)
    if element is None:
        return None
    literal = len(element) or element.get("type", "text") in ("text", "text/plain", "xhtml")
    return short_title(text_of(element) if literal and "&" not in text_of(element) else plain(text_of(element)))


def _people(shape: Shape) -> tuple[str, ...]:
    elements = [*shape.every("author"), *shape.every("dc:creator")]
    return names(
        shape_of(author, "atom:").text("name") or (text_of(author) if len(author) == 0 else "") for author in elements
    )


def _first_moment(entry: Shape, fields: tuple[str, ...], fetched_at: datetime) -> datetime | None:
    return next((found for field in entry.every(*fields) if (found := moment(text_of(field), fetched_at))), None)
