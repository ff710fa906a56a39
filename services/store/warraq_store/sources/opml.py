"""Sources as OPML, which feed readers exchange.

Read without a document type, so that no entity can be expanded (the "billion laughs"); folders and categories become
tags.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree import ElementTree

from warraq_shared.errors import UsageProblem
from warraq_store.sources.wish import PolledPage, SourceWish

MOST_BYTES: Final = 50 * 1024 * 1024
_MOST_DEPTH: Final = 50
_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.I)


def read_opml(data: bytes) -> list[SourceWish]:
    """Return the feeds of an OPML file (2.0; 1.x reads the same) as sources; the outlines around them become tags.

    Raises:
        UsageProblem: it is not OPML, or it has a document type.
    """
    root = _opml_root(data)
    wishes: dict[str, SourceWish] = {}
    names: dict[str, int] = {}
    for outline, tags in _outlines(root):
        url = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        if url and url not in wishes:
            wishes[url] = _of_outline(outline, url, tags, names)
    return [wish.checked() for wish in wishes.values()]


def _opml_root(data: bytes) -> ElementTree.Element:
    if len(data) > MOST_BYTES:
        raise UsageProblem(f"The file is larger than {MOST_BYTES:,} bytes.")
    # Every encoding that the XML parser below would take keeps these ASCII letters, once its zero bytes are gone.
    if _DOCTYPE.search(data.replace(b"\0", b"").decode("latin-1")):
        raise UsageProblem("The OPML file has a document type; such files are not read. Remove the <!DOCTYPE …>.")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314  # no document type, so no entities
    except (ElementTree.ParseError, ValueError, LookupError) as problem:
        raise UsageProblem(f"This is not OPML: {problem}") from problem
    if root.tag.lower() != "opml":
        raise UsageProblem(f"This is not OPML: its first element is <{root.tag[:40]}>.")
    return root


def _outlines(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, tuple[str, ...]]]:
    """Yield every outline with the titles of those around it; without recursion, files may be nested deeply."""
    waiting = [(child, ()) for child in reversed(root.findall("body"))]
    stack: list[tuple[ElementTree.Element, tuple[str, ...]]] = [(element, tags) for element, tags in waiting]
    while stack:
        element, tags = stack.pop()
        title = (element.get("title") or element.get("text") or "").strip()
        inner = (*tags, title) if title and not element.get("xmlUrl") and len(tags) < _MOST_DEPTH else tags
        if element.tag == "outline":
            yield element, tags
        stack += [(child, inner) for child in reversed(list(element))]


def _of_outline(outline: ElementTree.Element, url: str, tags: tuple[str, ...], names: dict[str, int]) -> SourceWish:
    categories = (part.strip().strip("/") for part in (outline.get("category") or "").split(","))
    title = " ".join((outline.get("title") or outline.get("text") or url).split())[:180]
    names[title] = names.get(title, 0) + 1
    return SourceWish(
        name=title if names[title] == 1 else f"{title} ({names[title]})",
        url=(outline.get("htmlUrl") or url).strip(),
        pages=(PolledPage(url=url, role="feed"),),
        language=(outline.get("language") or "").strip() or None,
        tags=(*tags, *filter(None, categories)),
    )


def write_opml(wishes: Sequence[SourceWish], title: str = "Warraq sources") -> bytes:
    """Return the feeds of ``wishes`` as OPML 2.0, under one outline per first tag. Sitemaps and sections have no place
    in OPML and are left out."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = title
    body = ElementTree.SubElement(root, "body")
    folders: dict[str, ElementTree.Element] = {}
    for wish in wishes:
        folder = body
        if wish.tags:
            tag = wish.tags[0]
            folder = folders.setdefault(tag, ElementTree.Element("outline", text=tag, title=tag))
        for page in wish.pages:
            if page.role == "feed":
                ElementTree.SubElement(folder, "outline", _attributes(wish, page))
    body.extend(folders.values())
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def without_feed(wishes: Sequence[SourceWish]) -> list[str]:
    """Return the names of ``wishes`` for which OPML has no place: none of their pages is a feed."""
    return [wish.name for wish in wishes if not any(page.role == "feed" for page in wish.pages)]


def _attributes(wish: SourceWish, page: PolledPage) -> dict[str, str]:
    attributes = {"type": "rss", "text": wish.name, "title": wish.name, "xmlUrl": page.url, "htmlUrl": wish.url}
    if wish.language:
        attributes["language"] = wish.language
    if len(wish.tags) > 1:
        attributes["category"] = ",".join(wish.tags[1:])
    return {name: _XML_UNFIT.sub("", value) for name, value in attributes.items()}


_XML_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
