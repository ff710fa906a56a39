"""Texts that a page's scripts hold as Markdown, as markup: what articles use of it (CommonMark 0.31), no more."""

import re
from html import escape
from typing import Final

_LINK: Final = re.compile(r"(!?)\[([^\[\]\n]{0,300})\]\(([^()\s]{1,1000})(?:\s+\"[^\"\n]{0,200}\")?\)")
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,400})\1")
_EMPHASIS: Final = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]{1,400})\1(?![\w*])")
_HEADING: Final = re.compile(r" {0,3}(#{1,6})\s+(\S.*)")
_QUOTED: Final = re.compile(r" {0,3}>\s?")
_ITEM: Final = re.compile(r" {0,3}(?:[-*+]|(\d{1,3})[.)])\s+")
_RULE: Final = re.compile(r" {0,3}(?:-{3,}|\*{3,}|_{3,})\s*")
_FEWEST_HEADINGS: Final = 2


def is_markdown(text: str) -> bool:
    """Tell whether a text that is no markup shows the signs of Markdown: links with addresses, several headings."""
    return "](http" in text or "](/" in text or text.count("\n#") >= _FEWEST_HEADINGS


def as_markup(text: str) -> str:
    """Return a text in Markdown as HTML: paragraphs, headings, quotes, lists, links, images, bold."""
    chunks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))
    return "\n".join(_chunk(chunk.strip("\n").split("\n")) for chunk in chunks if chunk.strip())


def _chunk(lines: list[str]) -> str:
    """Return the markup of what stands between two empty lines."""
    heading = _HEADING.fullmatch(lines[0])
    if heading:
        level = len(heading[1])
        rest = _chunk(lines[1:]) if len(lines) > 1 else ""
        return f"<h{level}>{_inline(heading[2].rstrip(' #'))}</h{level}>{rest}"
    if all(map(_RULE.fullmatch, lines)):
        return "<hr>"
    if all(map(_QUOTED.match, lines)):
        said = " ".join(_QUOTED.sub("", line, count=1) for line in lines)
        return f"<blockquote><p>{_inline(said)}</p></blockquote>"
    if all(map(_ITEM.match, lines)):
        return _list(lines)
    return f"<p>{_inline(' '.join(lines))}</p>"


def _list(lines: list[str]) -> str:
    first = _ITEM.match(lines[0])
    tag = "ol" if first and first[1] else "ul"
    items = [_inline(_ITEM.sub("", line, count=1)) for line in lines]
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _inline(text: str) -> str:
    text = _LINK.sub(_link, text)
    return _EMPHASIS.sub(r"<em>\2</em>", _STRONG.sub(r"<b>\2</b>", text))


def _link(match: re.Match[str]) -> str:
    address = escape(match[3])
    return f'<img src="{address}" alt="{escape(match[2])}">' if match[1] else f'<a href="{address}">{match[2]}</a>'
