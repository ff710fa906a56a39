"""Sources as a user lives with them: found, followed through several polls of changing sites, explained, changed."""

import json
from pathlib import Path
from typing import Any

import pytest

from e2e.commands import run, run_json, wait_for
from warraq_demo.crawl import Crawl
from warraq_demo.facts import article_facts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
PATIENCE = 90.0


@pytest.fixture
def environment(crawl: Crawl) -> dict[str, str]:
    return crawl.settings.as_environment()


def sites(crawl: Crawl) -> dict[str, str]:
    """The front pages of a site with a feed, one with sitemaps, and one with neither."""
    return {name: crawl.world.url(name) for name in ("courrier", "harbour", "sepidar")}


def articles_of(environment: dict[str, str]) -> dict[str, dict[str, Any]]:
    found = run_json("articles", "--limit", "500", environment=environment)
    return {article["url"]: article for article in found}


def test_discover_shows_what_a_site_offers_and_stores_nothing(crawl: Crawl, environment: dict[str, str]) -> None:
    found = run_json("discover", crawl.world.url("nida"), environment=environment)
    followed = [one for one in found["candidates"] if one["follow"]]
    assert [(one["role"], one["found_by"]) for one in followed] == [("feed", "declared by the page")]
    assert followed[0]["items"] > 5
    assert followed[0]["newest"] is not None
    assert run_json("source", "list", environment=environment) == []


def test_three_kinds_of_sources_are_followed_through_polls_of_changing_sites(
    crawl: Crawl, environment: dict[str, str]
) -> None:
    for name, home in sites(crawl).items():
        added = run_json("source", "add", home, "--name", name, "--every", "10s", environment=environment)
        assert added["pages"], name

    def rows() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = run_json("source", "list", environment=environment)
        return found

    wait_for(lambda: all(row["articles"] >= 5 for row in rows()), PATIENCE)
    (fresh,) = set(article_facts(crawl.world.port, 1)) - set(article_facts(crawl.world.port, 0))
    assert fresh not in articles_of(environment)
    crawl.world.advance()
    wait_for(lambda: fresh in articles_of(environment), PATIENCE)

    assert {row["condition"] for row in rows()} == {"good"}
    answer = run_json("source", "why", "courrier", environment=environment)
    assert answer["seen"][-1] >= 9
    assert answer["pages"][0]["succeeded_at"] is not None
    # A poll that finds nothing new costs a conditional request.
    wait_for(lambda: any(one.status == 304 for one in crawl.world.asked_for("courrier", "/atom.xml")), PATIENCE)


def test_a_source_is_changed_while_everything_runs(crawl: Crawl, environment: dict[str, str]) -> None:
    feed = crawl.world.url("nida", "/feed/")
    run_json("source", "add", feed, "--name", "nida", "--every", "6h", environment=environment)

    def polls() -> int:
        return len(crawl.world.asked_for("nida", "/feed/"))

    wait_for(lambda: polls() >= 2, PATIENCE)  # once by discovery, once by the schedule
    seen = polls()
    run_json("source", "edit", "nida", "--every", "10s", environment=environment)
    wait_for(lambda: polls() >= seen + 2, PATIENCE)
    run_json("source", "pause", "nida", environment=environment)
    assert run_json("source", "why", "nida", environment=environment)["condition"] == "paused"
    run_json("source", "edit", "nida", "--every", "6h", environment=environment)
    run_json("source", "resume", "nida", environment=environment)
    seen = polls()
    run_json("source", "now", "nida", environment=environment)
    wait_for(lambda: polls() > seen, PATIENCE)


def test_what_cannot_be_followed_says_why_with_its_exit_code(crawl: Crawl, environment: dict[str, str]) -> None:
    missing = run("source", "add", crawl.world.url("nida", "/no-such-page"), environment=environment)
    assert (missing.returncode, "no such page" in missing.stderr) == (5, True)
    assert run("source", "why", "nobody", environment=environment).returncode == 3
    assert run("source", "add", crawl.world.url("nida"), "--every", "often", environment=environment).returncode == 2


def test_the_pages_of_an_archive_are_followed_to_its_end(crawl: Crawl, environment: dict[str, str]) -> None:
    archive = crawl.world.url("nida", "/archive/")
    added = run_json(
        "source", "add", archive, "--as", "section", "--pages", "9", "--name", "a", environment=environment
    )
    assert added["pagination"] == 9
    stories = {url for url in article_facts(crawl.world.port, 0) if "//nida." in url}
    wait_for(lambda: articles_of(environment).keys() == stories, PATIENCE)
    assert [one.status for one in crawl.world.asked_for("nida", "/archive/page/2/")] == [200]
    assert crawl.world.asked_for("nida", "/archive/page/9/") == ()
    assert [page["url"] for page in run_json("source", "why", "a", environment=environment)["pages"]] == [archive]


RULES = """
[[site]]
host = "*"
[site.fields]
section = "//title/text()"
"""


def test_the_rules_of_a_source_hold_for_its_next_page_and_for_the_archive(
    crawl: Crawl, environment: dict[str, str], tmp_path: Path
) -> None:
    rules = tmp_path / "nida.toml"
    rules.write_text(RULES, "utf-8")
    feed = crawl.world.url("nida", "/feed/")
    run_json("source", "add", feed, "--name", "nida", "--every", "6h", environment=environment)
    wait_for(lambda: len(articles_of(environment)) >= 5, PATIENCE)
    url = next(iter(articles_of(environment)))

    def section() -> tuple[str, str]:
        """Return what the stored article of ``url`` says of its section, and where it has it from."""
        found = run_json("show", str(articles_of(environment)[url]["id"]), environment=environment)
        return found["section"], found["evidence"]["section"]["origin"]

    before = section()
    assert run("source", "edit", "nida", "--rules", str(rules), environment=environment).returncode == 0
    again = run("add", "--wait", "--force", "--json", url, environment=environment)
    ruled = json.loads(again.stdout)
    assert (ruled["evidence"]["section"]["origin"], ruled["section"] != before[0]) == ("rule of source nida", True)
    run_json("source", "edit", "nida", "--no-rules", environment=environment)
    changed = run_json("reparse", "--url", url, "--dry-run", environment=environment)
    assert changed["changes"][0]["fields"]["section"] == [ruled["section"], before[0]]
    run_json("reparse", "--url", url, environment=environment)
    assert section() == before
