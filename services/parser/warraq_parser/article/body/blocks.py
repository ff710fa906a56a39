"""Lines of an outline into the blocks of an article: paragraphs, headings, quotes, lists, tables, images, embeds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from warraq_parser.article.body.hint_words import Hint
from warraq_parser.article.body.lines import Line, LineKind, Outline, Region
from warraq_parser.article.body.pictures import caption_and_credit, read_embed, read_image
from warraq_parser.article.sentences import CLOSING, STOPS, begins_small, ends_sentence
from warraq_shared.article import Block, Embed, Heading, ImageBlock, ListBlock, Paragraph, Quote, Table

_LONGEST_HEADING: Final = 160
_LONGEST_BOLD_HEADING: Final = 100
_LONG_CELL: Final = 400
_MOST_QUOTED: Final = 0.6
_NO_END: Final = (*STOPS, *",،;؛፣")
_NO_BARE_END: Final = (*_NO_END, *CLOSING, *":：…!！）")
_SHORTEST_HEADING: Final = 4
_LONGEST_BARE_HEADING: Final = 70
_LONG_NEIGHBOUR: Final = 100
_INTERVIEW: Final = 4
# The level of a heading that is only guessed from its look, until all blocks are known.
_GUESSED: Final = 6
_QUESTION_ENDS: Final = ("?", "؟", "？", "!", "！")


class _Place(NamedTuple):
    """The structure a region stands in, by index of the regions that make it; -1 is none."""

    list_: int = -1
    item: int = -1
    table: int = -1
    row: int = -1
    cell: int = -1
    quote: int = -1


def build_blocks(outline: Outline, first: int, last: int, url: str) -> tuple[Block, ...]:
    """Return the blocks that the kept lines from ``first`` up to, not including, ``last`` make.

    ``url`` is the page's, for relative addresses of images.
    """
    lines = [line for line in outline.lines[first:last] if not line.dropped or _is_caption(line)]
    places = _places(outline.regions, {line.region for line in lines})
    layout = _layout_tables(lines, places) | _layout_lists(lines, places) | _layout_quotes(lines, places)
    blocks: list[Block] = []
    for (_, structure), group in groupby(lines, key=lambda line: _structure(line, places, layout)):
        blocks += _blocks_of(structure, list(group), outline, places, url)
    return tuple(_with_headings(_with_captions(blocks)))


def without_top_images(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return ``blocks`` from the first that is no image: what stands above the text are images of the whole article."""
    first = next((index for index, block in enumerate(blocks) if not isinstance(block, ImageBlock)), len(blocks))
    return blocks[first:]


def with_standfirst(blocks: tuple[Block, ...], standfirsts: tuple[str | None, ...]) -> tuple[Block, ...]:
    """Return ``blocks`` with the first as a paragraph where it is one of the ``standfirsts``: it heads no section."""
    first = blocks[0] if blocks else None
    if isinstance(first, Heading) and first.text in standfirsts:
        return (Paragraph(text=first.text), *blocks[1:])
    return blocks


def _is_caption(line: Line) -> bool:
    return line.dropped == "caption" and bool(line.text)


def _places(regions: Sequence[Region], wanted: Iterable[int]) -> dict[int, _Place]:
    """Tell for each of the ``wanted`` regions which list, table and quote it stands in."""
    places: dict[int, _Place] = {-1: _NOWHERE}
    for region in wanted:
        path = []
        while region not in places:
            path.append(region)
            region = regions[region].parent
        place = places[region]
        for index in reversed(path):
            change = _ENTERED.get(regions[index].tag)
            place = places[index] = change(place, index) if change else place
    return places


def _in_list(place: _Place, index: int) -> _Place:
    return place if place.list_ >= 0 else place._replace(list_=index)


def _in_quote(place: _Place, index: int) -> _Place:
    return place._replace(quote=index)


