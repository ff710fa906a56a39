"""Rules that sources carry for their own pages: taken from a file, and given with the pages that are handed out."""

from collections.abc import Iterable
from pathlib import Path
from typing import IO

from sqlmodel import Session, col, select

from warraq_shared.errors import NotFound, UsageProblem
from warraq_shared.messages import FetchPages
from warraq_shared.source_rules import LONGEST_RULES, SourceRules
from warraq_store import outside
from warraq_store.tables import Page, Source

_BYTES_PER_CHARACTER = 4


def check(text: str, name: str = "rules") -> str:
    """Return ``text`` if the parser can read it as rules; ``name`` is what messages call it.

    Raises:
        UsageProblem: it is too long, or a mistake is in it: the parser says in which line.
        NotReady: no parser is installed here to check it.
    """
    check_length(text, name)
    outside.rules_check()(text, name)
    return text


def check_length(text: str, name: str = "rules") -> None:
    """Return if ``text`` is no longer than a source may carry.

    Raises:
        UsageProblem: it is longer.
    """
    if len(text) > LONGEST_RULES:
        raise UsageProblem(f"{name}: the rules of one source may have {LONGEST_RULES:,} characters, these have more.")


def from_file(path: Path) -> str:
    """Return the rules in a file, checked.

    Raises:
        NotFound: there is no such file.
        UsageProblem, NotReady: it cannot be read, or as ``from_stream``.
    """
    try:
        with path.open("rb") as file:
            return from_stream(file, str(path))
    except FileNotFoundError as problem:
        raise NotFound(f"There is no file {path}.") from problem
    except OSError as problem:
        raise UsageProblem(f"{path} cannot be read: {problem.strerror}.") from problem


def from_stream(stream: IO[bytes], name: str) -> str:
    """Return the rules that ``stream`` gives, checked.

    Raises:
        UsageProblem, NotReady: as ``check``; also if they are not UTF-8.
    """
    try:
        return check(stream.read(_BYTES_PER_CHARACTER * LONGEST_RULES + 1).decode("utf-8-sig"), name)
    except UnicodeDecodeError as problem:
        raise UsageProblem(f"{name} is not UTF-8.") from problem


def of(source: Source) -> SourceRules | None:
    """Return the rules that ``source`` carries, if it does."""
    return SourceRules(source=source.name, text=source.rules) if source.rules else None


def of_pages(session: Session, page_ids: Iterable[int]) -> dict[int, SourceRules]:
    """Return the rules for each of the pages whose source carries some."""
    query = select(Page.id, Source).join(Source, col(Source.id) == col(Page.source_id))
    found = session.exec(query.where(col(Page.id).in_(list(page_ids)), col(Source.rules).is_not(None)))
    return {page_id: rules for page_id, source in found if page_id is not None and (rules := of(source)) is not None}


def named_by(session: Session, visits: Iterable[FetchPages]) -> set[SourceRules]:
    """Return the rules that the pages of ``visits`` name, which the parsers must be given; mostly none."""
    named = [page.page_id for visit in visits for page in visit.pages if page.rules is not None]
    return set(of_pages(session, named).values()) if named else set()
