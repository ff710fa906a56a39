"""``warraq fetch``: the fetcher alone, without a queue and without Redis."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from misbehaving.server import ARTICLE, MisbehavingSite

from warraq_fetcher.one import fetch_one
from warraq_shared.console import size
from warraq_shared.errors import Permanent
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings


def warraq_fetch(site: MisbehavingSite, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", "from warraq_shared.cli import main; main()", "fetch", *arguments],
        env=os.environ | {"WARRAQ_ALLOW_NETWORKS": f"127.0.0.1:{site.port}", "WARRAQ_HOST_DELAY": "0"},
        capture_output=True,
        timeout=60,
        check=False,
    )


def document(site: MisbehavingSite, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(warraq_fetch(site, *arguments, "--json").stdout)
    return found


def test_each_hop_and_the_decision_are_shown(site: MisbehavingSite) -> None:
    done = warraq_fetch(site, site.url("/moved", "cli"))
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert lines[0].startswith(f"301 {site.url('/moved', 'cli')} → /page")
    assert lines[1].startswith(f"200 {site.url('/page', 'cli')}")
    assert lines[2].startswith(f"ok: {size(len(ARTICLE))} (")
    assert "moved there for good" in lines[2]


def test_headers_are_shown_when_asked_for(site: MisbehavingSite) -> None:
    shown = warraq_fetch(site, site.url("/page", "cli"), "--headers").stdout.decode()
    assert "  > User-Agent: Warraq/" in shown
    assert "  < content-type: text/html; charset=utf-8" in shown


def test_the_page_goes_to_a_file_or_to_stdout(site: MisbehavingSite, tmp_path: Path) -> None:
    warraq_fetch(site, site.url("/gzip", "cli"), "-o", str(tmp_path / "page.html"))
    assert (tmp_path / "page.html").read_bytes() == ARTICLE
    assert warraq_fetch(site, site.url("/gzip", "cli"), "-o", "-").stdout == ARTICLE


def test_one_json_document_says_all(site: MisbehavingSite) -> None:
    found = document(site, site.url("/moved", "cli"))
    assert (found["reason"], found["http_status"], found["final_url"]) == ("ok", 200, site.url("/page", "cli"))
    assert [step["status"] for step in found["steps"]] == [301, 200]
    assert found["size"] == len(ARTICLE)


@pytest.mark.parametrize(
    ("url", "code", "reason"),
    [
        ("http://10.0.0.1/", 4, "address-refused"),
        ("ftp://example.com/", 2, "bad-url"),
        ("{site}/not-found", 5, "not-found"),
        ("{site}/gzip-cut", 5, "incomplete-body"),
        ("{robots}/page", 4, "robots"),
    ],
)
def test_a_page_that_does_not_come_has_its_reason_and_exit_code(
    url: str, code: int, reason: str, site: MisbehavingSite
) -> None:
    address = url.format(site=site.url("", "cli"), robots=site.url("", "robots-excludes-all"))
    done = warraq_fetch(site, address, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["reason"], told["error"]["exit_code"]) == (code, reason, code)
    assert f"warraq: {reason}: {told['error']['message']}" in done.stderr.decode()


def test_why_a_page_does_not_come_is_on_stderr_after_the_hops(site: MisbehavingSite) -> None:
    done = warraq_fetch(site, site.url("/not-found", "cli"))
    (hop,) = done.stdout.decode().splitlines()
    assert hop.startswith(f"404 {site.url('/not-found', 'cli')}")
    assert done.stderr.decode().startswith("warraq: not-found: ")


def test_robots_are_left_unasked_on_demand(site: MisbehavingSite) -> None:
    found = document(site, site.url("/page", "robots-excludes-all"), "--no-robots")
    assert (found["reason"], found["notes"]) == ("ok", ["robots-ignored"])


def test_no_url_is_a_usage_error(site: MisbehavingSite) -> None:
    assert warraq_fetch(site).returncode == 2


def test_other_stages_fetch_one_page_by_the_same_rules(site: MisbehavingSite, settings: Settings) -> None:
    page = fetch_one(site.url("/page", "one"), settings)
    assert (page.status, page.body, page.final_url) == (200, ARTICLE, site.url("/page", "one"))
    with pytest.raises(Permanent) as problem:
        fetch_one("http://127.0.0.1:1/", settings)
    assert problem.value.reason is Reason.ADDRESS_REFUSED
