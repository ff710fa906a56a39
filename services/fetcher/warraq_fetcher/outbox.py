"""Outcomes leave in chunks: a few pages together, but none waits longer than a quarter of a second."""

import threading
from collections.abc import Callable, Sequence
from types import TracebackType

from warraq_fetcher.outcomes import Outcome
from warraq_shared.messages import EndedFetch, FetchedPage, FetchesEnded, Message, PagesFetched

CHUNK_PAGES = 5
CHUNK_SECONDS = 0.25

Publish = Callable[[Sequence[Message]], None]


class Outbox:
    """Collects the outcomes of one visit and publishes them; what is left goes out when the block ends.

    Raises (from ``add`` and from the end of the block):
        Exception: whatever ``publish`` raised, also when it ran in the timer's thread.
    """

    def __init__(self, publish: Publish) -> None:
        self._publish = publish
        self._waiting: list[Outcome] = []
        self._timer: threading.Timer | None = None
        self._problem: Exception | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> "Outbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._send()
        self._raise_problem()

    def add(self, outcome: Outcome) -> None:
        """Take one outcome; it is published now or within a quarter of a second."""
        self._raise_problem()
        with self._lock:
            self._waiting.append(outcome)
            if len(self._waiting) >= CHUNK_PAGES:
                self._send()
            elif self._timer is None:
                self._timer = threading.Timer(CHUNK_SECONDS, self._send_in_time)
                self._timer.daemon = True
                self._timer.start()

    def _send_in_time(self) -> None:
        with self._lock:
            try:
                self._send()
            except Exception as problem:  # noqa: BLE001 - raised again in the thread of the visit
                self._problem = problem

    def _send(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        chunk, self._waiting = self._waiting, []
        if chunk:
            self._publish(messages_of(chunk))

    def _raise_problem(self) -> None:
        problem, self._problem = self._problem, None
        if problem is not None:
            raise problem


def messages_of(outcomes: Sequence[Outcome]) -> list[Message]:
    """Return the messages that tell of ``outcomes``: what was fetched goes to the parser, what ended to the store."""
    fetched = tuple(one for one in outcomes if isinstance(one, FetchedPage))
    ended = tuple(one for one in outcomes if isinstance(one, EndedFetch))
    messages: list[Message] = []
    if fetched:
        messages.append(PagesFetched(pages=fetched))
    if ended:
        messages.append(FetchesEnded(pages=ended))
    return messages
