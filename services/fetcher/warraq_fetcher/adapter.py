"""The seam to ``requests``: an adapter whose connections go through the address guard and are under the meter.

Only the making of the socket differs from what urllib3 does: the address comes from the guard, which has checked it.
The request's Host, the TLS server name and the check of the certificate keep the name of the URL.
"""

import functools
import http.client
import ssl
from pathlib import Path
from typing import Any

import certifi
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

from warraq_fetcher.guard import Guard
from warraq_fetcher.limits import MAX_HEADERS
from warraq_fetcher.meter import Meter
from warraq_fetcher.sockets import MeteredSocket, MeteredTLSSocket, dial
from warraq_shared.errors import Temporary
from warraq_shared.reasons import Reason

# There is no other way to say this in Python 3.11 to 3.14; the meter caps the sum of the headers.
http.client._MAXHEADERS = MAX_HEADERS  # type: ignore[attr-defined]

_IDLE_HOSTS = 8


class Door:
    """What a connection needs to know: whom to ask for an address, and whom to tell what it costs."""

    def __init__(self, guard: Guard, meter: Meter) -> None:
        self.guard = guard
        self.meter = meter

    def connect(self, host: str, port: int) -> MeteredSocket:
        """Return a connection to ``host``, made to an address that the guard has checked.

        Raises:
            Permanent: ``address-refused``: nothing was connected.
            Temporary: ``dns``, ``connect``, or ``timeout`` when the page's time is over.
        """
        addresses = self.guard.addresses(host, port, self.meter.seconds_for_connect())
        problem: OSError | None = None
        for tried, address in enumerate(addresses):
            # Each further address gets its share of the time, so that a dead first one leaves some to the others.
            share = self.meter.seconds_for_connect() / min(len(addresses) - tried, 3)
            try:
                sock = dial(address, port, share)
            except OSError as failed:
                problem = failed
                continue
            sock.meter = self.meter
            self.meter.dials += 1
            return sock
        self.guard.forget(host)
        raise Temporary(Reason.CONNECT, f"{host}:{port}: {problem}.") from problem


class _GuardedConnection(HTTPConnection):
    door: Door

    def _new_conn(self) -> MeteredSocket:
        return self.door.connect(self._dns_host, self.port)

    def getresponse(self) -> Any:
        self.door.meter.headers_begin()
        try:
            return super().getresponse()
        finally:
            self.door.meter.headers_end()


class _GuardedTLSConnection(HTTPSConnection):
    door: Door

    def _new_conn(self) -> MeteredSocket:
        return self.door.connect(self._dns_host, self.port)

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, MeteredTLSSocket):
            self.sock.meter = self.door.meter

    def getresponse(self) -> Any:
        self.door.meter.headers_begin()
        try:
            return super().getresponse()
        finally:
            self.door.meter.headers_end()


class _GuardedPool(HTTPConnectionPool):
    ConnectionCls = _GuardedConnection
    door: Door

    def _new_conn(self) -> Any:
        connection: Any = super()._new_conn()
        connection.door = self.door
        return connection


class _GuardedTLSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedTLSConnection
    door: Door

    def _new_conn(self) -> Any:
        connection: Any = super()._new_conn()
        connection.door = self.door
        return connection


class _GuardedPools(PoolManager):
    def __init__(self, door: Door, **keywords: Any) -> None:
        super().__init__(**keywords)
        self._door = door
        self.pool_classes_by_scheme = {"http": _GuardedPool, "https": _GuardedTLSPool}

    def _new_pool(self, *arguments: Any, **keywords: Any) -> Any:
        pool: Any = super()._new_pool(*arguments, **keywords)
        pool.door = self._door
        return pool


class GuardedAdapter(HTTPAdapter):
    """A ``requests`` adapter behind the door. It never retries and never reads the environment."""

    def __init__(self, door: Door, ca_bundle: Path | None = None) -> None:
        self._door = door
        self._tls = tls_context(ca_bundle)
        super().__init__(pool_connections=_IDLE_HOSTS, pool_maxsize=1)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **keywords: Any) -> None:
        """Make the pools; called by ``requests``."""
        self.poolmanager = _GuardedPools(
            self._door, num_pools=connections, maxsize=maxsize, block=block, ssl_context=self._tls, **keywords
        )

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Certificates are always checked, against the bundle that the TLS context has loaded once."""
        conn.cert_reqs = "CERT_REQUIRED"


@functools.cache
def tls_context(ca_bundle: Path | None = None) -> ssl.SSLContext:
    """Return the TLS settings of this process; loading the certificates costs more than a handshake.

    ``ca_bundle`` adds authorities to the public ones (an intranet's, a test's).
    """
    context = create_urllib3_context()
    context.load_verify_locations(cafile=certifi.where())
    if ca_bundle is not None:
        context.load_verify_locations(cafile=str(ca_bundle))
    context.sslsocket_class = MeteredTLSSocket
    return context
