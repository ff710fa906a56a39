"""The fetcher with all its real parts: a real Redis, the misbehaving site, and a canary that nobody may reach."""

import socket
from collections.abc import Callable, Iterator

import pytest
from misbehaving.server import Canary, MisbehavingSite
from misbehaving.site import misbehaving_site

from warraq_fetcher.outcomes import Outcome
from warraq_fetcher.visit import Fetcher, visit
from warraq_fetcher.workshop import Workshop
from warraq_shared.messages import FetchPages, FetchPolicy, PageToFetch
from warraq_shared.settings import Settings

MEGABYTE = 1_000_000


@pytest.fixture(scope="session")
def site() -> Iterator[MisbehavingSite]:
    with misbehaving_site() as server:
        yield server


@pytest.fixture(scope="session")
def canary() -> Iterator[Canary]:
    with Canary() as server:
        yield server
        assert server.connections == 0, "somebody reached the internal service"


@pytest.fixture
def settings(redis_url: str, site: MisbehavingSite) -> Settings:
    """Small limits, so that each hazard meets its own soon; only the site itself is allowed."""
    return Settings(
        redis_url=redis_url,
        allow_networks=(f"127.0.0.1:{site.port}",),
        host_delay=0,
        max_wire_bytes=MEGABYTE,
        max_body_bytes=MEGABYTE,
        connect_timeout=1,
        idle_timeout=0.6,
        total_timeout=1.2,
    )


@pytest.fixture
def fetcher(settings: Settings) -> Fetcher:
    return Workshop(settings).fetcher()


@pytest.fixture
def unused_port() -> Iterator[int]:
    """A port at which nothing listens, kept free while the test runs."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


Visit = Callable[..., list[Outcome]]


@pytest.fixture
def fetch_all(fetcher: Fetcher) -> Visit:
    """Make one visit to some URLs and return what became of each."""

    def fetch_all(*urls: str, policy: FetchPolicy | None = None) -> list[Outcome]:
        pages = tuple(PageToFetch(page_id=i, lease="lease", url=url) for i, url in enumerate(urls))
        return list(visit(FetchPages(host="test", pages=pages, policy=policy or FetchPolicy()), fetcher))

    return fetch_all
