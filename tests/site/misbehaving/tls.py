"""TLS as it should be, and as it should not: an authority of our own, and servers with certificates that do not fit."""

import datetime
import socket
import ssl
import threading
from collections.abc import Callable

import trustme

from misbehaving.server import MisbehavingSite

Wrap = Callable[[socket.socket], socket.socket]


def authority() -> trustme.CA:
    """Return a certificate authority that nobody knows but the test."""
    return trustme.CA()


def with_certificate(issuer: trustme.CA, *names: str, expired: bool = False) -> Wrap:
    """Return the server's side of TLS, with a certificate for ``names``."""
    ends = datetime.datetime(2001, 1, 2, tzinfo=datetime.UTC) if expired else None
    certificate = issuer.issue_cert(*names, not_after=ends, not_before=ends and ends - datetime.timedelta(days=1))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return lambda sock: context.wrap_socket(sock, server_side=True)


def hanging_handshake(stopping: threading.Event) -> Wrap:
    """Return a server's side that takes the greeting and never answers."""

    def wrap(sock: socket.socket) -> socket.socket:
        sock.recv(10_000)
        stopping.wait(30)
        raise ssl.SSLError("hung up")

    return wrap


def tls_site(page_of: MisbehavingSite, wrap: Wrap) -> MisbehavingSite:
    """Return a site with the pages of ``page_of`` behind TLS, not yet started."""
    return MisbehavingSite(page_of.answers, tls=wrap)
