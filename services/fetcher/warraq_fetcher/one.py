"""One page, by hand: no queue, no Redis; the host's slots and robots.txt are kept in this process."""

from dataclasses import dataclass

from warraq_fetcher.fetch import Request, Trail, fetch
from warraq_fetcher.guard import Guard
from warraq_fetcher.names import Names
from warraq_fetcher.pace import LocalRules, Pace
from warraq_fetcher.politeness import Politeness
from warraq_fetcher.response import Response
from warraq_fetcher.robots import LocalShelf, Robots
from warraq_fetcher.workshop import manners_of, new_session
from warraq_shared.errors import PageProblem
from warraq_shared.parsed import utc_now
from warraq_shared.settings import Settings

# Who fetches one page by hand waits for its turn.
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page: a response or a problem; and the way there."""

    url: str
    response: Response | None
    problem: PageProblem | None
    trail: Trail


def fetch_one(url: str, settings: Settings) -> Response:
    """Fetch ``url`` by all rules (address guard, limits, robots.txt, pace) and return the response.

    Raises:
        PageProblem: why there is no page.
    """
    outcome = fetch_shown(url, settings, obey_robots=True)
    if outcome.response is None:
        assert outcome.problem is not None
        raise outcome.problem
    return outcome.response


def fetch_shown(url: str, settings: Settings, *, obey_robots: bool) -> Outcome:
    """Fetch ``url`` and return what became of it, with each step on the way."""
    trail = Trail()
    session = new_session(settings, Guard(settings.allow_networks, Names()))
    turns = Politeness(
        session,
        Pace(LocalRules(manners_of(settings))),
        Robots(LocalShelf(), settings.user_agent) if obey_robots else None,
        now=utc_now,
        delay=settings.host_delay,
        crawl_delay_cap=settings.crawl_delay_cap,
        patience=_PATIENCE,
    )
    try:
        return Outcome(url, fetch(Request(url), session, turns, utc_now, trail), None, trail)
    except PageProblem as problem:
        return Outcome(url, None, problem, trail)
    finally:
        session.close()
