"""Text that a page keeps out of sight: JSON-LD ``articleBody``, the state of client-side applications, ``noscript``.

Read only where the elements of the page have less: JSON-LD bodies are often cut and have no paragraphs.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from lxml.html import HtmlElement

from warraq_parser.article.body.lines import Line, LineKind, Outline, Region, weigh
from warraq_parser.article.body.markdown_text import as_markup, is_markdown
from warraq_parser.article.body.outline import read_outline
from warraq_parser.article.document import html_parser
from warraq_parser.article.sentences import FULL_STOPS
from warraq_parser.text.clean import clean_line, storable

if TYPE_CHECKING:
    from warraq_parser.article.metadata import Metadata

_SAMPLE: Final = 20_000
_LARGEST_SCRIPT: Final = 6_000_000
_MOST_VALUES: Final = 200_000
_LONGEST_TEXT: Final = 1_000_000
_MOST_NOSCRIPTS: Final = 200
_SHORTEST_BODY: Final = 400
_BEGINNING: Final = 200
_MARKUP: Final = re.compile(r"</?(?:p|br|div|h[1-6]|ul|li|blockquote|figure|span|a|strong|em)\b", re.IGNORECASE)
# The end of a sentence; in Thai and Lao, which write none, a run of letters that is no label.
_SENTENCE: Final = re.compile(rf"[{re.escape(''.join(FULL_STOPS))}](?:\s|$|[\"”»<])|[\u0e00-\u0eff]{{25}}")
# Keys under which applications keep the text of an article (in lower case, without "_" and "-").
_BODY_KEYS: Final = frozenset(
    "articlebody body bodyhtml bodytext content contenthtml html text articletext articlecontent maincontent fulltext"
    " storybody storyhtml contentbody description_html rendered copy".replace("_", "").split()
)
# Keys of the pieces of a text that is kept as a list of blocks.
_PIECE_KEYS: Final = ("content", "text", "html", "value", "data", "paragraph", "body")
# React streams its rows as ``self.__next_f.push([1, "…"])``; a row of text is ``id:Tlength,`` and so many bytes.
_FLIGHT: Final = re.compile(r'self\.__next_f\.push\(\[1,\s*("(?:[^"\\]|\\.)*")\s*\]\)')
_FLIGHT_ROW: Final = re.compile(rb"(?:^|\n)?[0-9a-f]{1,6}:T([0-9a-f]{1,7}),")
# "window.__STATE__ = {…}", also behind other statements of the script; or the same as text: "= JSON.parse("…")".
_ASSIGNED: Final = re.compile(r"=\s*(?:(?=[{\[]\s*[\"{\[])|JSON\.parse\(\s*(?=\"))")
_MOST_ASSIGNED: Final = 8


def declared_body(metadata: "Metadata") -> str:
    """Return the ``articleBody`` of the page's JSON-LD, "" where it has none."""
    own = metadata.article.get("articleBody")
    bodies = [body for node in metadata.json_ld if isinstance(body := node.get("articleBody"), str)]
    body = own if isinstance(own, str) else max(bodies, key=len, default="")
    return body[:_LONGEST_TEXT]


def state_body(metadata: "Metadata") -> str:
    """Return the longest article text in the page's application state, "" where there is none."""
    texts = [script.text or "" for script in metadata.marks.scripts]
    candidates = [text for script in texts if len(script) >= _SHORTEST_BODY for text in _script_bodies(script)]
    flight = "".join(_flight(texts))
    if flight:
        candidates += _flight_rows(flight.encode("utf-8", "replace"))
    return max((text for text in candidates if _reads_as_article(text)), key=len, default="")


def noscript_body(root: HtmlElement) -> str:
    """Return the longest ``noscript`` of the page as markup: some themes show their text there only."""
    texts = [(element, "".join(element.itertext())) for element in islice(root.iter("noscript"), _MOST_NOSCRIPTS)]
    element, text = max(texts, key=lambda pair: len(pair[1]), default=(root, ""))
    if not _reads_as_article(text):
        return ""
    markup: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return markup[:_LONGEST_TEXT].replace("noscript>", "div>")


