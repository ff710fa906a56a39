"""Each hazard of the web ends in its reason; none hangs, fills or leads astray."""

import time

import pytest
from misbehaving.forbidden import SPELLINGS
from misbehaving.hazard import Hazard
from misbehaving.robots_files import FILES, RobotsFile
from misbehaving.server import Canary, MisbehavingSite
from misbehaving.site import HAZARDS
from redis import Redis

from warraq_fetcher.outcomes import Outcome
from warraq_shared.claim_check import ClaimCheck
from warraq_shared.messages import EndedFetch, FetchedPage
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings

from .conftest import Visit

# The page's own time, a turn, and some for a busy machine.
LONGEST = 10.0


def reason_of(outcome: Outcome) -> Reason:
    return outcome.reason if isinstance(outcome, EndedFetch) else Reason.OK


def described(outcome: Outcome) -> str:
    return outcome.detail if isinstance(outcome, EndedFetch) else f"{outcome.size} bytes from {outcome.final_url}"


def test_there_are_at_least_sixty_hazards_each_with_a_name_of_its_own() -> None:
    names = [hazard.name for hazard in HAZARDS]
    assert len(set(names)) == len(names) >= 60


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.name)
def test_a_hazard_ends_in_its_reason(hazard: Hazard, site: MisbehavingSite, fetch_all: Visit) -> None:
    began = time.monotonic()
    (outcome,) = fetch_all(site.url(hazard.path, hazard.host))
    assert reason_of(outcome) is hazard.reason, described(outcome)
    assert time.monotonic() - began < LONGEST
    assert hazard.note is None or hazard.note in outcome.notes


@pytest.mark.parametrize(
    "hazard", [hazard for hazard in HAZARDS if hazard.reason is Reason.OK], ids=lambda hazard: hazard.name
)
def test_what_can_be_read_is_put_away_whole(
    hazard: Hazard, site: MisbehavingSite, fetch_all: Visit, redis: Redis, settings: Settings
) -> None:
    (outcome,) = fetch_all(site.url(hazard.path, hazard.host))
    assert isinstance(outcome, FetchedPage)
    assert all(value.isprintable() for value in outcome.headers.values())
    body = ClaimCheck.from_settings(redis, settings).get(outcome.snapshot)
    assert len(body) == outcome.size
    assert body.rstrip()[-1:] in (b">", b"}", b"\0")


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_a_forbidden_place_is_refused_in_every_spelling(spelling: str, canary: Canary, fetch_all: Visit) -> None:
    (outcome,) = fetch_all(spelling.format(canary=canary.port))
    assert reason_of(outcome) in (Reason.ADDRESS_REFUSED, Reason.BAD_URL), described(outcome)
    assert canary.connections == 0


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_a_redirect_to_a_forbidden_place_is_refused(
    spelling: str, canary: Canary, site: MisbehavingSite, fetch_all: Visit
) -> None:
    site.ordered_target = spelling.format(canary=canary.port)
    (outcome,) = fetch_all(site.url("/redirect-by-order"))
    assert reason_of(outcome) in (Reason.ADDRESS_REFUSED, Reason.BAD_REDIRECT), described(outcome)
    assert canary.connections == 0


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_an_odd_robots_file_is_read_as_the_rfc_says(file: RobotsFile, site: MisbehavingSite, fetch_all: Visit) -> None:
    began = time.monotonic()
    (outcome,) = fetch_all(site.url(file.path, file.name))
    assert reason_of(outcome) is file.reason, described(outcome)
    assert time.monotonic() - began < LONGEST
