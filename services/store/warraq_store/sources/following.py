"""Which links of a polled page become pages: new ones of the right kind, fresh, wanted by its source, and no trap."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from sqlmodel import Session, col, func, select, update

from warraq_shared.errors import Permanent
from warraq_shared.parsed import ItemHints, Link, PageKind, Parsed
from warraq_shared.reasons import Reason
from warraq_shared.urls import canonical, host_of, same_site
from warraq_store.schedule import hosts, pages
from warraq_store.schedule.pages import NEW_ARTICLE, POLL, NewPage
from warraq_store.sources import paging, patterns, polls, tally, traps
from warraq_store.sources.polls import SECTION_ORIGIN, Brought
from warraq_store.tables import LinkShape, Page, Poll, Source

# The origin of what a sitemap index says about its sitemaps.
FOUND_IN_INDEX: Final = "sitemap-index"
MOST_LINKS: Final = 50_000
MOST_UNDATED: Final = 400
# So many shapes of one source are told apart; beyond that a shape is its depth alone.
MOST_SHAPES: Final = 500
# The sitemaps of an index are not asked for all at once.
BETWEEN_SITEMAPS: Final = timedelta(seconds=30)
# A small index is no burden: so many of its sitemaps are read at once, at the host's pace.
SITEMAPS_AT_ONCE: Final = 4
# Where all items of a new source are older than the freshness limit, so many of the newest are fetched all the same.
FIRST_ITEMS: Final = 10
# New pages of one poll are due at once, the newest first: their due times differ by less than this.
_ORDER_WITHIN: Final = timedelta(seconds=60)
_ROLES = {
    PageKind.ARTICLE: "article",
    PageKind.UNKNOWN: "article",
    PageKind.FEED: "feed",
    PageKind.SITEMAP: "sitemap",
    PageKind.SITEMAP_INDEX: "sitemap",
    PageKind.SECTION: "section",
}
_LISTS = (PageKind.FEED, PageKind.SITEMAP, PageKind.SITEMAP_INDEX)
# What a polled page may bring. Other feeds and sections that it names are for `warraq discover`, not followed unasked.
_FOLLOWED = {"feed": ("article",), "sitemap": ("article", "sitemap"), "section": ("article",)}


class _Item(NamedTuple):
    url: str
    role: str
    hints: ItemHints | None


def judge(page: Page, parsed: Parsed | None, reason: Reason) -> tuple[Reason, str]:
    """Return how a poll of ``page`` ended, given what the parser made of it, with what is worth saying about it."""
    if parsed is None:
        return reason, ""
    if page.role == "section":
        return (Reason.OK if reason is Reason.NOT_AN_ARTICLE else reason), ""
    if parsed.kind in _LISTS or reason not in (Reason.OK, Reason.NOT_AN_ARTICLE, Reason.NO_TEXT):
        return reason, ""
    named = next((link.url for link in parsed.links if _ROLES[link.expects] == page.role), None)
    return Reason.BROKEN_FEED, "Its address shows a web page now." + (f" That page names {named}." if named else "")


def follow(session: Session, page: Page, parsed: Parsed, headers: Mapping[str, str], now: datetime) -> int:
    """Make the new links of a polled ``page`` known, note what the poll brought, and return how many were new."""
    if page.role != "section" and parsed.kind not in _LISTS:
        return 0
    source = session.get(Source, page.source_id) if page.source_id else None
    refused: Counter[str] = Counter()
    wanted = _wanted(session, page, source, parsed.links[:MOST_LINKS], refused, now)
    unknown = pages.unknown(session, [item.url for item in wanted])
    fresh = [item for item in wanted if item.url in unknown]
    if page.role == "section" and source is not None and source.id is not None:
        fresh = _within_shapes(session, source.id, fresh, refused)
    if page.role == "sitemap":
        _wake_changed_sitemaps(session, [item for item in wanted if item.url not in unknown], now)
    backlog = _backlog(session, page, source, fresh, now)
    refused["too_old"] += len(backlog)
    pages.insert(session, _known_only(page, [item for item in fresh if item.url in backlog]), now)
    fresh = [item for item in fresh if item.url not in backlog]
    pages.insert(session, _new_pages(page, fresh, now), now)
    articles = [item for item in wanted if item.role == "article"]
    new = [item for item in fresh if item.role == "article"]
    tally.count(session, page.source_id, now, **refused)
    polls.note(session, page, _brought(articles, new, parsed, headers))
    next_url = parsed.source.next_url if parsed.source else None
    paging.follow_on(session, page, source, next_url, found=len(articles), new=len(new), now=now)
    return len(fresh)


def _wanted(
    session: Session,
    page: Page,
    source: Source | None,
    links: Sequence[Link],
    refused: Counter[str],
    now: datetime,
) -> list[_Item]:
    """Return the links that may become pages, once each; those left out are counted in ``refused`` by why."""
    oldest = _oldest(session, source, now)
    found: dict[str, _Item] = {}
    old: dict[str, _Item] = {}
    for link in links:
        item = _item(page, link)
        if item is None or item.url in found:
            continue
        if why := _why_not(item, source, oldest):
            refused[why] += 1
            if why == "too_old":
                old[item.url] = item
        else:
            found[item.url] = item
    if not found and _is_first_look(page, source):
        found = _newest(old)
        refused["too_old"] -= len(found)
    return list(found.values())


def _is_first_look(page: Page, source: Source | None) -> bool:
    """Tell whether a page is polled for the first time, for a source that has no limit of its own on age."""
    return page.ended_at is None and source is not None and source.max_age_seconds is None


def _newest(items: Mapping[str, _Item]) -> dict[str, _Item]:
    """Return the few newest of ``items``: a source that has brought nothing lately shows so that it can be read."""
    epoch = datetime.min.replace(tzinfo=UTC)
    ordered = sorted(items.values(), key=lambda item: date_of(item.hints) or epoch, reverse=True)
    return {item.url: item for item in ordered[:FIRST_ITEMS]}


def _item(page: Page, link: Link) -> _Item | None:
    role = _ROLES[link.expects]
    if role not in _FOLLOWED.get(page.role, ()):
        return None
    try:
        url = canonical(link.url, page.url)
    except Permanent:
        return None
    if url == page.url or (page.role != "feed" and not same_site(url, page.url)):
        return None
    hints = link.hints
    origin = SECTION_ORIGIN if page.role == "section" else FOUND_IN_INDEX if role == "sitemap" else None
    if origin is not None:
        hints = (hints or ItemHints()).model_copy(update={"origin": origin})
    return _Item(url, role, hints)


def _oldest(session: Session, source: Source | None, now: datetime) -> datetime | None:
    limit = polls.limits_of(session).max_item_age
    if source is not None and source.max_age_seconds is not None:
        limit = source.max_age_seconds
    return now - timedelta(seconds=limit) if limit else None


def _why_not(item: _Item, source: Source | None, oldest: datetime | None) -> str | None:
    """Return the counter under which ``item`` is left out; None if it is wanted."""
    if source is not None and item.role == "article" and not patterns.allows(source.include, source.exclude, item.url):
        return "excluded"
    date = date_of(item.hints)
    if oldest is not None and date is not None and date < oldest:
        return "too_old"
    return "trapped" if traps.why_trap(item.url) else None


def date_of(hints: ItemHints | None) -> datetime | None:
    """Return the date that a feed or sitemap gives an item: of publication, else of its last change."""
    return (hints.published_at or hints.modified_at) if hints else None


def _within_shapes(session: Session, source_id: int, fresh: list[_Item], refused: Counter[str]) -> list[_Item]:
    """Return those of ``fresh`` for which the shape of their address has room; see ``traps``."""
    shapes = _shapes(session, source_id, fresh)
    kept = []
    for item in fresh:
        shape = shapes[item.url]
        if shape.known < traps.most_of_shape(shape.articles):
            shape.known += 1
            kept.append(item)
        else:
            shape.refused += 1
            refused["trapped"] += 1
    return kept


def _shapes(session: Session, source_id: int, fresh: list[_Item]) -> dict[str, LinkShape]:
    """Return the shape of each item's address, locked or new; a source with too many shapes gets coarse ones."""
    query = select(func.count()).where(LinkShape.source_id == source_id)
    is_full = session.exec(query).one() + len(fresh) > MOST_SHAPES + traps.FIRST_OF_SHAPE
    names = {item.url: _coarse(item.url) if is_full else traps.shape_of(item.url) for item in fresh}
    wanted = sorted(set(names.values()))
    locked = (
        select(LinkShape)
        .where(LinkShape.source_id == source_id, col(LinkShape.shape).in_(wanted))
        .order_by(col(LinkShape.shape))
        .with_for_update()
    )
    known = {shape.shape: shape for shape in session.exec(locked)}
    for url, name in names.items():
        if name not in known:
            known[name] = LinkShape(source_id=source_id, shape=name, example=url[:2000])
            session.add(known[name])
    return {url: known[name] for url, name in names.items()}


