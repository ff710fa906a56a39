"""Sockets that ask the meter before each read and tell it what came."""

import socket
import ssl
from collections.abc import Callable
from typing import Any

from warraq_fetcher.meter import Meter


class _Metered:
    """Reading under a meter, for any kind of socket."""

    meter: Meter | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Receive as usual, within what the meter allows.

        Raises:
            PageProblem: the page's time or size is used up, or the server is silent.
        """
        receive: Callable[..., int] = super().recv_into  # type: ignore[misc]
        if self.meter is None:
            return receive(*args, **kwargs)
        self.settimeout(self.meter.seconds_for_read())  # type: ignore[attr-defined]
        try:
            size = receive(*args, **kwargs)
        except TimeoutError as silence:
            raise self.meter.silence() from silence
        self.meter.came(size)
        return size


class MeteredSocket(_Metered, socket.socket):
    """A plain TCP socket under a meter."""


class MeteredTLSSocket(_Metered, ssl.SSLSocket):
    """A TLS socket under a meter. The handshake obeys the timeout that the plain socket below it had."""


def dial(address: str, port: int, timeout: float) -> MeteredSocket:
    """Connect to the numeric ``address``, which is not resolved again.

    Raises:
        OSError: no connection within ``timeout`` seconds.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = MeteredSocket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(timeout)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.connect((address, port))
    except BaseException:
        sock.close()
        raise
    return sock
