"""The ``Link`` header of a response (RFC 8288): where WebSub's hub and self may stand instead of in the feed."""

import re

from warraq_parser.feeds.model import address, exact_address

LONGEST = 4_000
_LINK = re.compile(
    r"<([^<>]{1,2000})>((?:\s{0,9};\s{0,9}[\w*-]{1,40}\s{0,9}=\s{0,9}(?:\"[^\"]{0,500}\"|[^\s\",;<>]{0,500}))*)"
)
_RELATION = re.compile(r";\s{0,9}rel\s{0,9}=\s{0,9}(?:\"([^\"]{0,500})\"|([^\s\",;<>]{1,500}))", re.I)


def linked(header: str | None, relation: str, base: str) -> str | None:
    """Return the target of the first link with ``relation`` in a ``Link`` header, absolute; None if there is none."""
    for match in _LINK.finditer((header or "")[:LONGEST]):
        found = _RELATION.search(match.group(2))
        if found and relation in (found.group(1) or found.group(2)).lower().split():
            return exact_address(match.group(1), base) if relation == "self" else address(match.group(1), base)
    return None
