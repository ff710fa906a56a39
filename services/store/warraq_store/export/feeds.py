"""RSS 2.0 and Atom 1.0 (RFC 4287) of a query's newest articles, with the text as HTML made from the blocks.

Text comes from strangers: it is escaped, characters that XML forbids are left out, and only web addresses become links.
"""

import html
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, BinaryIO, Final
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from warraq_store.export.rows import Document

# What XML 1.0 allows (section 2.2), turned round.
_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_ATOM: Final = "http://www.w3.org/2005/Atom"


class _Writer:
    """Writes elements to a stream as they come."""

    def __init__(self, stream: BinaryIO) -> None:
        self._xml = XMLGenerator(stream, encoding="utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def open(self, name: str, **attributes: str) -> None:
        """Open an element."""
        named = {key.replace("_", ":"): legal(value) for key, value in attributes.items()}
        self._xml.startElement(name, AttributesImpl(named))

    def close(self, name: str) -> None:
        """Close an element, on its own line."""
        self._xml.endElement(name)
        self._xml.characters("\n")

    def element(self, name: str, text: str | None = None, **attributes: str) -> None:
        """Write an element, unless there is nothing to say in it."""
        if not text and not attributes:
            return
        self.open(name, **attributes)
        self._xml.characters(legal(text or ""))
        self.close(name)


def write_rss(stream: BinaryIO, documents: Iterable[Document], *, title: str, link: str, now: datetime) -> int:
    """Write an RSS feed of ``documents``; return how many."""
    xml, number = _Writer(stream), 0
    xml.open("rss", version="2.0", xmlns_content=_CONTENT, xmlns_dc=_DC)
    xml.open("channel")
    xml.element("title", title)
    xml.element("link", link)
    xml.element("description", title)
    xml.element("generator", "Warraq")
    xml.element("lastBuildDate", format_datetime(now.astimezone(UTC), usegmt=True))
    for number, document in enumerate(documents, 1):  # noqa: B007  # the last number is the count
        _rss_item(xml, document)
    xml.close("channel")
    xml.close("rss")
    return number


def _rss_item(xml: _Writer, document: Document) -> None:
    xml.open("item")
    xml.element("title", document["title"])
    xml.element("link", document["url"])
    xml.element("guid", document["url"], isPermaLink="true")
    xml.element("pubDate", format_datetime(published(document).astimezone(UTC), usegmt=True))
    for author in document["authors"]:
        xml.element("dc:creator", author)
    xml.element("dc:language", document["language"])
    for category in categories(document):
        xml.element("category", category)
    xml.element("description", document["lead"] or document["subtitle"])
    xml.element("content:encoded", body(document))
    xml.close("item")


def write_atom(stream: BinaryIO, documents: Iterable[Document], *, title: str, link: str, now: datetime) -> int:
    """Write an Atom feed of ``documents``; return how many."""
    xml, number = _Writer(stream), 0
    xml.open("feed", xmlns=_ATOM)
    xml.element("id", link)
    xml.element("title", title)
    xml.element("link", href=link)
    xml.element("updated", now.astimezone(UTC).isoformat())
    xml.element("generator", "Warraq")
    for number, document in enumerate(documents, 1):  # noqa: B007  # the last number is the count
        _atom_entry(xml, document)
    xml.close("feed")
    return number


def _atom_entry(xml: _Writer, document: Document) -> None:
    language = {"xml_lang": document["language"]} if document["language"] else {}
    xml.open("entry", **language)
    xml.element("id", document["url"])
    xml.element("title", document["title"] or document["url"])
    xml.element("link", rel="alternate", href=document["url"])
    xml.element("published", published(document).isoformat())
    xml.element("updated", document["changed_at"].isoformat())
    for author in document["authors"] or ["-" if not document["site"] else document["site"]]:
        xml.open("author")
        xml.element("name", author)
        xml.close("author")
    for category in categories(document):
        xml.element("category", term=category)
    xml.element("summary", document["lead"] or document["subtitle"])
    xml.element("content", body(document), type="html")
    xml.close("entry")


def published(document: Document) -> datetime:
    """Return when the article was published, or first seen where it does not say."""
    moment: datetime = document["published_at"] or document["first_seen_at"]
    return moment


def categories(document: Document) -> Iterator[str]:
    """Yield the section and the tags, each once."""
    yield from dict.fromkeys(filter(None, (document["section"], *document["tags"])))


def legal(text: str) -> str:
    """Return ``text`` without the characters that XML forbids."""
    return _ILLEGAL.sub("", text)


def body(document: Document) -> str:
    """Return the article's blocks as HTML, in its own direction; "" for an export without text."""
    if not document.get("blocks"):
        return ""
    inner = "".join(_block(block) for block in document["blocks"])
    return f'<div dir="{document["direction"]}">{inner}</div>'


def _block(block: dict[str, Any]) -> str:
    match block["type"]:
        case "paragraph":
            return f"<p>{_text(block['text'])}</p>"
        case "heading":
            return f"<h{block['level']}>{_text(block['text'])}</h{block['level']}>"
        case "quote":
            return f"<blockquote>{_text(block['text'])}</blockquote>"
        case "list":
            name = "ol" if block.get("ordered") else "ul"
            return f"<{name}>{''.join(f'<li>{_text(item)}</li>' for item in block['items'])}</{name}>"
        case "table":
            return f"<table>{''.join(_row(row) for row in block['rows'])}</table>"
        case "image":
            return _image(block)
        case _:
            return _link(block.get("url", ""))


def _row(cells: list[str]) -> str:
    return f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>"


def _image(block: dict[str, Any]) -> str:
    if not _is_web(block["url"]):
        return ""
    caption = f"<figcaption>{_text(block['caption'])}</figcaption>" if block.get("caption") else ""
    alt = html.escape(block.get("alt") or "")
    return f'<figure><img src="{html.escape(block["url"])}" alt="{alt}">{caption}</figure>'


def _link(url: str) -> str:
    return f'<p><a href="{html.escape(url)}">{_text(url)}</a></p>' if _is_web(url) else ""


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _text(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")
