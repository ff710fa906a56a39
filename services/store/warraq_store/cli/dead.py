"""``warraq dead``: the work that failed for good, to look at, to try again, or to drop."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import chain
from typing import Any

import click
from sqlalchemy import Engine

from warraq_shared.console import Number, amount, isolated, print_json, print_table, shown
from warraq_shared.errors import NotFound, UsageProblem
from warraq_shared.parsed import utc_now
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings
from warraq_store import deadletters
from warraq_store.cli.opening import open_database
from warraq_store.database import reading, writing
from warraq_store.deadletters import Letter
from warraq_store.filters import Filter


@click.group("dead")
def dead() -> None:
    """Look at dead letters: pages that failed for good, and why.

    \b
    Examples:
      warraq dead list
      warraq dead show 7
      warraq dead replay --reason parser-crashed
    """


class ReasonCode(click.ParamType[Reason]):
    """A reason code on the command line."""

    name = "reason"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Reason:
        """Return the reason of a code."""
        try:
            return Reason(value)
        except ValueError:
            self.fail(f"{value!r} is no reason code; `warraq dead list` shows those that there are.", param, ctx)


def chosen_letters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the ways to name dead letters."""
    for decorate in (
        click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout."),
        click.option("--all", "every", is_flag=True, help="All of them."),
        click.option("--reason", type=ReasonCode(), help="All with this reason code."),
        click.argument("ids", nargs=-1, type=int, metavar="[ID]..."),
    ):
        command = decorate(command)
    return command


@dead.command("list")
@click.option("--reason", type=ReasonCode(), help="Each letter with this reason, instead of a line a reason.")
@click.option("--limit", type=Number(min=1), default=100, show_default=True, help="At most so many letters.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array on stdout.")
def list_letters(reason: Reason | None, limit: int, as_json: bool) -> None:
    """List dead letters by reason, or one by one.

    \b
    Examples:
      warraq dead list
      warraq dead list --reason parser-failed --json
    """
    with reading(open_database(Settings())) as session:
        groups = deadletters.groups(session) if reason is None else []
        letters = deadletters.find(session, reason=reason, limit=limit) if reason is not None else []
    if as_json:
        print_json([asdict(one) for one in (groups or letters)])
    elif not groups and not letters:
        click.echo("No dead letters.")
    elif reason is None:
        print_table(
            ("stage", "reason", "letters", "newest", "example"),
            [(g.stage, g.reason.value, g.letters, g.newest, g.example) for g in groups],
        )
    else:
        rows = [(one.id, one.died_at, one.stage, one.url, one.detail) for one in letters]
        print_table(("id", "died (UTC)", "stage", "url", "why"), rows)


@dead.command("show")
@click.argument("letter_id", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def show_letter(letter_id: int, as_json: bool) -> None:
    """Show one dead letter. `warraq explain` tells how it came to it.

    \b
    Example:
      warraq dead show 4
    """
    with reading(open_database(Settings())) as session:
        letter = _found(deadletters.find(session, ids=[letter_id]))[0]
    if as_json:
        print_json({**asdict(letter), "sentence": letter.reason.sentence})
        return
    click.echo(
        f"{letter.url}\n  {letter.reason.value}: {letter.reason.sentence} {isolated(letter.detail)}\n"
        f"  in stage {letter.stage}, {shown(letter.died_at)}\n"
        f"  warraq explain {letter.url}\n  warraq dead replay {letter.id}"
    )


@dead.command("replay")
@click.option("--fetch", is_flag=True, help="Ask the sites again, though the archive has the raw pages.")
@click.option("--patience", type=float, metavar="SECONDS", default=60.0, help="Then send again [60].")
@chosen_letters
def replay(
    ids: tuple[int, ...], reason: Reason | None, every: bool, as_json: bool, fetch: bool, patience: float
) -> None:
    """Try dead letters again: from the archive, or by fetching.

    Those whose raw page is in the archive are parsed again, the others fetched again.

    Parsing uses the parsers that run (`warraq up`), after live pages. A letter goes when its page could be read, or is
    due to be fetched again; what fails again stays.

    \b
    Examples:
      warraq dead replay 4 5
      warraq dead replay --reason parser-failed
      warraq dead replay --all --fetch
    """
    settings = Settings()
    engine = open_database(settings)
    with writing(engine) as session:
        letters = _chosen(session, ids, reason, every)
        kept = [] if fetch else deadletters.archived(session, letters)
        due = deadletters.fetch_again(session, [one for one in letters if one not in kept], utc_now())
    outcomes = _parsed_again(settings, engine, [letter.page_id for letter in kept], patience)
    if as_json:
        print_json({"letters": len(letters), "due": due, "parsed": outcomes.total(), "outcomes": dict(outcomes)})
        return
    if outcomes:
        print_table(("parsed from the archive", "pages"), outcomes.most_common())
    if due or not outcomes:
        click.echo(f"{amount(due, 'page')} will be fetched again.")


def _parsed_again(settings: Settings, engine: Engine, page_ids: Sequence[int], patience: float) -> Counter[str]:
    """Have the raw pages of ``page_ids`` parsed again; return the number of pages for each outcome."""
    if not page_ids:
        return Counter()
    # Here, since no other command about dead letters needs Celery, which takes its time to load.
    from warraq_store.rereading import batches, reparse

    starts = range(0, len(page_ids), batches.CHUNK)
    some = (tuple(page_ids[start : start + batches.CHUNK]) for start in starts)
    selections = (reparse.Selection(Filter(), page_ids=ids) for ids in some)
    chunks = chain.from_iterable(
        reparse.chunks(engine, settings, selection, "", dry_run=False) for selection in selections
    )
    done = batches.open_runner(settings, patience).run(chunks)
    return sum((outcomes + Counter(chunk.skipped) for chunk, outcomes in done), Counter())


@dead.command("drop")
@chosen_letters
def drop(ids: tuple[int, ...], reason: Reason | None, every: bool, as_json: bool) -> None:
    """Drop dead letters; their pages stay as they are.

    \b
    Examples:
      warraq dead drop 4
      warraq dead drop --all
    """
    with writing(open_database(Settings())) as session:
        number = deadletters.drop(session, _chosen(session, ids, reason, every))
    print_json({"dropped": number}) if as_json else click.echo(f"{amount(number, 'dead letter')} dropped.")


def _chosen(session: Any, ids: tuple[int, ...], reason: Reason | None, every: bool) -> list[Letter]:
    if bool(ids) + (reason is not None) + every != 1:
        raise UsageProblem("Say which: their IDs, or --reason CODE, or --all.")
    letters = deadletters.find(session, ids=ids, reason=reason)
    return _found(letters) if ids else letters


def _found(letters: list[Letter]) -> list[Letter]:
    if not letters:
        raise NotFound("There is no such dead letter. `warraq dead list` shows them.")
    return letters
