"""The due pages of some hosts: a few looks into one index per host, however many pages are known or wait.

Within a host: what a person waits for, then polls, longest waiting first; then new articles and revisits, newest
first, so that after an outage, or under more than a host can serve, the news of now is not behind that of yesterday.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, text
from sqlmodel import Session, col, select

from warraq_store.database import UtcDateTime, is_postgres
from warraq_store.tables import Page

_LOOK = (
    "SELECT id, priority, row_number() OVER (ORDER BY due_at {order}) AS n FROM (SELECT id, priority, due_at FROM page"
    " WHERE host = {host} AND priority = {priority} AND due_at <= :now AND due_at IS NOT NULL AND lease IS NULL"
    " ORDER BY due_at {order} LIMIT :most) first{priority}"
)


def _looks(host: str) -> str:
    """Return SQL for the first due pages of one host: one look per priority, the most urgent of all first."""
    orders = ("ASC", "ASC", "DESC", "DESC")
    looks = (_LOOK.format(host=host, priority=priority, order=order) for priority, order in enumerate(orders))
    # Only names that stand in this file are put into the text; every value is a parameter.
    together = " UNION ALL ".join(f"SELECT * FROM ({look}) look{i}" for i, look in enumerate(looks))  # noqa: S608
    return f"SELECT id, priority, n FROM ({together}) looks ORDER BY priority, n LIMIT :most"  # noqa: S608


_OF_HOSTS = text(
    "SELECT found.id FROM unnest(CAST(:hosts AS text[])) WITH ORDINALITY AS h(name, place)"  # noqa: S608
    f" CROSS JOIN LATERAL ({_looks('h.name')}) found ORDER BY h.place, found.priority, found.n"
)
_OF_HOST = text(_looks(":host"))
_MOMENT = bindparam("now", type_=UtcDateTime())


def due_pages(session: Session, names: Sequence[str], now: datetime, most: int) -> list[Page]:
    """Return up to ``most`` due pages of each of the hosts ``names``, locked; the most urgent of each host first.

    Pages that another transaction holds are left to it.
    """
    ids = _ids(session, names, now, most)
    place = {page_id: i for i, page_id in enumerate(ids)}
    found = session.exec(
        select(Page).where(col(Page.id).in_(ids), col(Page.lease).is_(None)).with_for_update(skip_locked=True)
    )
    return sorted(found, key=lambda page: place[page.id or 0])


def _ids(session: Session, names: Sequence[str], now: datetime, most: int) -> list[int]:
    if is_postgres(session):
        rows = session.execute(_OF_HOSTS.bindparams(_MOMENT), {"hosts": list(names), "now": now, "most": most})
        return [row[0] for row in rows]
    query = _OF_HOST.bindparams(_MOMENT)
    return [row[0] for name in names for row in session.execute(query, {"host": name, "now": now, "most": most}).all()]
