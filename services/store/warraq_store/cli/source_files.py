"""``warraq source import`` and ``export``: sources as YAML or OPML files."""

import sys
from pathlib import Path

import click
from sqlmodel import Session, col, select

from warraq_shared.console import amount, print_json, shown
from warraq_shared.errors import UsageProblem
from warraq_shared.parsed import utc_now
from warraq_shared.settings import Settings
from warraq_store.cli.opening import open_database
from warraq_store.database import reading, writing
from warraq_store.sources import polls, sources
from warraq_store.sources.every import limits_from
from warraq_store.sources.opml import read_opml, without_feed, write_opml
from warraq_store.sources.wish import SourceWish
from warraq_store.sources.yaml_file import read_yaml, write_yaml
from warraq_store.tables import Source

_SHOWN_NAMES = 10


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--update", is_flag=True, help="Change sources that are known by name; else they stay as they are.")
@click.option("--check", is_flag=True, help="Only check the file.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def import_sources(file: Path, update: bool, check: bool, as_json: bool) -> None:
    """Add all sources of a YAML or OPML FILE, or none.

    If the file has an error nothing is added.

    \b
    Examples:
      warraq source import sources.yaml
      warraq source import feeds.opml --check
    """
    wishes = _read(file)
    counts = {"sources": len(wishes), "added": 0, "changed": 0, "known": 0}
    if not check:
        settings = Settings()
        with writing(open_database(settings)) as session:
            polls.use(session, limits_from(settings))
            for wish in wishes:
                counts[_keep(session, wish, update=update)] += 1
    if as_json:
        print_json(counts)
    elif check:
        click.echo(f"{file}: {amount(len(wishes), 'source')}, no error.")
    else:
        known = "unchanged" if update else "known already"
        click.echo(f"{counts['added']} added, {counts['changed']} changed, {counts['known']} {known}.")


@click.command("export")
@click.option(
    "--format",
    "as_format",
    type=click.Choice(["yaml", "opml"]),
    default="yaml",
    show_default=True,
    help="OPML knows feeds only.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write here; else to stdout.")
@click.option("--json", "as_json", is_flag=True, help="With -o: what was written and left out, as JSON on stdout.")
def export_sources(as_format: str, output: Path | None, as_json: bool) -> None:
    """Write all sources as YAML, or their feeds as OPML.

    OPML knows feeds only; which sources have none, and so are left out, is told.

    \b
    Examples:
      warraq source export > sources.yaml
      warraq source export --format opml -o feeds.opml
    """
    if as_json and output is None:
        raise UsageProblem("--json goes with -o: without it the file itself is on stdout.")
    with reading(open_database(Settings())) as session:
        found = session.exec(select(Source).order_by(col(Source.name))).all()
        wishes = [sources.wish_of(session, one) for one in found]
    content = write_opml(wishes) if as_format == "opml" else write_yaml(wishes).encode()
    left_out = without_feed(wishes) if as_format == "opml" else []
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)
    if as_json:
        print_json({"written": len(wishes) - len(left_out), "left_out": left_out})
    elif left_out:
        click.echo(_told(left_out), err=True)


def _told(left_out: list[str]) -> str:
    """Return which sources an OPML file lacks, in a sentence."""
    more = len(left_out) - _SHOWN_NAMES
    names = ", ".join(map(shown, left_out[:_SHOWN_NAMES])) + (f" and {more} more" if more > 0 else "")
    count = "1 source has" if len(left_out) == 1 else f"{len(left_out)} sources have"
    return f"{count} no feed, so OPML has no place for it: {names}. --format yaml keeps everything."


def _read(file: Path) -> list[SourceWish]:
    data = file.read_bytes()
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return read_opml(data)
    try:
        return read_yaml(data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise UsageProblem(f"{file} is not UTF-8: {problem.reason} at byte {problem.start}.") from problem


def _keep(session: Session, wish: SourceWish, *, update: bool) -> str:
    """Add or change one source; return the count it falls under."""
    known = sources.by_name(session, wish.name)
    if known is None:
        sources.add(session, wish, utc_now())
        return "added"
    if not update:
        return "known"
    if _same(sources.wish_of(session, known), wish.checked()):
        return "known"
    sources.edit(session, known, wish, utc_now())
    return "changed"


def _same(one: SourceWish, other: SourceWish) -> bool:
    """Tell whether ``other`` wants what ``one`` is; the order of the pages is the file's own."""
    paused = one.paused if other.paused is None else other.paused
    same_but_pages = other.model_copy(update={"pages": one.pages, "paused": paused})
    return one == same_but_pages and set(one.pages) == set(other.pages)
