"""Addresses that a page names: its own canonical one where it is believable, and relative ones made absolute."""

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from warraq_parser.article import jsonld
from warraq_parser.article.metadata import Metadata
from warraq_shared.errors import Permanent
from warraq_shared.urls import canonical, same_site

if TYPE_CHECKING:
    from warraq_parser.article.document import Document

_LONGEST = 2048


def base_of(document: "Document", metadata: Metadata) -> str:
    """Return the address that relative ones are relative to: the first ``base`` element's, else the page's own."""
    for href in metadata.links.get("base", ())[:1]:
        return absolute(href, document.url) or document.url
    return document.url


def absolute(address: str, base: str) -> str:
    """Return ``address`` in its one spelling, joined to ``base``; "" where it is no http address or too long."""
    if not address or len(address) > _LONGEST or address.startswith(("data:", "javascript:", "blob:", "about:")):
        return ""
    try:
        return canonical(address, base or None)
    except (Permanent, ValueError):
        return ""


def image_address(address: str, base: str) -> str:
    """Return the absolute address of an image as the page writes it: its parameters choose size and format."""
    if not address or len(address) > _LONGEST or address.startswith(("data:", "blob:", "about:")):
        return ""
    try:
        joined = urljoin(base, address.strip())
        parts = urlsplit(joined)
    except ValueError:
        return ""
    return joined if parts.scheme in ("http", "https") and parts.netloc and " " not in joined else ""


def canonical_address(document: "Document", metadata: Metadata) -> tuple[str, str, str]:
    """Return the page's canonical address, its origin, and why the best candidate was refused ("" if it was not).

    Believable is an address of the same site that is not the front page (unless this is it): pages are known that
    name another site, the front page, or an empty address, and whoever believes them loses articles.
    """
    refused = ""
    for address, origin in _candidates(metadata):
        url = absolute(address, document.url)
        refused = _doubt(url, document.url)
        if not refused:
            return url, origin, ""
    return "", "", refused


def _candidates(metadata: Metadata) -> list[tuple[str, str]]:
    found = [(href, "link:canonical") for href in metadata.links.get("canonical", ())[:1]]
    found += [(url, "meta:og:url") for url in metadata.meta.get("og:url", ())[:1]]
    named = jsonld.first(metadata.article, "url", "mainEntityOfPage")
    return [*found, (named, "json-ld")] if named else found


def _doubt(url: str, page_url: str) -> str:
    """Say why ``url`` is not believable as the canonical address of ``page_url``, "" if it is."""
    if not url:
        return "is no address"
    if not same_site(url, page_url):
        return "is of another site"
    here, there = urlsplit(page_url), urlsplit(url)
    if there.path in ("", "/") and not there.query and (here.path not in ("", "/") or here.query):
        return "is the front page"
    return ""
