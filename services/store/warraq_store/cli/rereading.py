"""``warraq reparse`` and ``warraq import-warc``: the same parser on bytes that are there already."""

import functools
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import Engine

from warraq_shared.console import amount, isolated, print_json, print_table
from warraq_shared.parsed import utc_now
from warraq_shared.settings import Settings
from warraq_shared.urls import canonical
from warraq_store.archive import snapshots
from warraq_store.archive.reading import BrokenArchive, Damaged
from warraq_store.cli.opening import open_database
from warraq_store.database import reading, writing
from warraq_store.filters import Filter, Moment, filter_options, of_known_source
from warraq_store.rereading import batch_runs, reparse, warc_import
from warraq_store.rereading.batches import Chunk, open_runner
from warraq_store.rereading.reparse import Selection
from warraq_store.rereading.warc_import import Wanted

_EXAMPLES = 3
_SHOWN = 150
_SHOWN_BEFORE = 40
_MOST_DIFFERENCES = 10_000


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command what both runs have."""
    for decorate in (
        click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout."),
        click.option("--patience", type=float, metavar="SECONDS", default=60.0, help="Then send again [60]."),
        click.option("--anew", is_flag=True, help="Begin at the beginning, not where it was stopped."),
    ):
        command = decorate(command)
    return command


@click.command("reparse")
@filter_options
@click.option("--url", help="Only this page.")
@click.option("--dry-run", is_flag=True, help="Store nothing; show field by field what would change.")
@run_options
def reparse_command(chosen: Filter, url: str | None, dry_run: bool, anew: bool, patience: float, as_json: bool) -> None:
    """Parse again what is in the archive; nothing is fetched.

    Of each page its newest raw page.

    It uses the parsers that run (`warraq up`), after live pages. Stopped, it goes on where it was when it is called
    again with the same filters. What changes is a better reading, no revision.

    \b
    Examples:
      warraq reparse --dry-run --source "Example News"
      warraq reparse --lang ar --since 30d
      warraq reparse --url https://example.com/story
    """
    settings = Settings()
    engine = open_database(settings)
    with reading(engine) as session:
        selection = Selection(of_known_source(session, chosen), canonical(url) if url else None)
        if selection.url:
            snapshots.newest(session, selection.url, utc_now())
    key = _key_of(selection, dry_run=dry_run)
    chunks = functools.partial(reparse.chunks, engine, settings, selection, dry_run=dry_run)
    changes: list[dict[str, Any]] = []
    with _progress("parsing again", reparse.count(engine, selection)) as step:
        # A dry run stores nothing, so there is nothing to go on from.
        counts = _run(engine, settings, key, chunks, step, changes, anew=anew or dry_run, patience=patience)
    if not url and (missing := reparse.count_without_raw(engine, selection.chosen)):
        click.echo(f"Left as before, since the archive has no raw page: {amount(missing, 'article')}.", err=True)
    if dry_run:
        _print_differences(counts, changes, as_json)
    else:
        _print_counts(counts, as_json)


@click.command("import-warc")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--host", "hosts", multiple=True, help="Only of this host and its subdomains; may be given often.")
@click.option("--lang", "languages", multiple=True, help="Only articles in this language; may be given often.")
@click.option("--since", type=Moment(), help="Only what was fetched since: a date, a moment, or an age (7d).")
@click.option("--until", type=Moment(), help="Only what was fetched before.")
@run_options
def import_warc(
    files: tuple[Path, ...],
    hosts: tuple[str, ...],
    languages: tuple[str, ...],
    since: Any,
    until: Any,
    anew: bool,
    patience: float,
    as_json: bool,
) -> None:
    """Take in the pages of WARC files; nothing is fetched.

    Our own, CC-NEWS, or another crawler's.

    Files are read as a stream; pages go through the parsers that run (`warraq up`), after live pages. Stopped, it goes
    on where it was. The files stay where they are and are named as the archive of their pages. A damaged record is
    counted, told and passed over; with a file that is no WARC file the command ends with 5, after the others.

    \b
    Examples:
      warraq import-warc CC-NEWS-20261101.warc.gz --lang ar --host example.com
      warraq import-warc archive/*.warc.gz --json
    """
    settings = Settings()
    engine = open_database(settings)
    wanted = Wanted(tuple(host.lower() for host in hosts), languages, since, until)
    keys = {file: warc_import.key_of(file, wanted) for file in files}
    total, broken = Counter[str](), False
    for file, key in keys.items():
        chunks = functools.partial(_file_chunks, engine, settings, file, wanted)
        try:
            with _progress(file.name, file.stat().st_size, by_position=True) as step:
                total.update(_run(engine, settings, key, chunks, step, [], anew=anew, patience=patience))
        except BrokenArchive as problem:
            broken = True
            click.echo(f"warraq: {file}: {problem}", err=True)
    _print_counts(total, as_json)
    if broken:
        raise click.exceptions.Exit(BrokenArchive.exit_code)


Step = Callable[[Chunk], None]


def _key_of(selection: Selection, *, dry_run: bool) -> str:
    """Return what names a reparse: the same filters on the same day go on where they were stopped."""
    chosen = {
        name: f"{value:%Y-%m-%d}" if isinstance(value, datetime) else value
        for name, value in asdict(selection.chosen).items()
    }
    return f"{'dry run' if dry_run else 'reparse'}:{json.dumps({**chosen, 'url': selection.url}, sort_keys=True)}"


def _file_chunks(engine: Engine, settings: Settings, file: Path, wanted: Wanted, after: str) -> Iterator[Chunk]:
    def report(damaged: Damaged) -> None:
        click.echo(f"{file}: passed over at offset {damaged.offset}: {damaged.problem}", err=True)

    return warc_import.chunks(engine, settings, file, wanted, after, utc_now(), report)


def _run(
    engine: Engine,
    settings: Settings,
    key: str,
    chunks: Callable[[str], Iterable[Chunk]],
    step: Step,
    changes: list[dict[str, Any]],
    *,
    anew: bool,
    patience: float,
) -> Counter[str]:
    """Send what ``chunks`` gives from where the run was stopped; return what it counted over all its starts."""
    with writing(engine) as session:
        position = batch_runs.begin(session, key, utc_now(), anew=anew).position
    if position:
        click.echo("Going on where it was stopped.", err=True)
    for chunk, outcomes in open_runner(settings, patience).run(chunks(position)):
        counts = _counted(outcomes, changes) + Counter(chunk.skipped)
        with writing(engine) as session:
            batch_runs.advance(session, key, chunk.position, counts, utc_now())
        step(chunk)
    with writing(engine) as session:
        return Counter(batch_runs.finish(session, key, utc_now()))


def _counted(outcomes: Counter[str], changes: list[dict[str, Any]]) -> Counter[str]:
    """Count outcomes; those of a dry run are differences, which go to ``changes``."""
    counts: Counter[str] = Counter()
    for outcome, number in outcomes.items():
        if not outcome.startswith("{"):
            counts[outcome] += number
            continue
        difference = json.loads(outcome)
        counts["changed" if difference["fields"] else "same"] += number
        if difference["fields"] and len(changes) < _MOST_DIFFERENCES:
            changes.append(difference)
    return counts


def _print_counts(counts: Counter[str], as_json: bool) -> None:
    if as_json:
        print_json({"pages": counts.total(), "outcomes": dict(counts)})
    else:
        print_table(("outcome", "pages"), [*counts.most_common(), ("total", counts.total())])


def _print_differences(counts: Counter[str], changes: list[dict[str, Any]], as_json: bool) -> None:
    fields = Counter(name for change in changes for name in change["fields"])
    if as_json:
        print_json({"pages": counts.total(), "outcomes": dict(counts), "fields": dict(fields), "changes": changes})
        return
    if fields:
        print_table(("field", "would change"), fields.most_common())
    for name, _ in fields.most_common():
        for change in [one for one in changes if name in one["fields"]][:_EXAMPLES]:
            before, after = _where_they_differ(*map(_plain, change["fields"][name]))
            click.echo(f"\n{name} of {change['url']}\n  - {before}\n  + {after}")
    gap = "\n" if fields else ""
    click.echo(f"{gap}{counts['changed']:,} of {amount(counts.total(), 'page')} would change. Nothing was stored.")


def _plain(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.replace("\n", " ¶ ")


def _where_they_differ(before: str, after: str) -> tuple[str, str]:
    """Return both from shortly before they begin to differ, cut to a line."""
    same = next((i for i, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), 0)
    start = max(0, same - _SHOWN_BEFORE)
    mark = "… " if start else ""
    return isolated(mark + before[start : start + _SHOWN]), isolated(mark + after[start : start + _SHOWN])


@contextmanager
def _progress(name: str, total: int, *, by_position: bool = False) -> Iterator[Step]:
    """Give what is called after each chunk: a bar on a terminal, by pages or by the position in a file."""
    if not sys.stderr.isatty():
        yield lambda chunk: None
        return
    columns = (TextColumn(name), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(name, total=total)

        def step(chunk: Chunk) -> None:
            if by_position:
                progress.update(task, completed=int(chunk.position))
            else:
                progress.advance(task, len(chunk.pages) + sum(chunk.skipped.values()))

        yield step