_NOWHERE: Final = _Place()
_ENTERED: Final[dict[str, Callable[[_Place, int], _Place]]] = {
    "ul": _in_list,
    "ol": _in_list,
    "li": lambda place, index: place._replace(item=index),
    "table": lambda place, index: _Place(table=index, quote=place.quote),
    "tr": lambda place, index: place._replace(row=index),
    "td": lambda place, index: place._replace(cell=index),
    "th": lambda place, index: place._replace(cell=index),
    "blockquote": _in_quote,
}


def _structure(line: Line, places: Mapping[int, _Place], layout: set[int]) -> tuple[int, str]:
    """Return the index and the kind of the structure that a line belongs to; images stand for themselves."""
    place = places[line.region]
    if line.kind in (LineKind.IMAGE, LineKind.EMBED) or line.dropped:
        return -1, "line"
    if place.table >= 0 and place.cell >= 0 and place.table not in layout:
        return place.table, "table"
    if place.quote >= 0 and place.quote not in layout:
        return place.quote, "quote"
    if place.list_ >= 0 and place.item >= 0 and place.list_ not in layout and line.kind is not LineKind.HEADING:
        return place.list_, "list"
    return -1, "line"


def _layout_tables(lines: Iterable[Line], places: Mapping[int, _Place]) -> set[int]:
    """Return the tables that only arrange the page: one cell a row, or cells that hold whole texts."""
    rows: dict[int, dict[int, set[int]]] = {}
    layout: set[int] = set()
    for line in lines:
        place = places[line.region]
        if place.table < 0 or place.cell < 0:
            continue
        rows.setdefault(place.table, {}).setdefault(place.row, set()).add(place.cell)
        if line.weight > _LONG_CELL or line.kind is LineKind.HEADING:
            layout.add(place.table)
    return layout | {table for table, cells in rows.items() if max(map(len, cells.values())) < 2}


def _layout_lists(lines: Iterable[Line], places: Mapping[int, _Place]) -> set[int]:
    """Return the lists whose items are small articles of their own: with headings, or of several paragraphs."""
    counts: dict[tuple[int, int], int] = {}
    layout: set[int] = set()
    for line in lines:
        place = places[line.region]
        if place.list_ < 0 or place.item < 0 or line.dropped:
            continue
        if line.kind is LineKind.HEADING:
            layout.add(place.list_)
        elif line.weight > 80:
            counts[place.list_, place.item] = counts.get((place.list_, place.item), 0) + 1
    return layout | {list_ for (list_, _), count in counts.items() if count > 2}


def _layout_quotes(lines: Iterable[Line], places: Mapping[int, _Place]) -> set[int]:
    """Return the quotations that only indent: with headings in them, or with most of the text."""
    held: dict[int, int] = {}
    layout: set[int] = set()
    for line in lines:
        quote = places[line.region].quote
        held[quote] = held.get(quote, 0) + line.prose
        if quote >= 0 and line.kind is LineKind.HEADING:
            layout.add(quote)
    most = _MOST_QUOTED * sum(held.values())
    return layout | {quote for quote, prose in held.items() if quote >= 0 and prose > most}


def _blocks_of(
    structure: str, lines: list[Line], outline: Outline, places: Mapping[int, _Place], url: str
) -> Iterator[Block]:
    """Yield the blocks of neighbouring lines of one structure."""
    match structure:
        case "table":
            rows = groupby(lines, key=lambda line: places[line.region].row)
            yield Table(rows=tuple(_cells(row, places) for _, row in rows))
        case "list":
            items = groupby(lines, key=lambda line: places[line.region].item)
            ordered = outline.regions[places[lines[0].region].list_].tag == "ol"
            yield ListBlock(items=tuple(_text(item) for _, item in items), ordered=ordered)
        case "quote":
            yield Quote(text="\n".join(line.text for line in lines))
        case _:
            for line in lines:
                yield from _block(line, url)


def _cells(row: Iterable[Line], places: Mapping[int, _Place]) -> tuple[str, ...]:
    return tuple(_text(cell) for _, cell in groupby(row, key=lambda line: places[line.region].cell))


def _text(lines: Iterable[Line]) -> str:
    return " ".join(line.text for line in lines)


