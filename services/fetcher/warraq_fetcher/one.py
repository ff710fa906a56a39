"""One page, by hand: no queue, no Redis; the host's slots and robots.txt are kept in this process."""

from dataclasses import dataclass

from warraq_fetcher.fetch import Request, Trail, fetch
from warraq_fetcher.guard import Guard
from warraq_fetcher.large_bodies import LargeBodies
from warraq_fetcher.local_hosts import LocalHosts
from warraq_fetcher.names import Names
from warraq_fetcher.optouts import optouts
from warraq_fetcher.pace import Pace
from warraq_fetcher.politeness import Courtesy, Politeness
from warraq_fetcher.response import Response
from warraq_fetcher.robots import NoShelf, Robots
from warraq_fetcher.robots_rules import product_of
from warraq_fetcher.workshop import manners_of, new_session
from warraq_shared.errors import PageProblem
from warraq_shared.parsed import utc_now
from warraq_shared.settings import Settings

# Who fetches one page by hand waits for its turn.
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class OnePage:
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
    page = fetch_shown(url, settings, obey_robots=True)
    if page.response is None:
        assert page.problem is not None
        raise page.problem
    return page.response


def fetch_shown(url: str, settings: Settings, *, obey_robots: bool, proxy: str | None = None) -> OnePage:
    """Fetch ``url`` and return what became of it, with each step on the way."""
    trail = Trail(notes=[] if obey_robots else ["robots-ignored"])
    session = new_session(settings, Guard(settings.allow_networks, Names()), LargeBodies())
    session.new_visit(proxy)
    robots = Robots(NoShelf(), settings.user_agent) if obey_robots else None
    courtesy = Courtesy(settings.host_delay, settings.crawl_delay_cap, _PATIENCE)
    turns = Politeness(session, Pace(LocalHosts(manners_of(settings))), robots, courtesy, utc_now)
    try:
        response = fetch(Request(url), session, turns, utc_now, trail)
        trail.notes += optouts(response.headers, product_of(settings.user_agent))
        return OnePage(url, response, None, trail)
    except PageProblem as problem:
        return OnePage(url, None, problem, trail)
    finally:
        session.close()
