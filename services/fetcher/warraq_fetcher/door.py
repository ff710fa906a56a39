"""The door to the network: the only place where connections are made. Straight, through an HTTP proxy, or through a
SOCKS proxy.

A proxy is the operator's own choice, so its address is not checked; the page's address is, wherever the proxy leaves
that to us.
"""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import unquote, urlsplit

import socks  # type: ignore[import-untyped]

from warraq_fetcher.guard import Guard
from warraq_fetcher.meter import Meter
from warraq_fetcher.sockets import MeteredSocket, dial
from warraq_shared.errors import Permanent, Temporary
from warraq_shared.reasons import Reason
from warraq_shared.urls import host_of

Dial = Callable[[str, int, float], MeteredSocket]


class Door:
    """Straight connections to addresses that the guard has checked."""

    def __init__(self, guard: Guard, meter: Meter) -> None:
        self.guard = guard
        self.meter = meter

    def check(self, url: str) -> None:
        """Check where ``url`` leads, if that is not done by ``connect``."""

    def connect(self, host: str, port: int) -> MeteredSocket:
        """Return a connection to ``host``, made to an address that the guard has checked.

        Raises:
            Permanent: ``address-refused``: nothing was connected.
            Temporary: ``dns``, ``connect``, or ``timeout`` when the page's time is over.
        """
        addresses = self.guard.addresses(host, port, self.meter.seconds_for_connect())
        return self.first_of(addresses, host, port, dial)

    def first_of(self, addresses: tuple[str, ...], host: str, port: int, dial: Dial) -> MeteredSocket:
        """Return a connection to the first of ``addresses`` that takes one.

        Raises:
            Temporary: ``connect``: none of them; ``timeout``: the page's time is over.
        """
        problem: OSError | None = None
        for tried, address in enumerate(addresses):
            # Each further address gets its share of the time, so that a dead first one leaves some to the others.
            share = self.meter.seconds_for_connect() / min(len(addresses) - tried, 3)
            try:
                sock = dial(address, port, share)
            except OSError as failed:
                problem = failed
                continue
            # A TLS handshake that follows may take as long as a connection.
            sock.settimeout(self.meter.seconds_for_connect())
            sock.meter = self.meter
            self.meter.dials += 1
            return sock
        self.guard.forget(host)
        raise Temporary(Reason.CONNECT, f"{host}:{port}: {problem or 'no address'}.") from problem


class HttpProxyDoor(Door):
    """Connections to an HTTP proxy, which resolves the page's host itself; we refuse what we can see to be private."""

    def check(self, url: str) -> None:
        """Check where ``url`` leads, as far as we can resolve it.

        Raises:
            Permanent: ``address-refused``.
        """
        _check_as_seen_from_here(self, url)

    def connect(self, host: str, port: int) -> MeteredSocket:
        """Return a connection to the proxy ``host``.

        Raises:
            Temporary: ``proxy``.
        """
        try:
            addresses = self.guard.resolve(host, self.meter.seconds_for_connect())
            return self.first_of(addresses, host, port, dial)
        except Temporary as problem:
            raise Temporary(Reason.PROXY, problem.detail) from problem


class SocksDoor(Door):
    """Connections through a SOCKS proxy: to a checked address, or (``socks5h``, ``socks4a``) by name."""

    def __init__(self, guard: Guard, meter: Meter, proxy: str) -> None:
        super().__init__(guard, meter)
        parts = urlsplit(proxy)
        self._by_name = parts.scheme in ("socks5h", "socks4a")
        self._kind = socks.SOCKS4 if parts.scheme.startswith("socks4") else socks.SOCKS5
        self._place = (parts.hostname or "", parts.port or 1080)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None

    def check(self, url: str) -> None:
        """Check where ``url`` leads, as far as we can resolve it, if the proxy is to resolve it.

        Raises:
            Permanent: ``address-refused``.
        """
        if self._by_name:
            _check_as_seen_from_here(self, url)

    def connect(self, host: str, port: int) -> MeteredSocket:
        """Return a connection to ``host`` through the proxy.

        Raises:
            Permanent: ``address-refused``.
            Temporary: ``dns``, ``proxy``.
        """
        found = (host,) if self._by_name else self.guard.addresses(host, port, self.meter.seconds_for_connect())
        try:
            return self.first_of(found, host, port, self._dial)
        except Temporary as problem:
            reason = Reason.PROXY if problem.reason is Reason.CONNECT else problem.reason
            raise Temporary(reason, problem.detail) from problem

    def _dial(self, address: str, port: int, timeout: float) -> MeteredSocket:
        sock = socks.socksocket()
        try:
            sock.set_proxy(self._kind, *self._place, self._by_name, self._user, self._password)
            sock.settimeout(timeout)
            sock.connect((address, port))
            return MeteredSocket(fileno=sock.detach())
        except BaseException:
            sock.close()
            raise


def door_for(proxy: str | None, guard: Guard, meter: Meter) -> Door:
    """Return the door that leads through ``proxy``, or straight.

    Raises:
        Permanent: ``proxy``: of a kind that is not known.
    """
    if not proxy:
        return Door(guard, meter)
    scheme = urlsplit(proxy).scheme.lower()
    if scheme in ("http", "https"):
        return HttpProxyDoor(guard, meter)
    if scheme in ("socks4", "socks4a", "socks5", "socks5h"):
        return SocksDoor(guard, meter, proxy)
    raise Permanent(Reason.PROXY, f"{scheme}:// is no kind of proxy that is known; http and socks5 are.")


def _check_as_seen_from_here(door: Door, url: str) -> None:
    host = host_of(url)
    with suppress(Temporary):  # a name that only the proxy can resolve
        door.guard.addresses(host.name, host.port, door.meter.seconds_for_connect())
