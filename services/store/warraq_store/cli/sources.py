"""``warraq source``: what is followed, changed while everything runs."""

import sys
from collections.abc import Callable
from typing import Any

import click
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from warraq_shared.console import print_json, print_table, shown
from warraq_shared.errors import NotFound, WarraqError
from warraq_shared.parsed import utc_now
from warraq_shared.settings import Settings
from warraq_shared.urls import canonical
from warraq_store.cli import source_texts
from warraq_store.cli.discovering import discover_shown
from warraq_store.cli.opening import open_database
from warraq_store.cli.source_files import export_sources, import_sources
from warraq_store.cli.source_options import as_wished, wish_options
from warraq_store.database import reading, writing
from warraq_store.sources import polls, sources
from warraq_store.sources.discovery import name_for
from warraq_store.sources.every import limits_from
from warraq_store.sources.health import health, overview
from warraq_store.sources.wish import ROLES, PolledPage, SourceWish, changed, plain_name
from warraq_store.tables import Source

_json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
_yes_option = click.option("--yes", is_flag=True, help="Do not ask.")
_name_argument = click.argument("name", metavar="NAME")


@click.group("source")
def source() -> None:
    """Follow feeds, sitemaps, section pages and whole sites.

    NAME is a source's name or how it begins, its number, or its address.

    \b
    Examples:
      warraq source add https://example.com/
      warraq source list --ill
      warraq source why "Example News"
      warraq source edit "Example News" --every 15m
    """


