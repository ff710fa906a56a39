"""What the store's commands need of the other services, for one page by hand: found by entry point, never imported.

The fetcher offers ``warraq.fetch`` (``one``: address and settings to a response), the parser ``warraq.parse``
(``parse``: a ``ParseInput`` to a ``Parsed``) and ``warraq.rules`` (``read``: the text of site rules and its name to
the rules).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.metadata import entry_points
from typing import Any, Protocol

from warraq_shared.errors import NotReady
from warraq_shared.parsed import Parsed, ParseInput
from warraq_shared.settings import Settings


class Fetched(Protocol):
    """What is read of a response."""

    @property
    def final_url(self) -> str:
        """The address that answered, after redirects."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, names in lower case."""

    @property
    def body(self) -> bytes:
        """The body, decompressed."""

    @property
    def fetched_at(self) -> datetime:
        """When it came."""


Fetch = Callable[[str], Fetched]
Parse = Callable[[ParseInput], Parsed]
RulesCheck = Callable[[str, str], object]


def fetcher(settings: Settings) -> Fetch:
    """Return the installed fetcher as a function of one address; it raises ``PageProblem`` where there is no page.

    Raises:
        NotReady: no fetcher is installed here.
    """
    fetch_one = _offered("warraq.fetch", "one", "fetcher")
    return lambda url: fetch_one(url, settings)


def parser() -> Parse:
    """Return the installed parser.

    Raises:
        NotReady: no parser is installed here.
    """
    parse: Parse = _offered("warraq.parse", "parse", "parser")
    return parse


def rules_check() -> RulesCheck:
    """Return what reads site rules: given the text and what to call it, it raises ``UsageProblem`` for a mistake.

    Raises:
        NotReady: no parser is installed here.
    """
    read: RulesCheck = _offered("warraq.rules", "read", "parser")
    return read


def _offered(group: str, name: str, service: str) -> Any:
    for entry in entry_points(group=group, name=name):
        try:
            return entry.load()
        except ModuleNotFoundError:
            break
    raise NotReady(
        f"This needs Warraq's {service}, which is not installed here: `pip install 'warraq[{service}]'`,"
        " or run the command where it is."
    )
