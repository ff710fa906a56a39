"""Rules that a source carries: given by its user, checked, and handed out with its pages by every way they go."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from integration.store.pipeline import NOW, Pipeline
from warraq_shared.errors import NotFound, UsageProblem
from warraq_shared.messages import FetchPages
from warraq_shared.source_rules import LONGEST_RULES, SourceRules, get_rules
from warraq_store.cli.sources import source
from warraq_store.database import reading, writing
from warraq_store.filters import Filter
from warraq_store.rereading import reparse
from warraq_store.rereading.batches import Runner
from warraq_store.rereading.reparse import Selection
from warraq_store.schedule import adding, pages
from warraq_store.schedule.pages import NewPage
from warraq_store.sources import own_rules, sources
from warraq_store.sources.wish import PolledPage, SourceWish, changed

URL = "https://one.example/a"
TEXT = '[[site]]\nhost = "one.example"\n[site.fields]\ntitle = "h2"\n'
BAD = TEXT.replace('"h2"', '"h2["')


def add_source(pipeline: Pipeline, rules: str | None = TEXT) -> int:
    """Follow one.example and know one of its pages; return the source's number."""
    feed = "https://one.example/feed"
    wish = SourceWish(name="One", url=feed, pages=(PolledPage(url=feed, role="feed"),), rules=rules)
    with writing(pipeline.engine) as session:
        number = sources.add(session, wish, pipeline.now).id or 0
        pages.register(session, [NewPage(url=URL, source_id=number)], pipeline.now)
    return number


def given_out(pipeline: Pipeline) -> dict[str, str | None]:
    """Let one tick run; return the rules that each page was given out with."""
    pipeline.sent.clear()
    pipeline.stage.tick()
    visits = [message for message in pipeline.sent if isinstance(message, FetchPages)]
    return {page.url: page.rules for visit in visits for page in visit.pages}


def test_pages_are_given_out_with_the_rules_of_their_source_and_the_parsers_find_them(pipeline: Pipeline) -> None:
    add_source(pipeline)
    digest = given_out(pipeline)[URL]
    assert digest is not None
    assert get_rules(pipeline.redis, [digest]) == {digest: SourceRules(source="One", text=TEXT)}


def test_pages_of_sources_without_rules_name_none(pipeline: Pipeline) -> None:
    add_source(pipeline, rules=None)
    assert given_out(pipeline)[URL] is None
    assert list(pipeline.redis.scan_iter("warraq:rules:*")) == []


def test_an_edit_holds_for_the_next_page_and_a_wiped_redis_gets_the_rules_again(pipeline: Pipeline) -> None:
    add_source(pipeline)
    before = given_out(pipeline)[URL]
    pipeline.redis.flushdb()
    with writing(pipeline.engine) as session:
        found = sources.find(session, "One")
        sources.edit(session, found, changed(sources.wish_of(session, found), {"rules": TEXT + 'lead = "h3"\n'}), NOW)
        pages.register(session, [NewPage(url=f"{URL}2", source_id=found.id)], NOW)
    after = given_out(pipeline)[f"{URL}2"]
    assert after is not None
    assert after != before
    assert after in get_rules(pipeline.redis, [after])


def test_a_page_that_is_added_by_hand_knows_the_rules_of_its_site_s_source(pipeline: Pipeline) -> None:
    add_source(pipeline)
    with writing(pipeline.engine) as session:
        visits = adding.add(session, [f"{URL}?by-hand"], pipeline.now, settings=pipeline.settings).visits
        named = own_rules.named_by(session, visits)
    assert [page.rules for visit in visits for page in visit.pages] == [one.digest for one in named]
    assert named == {SourceRules(source="One", text=TEXT)}


