"""RSS of every version, 0.9 to 2.0 and 1.0 (RDF): one shape, since the world mixes their elements freely.

Specifications: RSS 2.0 (rssboard.org/rss-specification), RSS 1.0 (web.resource.org/rss/1.0/spec) with its modules
Dublin Core and Syndication, and the profile of what readers do (rssboard.org/rss-profile).
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from warraq_parser.feeds.dates import moment
from warraq_parser.feeds.model import (
    MOST_HUBS,
    Feed,
    FeedFormat,
    FeedItem,
    Spelled,
    address,
    exact_address,
    names,
    newest,
    short_title,
)
from warraq_parser.feeds.shape import Element, Shape, attributes_of, name_of, plain, shape_of, text_of
from warraq_parser.next_page import next_of_wordpress
from warraq_shared.language_tags import language_tag

# Reading stops after this many items, wherever they are: the newest of those are handed on.
MOST_READ = 100_000
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
LONGEST_TTL = 31_536_000
_PUBLISHED = (
    "pubdate",
    "dc:date",
    "atom:published",
    "atom:issued",
    "dcterms:issued",
    "dcterms:created",
    "date",
    "published",
)
_MODIFIED = ("atom:updated", "dcterms:modified", "atom:modified", "updated", "lastbuilddate")
_AUTHORS = ("dc:creator", "author", "atom:author", "itunes:author", "creator")


def read_rss(root: Element, url: str, fetched_at: datetime, notes: tuple[str, ...] = ()) -> Feed:
    """Read an RSS document fetched from ``url``. Items may stand in the channel, beside it (RDF), or in the root."""
    channel_element = _channel(root)
    channel = shape_of(channel_element)
    base = _base(channel_element, _base(root, url))
    return Feed(
        format=_format(root),
        title=short_title(plain(channel.text("title", "dc:title"))),
        home_url=address(channel.text("link"), base),
        language=language_tag(channel.text("language", "dc:language") or _xml_language(root)),
        ttl_seconds=time_to_live(channel),
        hubs=tuple(islice(_atom_links(channel, "hub", base), MOST_HUBS)),
        self_url=_atom_link(channel, "self", base, exact_address),
        next_url=_atom_link(channel, "next", base) or _next_unsaid(channel, url),
        items=newest(_items(root, channel_element, base, fetched_at)),
        broken=bool(set(notes) & {"repaired", "damaged"}),
        notes=notes,
    )


def _format(root: Element) -> FeedFormat:
    return "rdf" if name_of(str(root.tag)) == "rdf:rdf" else "rss"


def _channel(root: Element) -> Element:
    """Return the channel, or the root itself where a broken document has none."""
    if name_of(str(root.tag)) == "channel":
        return root
    return next((child for child in root.iterchildren("{*}*") if name_of(str(child.tag)) == "channel"), root)


def _items(root: Element, channel: Element, base: str, fetched_at: datetime) -> Iterator[FeedItem]:
    read = 0
    for parent in (channel, root) if root is not channel else (root,):
        for element in parent.iterchildren("{*}item"):
            read += 1
            if read > MOST_READ:
                return
            item = _item(element, base, fetched_at)
            if item is not None:
                yield item


def _item(element: Element, feed_base: str, fetched_at: datetime) -> FeedItem | None:
    item = shape_of(element)
    base = feed_base if not item.attributes else _base(element, feed_base)
    url = _item_url(item, base)
    if url is None:
        return None
    return FeedItem(
        url=url,
        title=short_title(plain(item.text("title", "dc:title"))),
        published_at=_first_moment(item, _PUBLISHED, fetched_at),
        modified_at=_first_moment(item, _MODIFIED, fetched_at),
        authors=names(map(_author, item.every(*_AUTHORS))),
        language=language_tag(item.text("dc:language", "language")),
    )


def _item_url(item: Shape, base: str) -> str | None:
    """Return the item's own address: FeedBurner's note of the original first, then link, rdf:about, permalink GUID."""
    links = (
        attributes_of(link).get("href") or text_of(link) for link in item.every("link", "atom:link") if _is_page(link)
    )
    candidates = (
        item.text("feedburner:origlink"),
        *links,
        item.attributes.get("rdf:about"),
        _permalink(item),
    )
    return next((found for text in candidates if text and (found := address(text, base))), None)


def _is_page(link: Element) -> bool:
    """Tell whether a link names the page: RSS's own does, Atom's does unless its relation is another."""
    return link.get("rel", "alternate") == "alternate"


def _permalink(item: Shape) -> str | None:
    """Return the GUID where it may be an address: RSS 2.0 says that it is one unless isPermaLink is false."""
    guid = item.first("guid")
    if guid is None or attributes_of(guid).get("ispermalink", "true").strip().lower() == "false":
        return None
    text = text_of(guid)
    return text if text.startswith(("http://", "https://")) else None


def _author(element: Element) -> str:
    """Return the name in an author element: RSS has it as text, Atom in a child ``name``."""
    return shape_of(element, "atom:").text("name") or text_of(element) if len(element) else (element.text or "")


def _first_moment(item: Shape, fields: tuple[str, ...], fetched_at: datetime) -> datetime | None:
    return next((found for field in item.every(*fields) if (found := moment(text_of(field), fetched_at))), None)


def time_to_live(channel: Shape) -> int | None:
    """Return how long the channel asks to be left alone, in seconds: its ttl (minutes) or sy:updatePeriod."""
    minutes = channel.text("ttl")
    if minutes and minutes.isdecimal() and len(minutes) < 9:
        return min(int(minutes) * 60, LONGEST_TTL)
    period = _PERIODS.get((channel.text("sy:updateperiod") or "").lower())
    if period is None:
        return None
    times = channel.text("sy:updatefrequency") or "1"
    return period // max(int(times) if times.isdecimal() and len(times) < 9 else 1, 1)


def _atom_link(channel: Shape, relation: str, base: str, spelled: Spelled = address) -> str | None:
    return next(_atom_links(channel, relation, base, spelled), None)


def _atom_links(channel: Shape, relation: str, base: str, spelled: Spelled = address) -> Iterator[str]:
    """Yield the targets of the channel's links with ``relation``."""
    for link in channel.every("atom:link", "link"):
        attributes = attributes_of(link)
        is_meant = relation in attributes.get("rel", "").lower().split()
        if is_meant and (target := spelled(attributes.get("href"), base)):
            yield target


def _next_unsaid(channel: Shape, url: str) -> str | None:
    return next_of_wordpress(url) if "wordpress.org" in (channel.text("generator") or "")[:200].lower() else None


def _base(element: Element, outer: str) -> str:
    """Return the base of relative addresses in ``element``: its xml:base, itself relative to the ``outer`` one."""
    return address(attributes_of(element).get("xml:base"), outer) or outer


def _xml_language(root: Element) -> str | None:
    return attributes_of(root).get("xml:lang")
