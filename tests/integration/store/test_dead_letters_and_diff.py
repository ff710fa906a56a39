"""Dead letters can be seen, tried again and dropped; changes of a text can be read; by command."""

import json
from typing import Any

import pytest
from click.testing import CliRunner
from sqlmodel import delete, select

from integration.store.pipeline import Pipeline, made_article
from warraq_shared.errors import NotFound, UsageProblem
from warraq_shared.messages import PagesParsed
from warraq_shared.parsed import Candidate
from warraq_shared.reasons import Reason
from warraq_store.article_tables import Snapshot
from warraq_store.cli.dead import dead
from warraq_store.cli.diffing import diff
from warraq_store.cli.explaining import explain
from warraq_store.database import reading, writing
from warraq_store.tables import DeadLetter, Page

URL = "https://example.com/a"


@pytest.fixture
def environment(pipeline: Pipeline, database_url: str) -> dict[str, str]:
    return {"WARRAQ_DATABASE_URL": database_url, "WARRAQ_DATA_DIR": str(pipeline.settings.data_dir)}


def run(command: Any, environment: dict[str, str], *arguments: str) -> str:
    return str(CliRunner().invoke(command, arguments, env=environment, catch_exceptions=False).stdout)


def die(pipeline: Pipeline, url: str = URL, reason: Reason = Reason.PARSER_CRASHED) -> None:
    lease = pipeline.hand_out(url)[url]
    page = pipeline.parsed(pipeline.fetched(url, lease, b"x"), None, reason)
    pipeline.stage.store_pages(PagesParsed(pages=(page,)))


def test_dead_letters_are_listed_by_reason_and_one_by_one(pipeline: Pipeline, environment: dict[str, str]) -> None:
    die(pipeline)
    die(pipeline, "https://example.com/b")
    die(pipeline, "https://example.com/c", Reason.TOO_COMPLEX)
    groups = json.loads(run(dead, environment, "list", "--json"))
    assert [(g["reason"], g["letters"]) for g in groups] == [("parser-crashed", 2), ("too-complex", 1)]
    letters = json.loads(run(dead, environment, "list", "--reason", "too-complex", "--json"))
    assert [letter["url"] for letter in letters] == ["https://example.com/c"]
    shown = json.loads(run(dead, environment, "show", str(letters[0]["id"]), "--json"))
    assert shown["sentence"] == Reason.TOO_COMPLEX.sentence
    assert "parser-crashed" in run(dead, environment, "list")


@pytest.mark.parametrize("archived", [True, False])
def test_a_letter_that_is_fetched_again_is_due_and_gone(
    pipeline: Pipeline, environment: dict[str, str], archived: bool
) -> None:
    die(pipeline)
    if not archived:
        with writing(pipeline.engine) as session:
            session.exec(delete(Snapshot))
    asked = ("--fetch",) if archived else ()
    told = json.loads(run(dead, environment, "replay", "--reason", "parser-crashed", "--json", *asked))
    assert told == {"letters": 1, "due": 1, "parsed": 0, "outcomes": {}}
    with reading(pipeline.engine) as session:
        page = session.exec(select(Page)).one()
        assert page.due_at is not None
        assert page.content_hash is None
        assert session.exec(select(DeadLetter)).all() == []


def test_a_dropped_letter_leaves_its_page_as_it_is(pipeline: Pipeline, environment: dict[str, str]) -> None:
    die(pipeline)
    assert json.loads(run(dead, environment, "drop", "--all", "--json")) == {"dropped": 1}
    with reading(pipeline.engine) as session:
        assert session.exec(select(Page)).one().state == "failed"


def test_which_letters_must_be_said_and_must_exist(pipeline: Pipeline, environment: dict[str, str]) -> None:
    with pytest.raises(UsageProblem):
        run(dead, environment, "drop")
    with pytest.raises(NotFound):
        run(dead, environment, "replay", "99")
    with pytest.raises(NotFound):
        run(dead, environment, "show", "99")


def test_diff_shows_the_last_change_or_any_two_revisions(pipeline: Pipeline, environment: dict[str, str]) -> None:
    pipeline.come(URL, "Two people died.\nThe end.")
    pipeline.come(URL, "Three people died.\nThe end.")
    pipeline.come(URL, "Three people died.\nThe real end.")
    last = json.loads(run(diff, environment, "1", "--json"))
    assert (last["from"]["revision"], last["to"]["revision"], last["words_added"]) == (2, 3, 1)
    whole = json.loads(run(diff, environment, "1", "--rev", "1..3", "--json"))
    assert [piece["text"] for piece in whole["text"][0] if piece["is"] == "added"] == ["Three"]
    text = run(diff, environment, "1", "--rev", "1..3")
    assert "[-Two-]" in text
    assert "{+Three+}" in text


def test_a_diff_that_there_is_not_says_so(pipeline: Pipeline, environment: dict[str, str]) -> None:
    pipeline.come(URL, "Text.")
    for arguments in (["1"], ["2"], ["1", "--rev", "1..7"]):
        with pytest.raises(NotFound):
            run(diff, environment, *arguments)
    with pytest.raises(UsageProblem):
        run(diff, environment, "1", "--rev", "first")


def test_explain_shows_what_won_over_what(pipeline: Pipeline, environment: dict[str, str]) -> None:
    fields = {"field": "published_at", "origin": "json-ld", "confidence": 0.95, "why": "a place made for it"}
    won = Candidate.model_validate({**fields, "value": "2026-11-01", "won": True})
    lost = Candidate.model_validate({**fields, "value": "2026-10-31", "origin": "url", "confidence": 0.5, "won": False})
    fetched = pipeline.fetched(URL, pipeline.hand_out(URL)[URL], b"x")
    page = pipeline.parsed(fetched, made_article(URL, "Text."), contested=(won, lost))
    pipeline.stage.store_pages(PagesParsed(pages=(page,)))
    told = json.loads(run(explain, environment, URL, "--json"))
    assert [rival["origin"] for rival in told["story"][1]["contested"]] == ["json-ld", "url"]
    text = run(explain, environment, URL)
    assert "✓ 2026-11-01 by json-ld (0.95): a place made for it" in text
    assert "  2026-10-31 by url (0.50)" in text


def test_explain_tells_the_whole_story(pipeline: Pipeline, environment: dict[str, str]) -> None:
    pipeline.come(URL, "One.")
    pipeline.come(URL, "Two.")
    told = json.loads(run(explain, environment, URL, "--json"))
    assert [step["stage"] for step in told["story"]] == ["fetch", "parse", "store"] * 2
    assert told["article"]["revisions"][0]["replaced_because"] == "text"
    assert len(told["snapshots"]) == 2
    assert "revision 2" in run(explain, environment, URL)