@source.command("add")
@click.argument("url")
@click.option("--name", "wanted_name", metavar="NAME", help="Its name; else the site's own.")
@click.option("--all", "everything", is_flag=True, help="Follow all that is found, sections too.")
@click.option("--as", "role", type=click.Choice(ROLES), help="Take URL for this, without looking at it.")
@wish_options
@_yes_option
@_json_option
def add(
    url: str,
    wanted_name: str | None,
    everything: bool,
    role: str | None,
    yes: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Follow URL: a site, or one feed, sitemap or section.

    Of a site the feeds, sitemaps and sections are looked for.

    \b
    Examples:
      warraq source add https://example.com/
      warraq source add https://example.com/rss.xml --every 10m --tag economy
      warraq source add https://example.com/news --as section --every "*/15 6-22 * * 1-5" --time-zone Africa/Cairo
    """
    settings = Settings()
    engine = open_database(settings)
    url = canonical(url)
    _check_before_asking(engine, url, wanted_name, given)
    wish = _as_given(url, role) if role else _as_found(settings, url, everything=everything, quiet=as_json)
    wish = as_wished(changed(wish, {"name": wanted_name or wish.name}), given)
    _ask(f"Follow {'these' if len(wish.pages) > 1 else 'this'} as {wish.name!r}?", yes)
    with writing(engine) as session:
        polls.use(session, limits_from(settings))
        added = sources.add(session, wish, utc_now())
        document = source_texts.source_document(session, added)
    if as_json:
        print_json(document)
    else:
        click.echo(f"Source {document['id']}, {document['name']!r}: {len(wish.pages)} followed, due now.")


def _check_before_asking(engine: Engine, url: str, name: str | None, given: dict[str, Any]) -> None:
    """Refuse what cannot be used before any request is made for it.

    Raises:
        UsageProblem: an option does not fit, or the name is taken.
    """
    wish = as_wished(SourceWish(name=name or plain_name(url), url=url), given).checked()
    if name is not None:
        with reading(engine) as session:
            sources.require_free(session, wish.name)


def _as_given(url: str, role: str) -> SourceWish:
    return SourceWish(name=plain_name(url), url=url, pages=(PolledPage(url=url, role=role),))


def _as_found(settings: Settings, url: str, *, everything: bool, quiet: bool) -> SourceWish:
    found = discover_shown(settings, url, everything=everything, quiet=quiet)
    pages = tuple(PolledPage(url=one.url, role=one.role) for one in found.followed())
    if not pages:
        raise WarraqError(f"Nothing on {url} can be followed. `--as section` follows the page itself all the same.")
    return SourceWish(name=name_for(found), url=url, pages=pages, language=found.language)


@source.command("list")
@click.option("--tag", metavar="TAG", help="Only those with this tag.")
@click.option("--ill", is_flag=True, help="Only those that are not well.")
@_json_option
def list_sources(tag: str | None, ill: bool, as_json: bool) -> None:
    """List the sources, each marked with how it is.

    Good ones have a ✓, others: ! fails or brings nothing, ? quiet, ‖ paused, · new.

    \b
    Examples:
      warraq source list
      warraq source list --ill --json
    """
    with reading(open_database(Settings())) as session:
        every = session.exec(select(Source).order_by(col(Source.name))).all()
        found = [one for one in every if tag is None or tag in one.tags]
        rows = list(map(source_texts.list_row, found, overview(session, found, utc_now())))
    rows = [row for row in rows if not ill or row["ill"]]
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("All are well." if ill and found else "Nothing is followed: `warraq source add URL`.", err=True)
        return
    columns = ("mark", "id", "name", "condition", "every", "week", "new", "last_new", "next_due")
    titles = ("", "id", "name", "how it is", "every", "7 days", "new", "last new (UTC)", "next due (UTC)")
    rows = [{**row, "every": f"{row['every']}, pushed" if row["pushed"] else row["every"]} for row in rows]
    print_table(titles, ([row[c] for c in columns] for row in rows))


@source.command("edit")
@_name_argument
@click.option("--name", "new_name", metavar="NAME", help="A new name.")
@click.option(
    "--poll", "polled", multiple=True, metavar="[KIND=]URL", help="Poll these instead; KIND: feed, sitemap, section."
)
@click.option("--no-tags", is_flag=True, help="Remove its tags.")
@click.option("--no-patterns", is_flag=True, help="Remove its include and exclude patterns.")
@click.option("--no-rules", is_flag=True, help="Remove its rules.")
@wish_options
@_json_option
def edit(
    name: str,
    new_name: str | None,
    polled: tuple[str, ...],
    no_tags: bool,
    no_patterns: bool,
    no_rules: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Change a source; it holds from the next tick on. What is not named stays as it is.

    --lang, --delay, --header, --proxy and --accept-language with '' take away what was asked before.

    \b
    Examples:
      warraq source edit "Example News" --every 5m
      warraq source edit 3 --exclude /video/ --revisits off
      warraq source edit 3 --poll https://example.com/new-feed.xml
      warraq source edit 3 --rules example-news.toml
    """
    settings = Settings()
    with writing(open_database(settings)) as session:
        polls.use(session, limits_from(settings))
        found = sources.find(session, name)
        wish = sources.wish_of(session, found)
        changes: dict[str, Any] = {"name": new_name} if new_name else {}
        changes |= {"tags": ()} if no_tags else {}
        changes |= {"include": (), "exclude": ()} if no_patterns else {}
        changes |= {"rules": None} if no_rules else {}
        if polled:
            changes["pages"] = tuple(_polled(session, text) for text in polled)
        sources.edit(session, found, as_wished(changed(wish, changes), given), utc_now())
        document = source_texts.source_document(session, found)
    if as_json:
        print_json(document)
    else:
        click.echo(source_texts.source_text(document))


def _polled(session: Session, text: str) -> PolledPage:
    kind, separator, url = text.partition("=")
    if separator and kind in ROLES:
        return PolledPage(url=url, role=kind)
    known = sources.role_of(session, canonical(text))
    return PolledPage(url=text, role=known or ("feed" if text.endswith(("xml", "rss", "json", "atom")) else "section"))


@source.command("show")
@_name_argument
@click.option("--rules", "rules_alone", is_flag=True, help="Only its rules, as they were given.")
@_json_option
def show(name: str, rules_alone: bool, as_json: bool) -> None:
    """Show what a source is and what was asked of it.

    \b
    Examples:
      warraq source show "Example News"
      warraq source show "Example News" --rules > example-news.toml
    """
    with reading(open_database(Settings())) as session:
        document = source_texts.source_document(session, sources.find(session, name))
    if rules_alone and not as_json:
        if not document["rules"]:
            raise NotFound(f"{document['name']!r} has no rules of its own.")
        click.echo(document["rules"], nl=not document["rules"].endswith("\n"))
    else:
        print_json(document) if as_json else click.echo(source_texts.source_text(document))


@source.command("pause")
@_name_argument
@click.option("--because", metavar="TEXT", help="Why, for those who look.")
@_json_option
def pause(name: str, because: str | None, as_json: bool) -> None:
    """Stop following a source until `warraq source resume`.

    \b
    Example:
      warraq source pause "Example News" --because "asked by its editor"
    """
    _change(name, as_json, "paused", lambda session, found: sources.pause(session, found, utc_now(), because))


@source.command("resume")
@_name_argument
@_json_option
def resume(name: str, as_json: bool) -> None:
    """Follow a paused source again.

    \b
    Example:
      warraq source resume "Example News"
    """
    _change(name, as_json, "followed again", lambda session, found: sources.resume(session, found, utc_now()))


@source.command("now")
@_name_argument
@_json_option
def now(name: str, as_json: bool) -> None:
    """Poll a source at the next tick, ahead of everything else.

    \b
    Example:
      warraq source now "Example News"
    """
    _change(name, as_json, "due now", lambda session, found: sources.poll_now(session, found, utc_now()))


@source.command("remove")
@_name_argument
@_yes_option
@_json_option
def remove(name: str, yes: bool, as_json: bool) -> None:
    """Forget a source. Its articles stay; `warraq forget --source` removes them too.

    \b
    Example:
      warraq source remove "Example News"
    """
    engine = open_database(Settings())
    with reading(engine) as session:
        full_name = sources.find(session, name).name
    _ask(f"Remove {full_name!r}? Its articles stay.", yes)
    with writing(engine) as session:
        sources.remove(session, sources.find(session, full_name))
    print_json({"removed": full_name}) if as_json else click.echo(f"{full_name!r} is followed no more.")


@source.command("why")
@_name_argument
@_json_option
def why(name: str, as_json: bool) -> None:
    """Tell how a source is, why, and what to do.

    What was to be expected, what came, what fails since when.

    \b
    Example:
      warraq source why "Example News"
    """
    with reading(open_database(Settings())) as session:
        found = sources.find(session, name)
        answer = health(session, found, utc_now())
        document = source_texts.source_document(session, found)
    if as_json:
        print_json({**answer.model_dump(mode="json"), "source": document})
    else:
        click.echo(source_texts.health_text(answer, document))


source.add_command(import_sources)
source.add_command(export_sources)


def _change(name: str, as_json: bool, done: str, change: Callable[[Session, Source], object]) -> None:
    settings = Settings()
    with writing(open_database(settings)) as session:
        polls.use(session, limits_from(settings))
        found = sources.find(session, name)
        change(session, found)
        session.flush()
        document = source_texts.source_document(session, found)
    print_json(document) if as_json else click.echo(f"{shown(document['name'])!r} is {done}.")


def _ask(question: str, yes: bool) -> None:
    """Ask on a terminal only: a script has said what it wants by calling."""
    if yes or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    click.confirm(question, default=True, abort=True, err=True)
