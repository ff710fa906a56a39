"""Which task and which queue each message goes to. The one place where these names stand."""

from collections.abc import Mapping
from typing import NamedTuple

from warraq_shared.messages import AskHubs, FetchesEnded, FetchPages, HubsAnswered, Message, PagesFetched, PagesParsed

FETCH_QUEUE = "fetch"
PARSE_QUEUE = "parse"
STORE_QUEUE = "store"
QUEUES = (FETCH_QUEUE, PARSE_QUEUE, STORE_QUEUE)

FETCH_PAGES = "fetch_pages"
PARSE_PAGES = "parse_pages"
STORE_PAGES = "store_pages"
END_FETCHES = "end_fetches"
ASK_HUBS = "ask_hubs"
NOTE_HUBS = "note_hubs"
TICK = "tick"


# A person waits for what is urgent: of one queue the broker gives it out first. kombu keeps each priority in a list of
# its own, so that a queue is more than the list of its name.
URGENT, ORDINARY = 0, 3
_SEPARATOR = "\x06\x16"


def lists_of(queue: str) -> tuple[str, ...]:
    """Return the names of the Redis lists that together are ``queue``, the most urgent first."""
    return queue, f"{queue}{_SEPARATOR}{ORDINARY}"


class Route(NamedTuple):
    """A task's name and its queue."""

    task: str
    queue: str


ROUTES: Mapping[type[Message], Route] = {
    FetchPages: Route(FETCH_PAGES, FETCH_QUEUE),
    PagesFetched: Route(PARSE_PAGES, PARSE_QUEUE),
    FetchesEnded: Route(END_FETCHES, STORE_QUEUE),
    PagesParsed: Route(STORE_PAGES, STORE_QUEUE),
    AskHubs: Route(ASK_HUBS, FETCH_QUEUE),
    HubsAnswered: Route(NOTE_HUBS, STORE_QUEUE),
}
