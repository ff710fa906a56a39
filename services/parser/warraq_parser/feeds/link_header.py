"""The ``Link`` header of a response (RFC 8288): where WebSub's hub and self may stand instead of in the feed."""

import re
from collections.abc import Iterator

from warraq_parser.feeds.model import address, exact_address

LONGEST = 4_000
_LINK = re.compile(
    r"<([^<>]{1,2000})>((?:\s{0,9};\s{0,9}[\w*-]{1,40}\s{0,9}=\s{0,9}(?:\"[^\"]{0,500}\"|[^\s\",;<>]{0,500}))*)"
)
_RELATION = re.compile(r";\s{0,9}rel\s{0,9}=\s{0,9}(?:\"([^\"]{0,500})\"|([^\s\",;<>]{1,500}))", re.I)


def linked(header: str | None, relation: str, base: str) -> str | None:
    """Return the target of the first link with ``relation`` in a ``Link`` header, absolute; None if there is none."""
    return next(every_linked(header, relation, base), None)


def every_linked(header: str | None, relation: str, base: str) -> Iterator[str]:
    """Yield the target of each link with ``relation`` in a ``Link`` header, absolute."""
    for match in _LINK.finditer((header or "")[:LONGEST]):
        found = _RELATION.search(match.group(2))
        if found and relation in (found.group(1) or found.group(2)).lower().split():
            spelled = exact_address if relation == "self" else address
            if target := spelled(match.group(1), base):
                yield target
