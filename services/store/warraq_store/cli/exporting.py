"""``warraq export``: the articles of one query as a file."""

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import Engine

from warraq_shared.console import Number, amount, print_json
from warraq_shared.errors import UsageProblem
from warraq_shared.parsed import utc_now
from warraq_shared.settings import Settings
from warraq_store.cli.opening import open_database
from warraq_store.database import reading
from warraq_store.export import feeds, jsonl, rows, table
from warraq_store.export.rows import Document
from warraq_store.filters import Filter, filter_options, of_known_source
from warraq_store.search.query import understand

FORMATS = ("jsonl", "csv", "parquet", "rss", "atom")
_FEEDS = ("rss", "atom")
_FEED_ITEMS = 100

Writer = Callable[[BinaryIO, Iterable[Document]], int]


@click.command("export")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: what the file's name ends in, else jsonl.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, allow_dash=True), default="-", help="File, or - (stdout)."
)
@filter_options
@click.option("--query", help="Only what this search finds (see `warraq search --help`).")
@click.option("--no-text", is_flag=True, help="Leave the text and its blocks out.")
@click.option("--limit", type=Number(min=1), help="At most so many; a feed has 100 unless you say otherwise.")
@click.option("--bom", is_flag=True, help="CSV: begin with a byte order mark, for spreadsheets that need one.")
@click.option("--title", default="Warraq", show_default=True, help="RSS and Atom: the feed's title.")
@click.option("--link", default="https://localhost/", help="RSS and Atom: the feed's address.")
@click.option("--json", "as_json", is_flag=True, help="With -o FILE: one JSON document about the export on stdout.")
def export(
    form: str | None,
    output: Path,
    chosen: Filter,
    query: str | None,
    no_text: bool,
    limit: int | None,
    bom: bool,
    title: str,
    link: str,
    as_json: bool,
) -> None:
    """Export articles as JSON lines, CSV, Parquet, RSS or Atom.

    JSON lines, CSV and Parquet come by id, RSS and Atom the newest first.

    The schemas are in docs/exports.md. A file appears under its name only when it is complete.

    \b
    Examples:
      warraq export -o articles.parquet --since 30d
      warraq export --format csv --no-text --lang ar -o titles.csv
      warraq export --changed-since 2026-11-01 | jq .title
      warraq export --format rss --query 'title:water' -o water.xml
    """
    form = form or _form_of(output)
    if as_json and str(output) == "-":
        raise UsageProblem("--json needs -o FILE: without it the export itself goes to stdout.")
    engine = open_database(Settings())
    with reading(engine) as session:
        chosen = of_known_source(session, chosen)
    understood = understand(query) if query else None
    limit = limit or (_FEED_ITEMS if form in _FEEDS else None)
    stream = rows.documents(engine, chosen, understood, with_text=not no_text, newest_first=form in _FEEDS, limit=limit)
    writer = _writer(form, with_text=not no_text, bom=bom, title=title, link=link)
    with _destination(output) as file, _progress(engine, chosen, limit) as watched:
        written = writer(file, watched(stream))
    if as_json:
        print_json({"file": str(output), "format": form, "articles": written, "bytes": output.stat().st_size})
    else:
        click.echo(f"{amount(written, 'article')} exported.", err=True)


def _form_of(output: Path) -> str:
    ending = output.suffix.lstrip(".").lower()
    return ending if ending in FORMATS else "jsonl"


def _writer(form: str, *, with_text: bool, bom: bool, title: str, link: str) -> Writer:
    now = utc_now()
    writers: dict[str, Writer] = {
        "jsonl": jsonl.write,
        "csv": lambda file, stream: table.write(file, stream, with_text=with_text, bom=bom),
        "parquet": functools.partial(_write_parquet, with_text=with_text),
        "rss": lambda file, stream: feeds.write_rss(file, stream, title=title, link=link, now=now),
        "atom": lambda file, stream: feeds.write_atom(file, stream, title=title, link=link, now=now),
    }
    return writers[form]


def _write_parquet(file: BinaryIO, stream: Iterable[Document], *, with_text: bool) -> int:
    # pyarrow takes a third of a second to load: no other command should wait for it.
    from warraq_store.export import parquet

    return parquet.write(file, stream, with_text=with_text)


@contextmanager
def _destination(output: Path) -> Iterator[BinaryIO]:
    """Give the file to write to; it gets its name when it is complete, and nothing is left of one that is not."""
    if str(output) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _progress(
    engine: Engine, chosen: Filter, limit: int | None
) -> Iterator[Callable[[Iterable[Document]], Iterable[Document]]]:
    """Give what shows a bar on a terminal while a stream goes through it."""
    if not sys.stderr.isatty():
        yield lambda stream: stream
        return
    columns = (TextColumn("exporting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    total = rows.count(engine, chosen)
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield lambda stream: progress.track(stream, total=min(total, limit or total))
