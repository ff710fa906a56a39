"""How far a reparse or an import is, in SQL, so that it can be stopped at any time and go on."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from warraq_store.article_tables import BatchRun


def begin(session: Session, key: str, now: datetime, *, anew: bool = False) -> BatchRun:
    """Return the run of ``key``: where it was stopped; from the beginning if it had ended, or if ``anew`` is asked."""
    row = session.get(BatchRun, key)
    if row is not None and row.finished_at is None and not anew:
        return row
    if row is not None:
        session.delete(row)
        session.flush()
    row = BatchRun(key=key, position="", counts={}, started_at=now, changed_at=now)
    session.add(row)
    return row


def advance(session: Session, key: str, position: str, counts: Mapping[str, int], now: datetime) -> None:
    """Note that everything up to ``position`` is done, and add ``counts``."""
    row = session.get_one(BatchRun, key)
    row.position = position
    row.counts = dict(Counter(row.counts) + Counter(counts))
    row.changed_at = now
    session.add(row)


def finish(session: Session, key: str, now: datetime) -> dict[str, int]:
    """Note that the run has ended; return what it counted."""
    row = session.get_one(BatchRun, key)
    row.finished_at = row.changed_at = now
    session.add(row)
    return dict(row.counts)
