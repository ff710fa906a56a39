"""Pages as the world's content systems write them: every story in every layout that fits it, with its truth.

A layout (``layouts/*.toml``) is the markup of one system or one kind of site, furniture and all; a story
(``stories/*.toml``) is a text of ours in one language, with what its site writes beside it. A template has ``{{name}}``
(escaped for HTML; ``{{j:name}}`` is a JSON string, ``{{u:name}}`` a part of an address, ``{{r:name}}`` as it is) and
``{{#names}}…{{/names}}``, once for each of several; ``{{#names,}}`` puts commas between.

What one kind of article has beside the story's own blocks (an interviewer's questions, a table of results) a layout
``adds`` behind the block of a number, in the markup of the stories; paragraphs of that are drawn with the part "added".
``says`` tells what a block's text is where the layout shows more of it than the story has (who said a quote).

``forms`` of a story are the other ways in which papers of its country write that day; ``ago`` is how they write
that something was 45 minutes, three hours and two days ago.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import count
from pathlib import Path
from textwrap import wrap
from typing import Any
from urllib.parse import quote

from warraq_demo.markup import blocks_of, read_parts
from warraq_parser.article.language import primary_subtag
from warraq_shared.article import Block, Heading, ListBlock, Paragraph, Quote, Table, block_lines

HERE = Path(__file__).parent
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "ckb")
_LOOP = re.compile(r"\{\{#(\w+)(,?)\}\}(.*?)\{\{/\1\}\}", re.DOTALL)
_VALUE = re.compile(r"\{\{(?:([jur]):)?(\w+)\}\}")
_OF_SOME_STORIES = frozenset(
    "author_label speaker contact about_label page about offer offer2 "
    "question1 question2 question3 question4 question5".split()
)
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """A text of ours: its blocks, and all that pages say about it, by the names that templates use."""

    name: str
    language: str
    blocks: tuple[Block, ...]
    values: dict[str, Any]

    @property
    def published(self) -> datetime:
        moment: datetime = self.values["published_at"]
        return moment


@dataclass(frozen=True, slots=True)
class Layout:
    """The markup of a system: its templates by name, and what a reader must find on its pages (``expects``)."""

    name: str
    url: str
    page: str
    parts: dict[str, str]
    inserts: dict[int, str]
    adds: dict[int, str]
    says: dict[str, str]
    charset: str
    expects: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MadePage:
    """A story in a layout; ``blocks`` are those that the page shows: a layout with a paywall ends early."""

    name: str
    url: str
    html: bytes
    story: Story
    layout: Layout
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Added:
    """A block, and whether it is the layout's and not the story's."""

    block: Block
    added: bool = False


def read_pages() -> list[MadePage]:
    """Return every story in every layout that is made for its language."""
    stories = [_read_story(path) for path in sorted((HERE / "stories").glob("*.toml"))]
    return [
        _made(story, layout)
        for layout, languages in map(_read_layout, sorted((HERE / "layouts").glob("*.toml")))
        for story in stories
        if (not languages or story.name in languages) and _has_words(story, layout)
    ]


def _has_words(story: Story, layout: Layout) -> bool:
    """Tell whether a story has all that is written beside an article of the layout's kind: not all have questions."""
    templates = (
        layout.page,
        *layout.parts.values(),
        *layout.inserts.values(),
        *layout.adds.values(),
        *layout.says.values(),
    )
    used = {match[2] for template in templates for match in _VALUE.finditer(template)}
    return used & _OF_SOME_STORIES <= story.values.keys()


def dated(page: MadePage, shown: str) -> MadePage:
    """Return the page with its date written as ``shown``."""
    story = replace(page.story, values={**page.story.values, "shown": shown})
    return _made(story, page.layout)


def fill(template: str, values: Values) -> str:
    """Return ``template`` with its names replaced."""

    def repeated(match: re.Match[str]) -> str:
        return match[2].join(fill(match[3], {**values, **one}) for one in values[match[1]])

    return _VALUE.sub(lambda match: _written(match[1], values[match[2]]), _LOOP.sub(repeated, template))


def _written(how: str | None, value: Any) -> str:
    match how:
        case "j":
            return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
        case "u":
            return quote(str(value))
        case "r":
            return str(value)
        case _:
            return escape(str(value))


def _read_story(path: Path) -> Story:
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    words = given.pop("words")
    language = primary_subtag(given["locale"])
    published: datetime = given["published"]
    modified = published + timedelta(minutes=95)
    names = given["authors"]
    values = {
        **given,
        **words,
        "language": language,
        "locale_tag": given["locale"].replace("_", "-"),
        "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "author": names[0],
        "author_line": words.get("between_names", f" {words['and']} ").join(names),
        "authors": [{"name": name, "n": n} for n, name in enumerate(names, 1)],
        "published_at": published,
        "modified_at": modified,
        "published": published.isoformat(),
        "published_utc": published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "published_ms": int(published.timestamp() * 1000),
        "modified": modified.isoformat(),
        "modified_utc": modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "modified_time": modified.strftime("%H:%M"),
        "day": published.strftime("%Y-%m-%d"),
        "time": published.strftime("%H:%M"),
        "tags": [{"tag": tag} for tag in given["tags"]],
        "menu": [{"entry": entry, "n": n} for n, entry in enumerate(words["menu"], 1)],
        "related": [{"other": other, "n": n} for n, other in enumerate(words["related"], 1)],
        "one_other": words["related"][0],
        **{f"question{n}": question for n, question in enumerate(words.get("questions", ()), 1)},
        "section_path": quote(given["section"].lower().replace(" ", "-")),
    }
    return Story(path.stem, language, blocks_of(read_parts(given["body"])), values)


