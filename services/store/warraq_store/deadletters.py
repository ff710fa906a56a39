"""Dead letters: work that failed for good, kept with its reason until somebody replays or drops it.

One that died in the parser or in the store is replayed from its raw page, where the archive has it: the site is not
asked for what it has given already.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, delete, select

from warraq_shared.reasons import Reason
from warraq_store.article_tables import Snapshot
from warraq_store.schedule import pages
from warraq_store.tables import DeadLetter, Page

_CHUNK = 500
_AFTER_FETCH = ("parse", "store")


@dataclass(frozen=True, slots=True)
class Group:
    """Dead letters of one stage and reason: how many, since when, and one page as an example."""

    stage: str
    reason: Reason
    letters: int
    oldest: datetime
    newest: datetime
    example: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One dead letter with the address of its page."""

    id: int
    url: str
    page_id: int
    stage: str
    reason: Reason
    detail: str
    died_at: datetime


def groups(session: Session) -> list[Group]:
    """Return the dead letters by stage and reason, the most frequent first."""
    number = sa.func.count()
    query = (
        sa.select(
            col(DeadLetter.stage),
            col(DeadLetter.reason),
            number.label("letters"),
            sa.func.min(DeadLetter.died_at).label("oldest"),
            sa.func.max(DeadLetter.died_at).label("newest"),
            sa.func.max(DeadLetter.page_id).label("example"),
        )
        .group_by(col(DeadLetter.stage), col(DeadLetter.reason))
        .order_by(number.desc())
    )
    return [
        Group(row.stage, Reason(row.reason), row.letters, row.oldest, row.newest, _url(session, row.example))
        for row in session.execute(query)
    ]


def _url(session: Session, page_id: int) -> str:
    return session.exec(select(Page.url).where(Page.id == page_id)).one()


def find(
    session: Session, *, ids: Sequence[int] = (), reason: Reason | None = None, limit: int | None = None
) -> list[Letter]:
    """Return dead letters, newest first: those of ``ids``, those of ``reason``, or all."""
    query = select(DeadLetter, Page.url).join(Page).order_by(col(DeadLetter.id).desc()).limit(limit)
    if ids:
        query = query.where(col(DeadLetter.id).in_(ids))
    if reason is not None:
        query = query.where(DeadLetter.reason == reason.value)
    return [
        Letter(row.id or 0, url, row.page_id, row.stage, Reason(row.reason), row.detail, row.died_at)
        for row, url in session.exec(query)
    ]


def archived(session: Session, letters: Sequence[Letter]) -> list[Letter]:
    """Return those of ``letters`` that died after their fetch, and whose raw page of that fetch is in the archive."""
    after_fetch = {letter.page_id: letter for letter in letters if letter.stage in _AFTER_FETCH}
    ids, found = sorted(after_fetch), set[int]()
    for start in range(0, len(ids), _CHUNK):
        some = col(Page.id).in_(ids[start : start + _CHUNK])
        query = select(Snapshot.page_id).join(Page).where(some, col(Snapshot.fetched_at) >= col(Page.fetched_at))
        found.update(session.exec(query))
    return [letter for letter in letters if letter.page_id in found and letter.stage in _AFTER_FETCH]


def read_at_last(session: Session, page_ids: Collection[int]) -> set[tuple[int, str]]:
    """Let the letters go of pages that could be read after all; return their pages and reasons."""
    dead = col(DeadLetter.page_id).in_(page_ids), col(DeadLetter.stage).in_(_AFTER_FETCH)
    gone = delete(DeadLetter).where(*dead).returning(col(DeadLetter.page_id), col(DeadLetter.reason))
    return {(page_id, reason) for page_id, reason in session.execute(gone)}


def fetch_again(session: Session, letters: Sequence[Letter], now: datetime) -> int:
    """Have the pages of ``letters`` fetched again, whole, ahead of what waits; the letters go. Returns how many."""
    for start in range(0, len(letters), _CHUNK):
        urls = [letter.url for letter in letters[start : start + _CHUNK]]
        pages.make_due(session, urls, now, forget_validators=True)
    return drop(session, letters)


def drop(session: Session, letters: Sequence[Letter]) -> int:
    """Forget ``letters``; their pages stay as they are. Returns how many there were."""
    ids = [letter.id for letter in letters]
    for start in range(0, len(ids), _CHUNK):
        session.exec(delete(DeadLetter).where(col(DeadLetter.id).in_(ids[start : start + _CHUNK])))
    return len(ids)