def _coarse(url: str) -> str:
    return f"{host_of(url).name}{'/*' * url.count('/', 8)}"


def _backlog(session: Session, page: Page, source: Source | None, fresh: list[_Item], now: datetime) -> frozenset[str]:
    """Return the addresses that a sitemap without dates has named since long before it was first polled.

    They may be of any age. A few from both ends of the file are fetched; the rest is known from now on, so that what
    comes later is told from it.
    """
    poll = session.get(Poll, page.id)
    is_first = poll is None or poll.polls == 0
    if page.role != "sitemap" or not is_first or _oldest(session, source, now) is None:
        return frozenset()
    undated = [item.url for item in fresh if item.role == "article" and date_of(item.hints) is None]
    return frozenset(undated[MOST_UNDATED // 2 : -(MOST_UNDATED // 2)])


def _known_only(page: Page, items: list[_Item]) -> list[NewPage]:
    return [NewPage(url=item.url, source_id=page.source_id, reason=Reason.TOO_OLD, hints=item.hints) for item in items]


def _wake_changed_sitemaps(session: Session, known: list[_Item], now: datetime) -> None:
    """Make sitemaps due that their index says have changed since they were fetched."""
    for item in known:
        if item.role == "sitemap" and item.hints is not None and item.hints.modified_at is not None:
            changed = update(Page).where(
                col(Page.url) == item.url,
                col(Page.role) == "sitemap",
                col(Page.lease).is_(None),
                col(Page.failures) == 0,
                col(Page.fetched_at) < item.hints.modified_at,
                col(Page.due_at) > now,
            )
            session.execute(changed.values(due_at=now))
            hosts.wake(session, str(host_of(item.url)), now)


def _new_pages(page: Page, fresh: list[_Item], now: datetime) -> list[NewPage]:
    sitemaps = 0
    made = []
    for item in fresh:
        sitemaps += item.role == "sitemap"
        due = turn_of_sitemap(sitemaps - 1, now) if item.role == "sitemap" else newest_first(date_of(item.hints), now)
        priority = NEW_ARTICLE if item.role == "article" else POLL
        made.append(
            NewPage(
                url=item.url, role=item.role, source_id=page.source_id, priority=priority, hints=item.hints, due_at=due
            )
        )
    return made


def newest_first(date: datetime | None, now: datetime) -> datetime:
    """Return a due time of now or just before, the later the newer: due pages are given out latest first."""
    if date is None:
        return now
    age = max(0.0, (now - date.astimezone(UTC)) / timedelta(days=1))
    return now - _ORDER_WITHIN * (age / (1 + age))


def _brought(articles: list[_Item], new: list[_Item], parsed: Parsed, headers: Mapping[str, str]) -> Brought:
    dates = tuple(date for item in new if (date := date_of(item.hints)) is not None)
    newest = max((date for item in articles if (date := date_of(item.hints)) is not None), default=None)
    return Brought(len(articles), len(new), dates, newest, parsed.source, dict(headers))


def turn_of_sitemap(place: int, now: datetime) -> datetime:
    """Return when the sitemap at ``place`` (from 0) of an index is due: the first few now, the others one by one."""
    return now + max(0, place - SITEMAPS_AT_ONCE + 1) * BETWEEN_SITEMAPS
