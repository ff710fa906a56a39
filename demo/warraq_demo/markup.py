"""The small markup in which the articles of the demo are written, and what it means as blocks.

One block between blank lines; its first letters say what it is::

    ## Sub-heading            ### Sub-heading one level down
    > A quotation             (further lines: further paragraphs of it)
    - item                    1. item
    | cell | cell |
    ![caption | credit](picture)
    @embed https://…          a film or post shown from elsewhere
    @also 03-slug             a "read also" line in the middle of the text: furniture, not text
    anything else             a paragraph
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from warraq_shared.article import Block, Embed, Heading, ImageBlock, ListBlock, Paragraph, Quote, Table

_IMAGE = re.compile(r"!\[(?P<caption>[^|\]]*)(?:\|(?P<credit>[^\]]*))?\]\((?P<name>[^)]+)\)")


@dataclass(frozen=True, slots=True)
class Also:
    """A "read also" line: a link to another article of the same site, named by its file."""

    key: str


Part = Block | Also


def read_parts(source: str) -> tuple[Part, ...]:
    """Return the parts of ``source`` in order.

    Raises:
        ValueError: an image line is not of the form ``![caption | credit](picture)``.
    """
    return tuple(_read_part(chunk.strip()) for chunk in re.split(r"\n\s*\n", source) if chunk.strip())


def blocks_of(parts: tuple[Part, ...]) -> tuple[Block, ...]:
    """Return what belongs to the article: all parts but the "read also" lines."""
    return tuple(part for part in parts if not isinstance(part, Also))


def picture_path(name: str) -> str:
    """Return the path under which a site serves the picture ``name``."""
    return f"/images/{name}.png"


def _read_part(chunk: str) -> Part:
    for start, reader in _READERS.items():
        if chunk.startswith(start):
            return reader(chunk)
    return Paragraph(text=chunk)


def _heading(chunk: str) -> Heading:
    marks, _, text = chunk.partition(" ")
    return Heading(text=text, level=len(marks))


def _quote(chunk: str) -> Quote:
    return Quote(text="\n".join(line.removeprefix(">").strip() for line in chunk.splitlines()))


def _bullets(chunk: str) -> ListBlock:
    return ListBlock(items=tuple(line.removeprefix("- ") for line in chunk.splitlines()))


def _numbers(chunk: str) -> ListBlock:
    return ListBlock(items=tuple(line.partition(". ")[2] for line in chunk.splitlines()), ordered=True)


def _table(chunk: str) -> Table:
    return Table(rows=tuple(tuple(c.strip() for c in line.strip("| ").split("|")) for line in chunk.splitlines()))


def _image(chunk: str) -> ImageBlock:
    found = _IMAGE.fullmatch(chunk)
    if found is None:
        raise ValueError(f"not an image line: {chunk!r}")
    caption, credit = (found[group] and found[group].strip() for group in ("caption", "credit"))
    return ImageBlock(url=picture_path(found["name"]), caption=caption, credit=credit, alt=caption)


_READERS: dict[str, Callable[[str], Part]] = {
    "#": _heading,
    ">": _quote,
    "- ": _bullets,
    "1. ": _numbers,
    "|": _table,
    "![": _image,
    "@embed ": lambda chunk: Embed(url=chunk.removeprefix("@embed ")),
    "@also ": lambda chunk: Also(key=chunk.removeprefix("@also ")),
}
