"""A visit: what is sent, what is told of each page, and what is remembered from one visit to the next."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from misbehaving.conditional import ETAG, MODIFIED
from misbehaving.server import ARTICLE, MisbehavingSite
from redis import Redis
from redis import exceptions as redis_errors

from warraq_fetcher.outcomes import Outcome
from warraq_fetcher.robots import GIVEN_UP_SECONDS, RedisShelf, Robots, RobotsFile
from warraq_fetcher.visit import Fetcher, visit
from warraq_fetcher.workshop import Workshop
from warraq_shared.claim_check import ClaimCheck
from warraq_shared.errors import Permanent
from warraq_shared.messages import EndedFetch, FetchedPage, FetchPages, FetchPolicy, PageToFetch
from warraq_shared.parsed import ItemHints
from warraq_shared.reasons import Reason
from warraq_shared.running.embedded_redis import EmbeddedRedis
from warraq_shared.settings import Settings

from .conftest import Visit


def fetch_page(fetcher: Fetcher, page: PageToFetch) -> Outcome:
    (outcome,) = visit(FetchPages(host="test", pages=(page,)), fetcher)
    return outcome


def page(url: str, **known: str) -> PageToFetch:
    return PageToFetch(page_id=7, lease="the-lease", url=url, **known)


def fetched(outcome: Outcome) -> FetchedPage:
    assert isinstance(outcome, FetchedPage), outcome
    return outcome


def ended(outcome: Outcome) -> EndedFetch:
    assert isinstance(outcome, EndedFetch), outcome
    return outcome


# what is told


def test_a_page_that_came_is_told_whole(
    site: MisbehavingSite, fetcher: Fetcher, redis: Redis, settings: Settings
) -> None:
    hints = ItemHints(title="From the feed")
    asked = PageToFetch(page_id=7, lease="the-lease", url=site.url("/page?utm_source=x", "Told"), hints=hints)
    told = fetched(fetch_page(fetcher, asked))
    assert (told.page_id, told.lease, told.url, told.hints) == (7, "the-lease", asked.url, hints)
    assert told.final_url == site.url("/page", "told")
    assert (told.status, told.size) == (200, len(ARTICLE))
    assert told.headers["content-type"] == "text/html; charset=utf-8"
    assert ClaimCheck.from_settings(redis, settings).get(told.snapshot) == ARTICLE


def test_two_fetches_of_one_page_have_two_snapshots_and_one_hash(site: MisbehavingSite, fetch_all: Visit) -> None:
    one, two = (fetched(outcome) for outcome in fetch_all(site.url("/page"), site.url("/page")))
    assert one.snapshot != two.snapshot
    assert one.content_hash == two.content_hash


@pytest.mark.parametrize(
    ("path", "for_good", "hops"),
    [("/page", False, 0), ("/moved", True, 1), ("/moved-for-now", False, 2)],
)
def test_a_page_moves_for_good_only_if_every_redirect_says_so(
    path: str, for_good: bool, hops: int, site: MisbehavingSite, fetch_all: Visit
) -> None:
    told = fetched(fetch_all(site.url(path, "moving"))[0])
    assert (told.moved_for_good, len(told.hops)) == (for_good, hops)
    assert told.final_url == site.url("/page", "moving")


def test_a_page_that_moved_and_is_gone_tells_its_way(site: MisbehavingSite, fetch_all: Visit) -> None:
    told = ended(fetch_all(site.url("/moved-and-gone", "moving2"))[0])
    assert (told.reason, told.http_status) == (Reason.GONE, 410)
    assert [hop.status for hop in told.hops] == [308]


def test_opt_outs_are_noted_on_the_page(site: MisbehavingSite, fetch_all: Visit) -> None:
    assert fetched(fetch_all(site.url("/reserved"))[0]).notes == ("opt-out:noai", "opt-out:tdm")


# validators


@pytest.fixture
def fetcher(fetcher: Fetcher) -> Fetcher:
    """A fetcher that never probes a validator, so that what it sends is certain."""
    return replace(fetcher, chance=lambda: 1.0)


@pytest.mark.parametrize("known", [{"etag": ETAG}, {"last_modified": MODIFIED}])
def test_what_has_not_changed_is_not_sent_again(known: dict[str, str], site: MisbehavingSite, fetcher: Fetcher) -> None:
    told = ended(fetch_page(fetcher, page(site.url("/honest", "honest"), **known)))
    assert (told.reason, told.http_status) == (Reason.NOT_MODIFIED, 304)
    assert told.headers["cache-control"] == "max-age=60"


def test_a_validator_is_sent_byte_for_byte(site: MisbehavingSite, fetcher: Fetcher) -> None:
    odd = 'W/"a b\\c"'
    fetched(fetch_page(fetcher, page(site.url("/page?bytes", "odd"), etag=odd)))
    assert site.asked_for("/page?bytes")[-1].headers["if-none-match"] == odd


def test_the_same_bytes_are_told_from_others(site: MisbehavingSite, fetcher: Fetcher) -> None:
    first = fetched(fetch_page(fetcher, page(site.url("/deaf", "same"))))
    again = fetch_page(fetcher, page(site.url("/deaf", "same"), etag=ETAG, content_hash=first.content_hash))
    assert ended(again).reason is Reason.SAME_BYTES


@pytest.mark.parametrize(
    ("path", "known", "lies"),
    [
        ("/lying", {"etag": ETAG}, True),
        ("/lying", {"last_modified": MODIFIED}, True),
        ("/lying", {"etag": '"v0"'}, False),
        ("/weak", {"etag": f"W/{ETAG}"}, False),
        ("/lying", {}, False),
    ],
)
def test_a_validator_that_stays_while_the_content_changes_is_a_lie(
    path: str, known: dict[str, str], lies: bool, site: MisbehavingSite, fetcher: Fetcher
) -> None:
    told = fetched(fetch_page(fetcher, page(site.url(path, "liar"), content_hash="of-old", **known)))
    assert ("validator-lies" in told.notes) is lies


def test_a_host_whose_validator_lied_is_asked_without_conditions_from_then_on(
    site: MisbehavingSite, fetcher: Fetcher, settings: Settings
) -> None:
    known = {"etag": ETAG, "content_hash": "of-old"}
    fetched(fetch_page(fetcher, page(site.url("/lying", "liar2"), **known)))
    another = Workshop(settings).fetcher()
    fetched(fetch_page(another, page(site.url("/honest", "liar2"), **known)))
    assert "if-none-match" not in site.asked_for("/honest")[-1].headers


def test_now_and_then_a_page_is_asked_for_in_full_to_find_a_server_that_always_says_not_modified(
    site: MisbehavingSite, fetcher: Fetcher
) -> None:
    known = {"etag": ETAG, "content_hash": "of-old"}
    assert ended(fetch_page(fetcher, page(site.url("/stale", "stale"), **known))).reason is Reason.NOT_MODIFIED
    probing = replace(fetcher, chance=lambda: 0.0)
    assert "validator-lies" in fetched(fetch_page(probing, page(site.url("/stale", "stale"), **known))).notes


def test_a_move_with_unchanged_content_tells_the_new_address(site: MisbehavingSite, fetcher: Fetcher) -> None:
    told = ended(fetch_page(fetcher, page(site.url("/moved-and-unchanged", "moving3"), etag=ETAG)))
    assert (told.reason, told.moved_to) == (Reason.NOT_MODIFIED, site.url("/honest", "moving3"))


# what is sent


def test_the_user_agent_is_honest_and_the_language_is_the_sources(site: MisbehavingSite, fetch_all: Visit) -> None:
    policy = FetchPolicy(accept_language="ar,en;q=0.5", headers={"X-Agreement": "42"})
    fetched(fetch_all(site.url("/page?sent", "sent"), policy=policy)[0])
    headers = site.asked_for("/page?sent")[-1].headers
    assert headers["user-agent"].startswith("Warraq/")
    assert headers["accept-language"] == "ar,en;q=0.5"
    assert headers["x-agreement"] == "42"
    assert "referer" not in headers


def test_a_sources_headers_go_to_no_other_site(site: MisbehavingSite, fetch_all: Visit) -> None:
    policy = FetchPolicy(headers={"Authorization": "Bearer secret"})
    told = fetched(fetch_all(site.url("/to-another-site", "own"), policy=policy)[0])
    assert "secret" not in told.model_dump_json()
    assert site.asked_for("/to-another-site")[-1].headers["authorization"] == "Bearer secret"
    foreign = [asked for asked in site.log if asked.host.startswith("foreign.")]
    assert foreign
    assert not any("authorization" in asked.headers for asked in foreign)


def test_cookies_last_for_one_visit_only(site: MisbehavingSite, fetch_all: Visit) -> None:
    fetched(fetch_all(site.url("/cookie-wall", "cookies"))[0])
    fetched(fetch_all(site.url("/page?fresh", "cookies"))[0])
    assert "cookie" not in site.asked_for("/page?fresh")[-1].headers


def test_a_header_that_cannot_be_sent_ends_the_page_not_the_visit(site: MisbehavingSite, fetch_all: Visit) -> None:
    policy = FetchPolicy(headers={"X-Bad": "a\r\nHost: evil"})
    outcomes = fetch_all(site.url("/page", "bad"), site.url("/page", "bad"), policy=policy)
    assert [ended(outcome).reason for outcome in outcomes] == [Reason.INTERNAL] * 2
    assert "InvalidHeader" in ended(outcomes[0]).detail
    assert not any("evil" in asked.host for asked in site.log)


# robots.txt


def test_robots_txt_is_asked_for_once_by_all_workers(site: MisbehavingSite, settings: Settings) -> None:
    for _ in range(3):
        fetched(fetch_page(Workshop(settings).fetcher(), page(site.url("/page", "once"))))
    assert len([asked for asked in site.asked_for("/robots.txt") if asked.host.startswith("once.")]) == 1


def test_an_override_is_obeyed_and_noted(site: MisbehavingSite, fetch_all: Visit) -> None:
    url = site.url("/page", "robots-excludes-all")
    assert ended(fetch_all(url)[0]).reason is Reason.ROBOTS
    told = fetched(fetch_all(url, policy=FetchPolicy(obey_robots=False))[0])
    assert "robots-ignored" in told.notes


def test_a_redirect_is_checked_against_the_robots_of_where_it_leads(site: MisbehavingSite, fetch_all: Visit) -> None:
    site.ordered_target = site.url("/page", "robots-excludes-all")
    told = ended(fetch_all(site.url("/redirect-by-order", "innocent"))[0])
    assert told.reason is Reason.ROBOTS


def test_a_crawl_delay_sends_the_next_page_back_with_a_time(site: MisbehavingSite, fetch_all: Visit) -> None:
    first, second = fetch_all(site.url("/page?1", "robots-slow"), site.url("/page?2", "robots-slow"))
    fetched(first)
    told = ended(second)
    assert told.reason is Reason.HOST_BUSY
    assert told.retry_after is not None
    assert 25 < told.retry_after <= 30


def test_pages_that_are_given_back_together_come_back_one_after_the_other(
    site: MisbehavingSite, fetch_all: Visit
) -> None:
    urls = [site.url(f"/page?{i}", "robots-slow") for i in range(5)]
    waits = [ended(outcome).retry_after or 0.0 for outcome in fetch_all(*urls)[1:]]
    assert [round(wait / 30) for wait in waits] == [1, 2, 3, 4]


def test_a_crawl_delay_is_obeyed_up_to_the_cap(site: MisbehavingSite, settings: Settings) -> None:
    capped = Workshop(settings.model_copy(update={"crawl_delay_cap": 0.05})).fetcher()
    pages = tuple(page(site.url(f"/page?{i}", "robots-slow")) for i in range(3))
    assert all(isinstance(one, FetchedPage) for one in visit(FetchPages(host="slow", pages=pages), capped))


def test_a_robots_file_that_was_unreachable_for_a_month_counts_as_not_there(
    site: MisbehavingSite, fetcher: Fetcher, redis: Redis
) -> None:
    now = 1_800_000_000.0
    robots = Robots(RedisShelf(redis), "Warraq/1", clock=lambda: now)
    turns = fetcher.turns(FetchPolicy(obey_robots=False))
    url = site.url("/page", "robots-server-error")
    with pytest.raises(Exception, match="robots"):
        robots.check(url, fetcher.session, turns)
    now += GIVEN_UP_SECONDS + 1
    redis.delete(*redis.scan_iter("warraq:robots:http*"))
    assert robots.check(url, fetcher.session, turns) == 0


# Redis in trouble


def test_a_redis_that_goes_away_ends_the_visit_and_blames_no_page(
    site: MisbehavingSite, settings: Settings, tmp_path: Path
) -> None:
    with EmbeddedRedis(tmp_path, max_memory=50_000_000) as server:
        fetcher = Workshop(settings.model_copy(update={"redis_url": server.url})).fetcher()
        pages = tuple(page(site.url(f"/page?{i}", "gone-redis")) for i in range(3))
        outcomes = visit(FetchPages(host="gone-redis", pages=pages), fetcher)
        fetched(next(outcomes))
    with pytest.raises(redis_errors.ConnectionError):
        next(outcomes)


def test_a_full_redis_sends_pages_back(site: MisbehavingSite, settings: Settings, tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path, max_memory=50_000_000) as server:
        fetcher = Workshop(settings.model_copy(update={"redis_url": server.url})).fetcher()
        fetched(fetch_page(fetcher, page(site.url("/page", "full-redis"))))
        visits = visit(FetchPages(host="f", pages=(page(site.url("/page", "full-redis")),) * 2), fetcher)
        fetched(next(visits))
        with Redis.from_url(server.url) as client:
            client.config_set("maxmemory", 1)
        assert ended(next(visits)).reason is Reason.INTAKE_FULL


# back-pressure


def test_nothing_is_fetched_while_there_is_no_room(site: MisbehavingSite, settings: Settings) -> None:
    full = Workshop(settings.model_copy(update={"raw_budget_bytes": 1_000_000})).fetcher()
    noise = random.Random(1)
    while full.raw_pages.room_left() > 0:
        full.raw_pages.put(f"filler{noise.random()}", noise.randbytes(200_000))
    (outcome,) = visit(FetchPages(host="full", pages=(page(site.url("/page?full", "full")),)), full)
    assert ended(outcome).reason is Reason.INTAKE_FULL
    assert not site.asked_for("/page?full")


def test_parsed_robots_files_take_bounded_memory_and_are_read_again_from_redis(
    site: MisbehavingSite, fetcher: Fetcher, redis: Redis
) -> None:
    shelf = RedisShelf(redis)
    robots, turns = Robots(shelf, "Warraq/1"), fetcher.turns(FetchPolicy())
    text = "User-agent: *\nDisallow: /no\n" + "# filler\n" * 50_000
    for number in range(12):
        shelf.put(f"http://h{number}.localhost", RobotsFile(text=text), 60)
        robots.check(f"http://h{number}.localhost/yes", fetcher.session, turns)
    with pytest.raises(Permanent):
        robots.check("http://h0.localhost/no", fetcher.session, turns)
    assert sum(known.size for known in robots._parsed.values()) <= 2_000_000
