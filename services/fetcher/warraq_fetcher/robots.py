"""robots.txt by RFC 9309: fetched through the same door as every page, and kept in Redis for all workers.

One that is not there (4xx) allows everything (2.3.1.3), but for 429, which is the host's plea for quiet. One that
could not be read (5xx, no answer) forbids everything for a few minutes and is then tried again; after thirty days of
that it counts as not there (2.3.1.4).
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, cast
from urllib.parse import urlsplit

import zstandard
from pydantic import BaseModel
from redis import Redis

from warraq_fetcher.exchange import Answer, Note, exchange
from warraq_fetcher.fetch import Turns, checked_address
from warraq_fetcher.redirects import next_address
from warraq_fetcher.robots_rules import Rules, rules_of
from warraq_fetcher.session import Session
from warraq_shared.decoding import Pieces, codings_of, decoded
from warraq_shared.errors import PageProblem, Permanent, Temporary, Throttled
from warraq_shared.reasons import Reason

# RFC 9309: 2.5 asks for at least 500 KiB, 2.3.1.2 for at least five redirects, 2.4 for no more than a day.
MAX_BYTES = 500 * 1024
MAX_REDIRECTS = 5
KEPT_SECONDS = 12 * 3600
UNREACHABLE_SECONDS = 300
GIVEN_UP_SECONDS = 30 * 24 * 3600
_PARSED_SECONDS = 600
# What a process keeps parsed: rules take up to thirty times the memory of their text.
_PARSED_FILES = 1000
_PARSED_BYTES = 2_000_000
_PREFIX = "warraq:robots:"
# The host itself is the trouble, not its robots.txt: the page's reason says so.
_OF_THE_HOST = frozenset(
    {Reason.DNS, Reason.CONNECT, Reason.TLS, Reason.PROXY, Reason.ADDRESS_REFUSED, Reason.HOST_BUSY, Reason.THROTTLED}
)
# RFC 9309, 2.3.1.2: what redirects without end may be taken for "not there".
_AS_IF_ABSENT = frozenset(
    {Reason.BAD_REDIRECT, Reason.TOO_MANY_REDIRECTS, Reason.REDIRECT_LOOP, Reason.URL_TOO_LONG, Reason.BAD_URL}
)


class RobotsFile(BaseModel, frozen=True):
    """A site's robots.txt: its text as Latin-1 (so that every byte survives), or why it could not be read."""

    text: str = ""
    unreachable: str = ""


class Shelf(Protocol):
    """Where robots files are kept between fetches."""

    def get(self, origin: str) -> RobotsFile | None:
        """Return the file of ``origin`` if it is kept."""

    def put(self, origin: str, found: RobotsFile, seconds: int) -> None:
        """Keep the file of ``origin`` for ``seconds``."""

    def unreachable_since(self, origin: str, now: float) -> float:
        """Note that ``origin`` could not be read now; return when that began."""

    def reachable(self, origin: str) -> None:
        """Note that ``origin`` could be read."""


