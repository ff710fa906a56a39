"""``warraq forget``: remove an article, or a whole source, with everything derived from it."""

import sys
from dataclasses import asdict

import click

from warraq_shared.console import amount, print_json
from warraq_shared.errors import UsageProblem
from warraq_shared.parsed import utc_now
from warraq_shared.settings import Settings
from warraq_shared.urls import canonical
from warraq_store.archive.writing import ArchiveWriter
from warraq_store.articles.forget import Forgetter
from warraq_store.cli.opening import open_database


@click.command("forget")
@click.argument("url", required=False)
@click.option("--source", help="Everything of this source, and the source.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout; does not ask.")
def forget(url: str | None, source: str | None, yes: bool, as_json: bool) -> None:
    """Remove an article and all that was made of it, for good.

    Its revisions, raw pages, index entries and history go too, and it is not fetched again.

    There is no way back but to fetch it anew: warraq add --force URL. Imported files of others stay as they are.

    \b
    Examples:
      warraq forget https://example.com/story
      warraq forget --source "Example News" --yes
    """
    if (url is None) == (source is None):
        raise UsageProblem("Say what to forget: a URL, or --source NAME.")
    settings = Settings()
    engine = open_database(settings)
    wanted = canonical(url) if url else None
    if not (yes or as_json) and sys.stdin.isatty():
        click.confirm(f"Forget {wanted or f'source {source!r}'} and everything derived from it?", abort=True, err=True)
    writer = ArchiveWriter(settings.archive_folder, file_bytes=settings.archive_file_bytes)
    forgetter = Forgetter(engine, settings, writer, utc_now())
    try:
        done = forgetter.url(wanted) if wanted else forgetter.source(source or "")
    finally:
        writer.close()
    if as_json:
        print_json({"url": wanted, "source": source, **asdict(done)})
    else:
        gone = ((done.articles, "article"), (done.pages, "page"), (done.snapshots, "raw page"))
        click.echo(f"Forgotten: {', '.join(amount(*one) for one in gone)}.")
