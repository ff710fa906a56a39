"""``warraq search``: everything found again."""

import sys
from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console
from rich.text import Text
from sqlmodel import Session, col, select

from warraq_shared.console import Number, amount, is_right_to_left, isolated, print_json, shown
from warraq_shared.parsed import utc_now
from warraq_shared.settings import Settings
from warraq_store.cli.opening import open_database
from warraq_store.database import reading
from warraq_store.filters import Filter, filter_options, of_known_source
from warraq_store.search.find import Found, Hit, find
from warraq_store.search.highlight import Marked, mark, snippet
from warraq_store.search.query import Field, Query, understand
from warraq_store.tables import Article, Source


def _no_option(_context: click.Context, _parameter: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``words``: -word is part of the search, --word is an option that there is not."""
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    return words


@click.command("search", context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("query", nargs=-1, required=True, callback=_no_option)
@filter_options
@click.option("--newest", is_flag=True, help="Order by date instead of by rank.")
@click.option("--limit", type=Number(1, 1000), default=20, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def search(query: tuple[str, ...], chosen: Filter, newest: bool, limit: int, as_json: bool) -> None:
    """Search titles, texts, authors and tags.

    All words must be there, in any form their language gives them; "in quotation marks" they must follow each other;
    -word must not be there; begin* is a beginning. title: author: tag: text: look in one part, site: lang: source:
    narrow. Arabic is found with and without its vowel signs and hamza, numbers in the digits of any script.

    \b
    Examples:
      warraq search water prices -sport
      warraq search '"climate summit" -sport' --lang en --since 30d
      warraq search 'title:الانتخابات author:"ليلى حداد"' --json
    """
    understood = understand(" ".join(query))
    now = utc_now()
    with reading(open_database(Settings())) as session:
        chosen = of_known_source(session, chosen)
        found = find(session, understood, chosen, now, limit=limit, newest=newest)
        documents = [_document(session, hit, understood, found.languages) for hit in found.hits]
    if understood.unclosed:
        click.echo("The quotation mark is not closed: what follows it was searched as one phrase.", err=True)
    if as_json:
        told = {"matches": found.looked_at, "more": found.more, "unclosed_quote": understood.unclosed}
        print_json({**told, "hits": [_plain(one) for one in documents]})
        return
    _print(found, documents)


def _document(session: Session, hit: Hit, query: Query, asked: Sequence[str | None]) -> dict[str, Any]:
    row, source = session.exec(
        select(Article, Source.name).join(Source, isouter=True).where(col(Article.id) == hit.article_id)
    ).one()
    return {
        "id": row.id,
        "url": row.url,
        "title": mark(row.title or "", query, row.language, Field.TITLE, asked),
        "snippet": snippet(row.text, query, row.language, asked),
        "published_at": row.published_at,
        "language": row.language,
        "source": source,
        "authors": row.authors,
        "score": round(hit.score, 4),
        "relevance": round(hit.relevance, 4),
    }


def _plain(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document for JSON: text apart from its marks, which are pairs of places in it."""
    title, piece = document["title"], document["snippet"]
    return document | {
        "title": title.text or None,
        "title_marks": [list(span) for span in title.marks],
        "snippet": {"text": piece.text, "marks": [list(span) for span in piece.marks]},
    }


def _print(found: Found, documents: list[dict[str, Any]]) -> None:
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    for one in documents:
        console.print(_marked(one["title"], "bold"))
        console.print(Text(_about(one), style="dim"))
        console.print(_marked(one["snippet"]))
        console.print(Text(isolated(one["url"]), style="dim"), end="\n\n")
    matches = amount(found.looked_at, "match", "matches")
    more = f"the newest {matches} were ranked; --until finds older ones" if found.more else matches
    click.echo(f"{len(documents)} shown, {more}.", err=True)


def _about(one: dict[str, Any]) -> str:
    told = [one[key] for key in ("id", "published_at", "source", "language")]
    return " · ".join(isolated(shown(value)) for value in (*told, one["authors"]) if value)


def _marked(piece: Marked, style: str = "") -> Text:
    """Return ``piece`` with its marks in reverse video, or between »« where there are no colours."""
    plain = not sys.stdout.isatty()
    around = ("\u2068", "\u2069") if any(map(is_right_to_left, piece.text)) else ("", "")
    text, at = Text(around[0], style=style), 0
    for start, end in piece.marks:
        text.append(_clean(piece.text[at:start]))
        word = _clean(piece.text[start:end])
        text.append(f"»{word}«" if plain else word, style="bold reverse")
        at = end
    text.append(_clean(piece.text[at:]) + around[1])
    return text


def _clean(text: str) -> str:
    return isolated(text).strip("\u2068\u2069")