def test_pages_of_the_archive_are_parsed_again_by_the_rules_that_their_source_has_now(pipeline: Pipeline) -> None:
    add_source(pipeline, rules=None)
    pipeline.come(URL, "Some text.")
    with writing(pipeline.engine) as session:
        found = sources.find(session, "One")
        sources.edit(session, found, changed(sources.wish_of(session, found), {"rules": TEXT}), NOW)
    made = list(reparse.chunks(pipeline.engine, pipeline.settings, Selection(Filter()), "", dry_run=True))
    (rules,) = made[0].rules
    assert [page.rules for page, _ in made[0].pages] == [rules.digest]
    sent: list[object] = []
    runner = Runner(pipeline.redis, pipeline.claims, sent.extend)
    runner._send(made[0], "run")
    assert sent
    assert get_rules(pipeline.redis, [rules.digest]) == {rules.digest: SourceRules(source="One", text=TEXT)}


# --- as a user types it --------------------------------------------------------------------------------------------

Run = Callable[..., Result]


@pytest.fixture
def run(pipeline: Pipeline, database_url: str, tmp_path: Path) -> Run:
    environment = {"WARRAQ_DATABASE_URL": database_url, "WARRAQ_DATA_DIR": str(tmp_path / "data")}

    def run(*arguments: str, stdin: str = "") -> Result:
        return CliRunner().invoke(source, arguments, env=environment, input=stdin, catch_exceptions=False)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "one.toml"
    path.write_text(TEXT)
    return path


def test_rules_are_given_shown_and_taken_away(run: Run, pipeline: Pipeline, file: Path) -> None:
    run("add", URL, "--as", "section", "--name", "One", "--rules", str(file))
    assert run("show", "One", "--rules").stdout == TEXT
    assert json.loads(run("show", "One", "--json").stdout)["rules"] == TEXT
    assert json.loads(run("why", "One", "--json").stdout)["source"]["rules"] == TEXT
    assert [row["has_rules"] for row in json.loads(run("list", "--json").stdout)] == [True]
    assert "own rules    4 lines" in run("why", "One").stdout
    assert "rules of its own: 4 lines" in run("edit", "One", "--every", "1h").stdout
    assert "rules of its own" not in run("edit", "One", "--no-rules").stdout
    with pytest.raises(NotFound, match="no rules of its own"):
        run("show", "One", "--rules")


def test_rules_come_from_standard_input_too(run: Run) -> None:
    run("add", URL, "--as", "section", "--name", "One", "--rules", "-", stdin=TEXT)
    assert run("show", "One", "--rules").stdout == TEXT
    with pytest.raises(UsageProblem, match="standard input, line 4, title"):
        run("edit", "One", "--rules", "-", stdin=BAD)


def test_rules_with_a_mistake_are_refused_by_their_line_and_the_old_ones_stay(
    run: Run, pipeline: Pipeline, file: Path, tmp_path: Path
) -> None:
    run("add", URL, "--as", "section", "--name", "One", "--rules", str(file))
    file.write_text(BAD)
    with pytest.raises(UsageProblem, match=r"one.toml, line 4, title: 'h2\[' is no selector"):
        run("edit", "One", "--rules", str(file))
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageProblem, match="is not UTF-8"):
        run("edit", "One", "--rules", str(file))
    file.write_text(TEXT + "#" * LONGEST_RULES)
    with pytest.raises(UsageProblem, match="32,768 characters"):
        run("edit", "One", "--rules", str(file))
    with pytest.raises(NotFound):
        run("edit", "One", "--rules", str(tmp_path / "none.toml"))
    with pytest.raises(UsageProblem):
        run("edit", "One", "--rules", str(tmp_path))
    with reading(pipeline.engine) as session:
        assert sources.find(session, "One").rules == TEXT


def test_a_file_of_sources_carries_their_rules(run: Run, pipeline: Pipeline, file: Path, tmp_path: Path) -> None:
    run("add", URL, "--as", "section", "--name", "One", "--rules", str(file))
    exported = tmp_path / "sources.yaml"
    exported.write_text(run("export").stdout)
    assert '  rules: |\n    [[site]]\n    host = "one.example"\n' in exported.read_text()
    run("edit", "One", "--no-rules")
    assert "1 changed" in run("import", str(exported), "--update").stdout
    assert run("show", "One", "--rules").stdout == TEXT
    assert "1 unchanged" in run("import", str(exported), "--update").stdout
