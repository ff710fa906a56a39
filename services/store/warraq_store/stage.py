"""The store as a running stage: its database, its Redis, and what is done for each message.

Built once per process, by the first task that runs there.
"""

import functools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from celery import Celery
from redis import Redis
from sqlalchemy import Engine
from sqlmodel import Session

from warraq_shared.celery_app import publish
from warraq_shared.claim_check import ClaimCheck
from warraq_shared.logs import log
from warraq_shared.messages import AskHubs, FetchesEnded, HubsAnswered, Message, PagesParsed, ParsedPage
from warraq_shared.parsed import Parsed, utc_now
from warraq_shared.profile_cache import put_profile
from warraq_shared.redis_client import connect_redis
from warraq_shared.settings import Settings
from warraq_shared.source_rules import put_rules
from warraq_store import ingest
from warraq_store.archive import retention
from warraq_store.archive.snapshots import Keeper, open_keeper
from warraq_store.articles import stories
from warraq_store.database import again_after_deadlock, connect, reading, writing
from warraq_store.migrate import require_migrated
from warraq_store.rereading import batches, taking_in
from warraq_store.schedule import hosts, pages, schedule
from warraq_store.schedule.room import room
from warraq_store.sources import own_rules, polls, tally
from warraq_store.sources.every import limits_from
from warraq_store.websub import websub

if TYPE_CHECKING:
    from datetime import datetime

_log = log("store")
_KEEP_UP_EVERY = 300
_ASK_HUBS_EVERY = 10
_TEND_EVERY = 900
_TEND_AT_MOST = 5000


@dataclass(frozen=True)
class StoreStage:
    """The store's outside world, and its jobs. Publishing happens after the commit, never before."""

    engine: Engine
    redis: Redis
    claims: ClaimCheck
    settings: Settings
    send: Callable[[Sequence[Message]], None]
    clock: "Callable[[], datetime]" = utc_now
    keeper: Keeper | None = None

    @again_after_deadlock
    def end_fetches(self, message: FetchesEnded) -> None:
        """Write down fetches that ended without bytes."""
        with self._writing() as session:
            ingest.end_fetches(session, message, self.clock())

    @again_after_deadlock
    def store_pages(self, message: PagesParsed) -> None:
        """Write down parsed pages, then drop what waited for them in Redis."""
        packed = self.claims.find_many([page.result for page in message.pages if page.result])
        results = {key: Parsed.model_validate_json(content) for key, content in packed.items()}
        live = tuple(page for page in message.pages if page.fetched.batch is None)
        if live:
            with self._writing() as session:
                learned = ingest.store_pages(session, PagesParsed(pages=live), results, self.clock(), self.keeper)
            for profile in learned:
                put_profile(self.redis, profile)
        self._take_in([page for page in message.pages if page.fetched.batch is not None], results)
        self.claims.drop([*packed, *(page.fetched.snapshot for page in message.pages)])

    def _take_in(self, came: Sequence[ParsedPage], results: Mapping[str, Parsed]) -> None:
        """Store pages of the archive or of a file, or tell what that would change, and tell their run."""
        dry = [page for page in came if page.fetched.batch is not None and page.fetched.batch.dry_run]
        wet = [page for page in came if page not in dry]
        outcomes: dict[str, str] = {}
        if wet:
            with self._writing() as session:
                outcomes |= taking_in.take_in(session, wet, results, self.clock())
        if dry:
            with reading(self.engine) as session:
                found = taking_in.differences(session, dry, results)
            outcomes |= {snapshot: json.dumps(difference) for snapshot, difference in found.items()}
        told = {(batches.key_of(page.fetched), page.fetched.snapshot): page.fetched.snapshot for page in came}
        batches.tell(self.redis, {key: outcomes.get(snapshot, "gone") for key, snapshot in told.items()})

    @again_after_deadlock
    def note_hubs(self, message: HubsAnswered) -> None:
        """Write down what WebSub hubs have answered."""
        with self._writing() as session:
            websub.note_answers(session, message.answers, self.clock())

    @again_after_deadlock
    def tick(self) -> int:
        """Take back what was lost, hand out what is due. Returns how many pages were given out."""
        now = self.clock()
        with self._writing() as session:
            pages.reap(session, now, self.settings.max_attempts)
            self._keep_up(session, now)
            visits = schedule.tick(
                session,
                now,
                room=room(self.redis, self.settings, pages.given_out(session)),
                lease_seconds=self.settings.lease_seconds,
                visit_pages=self.settings.visit_pages,
                host_delay=self.settings.host_delay,
            )
            questions = self._ask_hubs(session, now)
            rules = own_rules.named_by(session, visits)
        put_rules(self.redis, rules)
        self.send([*visits, *questions])
        self._tend(now)
        return sum(len(visit.pages) for visit in visits)

    def _ask_hubs(self, session: Session, now: "datetime") -> list[AskHubs]:
        """Return what is to be asked of WebSub hubs, if they can call here."""
        if not self._is_time_for(_ASK_HUBS_EVERY, now):
            return []
        websub.end_leases(session, now)
        base = self.settings.websub_callback_url
        return websub.due_requests(session, base, now) if base else []

    def _is_time_for(self, every: float, now: "datetime") -> bool:
        """Tell whether what is done ``every`` so many seconds is done by this tick."""
        return now.timestamp() % every < self.settings.tick_seconds

    def _keep_up(self, session: Session, now: "datetime") -> None:
        """Do now and then what need not be done by every tick."""
        if self._is_time_for(_KEEP_UP_EVERY, now):
            if self.settings.websub_callback_url:
                websub.ask_again_elsewhere(session, self.settings.websub_callback_url, now)
            tally.forget_old_days(session, now)
            stories.forget_old_bands(session)
            if asleep := hosts.rescue(session, now):
                _log.warning("hosts with due pages stood in no line", hosts=asleep)

    def _tend(self, now: "datetime") -> None:
        """Drop some raw pages that no limit lets stay; after the tick, whose transaction must stay short."""
        if self.keeper is not None and self._is_time_for(_TEND_EVERY, now):
            pruned = retention.prune(self.engine, self.settings, now, most=_TEND_AT_MOST)
            if pruned.snapshots:
                _log.info("raw pages dropped", pages=pruned.snapshots, bytes=pruned.bytes_freed)

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """Give one transaction that decides by the settings."""
        with writing(self.engine) as session:
            polls.use(session, limits_from(self.settings))
            yield session


def open_stage(app: Celery, settings: Settings) -> StoreStage:
    """Return the stage that ``settings`` describe.

    Raises:
        NotReady: Redis or the database is not there, or a migration is due.
    """
    engine = connect(settings.database_address)
    require_migrated(engine)
    redis = connect_redis(settings)
    claims = ClaimCheck.from_settings(redis, settings)
    return StoreStage(
        engine=engine,
        redis=redis,
        claims=claims,
        settings=settings,
        send=functools.partial(publish, app),
        keeper=open_keeper(settings, claims),
    )
