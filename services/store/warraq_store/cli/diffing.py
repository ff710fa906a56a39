"""``warraq diff``: what an article's publisher changed, word by word."""

import re
import sys
from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from warraq_shared.console import amount, is_right_to_left, isolated, print_json, shown
from warraq_shared.errors import NotFound, UsageProblem
from warraq_shared.settings import Settings
from warraq_store.articles import articles, revisions
from warraq_store.articles.revisions import Edition
from warraq_store.articles.wording import Line, Piece, changes, counted
from warraq_store.cli.opening import open_database
from warraq_store.database import reading
from warraq_store.tables import Article

# Embedding as isolates (Unicode UAX 9): a line keeps the article's direction whatever signs stand at its ends.
_OPENING = {"ltr": "\u2066", "rtl": "\u2067"}
_CLOSING = "\u2069"
_RANGE = re.compile(r"(\d+)\.\.(\d+)\Z", re.ASCII)
_STYLES = {"same": "", "added": "green underline", "removed": "red strike"}
_BRACKETS = {"same": ("", ""), "added": ("{+", "+}"), "removed": ("[-", "-]")}


@click.command("diff")
@click.argument("article_id", metavar="ID", type=int)
@click.option("--rev", metavar="A..B", help="Which two revisions; the last change if not given.")
@click.option("--all-lines", is_flag=True, help="Show the lines that did not change, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def diff(article_id: int, rev: str | None, all_lines: bool, as_json: bool) -> None:
    """Show the words that changed in an article's title and text.

    \b
    Examples:
      warraq diff 17
      warraq diff 17 --rev 1..3 --json
    """
    with reading(open_database(Settings())) as session:
        row = session.get(Article, article_id)
        if row is None:
            raise NotFound(f"There is no article {article_id}. `warraq articles` lists them.")
        first, last = _range(rev, row.revision)
        current = articles.to_value(row)
        before, after = (revisions.read(session, row, current, number) for number in (first, last))
    document = _document(article_id, before, after)
    print_json(document) if as_json else _print(document, before, after, all_lines=all_lines)


def _range(given: str | None, newest: int) -> tuple[int, int]:
    if given is None:
        if newest == 1:
            raise NotFound("The article has one text only: nothing was changed since it came.")
        return newest - 1, newest
    found = _RANGE.match(given)
    if found is None:
        raise UsageProblem(f"{given!r} names no two revisions; write 1..{newest}.")
    return int(found[1]), int(found[2])


def _document(article_id: int, before: Edition, after: Edition) -> dict[str, Any]:
    text = changes(before.article.text, after.article.text)
    added, removed = counted(text)
    return {
        "id": article_id,
        "url": after.article.url,
        "direction": after.article.direction,
        "from": _about(before),
        "to": _about(after),
        "title": [_plain(line) for line in changes(before.article.title or "", after.article.title or "")],
        "text": [_plain(line) for line in text],
        "words_added": added,
        "words_removed": removed,
    }


def _about(edition: Edition) -> dict[str, Any]:
    return {
        "revision": edition.number,
        "seen_at": edition.seen_at,
        "title": edition.article.title,
        "published_at": edition.article.published_at,
    }


def _plain(line: Line) -> list[dict[str, str]]:
    return [{"is": piece.operation, "text": piece.text} for piece in line]


def _print(document: dict[str, Any], before: Edition, after: Edition, *, all_lines: bool) -> None:
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    for sign, edition in (("-", before), ("+", after)):
        published = shown(edition.article.published_at)
        console.print(f"{sign} revision {edition.number}, seen {shown(edition.seen_at)}, published {published}")
    console.print()
    direction = document["direction"]
    for lines in (document["title"], document["text"]):
        for line in lines:
            pieces = [Piece(piece["is"], piece["text"]) for piece in line]
            if all_lines or any(piece.operation != "same" for piece in pieces):
                console.print(_line(pieces, direction))
    added, removed = document["words_added"], document["words_removed"]
    click.echo(f"{amount(added, 'word')} added, {removed:,} removed.", err=True)


def _line(pieces: Sequence[Piece], direction: str) -> Text:
    """Return a line in the article's direction; where there are no colours, changes stand in brackets."""
    isolates = direction == "rtl" or any(is_right_to_left(c) for piece in pieces for c in piece.text)
    text = Text(_OPENING[direction] if isolates else "")
    for number, piece in enumerate(pieces):
        opening, closing = ("", "") if sys.stdout.isatty() else _BRACKETS[piece.operation]
        words = opening + isolated(piece.text).strip("\u2068\u2069") + closing
        text.append(" " if number else "")
        # Each change by itself: its brackets and words of another direction stay where they belong.
        text.append(f"\u2068{words}\u2069" if isolates and opening else words, style=_STYLES[piece.operation])
    return text.append(_CLOSING if isolates else "")
