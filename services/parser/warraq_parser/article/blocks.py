"""Lines of an outline into the blocks of an article."""

from typing import Final

from warraq_parser.article.outline import Line, LineKind, Outline
from warraq_shared.article import Block, Embed, Heading, ImageBlock, ListBlock, Paragraph, Quote, Table

_ITEM_TAGS: Final = frozenset(("li", "dd", "dt"))


def build_blocks(outline: Outline, first: int, last: int) -> tuple[Block, ...]:
    """Return the blocks that the kept lines from ``first`` up to ``last`` make."""
    blocks: list[Block] = []
    for line in outline.lines[first:last]:
        if line.dropped or not line.text:
            continue
        if line.kind is LineKind.HEADING:
            blocks.append(Heading(text=line.text, level=max(2, line.level)))
        else:
            blocks.append(Paragraph(text=line.text))
    return tuple(blocks)
