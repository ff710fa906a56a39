"""``warraq archive``: what raw pages are kept, whether they can be read, and how long they stay."""

import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click
import sqlalchemy as sa
from sqlmodel import Session, col, select

from warraq_shared.console import Number, amount, print_json, print_table, size
from warraq_shared.errors import UsageProblem, WarraqError
from warraq_shared.parsed import utc_now
from warraq_shared.settings import Settings
from warraq_shared.urls import canonical
from warraq_store.archive import retention, snapshots
from warraq_store.archive.reading import BrokenArchive
from warraq_store.archive.records import digest_of
from warraq_store.article_tables import Snapshot
from warraq_store.cli.opening import open_database
from warraq_store.database import reading, writing
from warraq_store.filters import Moment
from warraq_store.sources import sources
from warraq_store.tables import Page, Source

_STEP = 500


@click.group("archive")
def archive() -> None:
    """Look at the raw archive: WARC files that any WARC tool reads.

    \b
    Example:
      warraq archive status
    """


@archive.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def status(as_json: bool) -> None:
    """Show how many raw pages are kept, their size, and limits.

    The limits are those that a source has of its own.

    \b
    Example:
      warraq archive status
    """
    settings = Settings()
    with reading(open_database(settings)) as session:
        rows = [dict(row._mapping) for row in session.execute(_by_source())]
        files, imported = _files(session, imported=False), _files(session, imported=True)
    if as_json:
        print_json(
            {"folder": str(settings.archive_folder), "files": files, "imported_files": imported, "sources": rows}
        )
        return
    shown = [{**row, "bytes": size(row["bytes"]), "archive_bytes": _size_limit(row["archive_bytes"])} for row in rows]
    print_table(
        ("source", "raw pages", "size", "oldest (UTC)", "newest (UTC)", "kept days", "kept size"),
        [(*row.values(),) for row in shown],
    )
    elsewhere = f", and {amount(imported, 'imported file')} elsewhere" if imported else ""
    click.echo(f"{amount(files, 'file')} below {settings.archive_folder}{elsewhere}")


def _files(session: Session, *, imported: bool) -> int:
    """Return how many files hold raw pages: our own, or those of others, which are named by their whole path."""
    named = col(Snapshot.file).like("/%")
    query = sa.select(sa.func.count(col(Snapshot.file).distinct())).where(named if imported else sa.not_(named))
    return int(session.execute(query).scalar_one())


def _size_limit(most: int | None) -> str | None:
    return None if most is None else size(most)


def _by_source() -> sa.Select[Any]:
    columns: list[Any] = [
        col(Source.name).label("source"),
        sa.func.count().label("snapshots"),
        sa.func.sum(Snapshot.length).label("bytes"),
        sa.func.min(Snapshot.fetched_at).label("oldest"),
        sa.func.max(Snapshot.fetched_at).label("newest"),
        sa.func.max(Source.archive_days).label("archive_days"),
        sa.func.max(Source.archive_bytes).label("archive_bytes"),
    ]
    pages = sa.select(*columns).select_from(Snapshot).join(Page, col(Page.id) == col(Snapshot.page_id))
    sources = pages.join(Source, col(Source.id) == col(Page.source_id), isouter=True)
    return sources.group_by(col(Source.name)).order_by(col(Source.name))


@archive.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def check(as_json: bool) -> None:
    """Read every raw page and compare its digest. Ends with 5 if one cannot be read.

    \b
    Example:
      warraq archive check
    """
    settings = Settings()
    good, broken, last = 0, list[dict[str, str]](), ""
    engine = open_database(settings)
    while True:
        with reading(engine) as session:
            query = select(Snapshot).where(col(Snapshot.id) > last).order_by(col(Snapshot.id)).limit(_STEP)
            rows = session.exec(query).all()
            problems = [(row.url, problem) for row in rows if (problem := _problem(session, settings, row))]
        if not rows:
            break
        last = rows[-1].id
        good += len(rows) - len(problems)
        broken += [{"url": url, "problem": problem} for url, problem in problems]
    if as_json:
        print_json({"good": good, "broken": broken})
    else:
        for one in broken:
            click.echo(f"{one['url']}: {one['problem']}")
        click.echo(f"{amount(good, 'raw page')} good, {len(broken):,} not.")
    if broken:
        raise click.exceptions.Exit(WarraqError.exit_code)


def _problem(session: Session, settings: Settings, row: Snapshot) -> str:
    try:
        body = snapshots.read(session, settings, row).body
    except BrokenArchive as problem:
        return str(problem)
    return "" if digest_of(body) == row.digest else "The bytes are not those that were archived."


@archive.command("get")
@click.argument("url")
@click.option("--at", type=Moment(), help="As it was then: a date, a moment, or an age (7d). Default: the newest.")
def get(url: str, at: datetime | None) -> None:
    """Write the raw page of URL, as it was fetched, to stdout.

    \b
    Examples:
      warraq archive get https://example.com/story > story.html
      warraq archive get https://example.com/story | warraq parse - --url https://example.com/story --explain
    """
    settings, wanted = Settings(), canonical(url)
    with reading(open_database(settings)) as session:
        row = snapshots.newest(session, wanted, at or utc_now())
        body = snapshots.read(session, settings, row).body
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


@archive.command("prune")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def prune(as_json: bool) -> None:
    """Drop now the raw pages that the limits do not let stay.

    The store does so by itself every quarter of an hour.

    \b
    Example:
      WARRAQ_ARCHIVE_KEEP_DAYS=90 warraq archive prune
    """
    settings = Settings()
    done = retention.prune(open_database(settings), settings, utc_now())
    if as_json:
        print_json(asdict(done))
    else:
        click.echo(f"{amount(done.snapshots, 'raw page')} dropped, {size(done.bytes_freed)} freed.")
        if done.snapshots:
            click.echo("A file gives its room back when half of it has gone and nobody writes to it.", err=True)


@archive.command("limit")
@click.argument("source")
@click.option("--days", type=Number(min=0), help="Raw pages of the source older than this go; 0: as settings.")
@click.option("--bytes", "size", type=Number(min=0), help="Beyond this its oldest go; 0: as settings.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def limit(source: str, days: int | None, size: int | None, as_json: bool) -> None:
    """Set how long, and how much, is kept of one source's raw pages.

    \b
    Example:
      warraq archive limit "Example News" --days 30 --bytes 2000000000
    """
    if days is None and size is None:
        raise UsageProblem("Say what to limit: --days N, --bytes N, or both.")
    with writing(open_database(Settings())) as session:
        row = sources.find(session, source)
        row.archive_days = row.archive_days if days is None else days or None
        row.archive_bytes = row.archive_bytes if size is None else size or None
        session.add(row)
        document = {"source": row.name, "archive_days": row.archive_days, "archive_bytes": row.archive_bytes}
    if as_json:
        print_json(document)
        return
    print_table(("source", "days", "bytes"), [tuple(document.values())])
    click.echo("It holds from the next quarter of an hour on; `warraq archive prune` does it now.", err=True)
