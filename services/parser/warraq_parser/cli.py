"""``warraq parse`` and ``warraq rules``: the parser alone. A door: decode, call one function, print."""

import json
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warraq_shared.console import Number
from warraq_shared.errors import NotReady, UsageProblem

if TYPE_CHECKING:
    from warraq_parser.parse import PageReading
    from warraq_shared.parsed import ParseInput


@click.command("parse")
@click.argument("page", metavar="[FILE|URL|-]", required=False)
@click.option("--url", "-u", help="The address a saved page came from; default: the one it names itself.")
@click.option("--explain", is_flag=True, help="Show what was considered, and why one won.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--jsonl", is_flag=True, help='Read {"url", "html_b64"} lines, write one article a line, in order.')
@click.option("--with-profile", is_flag=True, help="With --jsonl: read all lines first and learn each site from them.")
@click.option("--workers", "-w", type=Number(1, 64), default=1, show_default=True, help="With --jsonl: processes.")
@click.option("--rules", "rules_file", type=click.Path(path_type=Path, dir_okay=False), help="Site rules to apply.")
def parse_command(
    page: str | None,
    url: str | None,
    explain: bool,
    as_json: bool,
    jsonl: bool,
    with_profile: bool,
    workers: int,
    rules_file: Path | None,
) -> None:
    """Parse a page: a saved FILE, a URL, or - for standard input. Nothing is stored.

    \b
    Examples:
      warraq parse https://example.com/story --explain
      warraq parse story.html --url https://example.com/story --json
      warraq parse --jsonl --with-profile < pages.jsonl > articles.jsonl
    """
    if page is None and sys.stdin.isatty():
        raise UsageProblem("Give a FILE, a URL, or - to read standard input.")
    page = page or "-"
    if jsonl:
        if explain or url or as_json:
            raise UsageProblem(
                "--jsonl goes with --with-profile, --workers and --rules only: each line names its page."
            )
        _parse_lines(page, with_profile, workers, rules_file)
        return
    if with_profile or workers > 1:
        raise UsageProblem("--with-profile and --workers need --jsonl: one page teaches nothing about its site.")
    sys.exit(_parse_one(page, url, explain, as_json, rules_file))


@click.group("rules")
def rules_group() -> None:
    """Site rules: selectors for the fields of one site's pages.

    \b
    Example:
      warraq rules check rules.toml saved-pages/
    """


@rules_group.command("check")
@click.argument("rules_file", metavar="RULES.toml", type=click.Path(path_type=Path))
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check_command(rules_file: Path, folder: Path, as_json: bool) -> None:
    """Try RULES.toml on the pages saved in FOLDER, field by field.

    Exit code 0 if every rule found something on a page it applies to, 5 if not.

    \b
    Examples:
      warraq rules check rules.toml saved-pages/
      warraq rules check rules.toml saved-pages/ --json
    """
    from warraq_parser.rules_file import read_rules_file
    from warraq_parser.rules_trial import report_document, report_lines, try_rules
    from warraq_parser.saved_pages import saved_pages
    from warraq_shared.parsed import utc_now

    trial = try_rules(read_rules_file(rules_file), saved_pages(folder), utc_now())
    _print(_json(report_document(trial)) if as_json else report_lines(trial))
    sys.exit(0 if trial.accepted else 5)


# --- one page ------------------------------------------------------------------------------------------------------


def _parse_one(page: str, url: str | None, explain: bool, as_json: bool, rules_file: Path | None) -> int:
    from warraq_parser.parse import read_page
    from warraq_parser.rules_file import read_rules_file

    reading = read_page(_input_of(page, url), read_rules_file(rules_file))
    _print(_document_of(reading, explain) if as_json else _lines_of(reading, explain))
    parsed = reading.parsed
    if parsed.url.startswith("file:") and reading.verdict is not None:
        click.echo("warraq: the page does not name its address; relative links are left out (give --url).", err=True)
    if parsed.article is not None or parsed.links:
        return 0
    click.echo(f"warraq: {parsed.reason.sentence}", err=True)
    return 5


def _document_of(reading: "PageReading", explain: bool) -> Iterable[str]:
    from warraq_parser.result import explanation, result_document

    document = result_document(reading)
    return _json({**document, "explain": explanation(reading)} if explain else document)


def _lines_of(reading: "PageReading", explain: bool) -> Iterable[str]:
    from warraq_parser.display import show_explanation, show_reading

    yield from show_reading(reading)
    if explain:
        yield ""
        yield from show_explanation(reading)


def _input_of(page: str, url: str | None) -> "ParseInput":
    """Return the page as the parser's input: fetched, from a file, or from standard input."""
    from warraq_parser.saved_pages import declared_address, read_page_file
    from warraq_shared.parsed import ParseInput, utc_now
    from warraq_shared.urls import canonical

    if page.startswith(("http://", "https://")):
        return _fetched(page)
    body = sys.stdin.buffer.read() if page == "-" else read_page_file(Path(page))
    address = canonical(url) if url else declared_address(body)
    if address is None:
        address = (Path("/dev/stdin") if page == "-" else Path(page).resolve()).as_uri()
    return ParseInput(url=address, body=body, fetched_at=utc_now())


def _fetched(url: str) -> "ParseInput":
    """Fetch ``url`` by the fetcher's own function, if that service is installed here.

    Raises:
        NotReady: it is not.
    """
    from warraq_shared.parsed import ParseInput
    from warraq_shared.settings import Settings

    entry = next(iter(entry_points(group="warraq.fetch", name="one")), None)
    try:
        fetch = entry.load() if entry else None
    except ModuleNotFoundError:
        fetch = None
    if fetch is None:
        raise NotReady(
            "The fetcher is not installed here: install warraq[fetcher], or save the page and give its file."
        )
    response = fetch(url, Settings())
    headers = {str(name).lower(): str(value) for name, value in response.headers.items()}
    return ParseInput(url=response.final_url, body=response.body, headers=headers, fetched_at=response.fetched_at)


# --- many pages ----------------------------------------------------------------------------------------------------


def _parse_lines(page: str, with_profile: bool, workers: int, rules_file: Path | None) -> None:
    from warraq_parser.many import Lines, answers, learned
    from warraq_parser.rules_file import rules_text
    from warraq_parser.saved_pages import open_page_file
    from warraq_shared.parsed import utc_now

    if page.startswith(("http://", "https://")):
        raise UsageProblem("--jsonl reads a FILE or - of lines, not a URL.")
    now = utc_now()
    rules = rules_text(rules_file) if rules_file else ""
    with nullcontext(sys.stdin.buffer) if page == "-" else open_page_file(Path(page)) as stream:
        lines: Iterable[bytes] = list(stream) if with_profile else stream
        parser = Lines(now, rules, learned(lines, now) if with_profile else {})
        for answer in answers(lines, parser, workers):
            sys.stdout.write(answer + "\n")
            sys.stdout.flush()


def _json(document: object) -> list[str]:
    return [json.dumps(document, ensure_ascii=False, indent=2)]


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
