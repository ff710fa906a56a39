"""The address of a list's next page: as the list itself says (``rel=next``), else told from its own address.

A link is the next page's if it is the list's own address with the next number: ``?page=2``, ``/page/2/``, ``/seite-2``.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from warraq_parser.feeds.model import address
from warraq_parser.links import Anchor, base_of
from warraq_shared.urls import site_of

if TYPE_CHECKING:
    from warraq_parser.article.document import Document

_PATH = re.compile(r"/(?:page|pagina|página|pag|seite|p|صفحة|صفحه)[/_-]?([1-9]\d{0,3})/?$", re.I)
_QUERY = frozenset("page paged pg p pn pagina página seite صفحة صفحه".split())
_MOST_PARAMETERS = 30

List = tuple[str, str, tuple[tuple[str, str], ...]]


def next_of_list(document: "Document", anchors: Iterable[Anchor]) -> str | None:
    """Return the address of the page after ``document``, a list, on the same site; None if it shows none."""
    own, base = document.url, base_of(document)
    for element in document.root.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split():
            target = address(element.get("href"), base)
            if target and target != own and site_of(target) == site_of(own):
                return target
    return next_by_number(own, (anchor.url for anchor in anchors))


def next_by_number(own: str, urls: Iterable[str]) -> str | None:
    """Return the first of ``urls`` that is the address ``own`` with the next number; None if none is."""
    where, number = numbered(own)
    wanted = str(number + 1)
    return next((url for url in urls if wanted in url and numbered(url) == (where, number + 1)), None)


def numbered(url: str) -> tuple[List, int]:
    """Return which list an address belongs to, and which page of it that is; without a number it is the first."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if match := _PATH.search(path):
        return (parts.netloc, path[: match.start()].rstrip("/"), _parameters(parts.query)), int(match[1])
    rest = _parameters(parts.query)
    at = next((i for i, (name, value) in enumerate(rest) if name.lower() in _QUERY and _is_number(value)), None)
    if at is None:
        return (parts.netloc, path.rstrip("/"), rest), 1
    return (parts.netloc, path.rstrip("/"), rest[:at] + rest[at + 1 :]), int(rest[at][1])


def _parameters(query: str) -> tuple[tuple[str, str], ...]:
    pairs = query.split("&", _MOST_PARAMETERS)[:_MOST_PARAMETERS]
    return tuple(sorted(parse_qsl("&".join(pairs), keep_blank_values=True)))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) <= 4


def next_of_wordpress(url: str) -> str:
    """Return the next page of a feed that WordPress makes: they have one, and do not say so."""
    parts = urlsplit(url)
    number, rest = 1, []
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name == "paged" and _is_number(value):
            number = int(value)
        else:
            rest.append((name, value))
    return urlunsplit(parts._replace(query=urlencode([*rest, ("paged", number + 1)])))
