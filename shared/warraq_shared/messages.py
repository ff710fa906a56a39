"""The messages between the stages: commands in the imperative, facts in the past tense.

Each message is small JSON: ids, URLs, references, never a page's body. ``kind`` and ``version`` are literals;
every version ever sent has a golden file in ``tests/contracts`` and ``UPGRADES`` has one step to the next version.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

from pydantic import AwareDatetime, Field, ValidationError

from warraq_shared.article import Frozen
from warraq_shared.errors import UsageProblem
from warraq_shared.parsed import ItemHints, PageKind
from warraq_shared.reasons import Reason


class PageToFetch(Frozen):
    """One page of a visit. ``lease`` proves which handing-out the answer belongs to.

    ``rules`` is the digest of the rules that the page's source carries (``source_rules``), for the parser.
    """

    page_id: int
    lease: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    hints: ItemHints | None = None
    rules: str | None = None


class FetchPolicy(Frozen):
    """What a source asks of the fetcher, beyond the settings. None means: as the settings say."""

    obey_robots: bool = True
    delay_seconds: float | None = Field(default=None, ge=0)
    accept_language: str | None = None
    headers: dict[str, str] = {}
    proxy: str | None = None


class FetchPages(Frozen):
    """Command to the fetcher: a visit to one host. ``priority`` marks pages that a person waits for."""

    kind: Literal["FetchPages"] = "FetchPages"
    version: Literal[1] = 1
    host: str
    pages: tuple[PageToFetch, ...] = Field(min_length=1)
    policy: FetchPolicy = FetchPolicy()
    priority: bool = False


class Hop(Frozen):
    """One step of a redirect chain: the address that answered, its status."""

    url: str
    status: int


class BatchMark(Frozen):
    """That a page comes from the archive or from a file, not from the web: which run sent it, and what it may do.

    ``dry_run``: nothing is stored, only what would change is reported. ``languages``: articles in others are left out.
    """

    run: str
    dry_run: bool = False
    languages: tuple[str, ...] = ()


class FetchedPage(Frozen):
    """One page that has come: where its raw bytes wait, and what the server said about it.

    ``headers`` are the few that later stages read, lower case. ``hops`` are the redirects before ``final_url``;
    ``moved_for_good`` is true when all of them were permanent (301, 308). ``sent`` are the request's headers, without
    secrets, for the archive. ``rules`` is as in ``PageToFetch``; ``batch`` is set when nothing was fetched.
    """

    page_id: int
    lease: str
    url: str
    final_url: str
    snapshot: str
    status: int
    headers: dict[str, str] = {}
    fetched_at: AwareDatetime
    seconds: float = 0.0
    hops: tuple[Hop, ...] = ()
    moved_for_good: bool = False
    content_hash: str
    size: int
    hints: ItemHints | None = None
    rules: str | None = None
    notes: tuple[str, ...] = ()
    sent: dict[str, str] = {}
    batch: BatchMark | None = None


class PagesFetched(Frozen):
    """Fact from the fetcher to the parser."""

    kind: Literal["PagesFetched"] = "PagesFetched"
    version: Literal[1] = 1
    pages: tuple[FetchedPage, ...] = Field(min_length=1)


class EndedFetch(Frozen):
    """One page whose fetch ended without bytes to parse: unchanged, failed, refused, gone, or to be tried again.

    ``retry_after`` (seconds) is what the server or the host's pace asks for. ``host_wait`` says that the whole
    host must be left alone for that long.
    """

    page_id: int
    lease: str
    url: str
    reason: Reason
    detail: str = ""
    http_status: int | None = None
    ended_at: AwareDatetime
    seconds: float = 0.0
    retry_after: float | None = Field(default=None, ge=0)
    host_wait: bool = False
    moved_to: str | None = None
    hops: tuple[Hop, ...] = ()
    headers: dict[str, str] = {}
    notes: tuple[str, ...] = ()


class FetchesEnded(Frozen):
    """Fact from the fetcher to the store."""

    kind: Literal["FetchesEnded"] = "FetchesEnded"
    version: Literal[1] = 1
    pages: tuple[EndedFetch, ...] = Field(min_length=1)


class ParsedPage(Frozen):
    """One page that was parsed. ``result`` names the claim-checked ``Parsed`` document; None if there is none."""

    page_id: int
    lease: str
    fetched: FetchedPage
    page_kind: PageKind
    reason: Reason
    detail: str = ""
    result: str | None = None
    seconds: float = 0.0


class PagesParsed(Frozen):
    """Fact from the parser to the store."""

    kind: Literal["PagesParsed"] = "PagesParsed"
    version: Literal[1] = 1
    pages: tuple[ParsedPage, ...] = Field(min_length=1)


class HubRequest(Frozen):
    """One request to a WebSub hub: ``form`` is POSTed to ``url`` (W3C WebSub, section 5.1). It holds a secret."""

    subscription_id: int
    url: str
    form: dict[str, str]


class AskHubs(Frozen):
    """Command to the fetcher: ask one hub to subscribe us to topics, or to end that."""

    kind: Literal["AskHubs"] = "AskHubs"
    version: Literal[1] = 1
    requests: tuple[HubRequest, ...] = Field(min_length=1)


class HubAnswer(Frozen):
    """What a hub answered to one request: OK is that it will ask back. ``retry_after`` is seconds."""

    subscription_id: int
    url: str
    reason: Reason
    detail: str = ""
    http_status: int | None = None
    retry_after: float | None = Field(default=None, ge=0)


class HubsAnswered(Frozen):
    """Fact from the fetcher to the store."""

    kind: Literal["HubsAnswered"] = "HubsAnswered"
    version: Literal[1] = 1
    answers: tuple[HubAnswer, ...] = Field(min_length=1)


Message = FetchPages | PagesFetched | FetchesEnded | PagesParsed | AskHubs | HubsAnswered
MESSAGE_TYPES: Mapping[str, type[Message]] = {
    "FetchPages": FetchPages,
    "PagesFetched": PagesFetched,
    "FetchesEnded": FetchesEnded,
    "PagesParsed": PagesParsed,
    "AskHubs": AskHubs,
    "HubsAnswered": HubsAnswered,
}

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
# (kind, version it comes in) → the same message one version later. Consumers ship before producers.
UPGRADES: Mapping[tuple[str, int], Upgrade] = {}


class BadMessage(UsageProblem):
    """Something in a queue is not a message that this version reads."""


def encode(message: Message) -> dict[str, Any]:
    """Return ``message`` as a JSON-ready document."""
    return message.model_dump(mode="json", exclude_defaults=False)


def decode(document: Mapping[str, Any]) -> Message:
    """Return the message in ``document``, brought to the newest version.

    Raises:
        BadMessage: an unknown kind, a version newer than this program, or fields that do not fit.
    """
    current = dict(document)
    kind = current.get("kind")
    message_type = MESSAGE_TYPES.get(kind) if isinstance(kind, str) else None
    if message_type is None or not isinstance(kind, str):
        raise BadMessage(f"Unknown kind of message {kind!r}; known are {', '.join(MESSAGE_TYPES)}.")
    while step := UPGRADES.get((kind, current.get("version", 0))):
        current = step(current)
    try:
        return message_type.model_validate(current)
    except ValidationError as problem:
        raise BadMessage(f"{kind} version {current.get('version')!r} cannot be read: {problem}") from problem


M = TypeVar("M", FetchPages, PagesFetched, FetchesEnded, PagesParsed, AskHubs, HubsAnswered)


def decode_as(expected: type[M], document: Mapping[str, Any]) -> M:
    """Return the message in ``document``, which must be an ``expected``.

    Raises:
        BadMessage: it is something else, or cannot be read.
    """
    message = decode(document)
    if not isinstance(message, expected):
        raise BadMessage(f"Expected {expected.__name__}, got {message.kind}.")
    return message
