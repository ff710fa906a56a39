"""The seam to ``requests``: an adapter whose connections go through the door and are under the meter.

Only the making of the socket differs from what urllib3 does: the address comes from the guard, which has checked it.
The request's Host, the TLS server name and the check of the certificate keep the name of the URL.
"""

import functools
import http.client
import ssl
from pathlib import Path
from typing import Any

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

from warraq_fetcher.door import Door, door_for
from warraq_fetcher.guard import Guard
from warraq_fetcher.limits import MAX_HEADERS
from warraq_fetcher.meter import Meter
from warraq_fetcher.sockets import MeteredSocket, MeteredTLSSocket

# There is no other way to say this in Python 3.11 to 3.14; the meter caps the sum of the headers.
http.client._MAXHEADERS = MAX_HEADERS  # type: ignore[attr-defined]

_IDLE_HOSTS = 8


class _Reply(http.client.HTTPResponse):
    """A response that skips all interim answers; ``http.client`` knows only 100, and servers do send 103 (RFC 8297)."""

    def _read_status(self) -> tuple[str, int, str]:
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 102 <= status < 200:
                return version, status, reason
            http.client.parse_headers(self.fp)


class _DoorConnection(HTTPConnection):
    response_class = _Reply
    door: Door

    def _new_conn(self) -> MeteredSocket:
        return self.door.connect(self._dns_host, self.port)

    def getresponse(self) -> Any:
        with self.door.meter.headers():
            return super().getresponse()


class _DoorTLSConnection(HTTPSConnection):
    response_class = _Reply
    door: Door

    def _new_conn(self) -> MeteredSocket:
        return self.door.connect(self._dns_host, self.port)

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, MeteredTLSSocket):
            self.sock.meter = self.door.meter

    def getresponse(self) -> Any:
        with self.door.meter.headers():
            return super().getresponse()


class _DoorPool(HTTPConnectionPool):
    ConnectionCls = _DoorConnection
    door: Door

    def _new_conn(self) -> Any:
        connection: Any = super()._new_conn()
        connection.door = self.door
        return connection


class _DoorTLSPool(HTTPSConnectionPool):
    ConnectionCls = _DoorTLSConnection
    door: Door

    def _new_conn(self) -> Any:
        connection: Any = super()._new_conn()
        connection.door = self.door
        return connection


class _DoorPools(PoolManager):
    """Pools of connections through one door."""

    door: Door

    def _new_pool(self, *arguments: Any, **keywords: Any) -> Any:
        self.pool_classes_by_scheme = {"http": _DoorPool, "https": _DoorTLSPool}
        pool: Any = super()._new_pool(*arguments, **keywords)
        pool.door = self.door
        return pool


class _DoorProxyPools(_DoorPools, ProxyManager):
    """The same through an HTTP proxy."""


class GuardedAdapter(HTTPAdapter):
    """A ``requests`` adapter behind the door. It never retries and never reads the environment."""

    def __init__(self, guard: Guard, meter: Meter, ca_bundle: Path | None = None) -> None:
        self._guard = guard
        self._meter = meter
        self._tls = tls_context(ca_bundle)
        super().__init__(pool_connections=_IDLE_HOSTS, pool_maxsize=1)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **keywords: Any) -> None:
        """Make the pools for straight connections; called by ``requests``."""
        self.poolmanager = _DoorPools(num_pools=connections, maxsize=maxsize, block=block, ssl_context=self._tls)
        self.poolmanager.door = door_for(None, self._guard, self._meter)

    def proxy_manager_for(self, proxy: str, **keywords: Any) -> Any:
        """Return the pools for connections through ``proxy``; called by ``requests``."""
        pools: Any = self.proxy_manager.get(proxy)
        if pools is None:
            door = door_for(proxy, self._guard, self._meter)
            kept: dict[str, Any] = {"num_pools": _IDLE_HOSTS, "maxsize": 1, "ssl_context": self._tls}
            if proxy.lower().startswith("socks"):
                pools = _DoorPools(**kept)
            else:
                pools = _DoorProxyPools(proxy, proxy_headers=self.proxy_headers(proxy), **kept)
            pools.door = door
            self.proxy_manager[proxy] = pools
        return pools

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Certificates are always checked, against the bundle that the TLS context has loaded once."""
        conn.cert_reqs = "CERT_REQUIRED"

    def send(self, request: requests.PreparedRequest, *arguments: Any, **keywords: Any) -> requests.Response:
        """Send one request.

        Raises:
            Permanent: ``address-refused``.
        """
        proxy = (keywords.get("proxies") or {}).get("http")
        if proxy:
            self.proxy_manager_for(proxy).door.check(request.url)
        return super().send(request, *arguments, **keywords)


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
