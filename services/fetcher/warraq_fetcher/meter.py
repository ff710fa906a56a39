"""The meter of one page: time and bytes, counted where the bytes come in, below every library.

A timeout of ``requests`` holds for one read only: a server that sends one byte a second, ``100 Continue`` for ever or
trailers for ever never meets it, and all of these are read inside ``http.client``. So the sockets themselves ask the
meter before each read, and tell it what came.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from warraq_fetcher.limits import Limits
from warraq_shared.errors import Permanent, Temporary
from warraq_shared.reasons import Reason

# The buffered reader takes the beginning of the body together with the headers: that much is not the headers' fault.
_READ_AHEAD = 65_536


class Meter:
    """Counts what one page has cost so far. One meter belongs to one session, so to one thread."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._spent = 0.0
        self._started: float | None = None
        self.bytes_in = 0
        self._reading_headers = False
        self._header_bytes = 0
        self.dials = 0

    def new_page(self) -> None:
        """Begin to count for a new page."""
        self._spent = 0.0
        self._started = None
        self.bytes_in = 0

    def start(self) -> None:
        """Let time count: a request is about to be sent. Waiting for a host's turn between requests is free."""
        self._started = self._clock()
        self.bytes_in = 0

    def stop(self) -> None:
        """Let time stand still until the next ``start``."""
        self._spent = self.spent()
        self._started = None

    @contextmanager
    def paused(self) -> Iterator[float]:
        """Let time stand still within this block, which may wait for as long as a read may take (it is told how
        long).
        """
        self.stop()
        try:
            yield self._limits.idle_seconds
        finally:
            self._started = self._clock()

    def spent(self) -> float:
        """Return the seconds that this page has taken so far."""
        return self._spent + (self._clock() - self._started if self._started is not None else 0.0)

    def seconds_for_read(self) -> float:
        """Return how long the next read may take.

        Raises:
            Temporary: ``timeout``: the page's time is over.
        """
        return min(self._limits.idle_seconds, self._left())

    def seconds_for_connect(self) -> float:
        """Return how long the next connection attempt may take.

        Raises:
            Temporary: ``timeout``: the page's time is over.
        """
        return min(self._limits.connect_seconds, self._left())

    @contextmanager
    def headers(self) -> Iterator[None]:
        """What comes in within this block is a status line, headers, or interim answers."""
        self._reading_headers = True
        self._header_bytes = 0
        try:
            yield
        finally:
            self._reading_headers = False

    def came(self, size: int) -> None:
        """Count ``size`` bytes that came in.

        Raises:
            Permanent: ``headers-too-large`` or ``too-large``.
        """
        self.bytes_in += size
        if self._reading_headers:
            self._header_bytes += size
            if self._header_bytes > self._limits.header_bytes + _READ_AHEAD:
                raise Permanent(Reason.HEADERS_TOO_LARGE, f"More than {self._limits.header_bytes} bytes of headers.")
        elif self.bytes_in > self._limits.wire_bytes + self._limits.header_bytes:
            raise Permanent(Reason.TOO_LARGE, f"More than {self._limits.wire_bytes} bytes were sent.")

    def silence(self) -> Temporary:
        """Return the problem of a read in which nothing came in the time that it had."""
        if self.spent() >= self._limits.total_seconds:
            return self._late()
        return Temporary(Reason.TIMEOUT, f"Nothing came for {self._limits.idle_seconds:g} s.")

    def _late(self) -> Temporary:
        return Temporary(Reason.TIMEOUT, f"It was not complete after {self._limits.total_seconds:g} s.")

    def _left(self) -> float:
        left = self._limits.total_seconds - self.spent()
        if left <= 0:
            raise self._late()
        return left