def _block(line: Line, url: str) -> Iterator[Block]:
    """Yield the block of a line that stands for itself; captions are passed on as images without address."""
    if line.kind is LineKind.IMAGE and line.element is not None:
        yield from read_image(line.element, url)
    elif line.kind is LineKind.EMBED and line.element is not None:
        yield from read_embed(line.element, url)
    elif line.dropped:
        yield ImageBlock(url="", caption=line.text)
    elif line.kind is LineKind.HEADING and line.weight <= _LONGEST_HEADING:
        yield Heading(text=line.text, level=min(max(2, line.level), _GUESSED - 1))
    elif _looks_like_heading(line):
        yield Heading(text=line.text, level=_GUESSED)
    else:
        yield Paragraph(text=line.text)


def _looks_like_heading(line: Line) -> bool:
    """Tell whether a paragraph is all bold and short: a sub-heading of a page that has no tags for them."""
    if line.kind is not LineKind.TEXT or not line.bold or line.weight > _LONGEST_BOLD_HEADING:
        return False
    if line.hints & Hint.AUTHOR or line.text.endswith(_NO_END):
        return False
    return line.bold * 10 >= line.weight * 9 and line.weight >= 3


def _with_captions(blocks: list[Block]) -> list[Block]:
    """Give each caption to the image before it (or, before the first text, to the one behind), and drop the rest."""
    found: list[Block] = []
    for block in blocks:
        if not isinstance(block, ImageBlock) or block.url:
            found.append(block)
        elif found and isinstance(before := found[-1], ImageBlock) and not before.caption:
            found[-1] = before.model_copy(update=caption_and_credit(block.caption or ""))
    return found


def _with_headings(blocks: list[Block]) -> Iterator[Block]:
    """Decide on lines that look like sub-headings: text must stand below, and the first of all is the lead."""
    level = 3 if any(isinstance(block, Heading) and block.level < _GUESSED for block in blocks) else 2
    questions = sum(_is_question(block) for block in blocks) >= _INTERVIEW
    first = next((index for index, block in enumerate(blocks) if not isinstance(block, ImageBlock | Embed)), 0)
    for index, block in enumerate(blocks):
        before = blocks[index - 1] if index else None
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        if index == first and isinstance(block, Heading) and _is_standfirst(block.text):
            yield Paragraph(text=block.text)
        elif isinstance(block, Heading) and block.level == _GUESSED:
            is_heading = index > first and _has_text(below) and not (questions and _is_question(block))
            yield block.model_copy(update={"level": level}) if is_heading else Paragraph(text=block.text)
        elif isinstance(block, Paragraph) and _is_bare_heading(block, before, below):
            yield Heading(text=block.text, level=level)
        else:
            yield block


def _is_standfirst(first: str) -> bool:
    """Tell whether the first heading is so long that it heads no section; a question may be that long."""
    return len(first) >= _LONGEST_BOLD_HEADING and not first.endswith(_QUESTION_ENDS)


def _is_question(block: Block) -> bool:
    """Tell whether a guessed sub-heading is a question: many of them are an interviewer's."""
    return isinstance(block, Heading) and block.level == _GUESSED and block.text.endswith(_QUESTION_ENDS)


def _has_text(block: Block | None) -> bool:
    """Tell whether what stands below a heading is of the text."""
    return block is not None and not (isinstance(block, Heading) and block.level == _GUESSED)


def _is_bare_heading(block: Paragraph, before: Block | None, below: Block | None) -> bool:
    """Tell whether a short line without the end of a sentence stands alone between two long paragraphs."""
    if not (isinstance(before, Paragraph) and isinstance(below, Paragraph)):
        return False
    if not _SHORTEST_HEADING <= len(block.text) <= _LONGEST_BARE_HEADING or block.text.endswith(_NO_BARE_END):
        return False
    if not block.text[0].isalpha() or begins_small(block.text):
        return False
    return len(before.text) > _LONG_NEIGHBOUR and len(below.text) > _LONG_NEIGHBOUR and ends_sentence(before.text)
