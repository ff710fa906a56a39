"""Forgetting on request: an article with its revisions, raw pages, index entries and history, and it stays away.

Everything that SQL derives from a page goes with its rows (the database cascades); its bytes are overwritten in the
WARC files before the transaction ends; a tombstone for each address keeps it from being fetched again. A page that
shared its bytes (a revisit) gets a copy of its own first.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, or_, select

from warraq_shared.errors import NotFound
from warraq_shared.settings import Settings
from warraq_store.archive import snapshots
from warraq_store.archive.erasing import erase
from warraq_store.archive.writing import ArchiveWriter
from warraq_store.article_tables import Snapshot
from warraq_store.articles import stories
from warraq_store.database import writing
from warraq_store.schedule import pages
from warraq_store.tables import Article, Page, Source, Tombstone
from warraq_store.upserts import insert_or_ignore

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten."""

    pages: int = 0
    articles: int = 0
    snapshots: int = 0

    def __add__(self, other: "Forgotten") -> "Forgotten":
        """Return both together."""
        return Forgotten(self.pages + other.pages, self.articles + other.articles, self.snapshots + other.snapshots)


@dataclass(frozen=True)
class Forgetter:
    """Forgets in one database and its archive."""

    engine: Engine
    settings: Settings
    writer: ArchiveWriter
    now: datetime

    def url(self, url: str) -> Forgotten:
        """Forget the page of ``url``, its article, and the other addresses of that article.

        Raises:
            NotFound: the URL is not known.
        """
        with writing(self.engine) as session:
            ids = _with_twins(session, url)
            if not ids:
                known = "forgotten already" if session.get(Tombstone, url) else "not known"
                raise NotFound(f"{url} is {known}, so there is nothing to forget.")
            return self._pages(session, ids)

    def source(self, name: str) -> Forgotten:
        """Forget the source ``name`` with all its pages and articles. It is paused first, so that nothing new comes.

        Raises:
            NotFound: there is no such source.
        """
        with writing(self.engine) as session:
            source = session.exec(select(Source).where(Source.name == name)).first()
            if source is None:
                raise NotFound(f"There is no source {name!r}. `warraq source list` lists them.")
            source.paused, source.paused_because = True, "It is being forgotten."
            source_id = source.id or 0
        forgotten = Forgotten()
        while some := self._some_of(source_id):
            forgotten += some
        with writing(self.engine) as session:
            session.exec(delete(Source).where(col(Source.id) == source_id))
        return forgotten

    def _some_of(self, source_id: int) -> Forgotten | None:
        with writing(self.engine) as session:
            ids = list(session.exec(select(Page.id).where(Page.source_id == source_id).limit(_CHUNK)))
            if ids:
                return self._pages(session, [one for one in ids if one is not None])
            # Articles whose pages had gone already.
            orphans = list(session.exec(select(Article).where(Article.source_id == source_id).limit(_CHUNK)))
            return _forget_articles(session, orphans, self.now) if orphans else None

    def _pages(self, session: Session, page_ids: Sequence[int]) -> Forgotten:
        rows = session.exec(select(Page).where(col(Page.id).in_(page_ids))).all()
        article_ids = {row.article_id for row in rows if row.article_id is not None}
        found = list(session.exec(select(Article).where(col(Article.id).in_(article_ids))))
        _bury(session, (row.url for row in rows if row.role == "article"), self.now)
        erased = self._erase(session, page_ids)
        articles = _forget_articles(session, found, self.now)
        session.exec(delete(Page).where(col(Page.id).in_(page_ids)))
        return Forgotten(len(rows), articles.articles, erased)

    def _erase(self, session: Session, page_ids: Sequence[int]) -> int:
        """Overwrite the raw pages of ``page_ids``; their rows go with their pages."""
        rows = session.exec(select(Snapshot).where(col(Snapshot.page_id).in_(page_ids))).all()
        self._give_copies(session, [row.id for row in rows], page_ids)
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in rows:
            if not row.file.startswith("/"):
                places[row.file].append((row.offset, row.length))
        for file, some in places.items():
            erase(self.settings.archive_folder / file, some)
        return len(rows)

    def _give_copies(self, session: Session, ids: Sequence[str], page_ids: Sequence[int]) -> None:
        """Give snapshots of other pages that refer to the bytes of ``ids`` bytes of their own."""
        query = select(Snapshot).where(col(Snapshot.same_as).in_(ids), col(Snapshot.page_id).not_in(page_ids))
        for row in session.exec(query).all():
            raw = snapshots.read(session, self.settings, row)
            written = self.writer.append([(raw, None)])[0]
            row.file, row.offset, row.length, row.same_as = (*written, None)
            session.add(row)
        session.flush()


def _with_twins(session: Session, url: str) -> list[int]:
    """Return the page of ``url`` and the pages of the same article."""
    page = pages.find(session, url)
    article = session.exec(select(Article.id).where(Article.url == url)).first()
    wanted = [col(Page.url) == url]
    for article_id in {article, page.article_id if page else None} - {None}:
        wanted.append(col(Page.article_id) == article_id)
    return [one for one in session.exec(select(Page.id).where(or_(*wanted))) if one is not None]


def _forget_articles(session: Session, rows: Sequence[Article], now: datetime) -> Forgotten:
    ids = [row.id for row in rows if row.id is not None]
    _bury(session, (row.url for row in rows), now)
    stories.leave(session, ids)
    session.exec(delete(Article).where(col(Article.id).in_(ids)))
    return Forgotten(articles=len(ids))


def _bury(session: Session, urls: Iterable[str], now: datetime) -> None:
    rows = [{"url": url, "forgotten_at": now} for url in urls]
    if rows:
        session.execute(insert_or_ignore(session, Tombstone), rows)
