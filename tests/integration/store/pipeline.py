"""Pages as the other stages report them, for tests of the store: claims in a real Redis, messages as they are sent."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from redis import Redis
from sqlalchemy.engine import Engine

from warraq_shared.article import Article, Paragraph
from warraq_shared.claim_check import ClaimCheck
from warraq_shared.messages import FetchedPage, PagesParsed, ParsedPage
from warraq_shared.parsed import PageKind, Parsed
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings
from warraq_store.archive.snapshots import open_keeper
from warraq_store.database import writing
from warraq_store.schedule import pages, schedule
from warraq_store.schedule.pages import NewPage
from warraq_store.stage import StoreStage

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass
class Pipeline:
    """A store with its Redis, and short ways to let pages come to it."""

    engine: Engine
    redis: Redis
    settings: Settings
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.claims = ClaimCheck.from_settings(self.redis, self.settings)
        self.sent: list[Any] = []
        self.stage = StoreStage(
            engine=self.engine,
            redis=self.redis,
            claims=self.claims,
            settings=self.settings,
            send=self.sent.extend,
            clock=lambda: self.now,
            keeper=open_keeper(self.settings, self.claims),
        )

    def close(self) -> None:
        """Close the file of the archive that is being written."""
        if self.stage.keeper is not None:
            self.stage.keeper.writer.close()

    def hand_out(self, *urls: str, source_id: int | None = None) -> dict[str, tuple[int, str]]:
        """Make ``urls`` known and due and hand them out; return page id and lease by URL."""
        with writing(self.engine) as session:
            pages.register(session, [NewPage(url=url, source_id=source_id) for url in urls], self.now)
            pages.make_due(session, list(urls), self.now, forget_validators=False)
        with writing(self.engine) as session:
            visits = schedule.tick(session, self.now, room=1000, lease_seconds=60, visit_pages=50)
        return {page.url: (page.page_id, page.lease) for visit in visits for page in visit.pages}

    def fetched(self, url: str, lease: tuple[int, str], body: bytes, **fields: Any) -> FetchedPage:
        """Return that ``url`` has come, its bytes in the claim check."""
        snapshot = uuid.uuid4().hex
        self.claims.put(snapshot, body)
        values = {
            "page_id": lease[0],
            "lease": lease[1],
            "url": url,
            "final_url": url,
            "snapshot": snapshot,
            "status": 200,
            "headers": {"content-type": "text/html; charset=utf-8"},
            "fetched_at": self.now,
            "content_hash": hashlib.sha256(body).hexdigest(),
            "size": len(body),
            "seconds": 0.2,
            "sent": {"User-Agent": "Warraq/test"},
        }
        return FetchedPage.model_validate(values | fields)

    def parsed(
        self, fetched: FetchedPage, article: Article | None, reason: Reason = Reason.OK, **fields: Any
    ) -> ParsedPage:
        """Return that a page was parsed, its result, with ``fields``, in the claim check."""
        kind = PageKind.ARTICLE if article else PageKind.UNKNOWN
        result = Parsed(url=fetched.final_url, kind=kind, reason=reason, article=article, **fields)
        key = f"parsed:{fetched.snapshot}"
        self.claims.put(key, result.model_dump_json().encode())
        return ParsedPage(
            page_id=fetched.page_id,
            lease=fetched.lease,
            fetched=fetched,
            page_kind=kind,
            reason=reason,
            result=key,
            seconds=0.01,
        )

    def come(self, url: str, text: str, *, body: bytes | None = None, **fields: Any) -> FetchedPage:
        """Let ``url`` be fetched, parsed into an article of ``text`` and stored; a minute goes by."""
        self.now += timedelta(minutes=1)
        return self.come_with(url, lambda: made_article(url, text), body or text.encode(), **fields)

    def come_with(self, url: str, make: Callable[[], Article], body: bytes, **fields: Any) -> FetchedPage:
        """Let ``url`` come with the article that ``make`` makes."""
        lease = self.hand_out(url)[url]
        fetched = self.fetched(url, lease, body, **fields)
        self.stage.store_pages(PagesParsed(pages=(self.parsed(fetched, make()),)))
        return fetched


def made_article(url: str, text: str, **fields: Any) -> Article:
    """Return an article of ``text``."""
    values = {
        "url": url,
        "title": "A title",
        "blocks": tuple(Paragraph(text=line) for line in text.splitlines()),
        "fingerprint": hashlib.sha256(text.encode()).hexdigest(),
        "published_at": NOW,
        "language": "en",
        "parser_version": "1",
    }
    return Article.model_validate(values | fields)
