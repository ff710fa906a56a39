"""Names to addresses, within a deadline.

``getaddrinfo`` knows no timeout: a name server that does not answer holds its caller for as long as the system's
resolver likes. So each look-up runs in a thread of its own, and who asked waits no longer than it wants to. The
number of threads that hang on dead name servers is capped.
"""

import socket
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from warraq_shared.errors import Temporary
from warraq_shared.reasons import Reason

Lookup = Callable[[str], tuple[str, ...]]

_MAX_HANGING = 128
_REMEMBERED = 2048
_REMEMBER_SECONDS = 60.0


def system_lookup(host: str) -> tuple[str, ...]:
    """Return the addresses of ``host`` as the system resolves it, in the order to try them, each once.

    Raises:
        OSError: there is no such name, or the name server failed.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Names:
    """Resolves names, and remembers the answers for a minute. Shared by all threads of a process."""

    def __init__(self, lookup: Lookup = system_lookup, clock: Callable[[], float] = time.monotonic) -> None:
        self._lookup = lookup
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, tuple[str, ...]]] = OrderedDict()
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(_MAX_HANGING)

    def resolve(self, host: str, timeout: float) -> tuple[str, ...]:
        """Return the addresses of ``host``.

        ``localhost`` and all names under it are this machine, without asking anyone (RFC 6761, 6.3).

        Raises:
            Temporary: ``dns``: no such name, or no answer within ``timeout`` seconds.
        """
        if host == "localhost" or host.endswith(".localhost"):
            return ("127.0.0.1",)
        return self._remembered(host) or self._remember(host, self._ask(host, timeout))

    def forget(self, host: str) -> None:
        """Forget the answer for ``host``, so that it is asked anew: nothing answered at its addresses."""
        with self._lock:
            self._known.pop(host, None)

    def _remembered(self, host: str) -> tuple[str, ...] | None:
        with self._lock:
            known = self._known.get(host)
        return known[1] if known and known[0] > self._clock() else None

    def _remember(self, host: str, addresses: tuple[str, ...]) -> tuple[str, ...]:
        with self._lock:
            self._known[host] = (self._clock() + _REMEMBER_SECONDS, addresses)
            self._known.move_to_end(host)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return addresses

    def _ask(self, host: str, timeout: float) -> tuple[str, ...]:
        if not self._places.acquire(blocking=False):
            raise Temporary(Reason.DNS, f"Too many look-ups hang; {host} was not asked for.")
        asked = _Asked()
        threading.Thread(target=self._look_up, args=(host, asked), name=f"dns {host}", daemon=True).start()
        if not asked.done.wait(timeout):
            raise Temporary(Reason.DNS, f"No answer for {host} within {timeout:g} s.")
        if asked.problem is not None:
            raise Temporary(Reason.DNS, f"{host}: {asked.problem}.") from asked.problem
        return asked.addresses

    def _look_up(self, host: str, asked: "_Asked") -> None:
        try:
            asked.addresses = self._lookup(host)
        except (OSError, UnicodeError) as problem:
            asked.problem = problem
        finally:
            self._places.release()
            asked.done.set()


class _Asked:
    """What one look-up thread found."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.addresses: tuple[str, ...] = ()
        self.problem: Exception | None = None
