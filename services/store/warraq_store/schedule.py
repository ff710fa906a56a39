"""What is due: one tick hands out pages, ranked so that no host fills the batch, never more than the stages take."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from sqlmodel import Session, col, select

from warraq_shared.messages import FetchPages, FetchPolicy, PageToFetch
from warraq_shared.parsed import ItemHints
from warraq_store import pages
from warraq_store.tables import Host, Page, Source

_LOOK_AT = 5000


def tick(session: Session, now: datetime, *, room: int, lease_seconds: float, visit_pages: int) -> list[FetchPages]:
    """Hand out what is due, at most ``room`` pages, and return the visits to publish once this is committed.

    Lease and due time change in the caller's transaction, so a crash before publishing costs one lease, no page.
    """
    if room <= 0:
        return []
    chosen = _ranked(_due(session, now), visit_pages)[:room]
    return visits(session, chosen, now, lease_seconds=lease_seconds, visit_pages=visit_pages)


def _due(session: Session, now: datetime) -> list[Page]:
    quiet = select(Host.name).where(col(Host.quiet_until) > now)
    query = (
        select(Page)
        .where(col(Page.due_at) <= now, col(Page.lease).is_(None), col(Page.host).not_in(quiet))
        .order_by(col(Page.priority), col(Page.due_at))
        .limit(_LOOK_AT)
        .with_for_update(skip_locked=True)
    )
    return list(session.exec(query))


def _ranked(due: list[Page], visit_pages: int) -> list[Page]:
    """Put the first pages of every host before the second ones: a host with a million due pages waits its turn."""
    taken: dict[str, int] = {}
    ranked: list[tuple[int, int, Page]] = []
    for place, page in enumerate(due):
        rank = taken.get(page.host, 0)
        taken[page.host] = rank + 1
        ranked.append((0 if page.priority == pages.HAND_ADDED else 1 + rank // visit_pages, place, page))
    return [page for _, _, page in sorted(ranked, key=lambda entry: entry[:2])]


def visits(
    session: Session, chosen: Iterable[Page], now: datetime, *, lease_seconds: float, visit_pages: int
) -> list[FetchPages]:
    """Lease ``chosen`` and return them as visits: pages of one host and one source, at most ``visit_pages`` each."""
    leased = sorted(chosen, key=lambda page: (page.host, page.source_id or 0))
    pages.hand_out(session, leased, now, lease_seconds)
    made: list[FetchPages] = []
    for (host, source_id), group in groupby(leased, key=lambda page: (page.host, page.source_id)):
        of_host = list(group)
        policy = _policy(session, source_id)
        for i in range(0, len(of_host), visit_pages):
            some = of_host[i : i + visit_pages]
            made.append(
                FetchPages(
                    host=host,
                    pages=tuple(map(_to_fetch, some)),
                    policy=policy,
                    priority=any(page.priority == pages.HAND_ADDED for page in some),
                )
            )
    return sorted(made, key=lambda visit: not visit.priority)


def _to_fetch(page: Page) -> PageToFetch:
    return PageToFetch(
        page_id=page.id or 0,
        lease=page.lease or "",
        url=page.url,
        etag=page.etag,
        last_modified=page.last_modified,
        content_hash=page.content_hash,
        hints=ItemHints.model_validate(page.hints) if page.hints else None,
    )


def _policy(session: Session, source_id: int | None) -> FetchPolicy:
    source = session.get(Source, source_id) if source_id else None
    return FetchPolicy.model_validate(source.policy) if source else FetchPolicy()
