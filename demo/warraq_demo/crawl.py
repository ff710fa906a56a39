"""The demo's crawl: the real pipeline over the bundled news world, from the first poll to the last article.

Everything is as in a user's installation: an embedded Redis, SQLite, beat and the Celery workers of the three stages.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, func, or_, select

from warraq_demo.server import NewsWorld
from warraq_shared.parsed import utc_now
from warraq_shared.reasons import PageState, Reason
from warraq_shared.running.supervisor import Supervisor
from warraq_shared.running.up import running
from warraq_shared.settings import Settings
from warraq_shared.urls import canonical, site_of
from warraq_store.database import connect, reading, writing
from warraq_store.schedule import hosts, pages
from warraq_store.tables import Page, Source

_LOOK_EVERY = 0.2
_QUIET_LOOKS = 5
_UNDER_WAY = (PageState.WAITING, PageState.LEASED, PageState.FETCHED)
_WAITS_ITS_TURN = (Reason.HOST_BUSY, Reason.INTAKE_FULL, Reason.RAW_LOST)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a crawl is: pages known and pages that have come to an end."""

    known: int
    ended: int


@dataclass(frozen=True)
class Crawl:
    """A running pipeline on the demo world."""

    world: NewsWorld
    settings: Settings
    engine: Engine
    supervisor: Supervisor

    @property
    def redis_url(self) -> str:
        """The address of the embedded Redis."""
        return self.settings.redis_address()

    def follow_all(self) -> None:
        """Follow every source of the world."""
        with writing(self.engine) as session:
            for name, url, kind, language in self.world.sources():
                url = canonical(url)
                source = Source(name=name, url=url, site=site_of(url), language=language, created_at=utc_now())
                session.add(source)
                session.flush()
                pages.register(
                    session, [pages.NewPage(url=url, role=kind, source_id=source.id, priority=pages.POLL)], utc_now()
                )

    def poll_again(self) -> None:
        """Make everything due that has been seen: the sources, and the articles that may have changed."""
        now = utc_now()
        with writing(self.engine) as session:
            for page in session.exec(select(Page).where(col(Page.lease).is_(None), col(Page.due_at).is_not(None))):
                page.due_at = now
                session.add(page)
                hosts.wake(session, page.host, now)

    def wait_until_settled(self, timeout: float, report: Callable[[Progress], None] = lambda _: None) -> bool:
        """Wait until nothing is under way or due; return whether that came within ``timeout`` seconds."""
        deadline = time.monotonic() + timeout
        quiet = 0
        while time.monotonic() < deadline:
            self.supervisor.look()
            progress, busy = self._look()
            report(progress)
            quiet = 0 if busy else quiet + 1
            if quiet >= _QUIET_LOOKS:
                return True
            time.sleep(_LOOK_EVERY)
        return False

    def _look(self) -> tuple[Progress, bool]:
        under_way = or_(
            col(Page.state).in_(_UNDER_WAY), col(Page.reason).in_(_WAITS_ITS_TURN), col(Page.due_at) <= utc_now()
        )
        with reading(self.engine) as session:
            known = session.exec(select(func.count()).select_from(Page)).one()
            busy = session.exec(select(func.count()).select_from(Page).where(under_way)).one()
        return Progress(known, known - busy), busy > 0 or known == 0


@contextmanager
def crawling(folder: Path, world: NewsWorld, *, with_flower: bool = False) -> Iterator[Crawl]:
    """Give the pipeline running in ``folder`` against ``world``; it drains and stops at the end of the block.

    Raises:
        NotReady: something that it needs is missing; the message says what to install.
    """
    settings = demo_settings(folder, world)
    with running(settings, with_flower=with_flower) as supervisor:
        engine = connect(settings.database_address)
        try:
            yield Crawl(world, settings, engine, supervisor)
        finally:
            engine.dispose()


def demo_settings(folder: Path, world: NewsWorld) -> Settings:
    """Return the settings of the demo: loopback allowed for the world's port alone, a quick pace, short leases."""
    return Settings(
        data_dir=folder,
        allow_networks=(f"127.0.0.1:{world.port}",),
        user_agent="Warraq-Demo/1.0 (+http://127.0.0.1/; the bundled demo)",
        host_delay=0.02,
        latency_factor=0.0,
        total_timeout=5.0,  # a killed fetcher keeps its hosts a little longer than this
        tick_seconds=0.5,
        lease_seconds=10.0,
        max_item_age=0,  # the world's news keeps its dates, whenever the demo runs
        parse_processes=1,
        log_level="WARNING",
    )
