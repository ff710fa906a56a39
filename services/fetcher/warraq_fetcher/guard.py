"""The address guard: where the fetcher may connect to.

Only the public internet, on the ports of the web, unless the operator allows more (``WARRAQ_ALLOW_NETWORKS``). The
check is made on the resolved addresses, every one of them, and the connection goes to exactly the address that was
checked; so neither a spelling of an address nor a name server that changes its answer gets past it.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

from warraq_fetcher.names import Names
from warraq_shared.errors import Permanent, UsageProblem
from warraq_shared.reasons import Reason
from warraq_shared.urls import ascii_host

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

WEB_PORTS = frozenset({80, 443})

# RFC 6052: an IPv4 address inside the well-known prefix of NAT64 is reached as that IPv4 address.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# Not public, though some versions of `ipaddress` say so, or a tunnel to an IPv4 address of the sender's choice.
_NEVER: tuple[Network, ...] = (
    ipaddress.IPv4Network("192.88.99.0/24"),  # RFC 7526: relays of 6to4, withdrawn
    ipaddress.IPv4Network("192.0.0.0/24"),  # RFC 6890: protocol assignments
    ipaddress.IPv6Network("2001::/23"),  # RFC 2928: protocol assignments, with Teredo (RFC 4380)
    ipaddress.IPv6Network("2002::/16"),  # RFC 3056: 6to4
    ipaddress.IPv6Network("3fff::/20"),  # RFC 9637: documentation
)


def is_public(address: Address) -> bool:
    """Tell whether ``address`` is on the public internet, looking through IPv4 inside IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(inner)
        if address not in _GLOBAL_UNICAST:
            return False
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in network for network in _NEVER if network.version == address.version)


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that is reached through ``address``, if it is such a one."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped


@dataclass(frozen=True, slots=True)
class Allowed:
    """One entry of the allow-list: a host name or a network, on one port or on all."""

    host: str | None
    network: Network | None
    port: int | None

    def names(self, host: str, port: int) -> bool:
        """Tell whether this entry allows ``host`` by its name."""
        return self.host == host and self.port in (None, port)

    def holds(self, address: Address, port: int) -> bool:
        """Tell whether this entry allows ``address`` by its network."""
        network = self.network
        if network is None or self.port not in (None, port) or network.version != address.version:
            return False
        return address in network


def allowed(entry: str) -> Allowed:
    """Read one entry of the allow-list: ``host``, ``IP``, ``CIDR`` or ``[v6]``, each with an optional ``:port``.

    Raises:
        UsageProblem: it is none of these.
    """
    place, port = _split_port(entry.strip())
    try:
        return Allowed(None, ipaddress.ip_network(place, strict=False), port)
    except ValueError:
        host = ascii_host(place)
        if not host or "/" in host or ":" in host or _is_odd_number(host):
            raise UsageProblem(
                f"WARRAQ_ALLOW_NETWORKS: {entry!r} is not a host, an IP address or a network (CIDR)."
            ) from None
        return Allowed(host, None, port)


def _split_port(entry: str) -> tuple[str, int | None]:
    if entry.startswith("["):
        place, bracket, rest = entry[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise UsageProblem(f"WARRAQ_ALLOW_NETWORKS: {entry!r} has an open bracket.")
        number = rest[1:]
    elif entry.count(":") == 1:
        place, _, number = entry.partition(":")
    else:
        return entry, None
    if not number:
        return place, None
    if not (number.isascii() and number.isdigit() and 0 < int(number) < 65536):
        raise UsageProblem(f"WARRAQ_ALLOW_NETWORKS: {entry!r} names no port after the colon.")
    return place, int(number)


def _is_odd_number(host: str) -> bool:
    """Tell whether ``host`` is an IPv4 address in a spelling that programs read differently (``0x7f.1``).

    By the URL standard a host whose last label is a number is an IPv4 address or nothing.
    """
    last = host.rpartition(".")[2]
    is_number = last.isdigit() or (last[:2] == "0x" and all(digit in "0123456789abcdef" for digit in last[2:]))
    if not is_number:
        return False
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return True
    return False


class Guard:
    """Decides where a connection may go."""

    def __init__(self, allow: Iterable[str], names: Names) -> None:
        self._allow = tuple(allowed(entry) for entry in allow)
        self._names = names

    def addresses(self, host: str, port: int, timeout: float) -> tuple[str, ...]:
        """Resolve ``host`` once and return the addresses that may be dialled, in the order to try them.

        Raises:
            Permanent: ``address-refused``: one of its addresses, or the port, is not allowed.
            Temporary: ``dns``.
        """
        found = self.resolve(host, timeout)
        if any(entry.names(host, port) for entry in self._allow):
            return found
        for text in found:
            self._check(host, ipaddress.ip_address(text.partition("%")[0]), port)
        return found

    def forget(self, host: str) -> None:
        """Forget what ``host`` resolved to: nothing answered there."""
        self._names.forget(host)

    def resolve(self, host: str, timeout: float) -> tuple[str, ...]:
        """Return the addresses of ``host``, unchecked.

        Raises:
            Permanent: ``address-refused``: a number in a spelling that is not allowed.
            Temporary: ``dns``.
        """
        if _is_odd_number(host):
            raise Permanent(Reason.ADDRESS_REFUSED, f"{host} is an address in a spelling that is not allowed.")
        try:
            return (str(ipaddress.ip_address(host)),)
        except ValueError:
            return self._names.resolve(host, timeout)

    def _check(self, host: str, address: Address, port: int) -> None:
        if any(entry.holds(address, port) for entry in self._allow):
            return
        shown = host if host == str(address) else f"{host} ({address})"
        if not is_public(address):
            raise Permanent(Reason.ADDRESS_REFUSED, f"{shown} is not on the public internet.")
        if port not in WEB_PORTS:
            raise Permanent(Reason.ADDRESS_REFUSED, f"Port {port} of {shown} is not a port of the web.")
