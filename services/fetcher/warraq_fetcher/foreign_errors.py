"""The errors of ``requests``, urllib3, ``http.client`` and the sockets, translated into ours, here and nowhere else."""

import http.client
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import requests
import urllib3.exceptions as u3

from warraq_shared.errors import PageProblem, Permanent, Temporary
from warraq_shared.reasons import Reason

_Kinds = tuple[type[BaseException], ...]
# In this order: the first that is found anywhere in the chain of causes decides.
_MEANINGS: tuple[tuple[_Kinds, Reason], ...] = (
    ((requests.exceptions.InvalidURL, requests.exceptions.MissingSchema, u3.LocationValueError), Reason.BAD_URL),
    ((u3.ProxyError,), Reason.PROXY),
    ((ssl.SSLError, ssl.CertificateError, u3.SSLError), Reason.TLS),
    ((u3.ConnectTimeoutError, u3.NewConnectionError), Reason.CONNECT),
    ((TimeoutError, u3.TimeoutError), Reason.TIMEOUT),
    ((http.client.LineTooLong,), Reason.HEADERS_TOO_LARGE),
    ((u3.IncompleteRead, http.client.IncompleteRead, u3.InvalidChunkLength), Reason.INCOMPLETE_BODY),
)
_ALL = (requests.RequestException, u3.HTTPError, http.client.HTTPException, OSError, UnicodeError, ValueError)


@contextmanager
def translated(otherwise: Reason) -> Iterator[None]:
    """Raise foreign errors of the block as our own; ``otherwise`` is the reason for those that say nothing themselves.

    Raises:
        PageProblem: always one of these.
    """
    try:
        yield
    except PageProblem:
        raise
    except _ALL as foreign:
        raise problem_of(foreign, otherwise) from foreign


def problem_of(foreign: BaseException, otherwise: Reason) -> PageProblem:
    """Return our error for ``foreign``."""
    chain = _chain(foreign)
    for error in chain:
        if isinstance(error, PageProblem):
            return error
    for kinds, reason in _MEANINGS:
        for error in chain:
            if isinstance(error, kinds):
                return _problem(reason, error)
    if any("got more than" in str(error) for error in chain):  # http.client counts headers, and has no error of its own
        return _problem(Reason.HEADERS_TOO_LARGE, chain[-1])
    return _problem(otherwise, chain[-1])


def _problem(reason: Reason, error: BaseException) -> PageProblem:
    permanent = reason in (Reason.BAD_URL, Reason.HEADERS_TOO_LARGE)
    return (Permanent if permanent else Temporary)(reason, f"{type(error).__name__}: {_shown(error)}")


def _shown(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 200 else text[:199] + "…"


def _chain(error: BaseException) -> list[BaseException]:
    """Return ``error`` and all that caused it, wherever the libraries keep it: cause, context, reason, arguments."""
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting and len(found) < 20:
        current = waiting.pop(0)
        if current is None or current in found:
            continue
        found.append(current)
        inner = [current.__cause__, current.__context__, getattr(current, "reason", None), *current.args]
        waiting += [one for one in inner if isinstance(one, BaseException)]
    return found
