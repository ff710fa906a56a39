"""Why a page is in the state it is in: one list of states and one of reason codes, each with its sentence.

Metrics, pages, the command line and the tests use these codes; nothing else may be a reason.
"""

from enum import StrEnum
from typing import Self


class PageState(StrEnum):
    """The state of a page in the status index."""

    WAITING = "waiting"
    LEASED = "leased"
    FETCHED = "fetched"
    STORED = "stored"
    UNCHANGED = "unchanged"
    NO_ARTICLE = "no-article"
    REDIRECTED = "redirected"
    DEFERRED = "deferred"
    FAILED = "failed"
    REFUSED = "refused"
    GONE = "gone"


class FailureClass(StrEnum):
    """What a failure means for the next attempt."""

    NONE = "none"
    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    THROTTLED = "throttled"


_S, _F = PageState, FailureClass


class Reason(StrEnum):
    """A reason code, with ``sentence``, the ``state`` that a page ends in for it, and its ``failure`` class."""

    sentence: str
    state: PageState
    failure: FailureClass

    def __new__(
        cls, code: str, sentence: str = "", state: PageState = _S.FAILED, failure: FailureClass = _F.NONE
    ) -> Self:
        """Make a member whose value is the code alone."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.sentence = sentence
        member.state = state
        member.failure = failure
        return member

    # on its way
    NEW = "new", "Known, not fetched yet.", _S.WAITING
    LEASED = "leased", "Given out to the workers.", _S.LEASED
    LEASE_EXPIRED = (
        "lease-expired",
        "The worker that had it did not report in time; it is given out again.",
        _S.WAITING,
        _F.TEMPORARY,
    )
    HOST_BUSY = "host-busy", "Its host must not be asked yet; it waits its turn.", _S.DEFERRED
    INTAKE_FULL = "intake-full", "The stages have as much as they can take; it waits.", _S.DEFERRED

    # good ends
    OK = "ok", "Fetched, parsed and stored.", _S.STORED
    NOT_MODIFIED = "not-modified", "The server says that it has not changed.", _S.UNCHANGED
    SAME_BYTES = "same-bytes", "The bytes are the same as last time.", _S.UNCHANGED
    MOVED = "moved", "It moved for good; its new address is followed.", _S.REDIRECTED
    DUPLICATE_URL = "duplicate-url", "Another address of a page that is already known.", _S.REDIRECTED

    # no article
    NOT_AN_ARTICLE = (
        "not-an-article",
        "A list, a front page or a tool, not an article; its links were taken.",
        _S.NO_ARTICLE,
    )
    NO_TEXT = "no-text", "No article text was found on the page.", _S.NO_ARTICLE
    EMPTY_BODY = "empty-body", "The server sent no content.", _S.FAILED, _F.TEMPORARY
    NOT_HTML = "not-html", "Neither a web page nor a feed nor a sitemap.", _S.NO_ARTICLE, _F.PERMANENT
    SOFT_NOT_FOUND = (
        "soft-not-found",
        "The page says that there is nothing here, though the server said OK.",
        _S.GONE,
        _F.PERMANENT,
    )
    CONSENT_WALL = (
        "consent-wall",
        "A consent or bot-check page stood in place of the article.",
        _S.NO_ARTICLE,
        _F.TEMPORARY,
    )
    TOO_COMPLEX = "too-complex", "The page is too large or too deeply nested to read.", _S.FAILED, _F.PERMANENT
    BROKEN_FEED = "broken-feed", "The feed or sitemap is damaged beyond reading.", _S.FAILED, _F.TEMPORARY
    EMPTY_FEED = "empty-feed", "The feed or sitemap has no items.", _S.NO_ARTICLE
    CHARSET = "charset", "The bytes are text in no encoding that could be told.", _S.FAILED, _F.PERMANENT
    PARSER_FAILED = (
        "parser-failed",
        "The parser failed on this page; it is kept as a dead letter.",
        _S.FAILED,
        _F.PERMANENT,
    )
    PARSER_CRASHED = (
        "parser-crashed",
        "The page killed the parser more than once; it is kept as a dead letter.",
        _S.FAILED,
        _F.PERMANENT,
    )
    RAW_LOST = "raw-lost", "The raw page expired before it was parsed; it is fetched again.", _S.WAITING, _F.TEMPORARY

    # refused by us
    BAD_URL = "bad-url", "Not an address that can be fetched: http or https with a host.", _S.REFUSED, _F.PERMANENT
    URL_TOO_LONG = "url-too-long", "The address is longer than the limit.", _S.REFUSED, _F.PERMANENT
    ADDRESS_REFUSED = (
        "address-refused",
        "The host is not on the public internet, or the port is not allowed.",
        _S.REFUSED,
        _F.PERMANENT,
    )
    ROBOTS = "robots", "The site's robots.txt does not allow it.", _S.REFUSED, _F.PERMANENT
    ROBOTS_UNREACHABLE = (
        "robots-unreachable",
        "The site's robots.txt could not be read, so nothing is fetched yet.",
        _S.DEFERRED,
        _F.TEMPORARY,
    )
    EXCLUDED = "excluded", "A pattern of its source leaves it out.", _S.REFUSED, _F.PERMANENT
    FORGOTTEN = "forgotten", "It was removed by `warraq forget` and is not fetched again.", _S.REFUSED, _F.PERMANENT
    TOO_OLD = "too-old", "Older than its source's freshness limit.", _S.REFUSED, _F.PERMANENT
    TRAP = (
        "trap",
        "Looks like an endless series of addresses (calendar, session, repeated path).",
        _S.REFUSED,
        _F.PERMANENT,
    )

    # limits
    TOO_LARGE = (
        "too-large",
        "The content is larger than the limit, as sent or after decompression.",
        _S.FAILED,
        _F.PERMANENT,
    )
    HEADERS_TOO_LARGE = (
        "headers-too-large",
        "The response's headers are larger than the limit.",
        _S.FAILED,
        _F.PERMANENT,
    )
    WRONG_TYPE = "wrong-type", "The content is of a type that Warraq does not read.", _S.FAILED, _F.PERMANENT
    TOO_MANY_REDIRECTS = "too-many-redirects", "More redirects than the limit.", _S.FAILED, _F.PERMANENT
    REDIRECT_LOOP = "redirect-loop", "The redirects lead back to where they began.", _S.FAILED, _F.PERMANENT
    BAD_REDIRECT = "bad-redirect", "A redirect to something that is not a web address.", _S.FAILED, _F.PERMANENT
    BAD_ENCODING = "bad-encoding", "The content's compression is damaged or unknown.", _S.FAILED, _F.TEMPORARY

    # transport
    TIMEOUT = "timeout", "The server did not deliver the page in time.", _S.DEFERRED, _F.TEMPORARY
    DNS = "dns", "The host's name could not be resolved.", _S.DEFERRED, _F.TEMPORARY
    CONNECT = "connect", "No connection to the host.", _S.DEFERRED, _F.TEMPORARY
    TLS = "tls", "The host's certificate or TLS handshake was not acceptable.", _S.DEFERRED, _F.TEMPORARY
    INCOMPLETE_BODY = (
        "incomplete-body",
        "The connection ended before the whole page had come.",
        _S.DEFERRED,
        _F.TEMPORARY,
    )
    BAD_RESPONSE = "bad-response", "The answer was not HTTP that can be understood.", _S.DEFERRED, _F.TEMPORARY
    PROXY = "proxy", "The proxy could not be used.", _S.DEFERRED, _F.TEMPORARY

    # what the server said
    NOT_FOUND = "not-found", "The server says that there is no such page.", _S.GONE, _F.PERMANENT
    GONE = "gone", "The server says that the page is gone for good.", _S.GONE, _F.PERMANENT
    FORBIDDEN = "forbidden", "The server does not let us read it (401, 402, 403, 451).", _S.FAILED, _F.PERMANENT
    CLIENT_ERROR = "client-error", "The server did not accept the request.", _S.FAILED, _F.PERMANENT
    SERVER_ERROR = "server-error", "The server had an error.", _S.DEFERRED, _F.TEMPORARY
    THROTTLED = "throttled", "The server asks to be asked less often; the whole host waits.", _S.DEFERRED, _F.THROTTLED

    # ours
    TOO_MANY_ATTEMPTS = (
        "too-many-attempts",
        "Tried as often as the limit allows; it is kept as a dead letter.",
        _S.FAILED,
        _F.PERMANENT,
    )
    INTERNAL = "internal", "An error inside Warraq; it is kept as a dead letter.", _S.FAILED, _F.TEMPORARY
