"""Builds what the fetcher works with from the settings: shared parts once a process, the rest once a thread."""

import functools
import threading

from redis import Redis

from warraq_fetcher.guard import Guard
from warraq_fetcher.large_bodies import LargeBodies
from warraq_fetcher.limits import Limits
from warraq_fetcher.names import Names
from warraq_fetcher.pace import Manners, Pace, RedisHosts
from warraq_fetcher.robots import RedisShelf, Robots
from warraq_fetcher.session import Session
from warraq_fetcher.validators import Trust
from warraq_fetcher.visit import Fetcher
from warraq_shared.claim_check import ClaimCheck
from warraq_shared.parsed import utc_now
from warraq_shared.settings import Settings

_SLOT_MARGIN = 15.0


class Workshop:
    """Hands each thread its own ``Fetcher``. Nothing is connected before the first is asked for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._large = LargeBodies()
        self._mine = threading.local()
        self._building = threading.Lock()
        self._stopping = threading.Event()

    def fetcher(self) -> Fetcher:
        """Return the fetcher of the calling thread."""
        if not hasattr(self._mine, "fetcher"):
            with self._building:
                self._mine.fetcher = self._build()
        fetcher: Fetcher = self._mine.fetcher
        return fetcher

    def stop(self) -> None:
        """Let visits end after the page that they are at."""
        self._stopping.set()

    @functools.cached_property
    def _redis(self) -> "Redis":
        return Redis.from_url(self._settings.redis_address(), socket_timeout=30, health_check_interval=25)

    @functools.cached_property
    def _guard(self) -> Guard:
        return Guard(self._settings.allow_networks, Names())

    @functools.cached_property
    def _robots(self) -> Robots:
        return Robots(RedisShelf(self._redis), self._settings.user_agent)

    def _build(self) -> Fetcher:
        settings = self._settings
        return Fetcher(
            session=new_session(settings, self._guard, self._large),
            pace=Pace(RedisHosts(self._redis, manners_of(settings))),
            robots=self._robots,
            raw_pages=ClaimCheck.from_settings(self._redis, settings),
            trust=Trust(self._redis),
            settings=settings,
            now=utc_now,
            stopping=self._stopping.is_set,
        )


def new_session(settings: Settings, guard: Guard, large: LargeBodies) -> Session:
    """Return a session as ``settings`` describe it."""
    return Session(guard, Limits.from_settings(settings), settings.user_agent, large.place(), settings.ca_bundle)


def manners_of(settings: Settings) -> Manners:
    """Return what holds for the pace of all hosts."""
    return Manners(
        factor=settings.latency_factor,
        concurrency=settings.host_concurrency,
        slot_seconds=settings.total_timeout + _SLOT_MARGIN,
    )
