"""``warraq demo``: see the whole pipeline at work on this machine, with no network."""

import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from warraq_shared.errors import WarraqError

_PATIENCE = 120.0


@click.command("demo")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Keep the data in this directory.")
@click.option("--json", "as_json", is_flag=True, help="The articles and the ends of all pages as one JSON document.")
def demo(keep: Path | None, as_json: bool) -> None:
    """Crawl the bundled news world through the real pipeline.

    What came of it is shown.

    Five sites in five languages are served on loopback; an embedded Redis, SQLite, beat and the Celery workers do the
    rest. Nothing outside this machine is asked.

    \b
    Examples:
      warraq demo
      warraq demo --keep ./demo-data
    """
    from warraq_demo.crawl import crawling
    from warraq_demo.report import show_json, show_report
    from warraq_demo.server import NewsWorld
    from warraq_shared.logs import configure_logs

    began = time.monotonic()
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="warraq-demo-")))
        bar = stack.enter_context(_progress_bar())
        step = bar.add_task("starting Redis, the workers and the news world", total=None)
        world = stack.enter_context(NewsWorld())
        crawl = stack.enter_context(crawling(folder, world))
        configure_logs(crawl.settings)

        def advance(title: str) -> None:
            bar.update(step, description=title, total=None)
            settled = crawl.wait_until_settled(
                _PATIENCE, lambda now: bar.update(step, completed=now.ended, total=max(now.known, 1))
            )
            if not settled:
                raise WarraqError(f"The crawl did not come to an end within {_PATIENCE:.0f} s: {title}.")

        crawl.follow_all()
        advance("first poll: feeds, sitemaps, section pages and their articles")
        world.advance()
        crawl.poll_again()
        advance("second poll: one article was corrected, one is new")
        bar.update(step, description="stopping: the workers finish what they have")
        bar.stop()
        if as_json:
            show_json(crawl)
        else:
            show_report(crawl)
    click.echo(f"All of it took {time.monotonic() - began:.0f} s.", err=True)


def _progress_bar() -> Progress:
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f} pages"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console, transient=False)
