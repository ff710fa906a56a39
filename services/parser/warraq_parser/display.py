"""An article as a person reads it on a terminal, right-to-left text included."""

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import Any

import click

from warraq_parser.parse import PageReading
from warraq_parser.result import explanation
from warraq_shared.article import Article, Block, Embed, Heading, ImageBlock, ListBlock, Paragraph, Quote, Table
from warraq_shared.console import amount, isolated, shown
from warraq_shared.parsed import Link, SourceFacts
from warraq_shared.reasons import Reason

WIDEST = 96
MOST_LINKS_SHOWN = 40


def show_reading(reading: PageReading) -> Iterator[str]:
    """Yield the lines that show what a page is: its article, its links, or the reason that there is neither."""
    parsed = reading.parsed
    if parsed.article is not None:
        yield from show_article(parsed.article)
    else:
        if parsed.reason is Reason.OK:
            yield click.style(f"{parsed.kind.value}, {amount(len(parsed.links), 'link')}", bold=True)
        else:
            yield click.style(f"{parsed.kind.value}: {parsed.reason.value}", bold=True)
        if parsed.source is not None:
            yield from _source(parsed.source)
        yield from _links(parsed.links)
    if parsed.notes:
        yield ""
        yield click.style(f"odd: {', '.join(map(isolated, parsed.notes))}", dim=True)


def show_article(article: Article) -> Iterator[str]:
    """Yield the lines of an article: title, byline, date, text."""
    yield click.style(isolated(article.title or "(no title)"), bold=True)
    if article.subtitle:
        yield isolated(article.subtitle)
    yield click.style(_byline(article), dim=True)
    for block in article.blocks:
        yield ""
        yield from _block(block)


def _byline(article: Article) -> str:
    parts = [
        ", ".join(map(isolated, article.authors)),
        shown(article.published_at) if article.published_at else "",
        isolated(article.site or ""),
        isolated(article.section or ""),
        article.language or "",
        amount(article.word_count, "word"),
        "" if article.access.value == "free" else article.access.value,
    ]
    return " · ".join(filter(None, parts))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _wrapped(block.text)
        case Heading():
            yield click.style(f"{'#' * block.level} {isolated(block.text)}", bold=True)
        case Quote():
            yield from (f"│ {line}" for line in _wrapped(block.text, 2))
        case ListBlock():
            for number, item in enumerate(block.items, start=1):
                mark = f"{number}. " if block.ordered else "• "
                first, *rest = _wrapped(item, len(mark)) or [""]
                yield mark + first
                yield from (" " * len(mark) + line for line in rest)
        case Table():
            yield from (" | ".join(map(isolated, row)) for row in block.rows)
        case ImageBlock():
            about = " — ".join(isolated(part) for part in (block.caption, block.credit) if part)
            yield click.style(f"[image {block.url}] {about}".rstrip(), dim=True)
        case Embed():
            yield click.style(f"[embed {block.url}]", dim=True)


def _wrapped(text: str, indent: int = 0) -> list[str]:
    """Return ``text`` in lines no wider than the terminal; each line keeps its direction by itself."""
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST) - indent
    lines = [
        wrapped for line in text.splitlines() for wrapped in textwrap.wrap(line, max(width, 20), break_on_hyphens=False)
    ]
    return [isolated(line) for line in lines]


def _source(source: SourceFacts) -> Iterator[str]:
    if source.title:
        yield isolated(source.title)
    facts = {
        "home": source.home_url,
        "language": source.language,
        "asks to be polled every": f"{source.ttl_seconds // 60} min" if source.ttl_seconds else None,
        "hub": source.hub_url,
        "next page": source.next_url,
        "broken": "yes, it had to be repaired" if source.broken else None,
    }
    yield from (f"  {name}: {isolated(value)}" for name, value in facts.items() if value)


def _links(links: tuple[Link, ...]) -> Iterator[str]:
    for link in links[:MOST_LINKS_SHOWN]:
        hints = link.hints
        when = shown(hints.published_at or hints.modified_at) if hints else "-"
        title = isolated(hints.title) if hints and hints.title else ""
        yield f"  {link.expects.value:<9} {when:<16} {isolated(link.url)}  {title}".rstrip()
    if len(links) > MOST_LINKS_SHOWN:
        yield f"  … and {len(links) - MOST_LINKS_SHOWN:,} more (all of them with --json)"


def show_explanation(reading: PageReading) -> Iterator[str]:
    """Yield the lines that say how the result came about."""
    document = explanation(reading)
    if "encoding" in document:
        yield _headed("encoding", f"{document['encoding']['name']}, by {document['encoding']['origin']}")
    if "kind" in document:
        yield _headed("kind", document["kind"]["is"])
        yield from (f"    {why}" for why in document["kind"]["why"])
    yield from _fields(document.get("fields", []))
    yield from _body(document.get("body"))


def _fields(fields: list[dict[str, Any]]) -> Iterator[str]:
    name = ""
    for one in fields:
        if one["field"] != name:
            name = one["field"]
            yield _headed(name, "")
        mark = click.style("✓", fg="green") if one["won"] else " "
        value = isolated(_short(one["value"]))
        yield f"  {mark} {one['confidence']:.2f} {one['origin']:<24} {value}  {one['why']}".rstrip()


def _body(body: dict[str, Any] | None) -> Iterator[str]:
    if body is None:
        return
    yield _headed(
        "body", f"from {body['origin']}, {body['container'] or 'no element'}, confidence {body['confidence']:.2f}"
    )
    yield from (f"    {isolated(why)}" for why in body["why"])
    rules = Counter(one["rule"] for one in body["dropped"])
    if rules:
        yield f"    left out: {', '.join(f'{rule} {count}' for rule, count in rules.most_common())}"
    yield from (f"    left out ({one['rule']}): {isolated(_short(one['text']))}" for one in body["dropped"])


def _headed(name: str, text: str) -> str:
    return f"{click.style(name, bold=True)}  {text}".rstrip()


def _short(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:99]}…"
