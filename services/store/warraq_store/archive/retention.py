"""How long raw pages are kept: by age and by size, over all and for each source; and the room they leave.

The rows go first, in steps; then files of which less than half is still wanted are copied without the rest, unless a
process writes to them. A snapshot whose bytes a later one refers to (a revisit) stays until that one has gone. Files of
somebody else that were imported are never touched.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Engine
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, select

from warraq_shared.settings import Settings
from warraq_store.archive.erasing import copied, is_being_written
from warraq_store.article_tables import Snapshot
from warraq_store.database import reading, writing
from warraq_store.tables import Page, Source

_STEP: Final = 500
_WORTH_COPYING: Final = 0.5


@dataclass(frozen=True, slots=True)
class Pruned:
    """What pruning did."""

    snapshots: int
    bytes_freed: int


def prune(engine: Engine, settings: Settings, now: datetime, *, most: int | None = None) -> Pruned:
    """Drop the raw pages that a limit does not let stay, at most ``most``, and free the room they took."""
    dropped: Counter[str] = Counter()
    while most is None or dropped.total() < most:
        with writing(engine) as session:
            files = _drop_some(session, settings, now)
        if not files:
            break
        dropped.update(files)
    return Pruned(dropped.total(), sum(compact(engine, settings.archive_folder, file) for file in dropped))


def _drop_some(session: Session, settings: Settings, now: datetime) -> list[str]:
    for ids in _over_a_limit(session, settings, now):
        chosen = sa.select(col(Snapshot.id), col(Snapshot.file)).where(col(Snapshot.id).in_(ids.limit(_STEP)))
        rows = session.execute(chosen).all()
        if rows:
            session.execute(delete(Snapshot).where(col(Snapshot.id).in_([row.id for row in rows])))
            return [row.file for row in rows]
    return []


def _over_a_limit(session: Session, settings: Settings, now: datetime) -> Iterator[sa.Select[Any]]:
    """Yield a query for the snapshots beyond each limit: those of sources first, then those of all."""
    limited = sa.or_(col(Source.archive_days).is_not(None), col(Source.archive_bytes).is_not(None))
    own_age: list[int] = []
    for source in session.exec(select(Source).where(limited)):
        of_source = col(Page.source_id) == source.id
        if source.archive_days is not None:
            own_age.append(source.id or 0)
            yield _older([of_source], now - timedelta(days=source.archive_days))
        if source.archive_bytes is not None:
            yield _beyond([of_source], source.archive_bytes)
    if settings.archive_keep_days:
        without_own = sa.or_(col(Page.source_id).is_(None), col(Page.source_id).not_in(own_age))
        yield _older([without_own], now - timedelta(days=settings.archive_keep_days))
    if settings.archive_max_bytes:
        yield _beyond([], settings.archive_max_bytes)


def _older(conditions: Sequence[ColumnElement[bool]], before: datetime) -> sa.Select[Any]:
    return _droppable(col(Snapshot.id), conditions).where(col(Snapshot.fetched_at) < before)


def _beyond(conditions: Sequence[ColumnElement[bool]], limit: int) -> sa.Select[Any]:
    newest_first: list[Any] = [col(Snapshot.fetched_at).desc(), col(Snapshot.id).desc()]
    running = sa.func.sum(Snapshot.length).over(order_by=newest_first)
    columns: list[Any] = [col(Snapshot.id).label("id"), running.label("bytes")]
    sums = _owned(sa.select(*columns), conditions).subquery()
    return _droppable(col(Snapshot.id), []).where(
        col(Snapshot.id).in_(sa.select(sums.c.id).where(sums.c.bytes > limit))
    )


def _droppable(column: Any, conditions: Sequence[ColumnElement[bool]]) -> sa.Select[Any]:
    later = aliased(Snapshot)
    referred_to = sa.exists().where(col(later.same_as) == col(Snapshot.id))
    return _owned(sa.select(column), conditions).where(~referred_to).order_by(col(Snapshot.fetched_at))


def _owned(query: sa.Select[Any], conditions: Sequence[ColumnElement[bool]]) -> sa.Select[Any]:
    pages = query.join(Page, col(Page.id) == col(Snapshot.page_id))
    return pages.where(col(Snapshot.file).not_like("/%"), *conditions)


def compact(engine: Engine, folder: Path, file: str) -> int:
    """Copy ``file`` without what is no longer wanted, if that frees half of it; return the bytes that became free.

    The copy is complete before SQL names it, and the old file goes after that: a crash leaves a file too many at worst.
    """
    path = folder / file
    if not path.exists() or is_being_written(path):
        return 0
    with reading(engine) as session:
        query = select(Snapshot).where(Snapshot.file == file).order_by(col(Snapshot.offset))
        places = [(row.id, row.offset, row.length) for row in session.exec(query)]
    size = path.stat().st_size
    if places and sum(length for _, _, length in places) > size * _WORTH_COPYING:
        return 0
    kept = _move(engine, folder, file, places) if places else 0
    path.unlink()
    return size - kept


def _move(engine: Engine, folder: Path, file: str, places: Sequence[tuple[str, int, int]]) -> int:
    target = _next_name(file)
    (folder / target).unlink(missing_ok=True)
    offsets = copied(folder / file, [(offset, length) for _, offset, length in places], folder / target)
    moved = [{"id": place[0], "offset": at, "file": target} for place, at in zip(places, offsets, strict=True)]
    with writing(engine) as session:
        session.execute(sa.update(Snapshot), moved)
    return (folder / target).stat().st_size


def _next_name(file: str) -> str:
    """Return the name of the next copy: ``a.warc.gz`` → ``a.c1.warc.gz`` → ``a.c2.warc.gz``."""
    stem = file.removesuffix(".warc.gz")
    name, dot, number = stem.rpartition(".c")
    return f"{name}.c{int(number) + 1}.warc.gz" if dot and number.isdigit() else f"{stem}.c1.warc.gz"
