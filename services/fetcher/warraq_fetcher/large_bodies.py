"""Few large pages at a time: the memory of a worker must not follow from how many of its threads meet one at once."""

import threading

from warraq_fetcher.meter import Meter
from warraq_shared.errors import Temporary
from warraq_shared.reasons import Reason

# Nearly all pages are smaller; they never wait here.
LARGE_BYTES = 2_000_000
_AT_ONCE = 3


class LargeBodies:
    """The places for large pages of one process."""

    def __init__(self, at_once: int = _AT_ONCE) -> None:
        self._places = threading.BoundedSemaphore(at_once)

    def place(self) -> "Place":
        """Return a thread's way to a place."""
        return Place(self._places)


class Place:
    """One thread's place, taken when a page turns out to be large and held until the page is done with."""

    def __init__(self, places: threading.BoundedSemaphore) -> None:
        self._places = places
        self._held = False

    def need(self, size: int, meter: Meter) -> None:
        """Take the place if ``size`` bytes are large, waiting for it as long as a server may be silent.

        Raises:
            Temporary: ``intake-full``: other large pages kept all places.
        """
        if self._held or size <= LARGE_BYTES:
            return
        with meter.paused() as patience:
            if not self._places.acquire(timeout=patience):
                raise Temporary(Reason.INTAKE_FULL, "Too many large pages at one time.", retry_after=patience)
        self._held = True

    def leave(self) -> None:
        """The page is done with."""
        if self._held:
            self._held = False
            self._places.release()
