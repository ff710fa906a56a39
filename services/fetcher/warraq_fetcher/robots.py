"""robots.txt by RFC 9309: what a site lets us ask for, and how slowly.

Fetched through the same door as every page (guard, meter, pace), kept in Redis for all workers, and parsed once per
process. A file that could not be read (5xx, no answer) forbids everything for a few minutes and is then tried again
(2.3.1.4); one that is not there (4xx) allows everything (2.3.1.3), but for 429, which is the host's plea for quiet.
"""

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, cast
from urllib.parse import urlsplit

from protego import Protego
from redis import Redis

from warraq_fetcher.decoding import Pieces, codings_of, decoded
from warraq_fetcher.exchange import Answer, Note, exchange
from warraq_fetcher.fetch import Turns, checked_address
from warraq_fetcher.limits import Limits
from warraq_fetcher.redirects import next_address
from warraq_fetcher.session import Session
from warraq_shared.errors import PageProblem, Permanent, Temporary
from warraq_shared.reasons import Reason

# RFC 9309: 2.5 asks for at least 500 KiB, 2.3.1.2 for at least five redirects, 2.4 for no more than a day.
MAX_BYTES = 500 * 1024
MAX_REDIRECTS = 5
_KEPT_SECONDS = 12 * 3600
_UNREACHABLE_SECONDS = 300
_PARSED_SECONDS = 600
_PARSED_FILES = 500
_PREFIX = "warraq:robots:"
# The host itself is the trouble, not its robots.txt: the page's reason says so.
_OF_THE_HOST = frozenset(
    {Reason.DNS, Reason.CONNECT, Reason.TLS, Reason.PROXY, Reason.ADDRESS_REFUSED, Reason.HOST_BUSY, Reason.THROTTLED}
)


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What was found at a site's robots.txt: ``text``, or why it could not be read."""

    text: str = ""
    unreachable: str = ""

    @property
    def seconds_kept(self) -> int:
        """For how long this is good."""
        return _UNREACHABLE_SECONDS if self.unreachable else _KEPT_SECONDS

    def to_json(self) -> str:
        """Return this as it is kept in Redis."""
        return json.dumps({"text": self.text, "unreachable": self.unreachable})

    @classmethod
    def from_json(cls, document: str | bytes) -> "RobotsFile":
        """Return what ``to_json`` made."""
        fields = json.loads(document)
        return cls(text=fields["text"], unreachable=fields["unreachable"])


class Shelf(Protocol):
    """Where robots files are kept between fetches."""

    def get(self, origin: str) -> RobotsFile | None:
        """Return the file of ``origin`` if it is kept."""

    def put(self, origin: str, found: RobotsFile) -> None:
        """Keep the file of ``origin`` for as long as it is good."""


class RedisShelf:
    """Robots files in Redis, for all workers."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def get(self, origin: str) -> RobotsFile | None:
        """Return the file of ``origin`` if it is kept."""
        document = cast("bytes | None", self._redis.get(_PREFIX + origin))
        return None if document is None else RobotsFile.from_json(document)

    def put(self, origin: str, found: RobotsFile) -> None:
        """Keep the file of ``origin`` for as long as it is good."""
        self._redis.set(_PREFIX + origin, found.to_json(), ex=found.seconds_kept)


class LocalShelf:
    """Robots files of this process alone: what is parsed is kept, and nothing else is needed."""

    def get(self, origin: str) -> RobotsFile | None:
        """Return nothing."""
        return None

    def put(self, origin: str, found: RobotsFile) -> None:
        """Keep nothing."""


@dataclass(frozen=True, slots=True)
class _Parsed:
    file: RobotsFile
    rules: Protego | None
    good_until: float


class Robots:
    """Answers what a site's robots.txt says. Belongs to one thread; the shelf is shared."""

    def __init__(self, shelf: Shelf, user_agent: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._shelf = shelf
        self._agent = user_agent
        self._clock = clock
        self._parsed: OrderedDict[str, _Parsed] = OrderedDict()

    def check(self, url: str, session: Session, turns: Turns) -> float:
        """Return the Crawl-delay (seconds, 0 if none) under which ``url`` may be asked for.

        Raises:
            Permanent: ``robots``.
            Temporary: ``robots-unreachable``, or what is the matter with the host.
        """
        parts = urlsplit(url)
        if parts.path == "/robots.txt":
            return 0.0
        known = self._known(f"{parts.scheme}://{parts.netloc}", session, turns)
        if known.file.unreachable:
            wait = max(known.good_until - self._clock(), 1.0)
            raise Temporary(Reason.ROBOTS_UNREACHABLE, known.file.unreachable, retry_after=wait)
        if known.rules is None:
            return 0.0
        if not known.rules.can_fetch(url, self._agent):
            raise Permanent(Reason.ROBOTS, f"{parts.netloc}/robots.txt excludes {parts.path[:200]}.")
        return float(known.rules.crawl_delay(self._agent) or 0.0)

    def _known(self, origin: str, session: Session, turns: Turns) -> _Parsed:
        known = self._parsed.get(origin)
        if known is not None and known.good_until > self._clock():
            return known
        file = self._shelf.get(origin)
        if file is None:
            file = read_robots(origin, session, turns)
            self._shelf.put(origin, file)
        return self._keep(origin, file)

    def _keep(self, origin: str, file: RobotsFile) -> _Parsed:
        rules = Protego.parse(file.text) if file.text else None
        parsed = _Parsed(file, rules, self._clock() + min(_PARSED_SECONDS, file.seconds_kept))
        self._parsed[origin] = parsed
        self._parsed.move_to_end(origin)
        while len(self._parsed) > _PARSED_FILES:
            self._parsed.popitem(last=False)
        return parsed


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
        if problem.reason in (Reason.BAD_REDIRECT, Reason.TOO_MANY_REDIRECTS, Reason.URL_TOO_LONG):
            return RobotsFile()  # 2.3.1.2: may be taken for "not there"
        return RobotsFile(unreachable=f"{origin}/robots.txt: {problem}")
    if answer.status == 429:
        return RobotsFile(unreachable=f"{origin}/robots.txt: status 429.")
    if 200 <= answer.status < 300:
        return RobotsFile(text=_as_text(answer.body))
    if 400 <= answer.status < 500:
        return RobotsFile()
    return RobotsFile(unreachable=f"{origin}/robots.txt: status {answer.status}.")


def _follow(url: str, session: Session, turns: Turns) -> Answer:
    for _ in range(MAX_REDIRECTS + 1):
        with turns.turn(url) as turn:
            answer = exchange(session, url, {}, _read_start)
            turn.answered(answer)
        target = next_address(url, answer.status, answer.headers.get("location"))
        if target is None:
            return answer
        url = checked_address(target, session.limits.url_length)
    raise Permanent(Reason.TOO_MANY_REDIRECTS, f"More than {MAX_REDIRECTS} redirects.")


def _read_start(pieces: Pieces, headers: Mapping[str, str], limits: Limits, note: Note) -> bytes:
    """Read no more of a body than the part of a robots.txt that counts."""
    got = bytearray()
    for piece in decoded(pieces, codings_of(headers.get("content-encoding", "")), note):
        got += piece
        if len(got) >= MAX_BYTES:
            break
    return bytes(got[:MAX_BYTES])


def _as_text(body: bytes) -> str:
    """Return a robots.txt as text: UTF-8 (2.2), without its mark and NULs, whatever its line ends are."""
    text = body.decode("utf-8-sig", errors="replace").replace("\0", "")
    return text.replace("\r\n", "\n").replace("\r", "\n")
