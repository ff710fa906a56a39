"""What each source did, day by day: counted through a transaction, written at its end, once per source and day."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from warraq_store.database import at_the_end, is_postgres
from warraq_store.tables import LinkShape, SourceDay

KEPT_DAYS: Final = 60
_COUNTED = "warraq_tally"
_SHAPES = "warraq_shapes"
COUNTERS: Final = tuple(name for name in SourceDay.model_fields if name not in ("source_id", "day"))


def count(session: Session, source_id: int | None, now: datetime, **amounts: int) -> None:
    """Add ``amounts`` to the counters of a source's day; without a source there is nothing to count."""
    if source_id is None:
        return
    at_the_end(session, settle)
    counted: dict[tuple[int, date], Counter[str]] = session.info.setdefault(_COUNTED, {})
    counted.setdefault((source_id, now.date()), Counter()).update(amounts)


def count_shape(session: Session, source_id: int, shape: str, **amounts: int) -> None:
    """Add ``amounts`` to what came of the addresses of ``shape``, if the shape is known."""
    at_the_end(session, settle)
    counted: dict[tuple[int, str], Counter[str]] = session.info.setdefault(_SHAPES, {})
    counted.setdefault((source_id, shape), Counter()).update(amounts)


def settle(session: Session) -> None:
    """Write down what was counted, in one order, so that no two transactions wait for each other."""
    days: dict[tuple[int, date], Counter[str]] = session.info.pop(_COUNTED, {})
    insert = (postgresql if is_postgres(session) else sqlite).insert(SourceDay)
    for (source_id, day), amounts in sorted(days.items(), key=lambda entry: entry[0]):
        added = {name: getattr(SourceDay, name) + amount for name, amount in amounts.items() if amount}
        row: dict[str, Any] = {name: amounts.get(name, 0) for name in COUNTERS}
        upsert = insert.values(source_id=source_id, day=day, **row)
        if added:
            session.execute(upsert.on_conflict_do_update(index_elements=["source_id", "day"], set_=added))
    shapes: dict[tuple[int, str], Counter[str]] = session.info.pop(_SHAPES, {})
    for (source_id, shape), amounts in sorted(shapes.items(), key=lambda entry: entry[0]):
        known = session.get(LinkShape, (source_id, shape), with_for_update=True)
        for name, amount in amounts.items() if known is not None else ():
            setattr(known, name, getattr(known, name) + amount)
    session.flush()


def days(session: Session, source_id: int, now: datetime, number: int) -> list[SourceDay]:
    """Return the last ``number`` days of a source, oldest first, today last; a day without anything is all zeros."""
    first = now.date() - timedelta(days=number - 1)
    query = select(SourceDay).where(SourceDay.source_id == source_id, col(SourceDay.day) >= first)
    known = {row.day: row for row in session.exec(query)}
    wanted = (first + timedelta(days=i) for i in range(number))
    return [known.get(day) or SourceDay(source_id=source_id, day=day) for day in wanted]


def total(rows: Sequence[SourceDay], counter: str) -> int:
    """Return the sum of one counter over ``rows``."""
    return sum(int(getattr(row, counter)) for row in rows)


def forget_old_days(session: Session, now: datetime) -> None:
    """Drop the counts of days that nobody looks at any more."""
    session.execute(delete(SourceDay).where(col(SourceDay.day) < now.date() - timedelta(days=KEPT_DAYS)))
