"""The hostile web: every page ends in an article, links or a reason, within five seconds and 500 MB."""

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from unit.parser.hostile_pages import HOSTILE

pytestmark = pytest.mark.slow

MOST_SECONDS = 5
MOST_MEGABYTES = 500
GIGABYTE = 1 << 30

# Runs in a process of its own, which a page may kill: reads names, answers each with one line.
CHILD = """
import json, re, resource, sys, time
from datetime import UTC, datetime
from pathlib import Path
from unit.parser.hostile_pages import HOSTILE
from warraq_parser.parse import parse
from warraq_shared.parsed import ParseInput

def peak_megabytes():
    # Linux hands the parent's peak down in ru_maxrss; VmHWM is this program's own (proc(5), getrusage(2)).
    if sys.platform == "linux":
        return int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)

for name in sys.stdin:
    body = HOSTILE[name.strip()]()
    now = datetime(2026, 11, 24, tzinfo=UTC)
    page = ParseInput(url="https://news.example/2026/11/24/a-page", body=body, fetched_at=now)
    began = time.process_time()
    parsed = parse(page)
    seconds = time.process_time() - began
    answer = {"reason": parsed.reason, "seconds": seconds, "megabytes": peak_megabytes(), "notes": parsed.notes}
    print(json.dumps(answer), flush=True)
"""


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Mapping[str, Any]]:
    """What became of every page; one that killed its process has the reason ``died``, and the others go on after it."""
    found: dict[str, Mapping[str, Any]] = {}
    while missing := [name for name in HOSTILE if name not in found]:
        answers = _parsed_in_a_child(missing)
        found.update(zip(missing, answers, strict=False))
        if len(answers) < len(missing):
            found[missing[len(answers)]] = {"reason": "died", "seconds": 0, "megabytes": 0, "notes": []}
    return found


def _parsed_in_a_child(names: list[str]) -> list[Mapping[str, Any]]:
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        input="\n".join(names),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        preexec_fn=_limited,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    return [json.loads(line) for line in child.stdout.splitlines()]


def _limited() -> None:
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_in_time_and_in_bounds(name: str, outcomes: dict[str, Mapping[str, Any]]) -> None:
    outcome = outcomes[name]
    assert outcome["reason"] not in ("died", "parser-failed"), outcome
    assert outcome["seconds"] < MOST_SECONDS
    assert outcome["megabytes"] < MOST_MEGABYTES


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a text of 50 MB", "too-complex"),
        ("200,000 links", "not-an-article"),
        ("100,000 items in a feed", "ok"),
        ("billion laughs", "ok"),
        ("a quadratic blow-up", "ok"),
        ("a document type without end", "broken-feed"),
        ("a gzip bomb", "too-complex"),
        ("a JSON feed 100,000 deep", "broken-feed"),
        ("blank space of 10 MB", "empty-body"),
        ("blank space before the page", "ok"),
        ("100,000 images", "no-text"),
        ("a million attributes", "ok"),
    ],
)
def test_a_hostile_page_has_the_reason_it_should(
    name: str, reason: str, outcomes: dict[str, Mapping[str, Any]]
) -> None:
    assert outcomes[name]["reason"] == reason


def test_dropped_text_is_remarked(outcomes: dict[str, Mapping[str, Any]]) -> None:
    assert "text-dropped" in outcomes["100,000 nested divs"]["notes"]
