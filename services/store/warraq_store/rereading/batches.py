"""Pages that come from the archive or from a file instead of the web, through the same parse queue as live pages.

A run sends its pages in chunks and waits for them: little of it is in the queue at a time, nothing while live pages
wait there, and after a stop it goes on where everything before is done. What became of each page stands in Redis until
its chunk is done; a chunk of which nothing is heard is sent again, which is harmless.
"""

import functools
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

from redis import Redis

from warraq_shared.celery_app import make_app, publish
from warraq_shared.claim_check import ClaimCheck
from warraq_shared.errors import NotReady, WarraqError
from warraq_shared.messages import BatchMark, FetchedPage, Message, PagesFetched
from warraq_shared.redis_client import connect_redis
from warraq_shared.routes import PARSE_QUEUE
from warraq_shared.settings import Settings
from warraq_shared.source_rules import SourceRules, put_rules

CHUNK: Final = 40
_A_MESSAGE: Final = 5
_CHUNKS_UNDER_WAY: Final = 3
_LIVE_WAITS: Final = 10
_TTL: Final = 3600
_LOOK_EVERY: Final = 0.05
_SENT_AT_MOST: Final = 3
_KEY: Final = "warraq:batch:"


@dataclass(frozen=True)
class Chunk:
    """Pages of a run with their bytes. ``position`` is up to where the run is done when they are.

    ``rules`` are those that the pages name.
    """

    position: str
    pages: Sequence[tuple[FetchedPage, bytes]]
    skipped: Mapping[str, int] = field(default_factory=dict)
    rules: Collection[SourceRules] = ()


@dataclass
class _UnderWay:
    chunk: Chunk
    key: str
    heard_at: float
    answers: int = 0
    sent: int = 1


@dataclass(frozen=True)
class Runner:
    """Sends chunks to the parsers and yields what became of them, in order."""

    redis: Redis
    claims: ClaimCheck
    send: Callable[[Sequence[Message]], None]
    patience: float = 60.0

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Counter[str]]]:
        """Yield each chunk when all of it is done, with the number of pages for each outcome.

        Each run has a name of its own in Redis: answers to an older start are not its own.

        Raises:
            NotReady: no parser or store answers.
        """
        name, number = uuid.uuid4().hex[:16], 0
        waiting, more = deque[_UnderWay](), iter(chunks)
        exhausted = False
        while waiting or not exhausted:
            if not exhausted and len(waiting) < _CHUNKS_UNDER_WAY and self._has_room():
                chunk = next(more, None)
                exhausted = chunk is None
                if chunk is not None:
                    number += 1
                    waiting.append(self._send(chunk, f"{name}:{number}"))
                continue
            while waiting and (counts := self._ended(waiting[0])) is not None:
                yield waiting.popleft().chunk, counts
            time.sleep(_LOOK_EVERY)

    def _has_room(self) -> bool:
        """Tell whether the parsers have little to do: live pages go first, and Redis keeps room for them."""
        return self.redis.llen(PARSE_QUEUE) < _LIVE_WAITS

    def _send(self, chunk: Chunk, run: str) -> _UnderWay:
        marked = [(_marked(page, run), body) for page, body in chunk.pages]
        self.redis.delete(_KEY + run)
        self._put_and_send(marked, chunk.rules)
        return _UnderWay(replace(chunk, pages=marked), _KEY + run, time.monotonic())

    def _put_and_send(self, pages: Sequence[tuple[FetchedPage, bytes]], rules: Collection[SourceRules]) -> None:
        put_rules(self.redis, rules)
        for page, body in pages:
            self.claims.put(page.snapshot, body)
        fetched = [page for page, _ in pages]
        starts = range(0, len(fetched), _A_MESSAGE)
        self.send([PagesFetched(pages=tuple(fetched[start : start + _A_MESSAGE])) for start in starts])

    def _ended(self, one: _UnderWay) -> Counter[str] | None:
        """Return the outcomes of a chunk if all are there; what was not heard of for long is sent again."""
        answers = cast("dict[bytes, bytes]", self.redis.hgetall(one.key))
        if len(answers) >= len(one.chunk.pages):
            self.redis.delete(one.key)
            return Counter(outcome.decode() for outcome in answers.values())
        now = time.monotonic()
        if len(answers) > one.answers:
            one.answers, one.heard_at = len(answers), now
        if now - one.heard_at > self.patience:
            self._send_again(one, {snapshot.decode() for snapshot in answers})
            one.heard_at = now
        return None

    def _send_again(self, one: _UnderWay, answered: set[str]) -> None:
        if one.sent >= _SENT_AT_MOST:
            raise NotReady(
                f"Nothing was heard of {len(one.chunk.pages) - one.answers} pages, sent {one.sent} times."
                " Is `warraq up` running? The run goes on from here when it is started again."
            )
        one.sent += 1
        unanswered = [(page, body) for page, body in one.chunk.pages if page.snapshot not in answered]
        self._put_and_send(unanswered, one.chunk.rules)


def open_runner(settings: Settings, patience: float) -> Runner:
    """Return a runner over the queues that ``settings`` name; ``patience`` (seconds): then pages are sent again.

    Raises:
        NotReady: no Redis is configured.
    """
    redis = connect_redis(settings)
    app = make_app("warraq.batch", settings)
    return Runner(redis, ClaimCheck.from_settings(redis, settings), functools.partial(publish, app), patience)


def _marked(page: FetchedPage, run: str) -> FetchedPage:
    mark = page.batch or BatchMark(run=run)
    return page.model_copy(update={"batch": mark.model_copy(update={"run": run})})


def key_of(page: FetchedPage) -> str:
    """Return the key under which the outcome of a page of a batch is told."""
    return "" if page.batch is None else _KEY + page.batch.run


def tell(redis: Redis, outcomes: Mapping[tuple[str, str], str]) -> None:
    """Tell the runners what became of pages: ``outcomes`` by (key, snapshot)."""
    with redis.pipeline(transaction=False) as pipe:
        for (key, snapshot), outcome in outcomes.items():
            pipe.hset(key, snapshot, outcome)
            pipe.expire(key, _TTL)
        pipe.execute()


def chunked(pages: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """Yield ``pages`` in lists of ``size``; if they end with an error, what came before is yielded first."""
    some: list[Any] = []
    try:
        for page in pages:
            some.append(page)
            if len(some) == size:
                yield some
                some = []
    except WarraqError:
        if some:
            yield some
        raise
    if some:
        yield some
