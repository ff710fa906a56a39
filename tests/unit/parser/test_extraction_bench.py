"""The bench of extraction: its parts of a loss add up to it, and are called what they are."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCH = Path(__file__).parents[3] / "bench" / "extraction"
ONE = "The council of the old river town met for three hours on Monday and agreed on a plan for the market square."
TWO = "Work is to begin before the summer, and the stalls will move to the station for the time being."
THREE = "Nobody in the hall had expected so quick an end to a quarrel that began four years ago over a tree."
OTHER = "Another story about another town, told at some length for the reader who has come as far as here."


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, ModuleType]]:
    monkeypatch.syspath_prepend(str(BENCH))
    names = ("errors", "scores", "tables")
    yield {name: __import__(name) for name in names}
    for name in names:
        sys.modules.pop(name, None)


def kinds(bench: dict[str, Any], row: dict[str, Any], page: str, found: str) -> dict[str, str]:
    losses = list(bench["errors"].losses_of(row, page.encode(), found))
    f1 = bench["scores"].score(row, {"text": found}).f1
    assert sum(loss.amount for loss in losses) == pytest.approx(1 - f1)
    return {loss.line: loss.kind for loss in losses}


def test_each_wrong_line_is_called_what_it_is_and_the_parts_add_up_to_the_loss(bench: dict[str, Any]) -> None:
    page = (
        f"<h1>A tree, a town</h1><p>{ONE}</p><ul><li>{TWO}</li></ul><p>{THREE}</p>"
        f"<div class='related'><p>{OTHER}</p></div>"
    )
    row = {"id": "a", "title": "A tree, a town", "text": f"{ONE}\n{TWO}\n{THREE}"}
    found = kinds(bench, row, page, f"A tree, a town\n{TWO}\n{THREE}\n{OTHER}")
    assert found == {
        ONE: "lost: lead",
        "A tree, a town": "kept: headline repeated",
        OTHER: "kept: related links",
    }
    assert kinds(bench, row, page, f"{ONE}\n{THREE}\n{THREE}") == {
        ONE: "kept: seams of other errors",
        TWO: "lost: list",
        THREE: "kept: text repeated",
    }
    assert kinds(bench, row, page, row["text"]) == {}
    assert set(kinds(bench, row, page, "").values()) == {"lost: the whole article"}


def test_the_table_tells_of_kinds_and_languages(bench: dict[str, Any]) -> None:
    row = {"id": "a", "lang": "en", "text": f"{ONE}\n{TWO}"}
    losses = list(bench["errors"].losses_of(row, f"<p>{ONE}</p><p>{TWO}</p>".encode(), ONE))
    table = bench["errors"].table(losses, Counter({"en": 1, "ar": 1}))
    assert "| kind of error | pages | all | en | ar |" in table
    assert "| lost: end | 1 |" in table


def test_snippets_are_counted_beside_whole_texts(bench: dict[str, Any]) -> None:
    scores = bench["scores"]
    page = scores.score({"id": "a", "with": ["one two", "three"], "without": ["four"]}, {"text": "one  two four"})
    assert page.snippets == (1, 1, 1)
    assert scores.snippet_f1([page]) == 0.5
    assert page.f1 is None


def test_who_leads_is_said_and_what_an_extractor_never_gives_is_not_held_against_it(bench: dict[str, Any]) -> None:
    tables, score = bench["tables"], bench["scores"].PageScore
    ours = tables.Result("warraq", ["a"], [score(f1=0.9, title=1.0, date=0.0)], 2.0, 50, 0)
    other = tables.Result("other", ["a"], [score(f1=0.8, title=0.0, date=0.0)], 1.0, 50, 0, frozenset(("title",)))
    lines = tables.leaders([ours, other]).splitlines()
    assert "| page F1 | warraq | 0.900 | 0.800 (other) |" in lines
    assert "| ms CPU a page | other | 2.00 | 1.00 (other) |" in lines
    assert "| peak MB | both | 50 | 50 (other) |" in lines
    assert not any(line.startswith("| date ") for line in lines)
    assert "| other | +0.1000 (+0.1000 to +0.1000) |" in tables.intervals([ours, other])