class RedisShelf:
    """Robots files in Redis, for all workers."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def get(self, origin: str) -> RobotsFile | None:
        """Return the file of ``origin`` if it is kept."""
        document = cast("bytes | None", self._redis.get(_PREFIX + origin))
        if document is None:
            return None
        return RobotsFile.model_validate_json(zstandard.decompress(document, max_output_size=4 * MAX_BYTES))

    def put(self, origin: str, found: RobotsFile, seconds: int) -> None:
        """Keep the file of ``origin`` for ``seconds``."""
        self._redis.set(_PREFIX + origin, zstandard.compress(found.model_dump_json().encode()), ex=seconds)

    def unreachable_since(self, origin: str, now: float) -> float:
        """Note that ``origin`` could not be read now; return when that began."""
        key = f"{_PREFIX}since:{origin}"
        self._redis.set(key, now, nx=True, ex=2 * GIVEN_UP_SECONDS)
        return float(cast("bytes | None", self._redis.get(key)) or now)

    def reachable(self, origin: str) -> None:
        """Note that ``origin`` could be read."""
        self._redis.delete(f"{_PREFIX}since:{origin}")


class NoShelf:
    """For one page by hand: what this process has parsed is all that is kept."""

    def get(self, origin: str) -> RobotsFile | None:
        """Return nothing."""
        return None

    def put(self, origin: str, found: RobotsFile, seconds: int) -> None:
        """Keep nothing."""

    def unreachable_since(self, origin: str, now: float) -> float:
        """Return that it began now."""
        return now

    def reachable(self, origin: str) -> None:
        """Note nothing."""


@dataclass(frozen=True, slots=True)
class _Parsed:
    rules: Rules | None
    unreachable: str
    good_until: float
    size: int


class Robots:
    """Answers what sites' robots.txt say. Shared by all threads of a process."""

    def __init__(self, shelf: Shelf, user_agent: str, clock: Callable[[], float] = time.time) -> None:
        self._shelf = shelf
        self._agent = user_agent
        self._clock = clock
        self._parsed: OrderedDict[str, _Parsed] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, url: str, session: Session, turns: Turns) -> float:
        """Return the Crawl-delay (seconds, 0 if none) under which ``url`` may be asked for.

        Raises:
            Permanent: ``robots``.
            Temporary: ``robots-unreachable``, or what is the matter with the host.
        """
        parts = urlsplit(url)
        known = self._known(f"{parts.scheme}://{parts.netloc}", session, turns)
        if known.rules is None:
            wait = max(known.good_until - self._clock(), 1.0)
            raise Temporary(Reason.ROBOTS_UNREACHABLE, known.unreachable, retry_after=wait)
        if not known.rules.allow(url):
            rule = known.rules.rule_against(url)
            by = f" by `{rule[:200]}`" if rule else ""
            raise Permanent(Reason.ROBOTS, f"{parts.netloc}/robots.txt excludes {parts.path[:200]}{by}.")
        return known.rules.crawl_delay

    def _known(self, origin: str, session: Session, turns: Turns) -> _Parsed:
        with self._lock:
            known = self._parsed.get(origin)
        if known is not None and known.good_until > self._clock():
            return known
        file = self._shelf.get(origin)
        if file is None:
            file = self._read(origin, session, turns)
            self._shelf.put(origin, file, UNREACHABLE_SECONDS if file.unreachable else KEPT_SECONDS)
        return self._keep(origin, file)

    def _read(self, origin: str, session: Session, turns: Turns) -> RobotsFile:
        file = read_robots(origin, session, turns)
        if not file.unreachable:
            self._shelf.reachable(origin)
            return file
        now = self._clock()
        since = self._shelf.unreachable_since(origin, now)
        return RobotsFile() if now - since > GIVEN_UP_SECONDS else file

    def _keep(self, origin: str, file: RobotsFile) -> _Parsed:
        rules = None if file.unreachable else rules_of(file.text.encode("latin-1"), self._agent)
        seconds = UNREACHABLE_SECONDS if file.unreachable else _PARSED_SECONDS
        parsed = _Parsed(rules, file.unreachable, self._clock() + seconds, len(file.text))
        with self._lock:
            self._parsed.pop(origin, None)
            while self._parsed and not self._has_room(parsed.size):
                self._parsed.popitem(last=False)
            self._parsed[origin] = parsed
        return parsed

    def _has_room(self, size: int) -> bool:
        kept = sum(one.size for one in self._parsed.values())
        return len(self._parsed) < _PARSED_FILES and kept + size <= _PARSED_BYTES


def read_robots(origin: str, session: Session, turns: Turns) -> RobotsFile:
    """Fetch the robots.txt of ``origin``.

    Raises:
        PageProblem: what is the matter is the host (no address, no connection, a plea for quiet), not the file.
    """
    try:
        answer = _follow(origin + "/robots.txt", session, turns)
    except PageProblem as problem:
        if problem.reason in _OF_THE_HOST:
            raise
        if problem.reason in _AS_IF_ABSENT:
            return RobotsFile()
        return RobotsFile(unreachable=f"{origin}/robots.txt: {problem}")
    status = answer.head.status
    if 200 <= status < 300:
        return RobotsFile(text=answer.body.decode("latin-1"))
    if status == 429:
        raise Throttled(Reason.THROTTLED, f"{origin}/robots.txt: status 429.", http_status=429)
    if 400 <= status < 500:
        return RobotsFile()
    return RobotsFile(unreachable=f"{origin}/robots.txt: status {status}.")


def _follow(url: str, session: Session, turns: Turns) -> Answer:
    for hop in range(MAX_REDIRECTS + 1):
        try:
            answer = _ask(url, session, turns)
        except PageProblem as problem:
            if hop and problem.reason is not Reason.HOST_BUSY:  # some other host is in trouble, not the page's
                raise Temporary(Reason.ROBOTS_UNREACHABLE, str(problem)) from problem
            raise
        target = next_address(url, answer.head.status, answer.head.headers.get("location"))
        if target is None:
            return answer
        url = checked_address(target, session.limits.url_length)
    raise Permanent(Reason.TOO_MANY_REDIRECTS, f"More than {MAX_REDIRECTS} redirects.")


def _ask(url: str, session: Session, turns: Turns) -> Answer:
    with turns.turn(url) as turn:
        return exchange(session, url, {}, _read_start, turn.answered)


def _read_start(pieces: Pieces, headers: Mapping[str, str], session: Session, note: Note) -> bytes:
    """Read no more of a body than the part of a robots.txt that counts."""
    got = bytearray()
    for piece in decoded(pieces, codings_of(headers.get("content-encoding", "")), note):
        got += piece
        if len(got) >= MAX_BYTES:
            break
    return bytes(got[:MAX_BYTES])
