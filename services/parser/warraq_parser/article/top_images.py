"""The images of the article as a whole: the top image first, no logos."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from warraq_parser.article import jsonld
from warraq_parser.article.canonical import image_address
from warraq_parser.article.metadata import Metadata
from warraq_shared.article import Block, Image, ImageBlock

# In lower case, each beginning with a letter of its own: so Python looks at few places of an address.
_CARD = "[-_]?(?:default|fallback|card|share|image)\\."
_NO_PICTURE = re.compile(
    r"logo|favicon|apple-touch|sprite|placeholder|blank\.|empty\.|pixel\.|1x1\.|/blank|spacer|avatar|fallback|no[-_]?image|"
    r"default[-_.]?(?:image|img|share|og|social|thumb)|\.svg(?:$|\?)|"
    rf"og{_CARD}|share{_CARD}|social{_CARD}|facebook{_CARD}|fb{_CARD}|twitter{_CARD}"
)
_SIZE = re.compile(r"[-_]\d{2,4}x\d{2,4}(?=\.)")
_METAS = (
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "twitter:image",
    "twitter:image:src",
    "parsely-image-url",
    "thumbnail",
    "image",
)
_MOST = 30


def images_of(metadata: Metadata, blocks: tuple[Block, ...], base: str) -> tuple[tuple[Image, ...], str]:
    """Return the images of the article, the one that the page puts first in front, and the origin of that one.

    ``blocks`` are the body, whose images follow with their captions; ``base`` is what addresses are relative to.
    """
    found: dict[str, _Named] = {}
    for one in (*_said(metadata, base), *_shown(blocks)):
        key = _picture_of(one.url)
        known = found.get(key)
        if known:
            found[key] = known._replace(caption=known.caption or one.caption, credit=known.credit or one.credit)
        elif key and len(found) < _MOST:
            found[key] = one
    images = tuple(Image(url=one.url, caption=one.caption, credit=one.credit) for one in found.values())
    return images, next((one.origin for one in found.values()), "")


class _Named(NamedTuple):
    """An image that some place names; ``url`` is "" where it is no web address."""

    url: str
    origin: str
    caption: str | None = None
    credit: str | None = None


def _said(metadata: Metadata, base: str) -> Iterator[_Named]:
    """Yield what the head names: the cards' image first, then the images of the page's JSON-LD object."""
    for name in _METAS:
        for value in metadata.meta.get(name, ())[:2]:
            yield _Named(image_address(value, base), f"meta:{name}")
    for thing in jsonld.objects(metadata.article.get("image"), metadata.nodes_by_id):
        if isinstance(thing, str):
            yield _Named(image_address(thing, base), "json-ld")
        else:
            url = image_address(jsonld.first(thing, "url", "contentUrl", "@id"), base)
            caption = jsonld.first(thing, "caption", "description") or None
            yield _Named(url, "json-ld", caption, jsonld.first(thing, "creditText", "author", "creator") or None)
    for value in metadata.links.get("image_src", ())[:1]:
        yield _Named(image_address(value, base), "link:image_src")


def _shown(blocks: tuple[Block, ...]) -> Iterator[_Named]:
    for block in blocks:
        if isinstance(block, ImageBlock):
            yield _Named(block.url, "body", block.caption, block.credit)


@functools.lru_cache(maxsize=256)
def _picture_of(url: str) -> str:
    """Return a key that the sizes of one picture share: the file's name, without scheme, host and parameters.

    It is "" where the address is that of no picture, but of a logo, a placeholder. Remembered, because a page names
    its image in many places.
    """
    if not url:
        return ""
    path, query = urlsplit(url)[2:4]
    if _NO_PICTURE.search(f"{path}?{query[:200]}".lower()):
        return ""
    name = path.rsplit("/", 1)[-1]
    return _SIZE.sub("", name) if len(name) > 8 else f"{path}?{query}"
