"""``warraq search`` as its user types it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.engine import Engine

from integration.store.test_search import put
from warraq_shared.errors import NotFound
from warraq_store.cli.searching import search

Run = Callable[..., Result]


@pytest.fixture
def run(engine: Engine, database_url: str, tmp_path: Path) -> Run:
    put(engine, "ar", "قال وزير المياه أحمد الإدريسي إنّ المـــاء عُذْب", language="ar", authors=["ليلى حدّاد"])
    put(engine, "fa", "وزیر نیرو گفت", language="fa", authors=["زهرا کریمی"])
    put(engine, "en", "the prime minister spoke of water", language="en", authors=["Layla Haddad"])
    environment = {"WARRAQ_DATABASE_URL": database_url, "WARRAQ_DATA_DIR": str(tmp_path / "data")}

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(search, arguments, env=environment, catch_exceptions=False)

    return run


def test_a_quotation_mark_that_is_not_closed_is_told(run: Run) -> None:
    found = run('"prime minister', "--json")
    assert found.stderr == "The quotation mark is not closed: what follows it was searched as one phrase.\n"
    told = json.loads(found.stdout)
    assert told["unclosed_quote"] is True
    assert [hit["title"] for hit in told["hits"]] == ["en"]
    assert json.loads(run('"minister prime', "--json").stdout)["hits"] == []


def test_a_search_that_is_closed_says_nothing_on_stderr(run: Run) -> None:
    found = run('"prime minister"', "--json")
    assert found.stderr == ""
    assert json.loads(found.stdout)["unclosed_quote"] is False


def test_what_was_found_is_marked_in_the_letters_of_the_page(run: Run) -> None:
    [hit] = json.loads(run("احمد الماء", "--json").stdout)["hits"]
    snippet = hit["snippet"]
    assert [snippet["text"][start:end] for start, end in snippet["marks"]] == ["أحمد", "المـــاء"]


def test_a_word_that_another_language_brought_is_marked_too(run: Run) -> None:
    hits = json.loads(run("الوزير", "--json").stdout)["hits"]
    marked = {hit["title"]: [hit["snippet"]["text"][a:b] for a, b in hit["snippet"]["marks"]] for hit in hits}
    assert marked == {"ar": ["وزير"], "fa": ["وزیر"]}


def test_the_list_for_people_names_authors_and_counts_matches(run: Run) -> None:
    found = run("author:haddad")
    assert "Layla Haddad" in found.stdout
    assert found.stderr == "1 shown, 1 match.\n"


def test_a_word_with_a_minus_needs_no_quoting(run: Run) -> None:
    assert json.loads(run("وزير", "-نيرو", "--json").stdout)["hits"][0]["title"] == "ar"
    assert run("water", "-house").stderr == "1 shown, 1 match.\n"
    assert run("water", "-minister").stderr == "0 shown, 0 matches.\n"
    refused = run("water", "--jsn")
    assert (refused.exit_code, "No such option '--jsn'" in refused.stderr) == (2, True)


def test_a_language_is_one_however_it_is_written(run: Run) -> None:
    asked = (["water", "--lang", "EN"], ["water lang:EN"])
    assert [len(json.loads(run(*one, "--json").stdout)["hits"]) for one in asked] == [1, 1]


def test_a_source_that_is_not_known_is_said_to_be_unknown(run: Run) -> None:
    with pytest.raises(NotFound, match="no source 'Nope'"):
        run("water source:Nope")
