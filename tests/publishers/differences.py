"""What the parser made of a page that it should not have, in words."""

from collections.abc import Iterator
from datetime import datetime
from difflib import ndiff

from publishers.made_pages import MadePage
from warraq_parser.parse import PageReading, read_page
from warraq_parser.text.clean import clean_line
from warraq_shared.article import Article, Block, Heading, ListBlock, Quote, block_lines
from warraq_shared.parsed import ParseInput

FETCHED_AT = datetime.fromisoformat("2026-11-24T12:00:00+00:00")


def read(page: MadePage) -> PageReading:
    """Return what the parser makes of the page."""
    return read_page(ParseInput(url=page.url, body=page.html, fetched_at=FETCHED_AT))


def differences(page: MadePage) -> list[str]:
    """Return what is wrong with the parser's article of the page, one sentence each."""
    reading = read(page)
    article = reading.parsed.article
    if article is None:
        return [f"no article: {reading.parsed.kind} {reading.parsed.reason}"]
    return [*_in_text(page, article), *_in_structure(page, article), *_in_fields(page, article)]


def _in_text(page: MadePage, article: Article) -> Iterator[str]:
    """Yield the lines that are lost and those that are not of the text; the standfirst may stand above it."""
    wanted = [line for text in block_lines(page.blocks) for line in text.split("\n")]
    found = [line.lstrip("•·・▲■- ") for line in article.text.split("\n")]
    if found and found[0] == page.story.values["subtitle"]:
        found = found[1:]
    for line in ndiff(wanted, found):
        if line[:1] in "-+":
            yield f"text {'lost' if line[0] == '-' else 'kept'}: {line[2:]}"


def _in_structure(page: MadePage, article: Article) -> Iterator[str]:
    for kind in (Heading, ListBlock, Quote):
        wanted, found = _texts(page.blocks, kind), _texts(article.blocks, kind)
        if wanted != found and kind.__name__.lower() not in page.layout.expects.get("flat", ()):
            yield f"{kind.__name__}: {found} for {wanted}"


def _texts(blocks: tuple[Block, ...], kind: type) -> list[str]:
    return [line for block in blocks if isinstance(block, kind) for line in block_lines((block,))]


def _in_fields(page: MadePage, article: Article) -> Iterator[str]:
    expects, values = page.layout.expects, page.story.values
    wanted = {
        "title": clean_line(values["title"]),
        "language": page.story.language,
        "direction": values["dir"],
        "access": expects.get("access", "free"),
        "authors": _authors(page),
    }
    if expects.get("subtitle", True):
        wanted["subtitle"] = values["subtitle"]
    if expects.get("section", True):
        wanted["section"] = values["section"]
    if expects.get("tags", True):
        wanted["tags"] = tuple(tag["tag"] for tag in values["tags"])
    for name, value in wanted.items():
        found = getattr(article, name)
        if found != value and not (name == "subtitle" and article.lead == value):
            yield f"{name}: {found!r} for {value!r}"
    yield from _in_dates(page, article)
    if expects.get("image", True) and not (article.images and "lead-picture" in article.images[0].url):
        yield f"image: {article.images[:1]}"
    if expects.get("caption", False) and not any(image.caption == values["caption"] for image in article.images):
        yield f"caption: {[image.caption for image in article.images]}"


def _authors(page: MadePage) -> tuple[str, ...]:
    """Return who signs the page: all of the people, none, only the first, or the site."""
    expected = page.layout.expects.get("authors", True)
    if expected == "site":
        return (page.story.values["site"],)
    shown = {True: None, "first": 1, False: 0}[expected]
    return tuple(author["name"] for author in page.story.values["authors"])[:shown]


def _in_dates(page: MadePage, article: Article) -> Iterator[str]:
    published, stated = article.published_at, page.layout.expects.get("published", "exact")
    right = page.story.published
    if stated == "none":
        return
    if published is None or (published != right if stated == "exact" else published.date() != right.date()):
        yield f"published_at: {published} for {right}"
    if page.layout.expects.get("modified", False) and article.modified_at != page.story.values["modified_at"]:
        yield f"modified_at: {article.modified_at} for {page.story.values['modified_at']}"
