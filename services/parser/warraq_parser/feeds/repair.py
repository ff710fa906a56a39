"""Repairing XML that is not well-formed: characters, ampersands, junk; in pieces where that is not enough."""

import html
import re
from collections.abc import Iterator

ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:rss|feed|rdf|urlset|sitemapindex|channel)(?=[\s>/])", re.I)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
_AMPERSAND = re.compile(r"&(?:#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?")
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})


def repair(text: str) -> str:
    """Return ``text`` without junk before its root and without characters XML has not, every ``&`` made sound."""
    root = ROOT.search(text)
    cleaned = _NOT_XML.sub("", text[root.start() :] if root else text)
    pieces: list[str] = []
    for chunk, is_cdata in _cdata_parts(cleaned):
        pieces.append(chunk if is_cdata or "&" not in chunk else _AMPERSAND.sub(_sound, chunk))
    return "".join(pieces)


def _cdata_parts(text: str) -> Iterator[tuple[str, bool]]:
    """Cut ``text`` into stretches outside and inside CDATA; one without an end runs to the end of ``text``."""
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        yield text[at:start], False
        end = text.find("]]>", start)
        if end < 0:
            yield text[start:] + "]]>", True
            return
        yield text[start : end + 3], True
        at = end + 3
    yield text[at:], False


def _sound(match: re.Match[str]) -> str:
    """Return what stands for one ``&…``: HTML's named characters by themselves, a bare ampersand escaped."""
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return "\ufffd" if code > 0x10FFFF or _NOT_XML.match(chr(code)) else match.group()
    if name is None:
        return "&amp;"
    if name in _XML_OWN:
        return match.group()
    character = html.unescape(f"&{name};")
    return "&amp;" + match.group()[1:] if character.startswith("&") else html.escape(character)


_TAG = re.compile(r"<(/?)([A-Za-z_][\w.-]{0,60}(?::[\w.-]{1,60})?)((?:\s[^<>]{0,4000})?)(?<!/)(/?)>")
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w.-]{0,60}(?::[\w.-]{1,60})?)=(?:\"[^\"<]*\"|'[^'<]*')")
# Fields of an item that hold text and nothing else.
_LEAVES = frozenset(
    {
        "title",
        "link",
        "guid",
        "pubdate",
        "dc:date",
        "dc:creator",
        "description",
        "category",
        "id",
        "updated",
        "published",
    }
)
_ITEM_END = re.compile(r"</(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry|url|sitemap)\s{0,9}>", re.I)
_ABOUT = re.compile(r"\brdf:about\s?=\s?(?:\"[^\"<>&]{1,2000}\"|'[^'<>&]{1,2000}')")
_ITEM = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(item|entry|url|sitemap)(?=[\s>/])[^<>]{0,2000}>", re.I)


def pieces(text: str) -> tuple[str, list[str]]:
    """Cut a damaged document into what stands before its first item, and its items, each balanced by itself."""
    starts = list(_ITEM.finditer(text))
    if not starts:
        return balanced(text), []
    # In a document that was cut off, the last words may be half an address: all after the last tag goes.
    ends = [start.start() for start in starts[1:]] + [max(text.rfind(">") + 1, starts[-1].end())]
    items = [_piece(start, text[start.end() : end]) for start, end in zip(starts, ends, strict=True)]
    return balanced(text[: starts[0].start()]), items


def _piece(start: re.Match[str], rest: str) -> str:
    tag = start.group(1).lower()
    close = _ITEM_END.search(rest)
    about = _ABOUT.search(start.group())
    opening = f"<{tag} {about.group()}>" if about else f"<{tag}>"
    return f"{opening}{balanced(rest[: close.start()] if close else rest)}</{tag}>"


def balanced(text: str) -> str:
    """Return ``text`` with a pair for every tag.

    End tags nobody opened go, what stays open is closed, a bare ``<`` is text, attributes without quotes go. One
    pass with a stack; the text stays as it is.
    """
    output: list[str] = []
    opened: list[str] = []
    count: dict[str, int] = {}
    for chunk, is_cdata in _cdata_parts(text):
        if is_cdata:
            output.append(chunk)
            continue
        at = 0
        for tag in _TAG.finditer(chunk):
            output.append(chunk[at : tag.start()].replace("<", "&lt;"))
            output.append(_paired(tag, opened, count))
            at = tag.end()
        output.append(chunk[at:].replace("<", "&lt;"))
    output.extend(f"</{name}>" for name in reversed(opened))
    return "".join(output)


def _paired(tag: re.Match[str], opened: list[str], count: dict[str, int]) -> str:
    """Return what stands for ``tag`` so that the document stays balanced, keeping the stack of open elements."""
    ending, name, attributes, alone = tag.groups()
    if ending:
        return _closed(name, opened, count)
    quoted = "".join(f" {found}" for found in dict(_quoted(attributes)).values())
    if alone:
        return f"<{name}{quoted}/>"
    # A field cannot begin inside another: the end tag of the one before is missing or misspelt.
    before = _closed(opened[-1], opened, count) if opened and {opened[-1].lower(), name.lower()} <= _LEAVES else ""
    opened.append(name)
    count[name] = count.get(name, 0) + 1
    return f"{before}<{name}{quoted}>"


def _quoted(attributes: str) -> Iterator[tuple[str, str]]:
    """Yield each attribute that is properly quoted, by name: an element may not have one twice."""
    for match in _ATTRIBUTE.finditer(attributes):
        yield match.group(1), match.group()


def _closed(name: str, opened: list[str], count: dict[str, int]) -> str:
    if not count.get(name):
        return ""
    ends: list[str] = []
    while True:
        last = opened.pop()
        count[last] -= 1
        ends.append(f"</{last}>")
        if last == name:
            return "".join(ends)
