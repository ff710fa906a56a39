"""The commands of sources as their user types them, without a network."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.engine import Engine

from warraq_shared.errors import NotFound, UsageProblem
from warraq_store.cli.sources import source
from warraq_store.database import reading
from warraq_store.filters import Filter, of_known_source

FILE = """
sources:
  - name: With a feed
    follow:
      - section: https://one.example/news
      - feed: https://one.example/feed
  - name: قسم بلا موجز
    follow:
      - section: https://two.example/news
"""
Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "sources.yaml"
    path.write_text(FILE, "utf-8")
    return str(path)


@pytest.fixture
def run(engine: Engine, database_url: str, tmp_path: Path) -> Run:
    environment = {"WARRAQ_DATABASE_URL": database_url, "WARRAQ_DATA_DIR": str(tmp_path / "data")}

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(source, arguments, env=environment, catch_exceptions=False)

    return run


def test_an_import_counts_what_it_changed_and_not_what_it_saw(run: Run, file: str) -> None:
    def imported(*options: str) -> dict[str, int]:
        counts: dict[str, int] = json.loads(run("import", file, "--json", *options).stdout)
        return counts

    assert imported() == {"sources": 2, "added": 2, "changed": 0, "known": 0}
    assert imported("--update") == {"sources": 2, "added": 0, "changed": 0, "known": 2}
    Path(file).write_text(FILE.replace("name: With a feed", "name: With a feed\n    every: 5m"), "utf-8")
    assert imported("--update") == {"sources": 2, "added": 0, "changed": 1, "known": 1}
    assert json.loads(run("why", "With", "--json").stdout)["source"]["every"] == "5m"


def test_an_import_leaves_a_source_paused_that_its_file_does_not_speak_of(run: Run, file: str) -> None:
    run("import", file)
    run("pause", "With", "--because", "asked by its editor")
    assert "2 unchanged" in run("import", file, "--update").stdout
    assert json.loads(run("why", "With", "--json").stdout)["because"] == "It was paused: asked by its editor."
    Path(file).write_text(FILE.replace("name: With a feed", "name: With a feed\n    paused: false"), "utf-8")
    assert "1 changed" in run("import", file, "--update").stdout
    assert json.loads(run("why", "With", "--json").stdout)["condition"] == "new"


def test_an_opml_export_tells_what_it_leaves_out(run: Run, file: str, tmp_path: Path) -> None:
    run("import", file)
    shown = run("export", "--format", "opml")
    assert "https://one.example/feed" in shown.stdout
    assert shown.stderr.startswith("1 source has no feed, so OPML has no place for it: قسم بلا موجز.")
    written = run("export", "--format", "opml", "-o", str(tmp_path / "feeds.opml"), "--json")
    assert json.loads(written.stdout) == {"written": 1, "left_out": ["قسم بلا موجز"]}
    assert run("export").stderr == ""
    with pytest.raises(UsageProblem, match="goes with -o"):
        run("export", "--json")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--every", "never"), "is not a schedule"),
        (("--every", "1s"), "too often"),
        (("--time-zone", "Atlantis/Poseidonis"), "is not a time zone"),
        (("--max-age", "old"), "is not a span"),
        (("--delay", "slowly"), "is not a span"),
        (("--delay", "-5"), "is no delay"),
        (("--delay", "nan"), "is no delay"),
        (("--delay", "9d"), "not between 0 and a day"),
        (("--revisits", "often"), "revisits"),
        (("--include", "re:("), "re:("),
        (("--header", "no colon"), "is no header"),
        (("--header", "X-Two: a\r\nHost: b"), "is no header"),
        (("--accept-language", "ar\nX: 1"), "is no Accept-Language"),
        (("--proxy", "here"), "proxy"),
        (("--lang", "klingon language"), "is no language tag"),
        (("--name", " "), "needs a name"),
        (("--name", "With a feed"), "There is a source 'With a feed' already"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_asked(
    run: Run, file: str, options: tuple[str, ...], said: str
) -> None:
    run("import", file)
    # Nothing listens there: a request would end in another error than this.
    with pytest.raises(UsageProblem) as refused:
        run("add", "http://127.0.0.1:9/", *options)
    assert said in str(refused.value)


def test_the_list_marks_what_is_well_and_says_no_next_look_at_what_is_paused(run: Run, file: str) -> None:
    run("import", file)
    run("pause", "With a feed")
    rows = {row["name"]: row for row in json.loads(run("list", "--json").stdout)}
    assert (rows["With a feed"]["mark"], rows["With a feed"]["next_due"]) == ("‖", None)
    assert rows["قسم بلا موجز"]["mark"] == "·"
    assert rows["قسم بلا موجز"]["next_due"]
    assert "next" not in run("why", "With a feed").stdout
    assert [row["name"] for row in json.loads(run("list", "--ill", "--json").stdout)] == ["With a feed"]
    run("resume", "With a feed")
    told = run("list", "--ill")
    assert (told.stdout, told.stderr) == ("", "All are well.\n")


def test_a_filter_means_a_source_by_how_its_name_begins_as_every_command_does(
    run: Run, file: str, engine: Engine
) -> None:
    run("import", file)
    with reading(engine) as session:
        assert of_known_source(session, Filter(source="with a f")) == Filter(source="With a feed")
        assert of_known_source(session, Filter()) == Filter()
        with pytest.raises(NotFound, match="There is no source 'nobody'"):
            of_known_source(session, Filter(source="nobody"))


def test_nothing_followed_is_said(run: Run) -> None:
    assert run("list").stderr == "Nothing is followed: `warraq source add URL`.\n"
    assert json.loads(run("list", "--json").stdout) == []


def test_what_is_asked_of_the_fetcher_is_shown_in_words_and_taken_away_by_an_empty_value(run: Run, file: str) -> None:
    run("import", file)
    asked = ("--delay", "5s", "--header", "X-Key: secret", "--proxy", "http://me:secret@proxy.example:3128")
    told = run("edit", "With", *asked, "--accept-language", "ar", "--no-robots").stdout
    for line in ("delay: 5s", "headers: X-Key", "proxy: proxy.example", "accept-language: ar", "robots: not obeyed"):
        assert f"\n  {line}\n" in told
    assert "secret" not in told
    policy = json.loads(run("show", "With", "--json").stdout)["policy"]
    assert policy["headers"] == {"X-Key": "secret"}
    run("edit", "With", "--delay", "", "--header", "", "--proxy", "", "--accept-language", "", "--robots")
    assert json.loads(run("show", "With", "--json").stdout)["policy"] == {}
