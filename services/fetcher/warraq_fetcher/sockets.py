"""Sockets that ask the meter before each read and tell it what came."""

import socket
import ssl
from typing import Any

from warraq_fetcher.meter import Meter


class MeteredSocket(socket.socket):
    """A plain TCP socket under a meter."""

    meter: Meter | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Receive as usual, within what the meter allows.

        Raises:
            PageProblem: the page's time or size is used up.
        """
        if self.meter is None:
            return super().recv_into(*args, **kwargs)
        self.settimeout(self.meter.seconds_for_read())
        size = super().recv_into(*args, **kwargs)
        self.meter.came(size)
        return size


class MeteredTLSSocket(ssl.SSLSocket):
    """A TLS socket under a meter. The handshake obeys the timeout that the plain socket below it had."""

    meter: Meter | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Receive as usual, within what the meter allows.

        Raises:
            PageProblem: the page's time or size is used up.
        """
        if self.meter is None:
            return super().recv_into(*args, **kwargs)
        self.settimeout(self.meter.seconds_for_read())
        size = super().recv_into(*args, **kwargs)
        self.meter.came(size)
        return size


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
