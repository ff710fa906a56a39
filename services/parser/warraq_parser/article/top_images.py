"""The images of the article as a whole: the top image first, no logos."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from warraq_parser.article import jsonld
from warraq_parser.article.canonical import image_address
from warraq_parser.article.metadata import Metadata
from warraq_shared.article import Block, Image, ImageBlock

_NO_PICTURE = re.compile(
    r"logo|favicon|apple-touch|sprite|placeholder|(?:blank|empty|pixel|1x1)\.|/blank|spacer|avatar|gravatar|default[-_.]?(?:image|img|share|og|social|thumb)|"
    r"(?:og|share|social|facebook|fb|twitter)[-_]?(?:default|fallback|card|share|image)\.|fallback|no[-_]?image|\.svg(?:$|\?)",
    re.IGNORECASE,
)
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
    found: dict[str, tuple[Image, str]] = {}
    for image, origin in (*_said(metadata, base), *_shown(blocks)):
        if not image.url or _NO_PICTURE.search(urlsplit(image.url).path + "?" + urlsplit(image.url).query[:200]):
            continue
        key = _same_picture(image.url)
        if key in found:
            found[key] = (_merged(found[key][0], image), found[key][1])
        elif len(found) < _MOST:
            found[key] = (image, origin)
    ordered = list(found.values())
    return tuple(image for image, _ in ordered), ordered[0][1] if ordered else ""


def _said(metadata: Metadata, base: str) -> Iterator[tuple[Image, str]]:
    """Yield what the head names: the cards' image first, then the images of the page's JSON-LD object."""
    for name in _METAS:
        for value in metadata.meta.get(name, ())[:2]:
            yield Image(url=image_address(value, base)), f"meta:{name}"
    for thing in jsonld.objects(metadata.article.get("image"), metadata.nodes_by_id):
        if isinstance(thing, str):
            yield Image(url=image_address(thing, base)), "json-ld"
        else:
            url = image_address(jsonld.first(thing, "url", "contentUrl", "@id"), base)
            caption = jsonld.first(thing, "caption", "description") or None
            yield (
                Image(url=url, caption=caption, credit=jsonld.first(thing, "creditText", "author", "creator") or None),
                "json-ld",
            )
    for value in metadata.links.get("image_src", ())[:1]:
        yield Image(url=image_address(value, base)), "link:image_src"


def _shown(blocks: tuple[Block, ...]) -> Iterator[tuple[Image, str]]:
    for block in blocks:
        if isinstance(block, ImageBlock):
            yield Image(url=block.url, caption=block.caption, credit=block.credit), "body"


def _same_picture(url: str) -> str:
    """Return a key that the sizes of one picture share: the file's name, without scheme, host and parameters."""
    path = urlsplit(url).path
    name = path.rsplit("/", 1)[-1]
    return re.sub(r"[-_]\d{2,4}x\d{2,4}(?=\.)", "", name) if len(name) > 8 else f"{path}?{urlsplit(url).query}"


def _merged(one: Image, other: Image) -> Image:
    return Image(url=one.url, caption=one.caption or other.caption, credit=one.credit or other.credit)
