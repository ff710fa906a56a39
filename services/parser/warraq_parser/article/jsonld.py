"""JSON-LD of the wild: read what is there, whatever its shape; repaired where that is cheap.

The vocabulary is schema.org's; the syntax JSON-LD 1.1, of which only ``@graph``, ``@id`` references and
``@type`` matter on news pages. Publishers put numbers where names belong, lists in lists, and commas before brackets:
every reader here takes any value and gives what can be used of it.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from warraq_parser.text.clean import clean_line, storable

Node = Mapping[str, Any]

_MOST_NODES = 2000
_MOST_STRINGS = 64
_LARGEST_SCRIPT = 4_000_000
_COMMENTS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
_FLAT_PAIR = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|uploadDate|inLanguage|articleSection|name|@type)"'
    r'\s{0,20}:\s{0,20}"((?:[^"\\\n]|\\.){1,500})"'
)
# Where another thing of its own right hangs below a node. Not hasPart, comment, liveBlogUpdate: those are parts.
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "about", "itemReviewed")
_ARTICLE_TYPES = frozenset(
    {
        "article", "newsarticle", "blogposting", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
        "backgroundnewsarticle", "reviewnewsarticle", "liveblogposting", "socialmediaposting", "report",
        "scholarlyarticle", "techarticle", "advertisercontentarticle", "satiricalarticle", "howto", "recipe", "review",
        "pressrelease", "posting", "discussionforumposting",
    }
)  # fmt: skip
_LESSER_TYPES = frozenset(
    {"webpage", "itempage", "videoobject", "creativework", "podcastepisode", "episode", "faqpage"}
)


def read_scripts(scripts: Iterable[str]) -> tuple[Node, ...]:
    """Return the nodes of all JSON-LD ``scripts``, holders before what they hold, in the page's order. Never raises."""
    nodes: list[Node] = []
    for script in scripts:
        nodes.extend(_flattened(_load(script), _MOST_NODES - len(nodes)))
    return tuple(nodes)


def _load(script: str) -> Any:
    """Return the value that ``script`` writes; where it is broken, what can be saved of it."""
    if len(script) > _LARGEST_SCRIPT:
        return None
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        pass
    if script.lstrip()[:40].startswith(("{&quot;", "[{&quot;", "{ &quot;", "[&quot;")):
        script = html.unescape(script)
    text = _TRAILING_COMMA.sub("", _COMMENTS.sub("", _COMMENTS.sub("", script.strip()))).strip()
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return _salvaged(text)
    return value


def _salvaged(text: str) -> Any:
    """Return the plain pairs of a script that nothing can parse: the first of each key that news pages use."""
    pairs: dict[str, str] = {}
    for match in _FLAT_PAIR.finditer(text[:200_000]):
        key, value = match.groups()
        if key == "name":  # whose name it is, only the structure would tell
            continue
        pairs.setdefault(key, value.replace('\\"', '"').replace("\\/", "/"))
    return pairs or None


def _flattened(value: Any, most: int) -> list[Node]:
    """Return the objects in ``value``, top level and below the holders, depth first, at most ``most``."""
    found: list[Node] = []
    stack = [value]
    while stack and len(found) < most:
        item = stack.pop()
        if isinstance(item, dict):
            found.append(item)
            stack.extend(item[key] for key in reversed(_HOLDERS) if key in item)
        elif isinstance(item, list):
            stack.extend(reversed(item[:_MOST_NODES]))
    return found


def types_of(node: Node) -> tuple[str, ...]:
    """Return the types of ``node`` in lower case, without their vocabulary's address."""
    return tuple(name.rsplit("/", 1)[-1].rsplit("#", 1)[-1].lower() for name in strings(node.get("@type")))


def rank(node: Node) -> int:
    """Tell how much a node's type makes it an article: 2 an article, 1 a page or video, 0 anything else."""
    types = types_of(node)
    if any(name in _ARTICLE_TYPES for name in types):
        return 2
    return int(any(name in _LESSER_TYPES for name in types))


def by_id(nodes: Iterable[Node]) -> dict[str, Node]:
    """Return the nodes that have an ``@id`` and say more than that, by it."""
    return {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}


def strings(value: Any) -> list[str]:
    """Return the text in ``value``: itself, the items of a list, the ``@value`` or ``name`` of an object."""
    return list(_strings(value))


def _strings(value: Any) -> Iterator[str]:
    stack = [value]
    given = 0
    seen = 0
    while stack and given < _MOST_STRINGS and seen < _MOST_NODES:
        item = stack.pop()
        seen += 1
        if isinstance(item, str):
            line = plain(item)
            if line:
                given += 1
                yield line
        elif isinstance(item, list):
            stack.extend(reversed(item[:_MOST_STRINGS]))
        elif isinstance(item, dict):
            stack.append(next((item[key] for key in ("@value", "name", "@id", "url") if key in item), None))


def first(node: Node, *keys: str) -> str:
    """Return the first text under the first of ``keys`` that has any, "" if none has."""
    for key in keys:
        for line in _strings(node.get(key)):
            return line
    return ""


def objects(value: Any, known: Mapping[str, Node]) -> Iterator[Any]:
    """Yield the single things in ``value``: lists opened, ``@id`` references followed. Strings and objects only."""
    stack = [value]
    seen = 0
    while stack and seen < _MOST_NODES:
        item = stack.pop()
        seen += 1
        if isinstance(item, list):
            stack.extend(reversed(item[:_MOST_STRINGS]))
        elif isinstance(item, dict):
            reference = item.get("@id")
            yield known.get(reference, item) if isinstance(reference, str) and "name" not in item else item
        elif isinstance(item, str):
            yield item


def plain(value: str) -> str:
    """Return a JSON string as a clean line: entities that someone escaped twice resolved, tags dropped."""
    text = html.unescape(value) if "&" in value else value
    if "<" in text and ">" in text:
        text = re.sub(r"</?[a-zA-Z][^<>]{0,200}>", " ", text)
    return clean_line(storable(text))
