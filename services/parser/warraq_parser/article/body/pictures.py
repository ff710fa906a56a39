"""Images and embeds: which of them belong to an article, and their addresses."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from warraq_parser.text.clean import clean_line
from warraq_shared.article import Embed, ImageBlock

# Where lazy loading hides the address of the image; ``src`` is a placeholder then.
_LAZY: Final = ("data-src", "data-original", "data-lazy-src", "data-srcset", "data-lazy-srcset", "data-url")
_SMALLEST_SIDE: Final = 80
_NOT_CONTENT: Final = (
    "avatar",
    "logo",
    "icon",
    "emoji",
    "spinner",
    "placeholder",
    "pixel",
    "gravatar",
    "spacer",
    "blank.",
)
_POSTS: Final = (
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "bluesky-embed",
    "fb-post",
    "fb-xfbml",
    "reddit-",
)
_EMBED_ADDRESSES: Final = ("src", "data-src", "data-lazy-src", "data-video-url")
_NOT_EMBEDS: Final = (
    "googletagmanager",
    "doubleclick",
    "about:",
    "recaptcha",
    "googlesyndication",
    "/ads",
    "facebook.com/plugins/like",
)
# "Photo: Name", "Foto (Name)", "© Name", "(تصوير: …)" at the end of a caption.
_CREDIT: Final = re.compile(
    r"[(（\[|/–—-]?\s*(?:\b(?:photos?|fotos?|photographie|picture|image|bild|bilder|credits?|kuva|zdjęcie|fot\.|фото|صورة|تصوير|عکس|צילום|写真|撮影)"
    r"(?:\s+(?:by|von|de|di|af|av))?\s*[:：=]\s*(?P<named>[^:：]{2,80})|(?:©|\(c\))\s*(?P<signed>[^©]{2,80}))$",
    re.IGNORECASE,
)
_LONGEST_ADDRESS: Final = 2_000


def read_image(element: HtmlElement, page_url: str) -> Iterator[ImageBlock]:
    """Yield the image that ``element`` shows, unless it is decoration (icons, avatars, counting pixels)."""
    address = _image_address(element)
    if not address or _is_small(element):
        return
    lowered = address.lower()
    if any(word in lowered for word in _NOT_CONTENT) or lowered.endswith(".svg"):
        return
    if url := absolute(address, page_url):
        yield ImageBlock(url=url, alt=clean_line(element.get("alt") or "")[:500] or None)


def is_post(element: HtmlElement) -> bool:
    """Tell whether a quote is the stand-in for a post of a social network, until a script shows the post."""
    names = element.get("class") or ""
    return any(name in names for name in _POSTS)


def read_embed(element: HtmlElement, page_url: str) -> Iterator[Embed]:
    """Yield what ``element`` embeds, unless it is an advertisement or a counter."""
    if element.tag == "blockquote":
        addresses = [link.get("href") or "" for link in element.iter("a")]
        own = element.get("data-instgrm-permalink") or element.get("cite") or (addresses[-1] if addresses else "")
        yield from (Embed(url=url) for url in (absolute(own, page_url),) if url)
        return
    address = next((value for name in _EMBED_ADDRESSES if (value := element.get(name))), "")
    if not address and element.tag == "video":
        source = element.find("source")
        address = (source.get("src") or "") if source is not None else ""
    if address and not any(word in address.lower() for word in _NOT_EMBEDS) and (url := absolute(address, page_url)):
        yield Embed(url=url)


def caption_and_credit(line: str) -> dict[str, str | None]:
    """Return the fields ``caption`` and ``credit`` that a line below an image gives ("The market. Photo: A. Name")."""
    found = _CREDIT.search(line)
    if not found:
        return {"caption": line or None}
    credit = clean_line(found.group("named") or found.group("signed") or "").strip(" )）.|/")
    caption = line[: found.start()].strip(" (（|/-–—·")
    return {"caption": caption or None, "credit": credit or None}


def _image_address(element: HtmlElement) -> str:
    """Return the address of an image as written: the lazy one first, then ``src``, then the largest of ``srcset``."""
    for name in _LAZY:
        if value := element.get(name):
            return _largest(value) if name.endswith("srcset") else value.strip()
    source = (element.get("src") or "").strip()
    if source and not source.startswith("data:"):
        return source
    return _largest(element.get("srcset") or "")


def _largest(srcset: str) -> str:
    """Return the last address of a ``srcset``: by custom the largest."""
    candidates = [part.split() for part in srcset[:20_000].split(", ") if part.strip()]
    return candidates[-1][0].rstrip(",") if candidates else ""


def _is_small(element: HtmlElement) -> bool:
    """Tell whether the image says that it is too small to be a picture."""
    sides = (element.get("width"), element.get("height"))
    return any(side.isdecimal() and int(side) < _SMALLEST_SIDE for side in sides if side and len(side) < 6)


def absolute(address: str, page_url: str) -> str:
    """Return ``address`` as an absolute http(s) address, or "" where it is none."""
    if len(address) > _LONGEST_ADDRESS or address.startswith(("data:", "blob:", "javascript:")):
        return ""
    try:
        url = urljoin(page_url, address)
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