def script_outline(text: str, root_of: Outline) -> Outline:
    """Return an outline of a script's text: its own elements if it is markup or Markdown, else a paragraph a line."""
    if not _MARKUP.search(text) and is_markdown(text):
        text = as_markup(text)
    if _MARKUP.search(text):
        try:
            root = etree.fromstring(f"<div>{text}</div>".encode("utf-8", "replace"), html_parser())
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            return Outline()
        return read_outline(root)
    lines = [clean_line(storable(line)) for line in unescape(text).splitlines()]
    made = [Line(line, LineKind.TEXT, 0, weigh(line), prose=weigh(line)) for line in lines if line]
    if not root_of.regions:
        return Outline()
    page = root_of.regions[0]
    return Outline(made, [Region("div", -1, 0, page.element, last=len(made))])


def _script_bodies(script: str) -> Iterator[str]:
    """Yield what may be article texts in a script that is JSON, or assigns JSON to names."""
    if len(script) > _LARGEST_SCRIPT:
        return
    text = script.strip()
    for value in _values(text) if text[:1] not in ("{", "[") else _decoded(text, 0)[:1]:
        yield from _bodies(value)


def _values(text: str) -> Iterator[Any]:
    """Yield what the first assignments of a script give: objects and lists as they stand, or in a string of JSON."""
    end = 0
    for _ in range(_MOST_ASSIGNED):
        assigned = _ASSIGNED.search(text, end)
        if assigned is None:
            return
        value, end = _decoded(text, assigned.end())
        yield _decoded(value, 0)[0] if isinstance(value, str) else value


def _decoded(text: str, start: int) -> tuple[Any, int]:
    """Return the JSON value that begins at ``start``, and where it ends; None where there is none."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, start


def _bodies(value: Any) -> Iterator[str]:
    """Yield the long texts under the keys of bodies, and texts that are kept as lists of blocks."""
    waiting: list[Any] = [value]
    seen = 0
    while waiting and seen < _MOST_VALUES:
        seen += 1
        one = waiting.pop()
        if isinstance(one, dict):
            yield from _named_bodies(one)
            waiting.extend(inner for inner in one.values() if isinstance(inner, dict | list))
        elif isinstance(one, list):
            joined = "\n".join(_pieces(one))
            if len(joined) >= _SHORTEST_BODY:
                yield joined[:_LONGEST_TEXT]
            yield from _listed_bodies(one)
            waiting.extend(inner for inner in one if isinstance(inner, dict | list))


def _listed_bodies(values: list[Any]) -> Iterator[str]:
    """Yield the long pieces of markup in a list: Nuxt writes its state as one list that objects point into."""
    for value in values:
        if isinstance(value, str) and len(value) >= _SHORTEST_BODY and _MARKUP.search(value[:_BEGINNING]):
            yield value[:_LONGEST_TEXT]


def _named_bodies(node: Mapping[str, Any]) -> Iterator[str]:
    for key, value in node.items():
        plain_key = key.lower().replace("_", "").replace("-", "")
        if isinstance(value, str) and len(value) >= _SHORTEST_BODY and plain_key in _BODY_KEYS:
            yield value[:_LONGEST_TEXT]


def _pieces(blocks: Iterable[Any]) -> Iterator[str]:
    """Yield the text of each block of a list of blocks."""
    for block in blocks:
        if not isinstance(block, dict):
            continue
        text = next((block[key] for key in _PIECE_KEYS if isinstance(block.get(key), str)), "")
        if text and not text.startswith(("http://", "https://", "/")):
            yield text


def _flight(scripts: Iterable[str]) -> Iterator[str]:
    """Yield the strings that React streams into the page."""
    for script in scripts:
        if "__next_f" not in script[:200] or len(script) > _LARGEST_SCRIPT:
            continue
        for match in _FLIGHT.finditer(script):
            try:
                yield json.loads(match.group(1), strict=False)
            except ValueError:
                continue


def _flight_rows(stream: bytes) -> Iterator[str]:
    """Yield the rows of text in a stream; their length is in bytes."""
    position = 0
    while row := _FLIGHT_ROW.search(stream, position):
        end = row.end() + int(row.group(1), 16)
        yield stream[row.end() : min(end, row.end() + _LONGEST_TEXT)].decode("utf-8", "replace")
        position = max(end, row.end())


def _reads_as_article(text: str) -> bool:
    """Tell whether a long string is prose: has sentences, and is neither code nor data."""
    if len(text) < _SHORTEST_BODY or text.lstrip()[:1] in ("{", "["):
        return False
    sample = text[:_SAMPLE]
    return len(_SENTENCE.findall(sample)) >= 3 and sample.count("{") + sample.count(";") * 0.2 < len(sample) / 60
