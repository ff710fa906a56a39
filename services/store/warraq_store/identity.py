"""Which URL an article is known by: its own, or the canonical one that its page names, where that is believable."""

from urllib.parse import urlsplit

from warraq_shared.errors import Permanent
from warraq_shared.urls import canonical, same_site


def article_url(page_url: str, named: str | None) -> str:
    """Return the identity of an article found at ``page_url`` whose page names ``named`` as canonical.

    A canonical URL is believed if it is of the same site and not the front page: pages that name the front page, or
    another site, would fold many articles into one.
    """
    if not named:
        return page_url
    try:
        url = canonical(named, page_url)
    except Permanent:
        return page_url
    return url if _believable(url, page_url) else page_url


def _believable(url: str, page_url: str) -> bool:
    parts = urlsplit(url)
    is_front_page = parts.path in ("", "/") and not parts.query
    return not is_front_page and same_site(url, page_url)