def _read_layout(path: Path) -> tuple[Layout, list[str]]:
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    layout = Layout(
        name=path.stem,
        url=given["url"],
        page=given["page"],
        parts=given.get("parts", {}),
        inserts=_by_number(given.get("inserts", {})),
        adds=_by_number(given.get("adds", {})),
        says=given.get("says", {}),
        charset=given.get("charset", "utf-8"),
        expects=given.get("expects", {}),
    )
    return layout, given.get("languages", [])


def _by_number(given: Mapping[str, str]) -> dict[int, str]:
    return {int(number): text for number, text in given.items()}


def _made(story: Story, layout: Layout) -> MadePage:
    host = f"www.{story.name}-daily.example"
    values: dict[str, Any] = {**story.values, "host": host, "slug": f"{story.name}-night-story"}
    values["url"] = fill(layout.url, values)
    values["image"] = f"https://{host}/media/2026/11/lead-picture-1200x800.jpg"
    shown = list(_with_added(story.blocks[: layout.expects.get("blocks")], layout, values))
    blocks = tuple(_said(one.block, layout, values) for one in shown)
    values["body"] = _body(shown, layout, values)
    values["paragraphs"] = list(_pieces(shown, layout, values))
    values["text"] = "\n\n".join(block_lines(blocks))
    values["json_body"] = "".join(piece["html"] for piece in values["paragraphs"])
    html = fill(layout.page, values).encode(layout.charset)
    return MadePage(f"{layout.name}-{story.name}", values["url"], html, story, layout, blocks)


def _with_added(blocks: tuple[Block, ...], layout: Layout, values: Values) -> Iterator[_Added]:
    """Yield the story's blocks with those that the layout adds; number 0 is before the first."""
    for number in range(len(blocks) + 1):
        if number:
            yield _Added(blocks[number - 1])
        for block in blocks_of(read_parts(fill(layout.adds.get(number, ""), values))):
            yield _Added(block, added=True)


def _said(block: Block, layout: Layout, values: Values) -> Block:
    """Return a quotation with what the layout says of it beside the story."""
    if isinstance(block, Quote) and "quote" in layout.says:
        return Quote(text=fill(layout.says["quote"], {**values, "text": block.text}))
    return block


def _body(blocks: list[_Added], layout: Layout, values: Values) -> str:
    """Return the blocks in the layout's markup, with what it puts between them."""
    between = layout.parts.get("between", "\n")
    drawn = []
    for number, piece in zip(count(1), _pieces(blocks, layout, values)):
        drawn.append(piece["html"])
        if number in layout.inserts:
            drawn.append(fill(layout.inserts[number], values))
    return between.join(drawn)


_DEFAULTS = {
    "paragraph": "<p>{{text}}</p>",
    "heading": "<h2>{{text}}</h2>",
    "quote": "<blockquote><p>{{text}}</p></blockquote>",
    "list": "<ul>{{r:inner}}</ul>",
    "item": "<li>{{text}}</li>",
    "table": "<table>{{r:inner}}</table>",
    "added": "<p>{{text}}</p>",
}


def _pieces(blocks: list[_Added], layout: Layout, values: Values) -> Iterator[dict[str, str]]:
    """Yield each block's text, type and markup."""
    parts = _DEFAULTS | layout.parts
    for number, one in enumerate(blocks, 1):
        block = one.block
        inner, text = "", "\n".join(block_lines((block,)))
        match block:
            case Heading():
                kind = "heading"
            case Quote():
                kind = "quote"
            case ListBlock():
                kind = "list"
                inner = "".join(fill(parts["item"], {**values, "text": item, "number": number}) for item in block.items)
            case Table():
                kind = "table"
                inner = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
            case Paragraph() if one.added:
                kind = "added"
            case Paragraph():
                kind = "first" if number == 1 and "first" in parts else "paragraph"
            case _:
                raise ValueError(block)
        html = fill(parts[kind], {**values, **_initial(text), "text": text, "inner": inner, "number": number})
        yield {"text": text, "kind": kind, "html": html, "number": str(number)}


def _initial(text: str) -> dict[str, str]:
    """Return a text cut for large initials (the first letter, the first words, the rest), and in lines of one width."""
    wrapped = "\n".join(wrap(text, 72, break_long_words=False, break_on_hyphens=False))
    return {"first_letter": text[:1], "first_words": text[1:12], "after_first": text[12:], "wrapped": wrapped}
