"""What is wanted of a source, as options of a command: what they are, and what they change."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from warraq_shared.console import Number
from warraq_shared.errors import UsageProblem
from warraq_shared.messages import FetchPolicy
from warraq_store.sources import own_rules
from warraq_store.sources.fetch_policy import delay_seconds
from warraq_store.sources.paging import MOST_PAGES
from warraq_store.sources.wish import SourceWish, changed
from warraq_store.sources.yaml_file import age_seconds

_Command = Callable[..., None]


def wish_options(command: _Command) -> _Command:
    """Give a command the options that say what is wanted of a source."""
    options = (
        click.option("--every", metavar="WHEN", help='auto, an interval (15m, 2h) or cron ("*/10 6-22 * * *").'),
        click.option("--time-zone", metavar="ZONE", help="Time zone of a cron schedule, such as Europe/Paris."),
        click.option("--lang", metavar="LANG", help="The source's language (ar, en, …), where its pages do not say."),
        click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag; may be repeated."),
        click.option("--include", multiple=True, metavar="PATTERN", help="Fetch only addresses with this in them."),
        click.option("--exclude", multiple=True, metavar="PATTERN", help="Fetch no address with this in it."),
        click.option("--revisits", metavar="WHICH", help="Looks at known articles: news, off, or ages (15m,1h,1d)."),
        click.option("--max-age", metavar="SPAN", help="Fetch no item older than this: 30d, any, or default."),
        click.option("--pages", type=Number(0, MOST_PAGES), metavar="N", help="Follow a list up to its Nth page."),
        click.option("--delay", metavar="SPAN", help="Least time between two requests to its hosts (5s)."),
        click.option("--robots/--no-robots", default=None, help="Obey robots.txt (the default); not to is your duty."),
        click.option("--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="A request header."),
        click.option("--proxy", metavar="URL", help="Fetch through this proxy."),
        click.option("--accept-language", metavar="LANGS", help="The Accept-Language to send."),
        click.option(
            "--rules", metavar="FILE", callback=_rules_in, help="Site rules (TOML) for its own pages; - is stdin."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _rules_in(_context: click.Context, _option: click.Parameter, file: str | None) -> str | None:
    """Return the rules in a file, checked: it is read once, however often the wish is looked at."""
    if file == "-":
        return own_rules.from_stream(sys.stdin.buffer, "standard input")
    return None if file is None else own_rules.from_file(Path(file))


def as_wished(wish: SourceWish, given: dict[str, Any]) -> SourceWish:
    """Return ``wish`` with the options that were given."""
    plain = {"every": "every", "time_zone": "time_zone", "lang": "language", "revisits": "revisits"}
    changes: dict[str, Any] = {field: given[option] for option, field in plain.items() if given[option] is not None}
    changes |= {option: given[option] for option in ("tags", "include", "exclude") if given[option]}
    if given["rules"] is not None:
        changes["rules"] = given["rules"]
    if given["pages"] is not None:
        changes["pagination"] = given["pages"]
    if given["max_age"] is not None:
        changes["max_age_seconds"] = age_seconds(given["max_age"])
    changes["policy"] = _policy(wish.policy, given)
    return changed(wish, changes)


def _policy(policy: FetchPolicy, given: dict[str, Any]) -> FetchPolicy:
    """Return ``policy`` with the options that were given; an empty one takes away what was asked before."""
    changes: dict[str, Any] = {
        name: given[name] or None for name in ("accept_language", "proxy") if given[name] is not None
    }
    if given["robots"] is not None:
        changes["obey_robots"] = given["robots"]
    if given["delay"] is not None:
        changes["delay_seconds"] = delay_seconds(given["delay"]) if given["delay"] else None
    if given["headers"]:
        changes["headers"] = dict(map(_header, filter(None, given["headers"])))
    return policy.model_copy(update=changes)


def _header(text: str) -> tuple[str, str]:
    name, separator, value = text.partition(":")
    if not separator or not name.strip():
        raise UsageProblem(f"{text!r} is no header; give 'Name: value'.")
    return name.strip(), value.strip()
