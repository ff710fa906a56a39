"""The door of the feeds: bytes in, one model out."""

from datetime import datetime

from warraq_parser.feeds.atom import read_atom
from warraq_parser.feeds.markup import decode_xml, parse_xml
from warraq_parser.feeds.model import Feed
from warraq_parser.feeds.rss import read_rss
from warraq_parser.feeds.shape import name_of


def read_feed(body: bytes, url: str, content_type: str | None, fetched_at: datetime) -> Feed:
    """Read an RSS, RDF or Atom document fetched from ``url``, sound or broken.

    ``fetched_at`` bounds the dates. Nothing but the returned value depends on anything but the arguments.

    Raises:
        Permanent: ``too-complex``.
        Temporary: ``broken-feed``: nothing of it could be read.
    """
    text, lie = decode_xml(body, content_type)
    root, notes = parse_xml(text)
    notes = (*notes, lie) if lie else notes
    read = read_atom if name_of(str(root.tag)) in ("atom:feed", "feed", "?:feed") else read_rss
    return read(root, url, fetched_at, notes)
