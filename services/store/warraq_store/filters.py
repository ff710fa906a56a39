"""The one filter language of every listing, search and export: ``--source --lang --since --until --changed-since``."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import click
from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from warraq_shared.errors import NotFound
from warraq_shared.parsed import utc_now
from warraq_store.article_tables import Story, StoryMember
from warraq_store.sources import sources
from warraq_store.tables import Article, Source

_EACH = "each"
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_AGE = re.compile(r"(\d{1,6})([mhdw])\Z")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles are meant; None means all."""

    source: str | None = None
    language: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    changed_since: datetime | None = None
    story: int | None = None
    one_a_story: bool = False


class Moment(click.ParamType[datetime]):
    """A moment on the command line: a date, an ISO 8601 moment, or an age such as ``7d`` or ``90m``."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the aware moment that ``value`` means; without a zone it is UTC."""
        if isinstance(value, datetime):
            return value
        if age := _AGE.fullmatch(value):
            return utc_now() - timedelta(**{_UNITS[age[2]]: int(age[1])})
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(
                f"{value!r} is no date (2026-10-31), moment (2026-10-31T12:00Z) or age (7d, 12h, 90m).", param, ctx
            )
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filter options; it receives them as one ``chosen: Filter``."""

    @functools.wraps(command)
    def with_filter(
        source: str | None,
        lang: str | None,
        since: datetime | None,
        until: datetime | None,
        changed_since: datetime | None,
        story: str | None,
        **others: Any,
    ) -> None:
        one_a_story = story == _EACH
        of_story = None if story is None or one_a_story else int(story)
        command(
            chosen=Filter(source, lang and lang.lower(), since, until, changed_since, of_story, one_a_story), **others
        )

    options = (
        click.option("--source", metavar="NAME", help="Of this source."),
        click.option("--lang", metavar="LANG", help="In this language (ar, en, fa, …)."),
        click.option("--since", type=Moment(), help="Published since: a date, a moment, or an age (7d)."),
        click.option("--until", type=Moment(), help="Published before."),
        click.option("--changed-since", type=Moment(), help="New or changed since."),
        click.option(
            "--story",
            is_flag=False,
            flag_value=_EACH,
            callback=_story_number,
            metavar="[ID]",
            help="Alone: one article a story, its earliest. With ID: the articles of that story.",
        ),
    )
    for option in reversed(options):
        with_filter = option(with_filter)
    return with_filter


def _story_number(_context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is None or value == _EACH or (value.isascii() and value.isdigit()):
        return value
    raise click.BadParameter(f"{value!r} is not the number of a story.", param=parameter)


def of_known_source(session: Session, chosen: Filter) -> Filter:
    """Return ``chosen`` with the full name of its source, which may be given as everywhere: by how its name begins, …

    Raises:
        NotFound: there is no such source; an empty list would look as if it had brought nothing.
        UsageProblem: several may be meant.
    """
    return chosen if chosen.source is None else replace(chosen, source=sources.find(session, chosen.source).name)


def require_source(session: Session, chosen: Filter) -> None:
    """Do nothing if the source that ``chosen`` names is known, or none is named.

    Raises:
        NotFound: there is no such source; an empty list would look as if it had brought nothing.
    """
    if chosen.source is None or session.exec(select(Source.id).where(Source.name == chosen.source)).first():
        return
    raise NotFound(f"There is no source {chosen.source!r}. `warraq source list` shows them.")


def conditions(chosen: Filter) -> list[ColumnElement[bool]]:
    """Return what ``chosen`` means as conditions over Article joined to Source."""
    published = func.coalesce(Article.published_at, Article.first_seen_at)
    wanted: list[ColumnElement[bool] | None] = [
        None if chosen.source is None else col(Source.name) == chosen.source,
        None if chosen.language is None else col(Article.language) == chosen.language,
        None if chosen.since is None else published >= chosen.since,
        None if chosen.until is None else published < chosen.until,
        None if chosen.changed_since is None else col(Article.changed_at) >= chosen.changed_since,
        None if chosen.story is None else col(Article.id).in_(members(chosen.story)),
        col(Article.id).not_in(followers()) if chosen.one_a_story else None,
    ]
    return [condition for condition in wanted if condition is not None]


def members(story: int) -> SelectOfScalar[int]:
    """Return the query for the articles of ``story``."""
    return select(StoryMember.article_id).where(StoryMember.story_id == story)


def followers() -> SelectOfScalar[int]:
    """Return the query for the articles that are in a story and not its lead."""
    return select(StoryMember.article_id).join(Story).where(col(Story.lead_id) != col(StoryMember.article_id))
