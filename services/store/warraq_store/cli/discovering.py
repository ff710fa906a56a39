"""``warraq discover``: what of a site can be followed; nothing is stored."""

import time
from collections.abc import Callable

import click

from warraq_shared.console import isolated, print_json, print_table
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings
from warraq_shared.urls import canonical, host_of
from warraq_store import outside
from warraq_store.outside import Fetch, Fetched
from warraq_store.sources.discovery import Candidate, Discovery, discover


@click.command("discover")
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def discover_command(url: str, as_json: bool) -> None:
    """Show the feeds, sitemaps and sections of a site. Nothing is stored.

    \b
    Examples:
      warraq discover https://example.com/
      warraq discover https://example.com/ --json
    """
    found = discover_shown(Settings(), canonical(url), everything=False, quiet=as_json)
    if as_json:
        print_json(found.model_dump(mode="json"))


def discover_shown(settings: Settings, url: str, *, everything: bool, quiet: bool) -> Discovery:
    """Return what can be followed of ``url``; shown as a table unless ``quiet``. ``everything`` follows it all.

    Raises:
        NotReady: the fetcher or the parser is not installed here.
        PageProblem: the page of ``url`` cannot be had.
    """
    fetch = at_pace(outside.fetcher(settings), settings.host_delay)
    report: Callable[[str], None] = (lambda _: None) if quiet else (lambda asked: click.echo(f"… {asked}", err=True))
    found = discover(url, fetch, outside.parser(), report)
    if everything:
        all_of_it = [_taken(one) for one in found.candidates]
        found = found.model_copy(update={"candidates": tuple(all_of_it)})
    if not quiet:
        show(found)
    return found


def _taken(candidate: Candidate) -> Candidate:
    return candidate.model_copy(update={"follow": candidate.reason is Reason.OK})


def show(found: Discovery) -> None:
    """Print what was found as a table: what would be followed first, then the rest with why not."""
    if found.title:
        click.echo(isolated(found.title))
    rows = [
        (
            "✓" if one.follow else " ",
            one.kind,
            one.items if one.checked and one.reason is Reason.OK else "",
            one.newest,
            one.url,
            one.reason if one.reason is not Reason.OK else one.found_by,
        )
        for one in found.candidates
    ]
    print_table(("", "kind", "items", "newest (UTC)", "address", "found"), rows)
    if not found.followed():
        click.echo("Nothing here can be followed by itself.", err=True)


def at_pace(fetch: Fetch, delay: float) -> Fetch:
    """Return ``fetch``, which asks one host at most every ``delay`` seconds."""
    last: dict[str, float] = {}

    def fetch_at_pace(url: str) -> Fetched:
        host = str(host_of(url))
        wait = last.get(host, 0.0) + delay - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        try:
            return fetch(url)
        finally:
            last[host] = time.monotonic()

    return fetch_at_pace
