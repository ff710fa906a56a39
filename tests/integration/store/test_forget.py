"""Forgetting: nothing of it is left, anywhere, and it does not come back."""

import gzip
import json
from pathlib import Path

import pytest
from click import Command
from click.testing import CliRunner
from sqlalchemy import text
from sqlmodel import SQLModel, select

from integration.store.pipeline import Pipeline, made_article
from warraq_shared.errors import NotFound
from warraq_shared.messages import PagesParsed
from warraq_store.archive import snapshots
from warraq_store.article_tables import Snapshot
from warraq_store.articles.forget import Forgetter
from warraq_store.cli.adding import add
from warraq_store.cli.explaining import explain
from warraq_store.cli.forgetting import forget
from warraq_store.cli.watching import status
from warraq_store.database import reading, writing
from warraq_store.schedule import adding
from warraq_store.tables import Article, Page, Source

URL = "https://example.com/secret"
SECRET = "words that must go away for good and never be seen again by anyone " * 3


def forgetter(pipeline: Pipeline) -> Forgetter:
    assert pipeline.stage.keeper is not None
    return Forgetter(pipeline.engine, pipeline.settings, pipeline.stage.keeper.writer, pipeline.now)


def rows_left(pipeline: Pipeline) -> dict[str, int]:
    with reading(pipeline.engine) as session:
        tables = [table.name for table in SQLModel.metadata.sorted_tables]
        counted = {name: session.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in tables}
    return {name: number for name, number in counted.items() if number and name not in ("tombstone", "host")}


def archived(pipeline: Pipeline) -> bytes:
    pipeline.close()
    files = sorted(Path(pipeline.settings.archive_folder).rglob("*.warc.gz"))
    return b"".join(gzip.decompress(file.read_bytes()) for file in files)


def test_everything_derived_from_a_page_goes(pipeline: Pipeline) -> None:
    pipeline.come(URL, SECRET)
    pipeline.come(URL, f"{SECRET} Changed.")
    assert SECRET.encode() in archived(pipeline)
    done = forgetter(pipeline).url(URL)
    assert (done.pages, done.articles, done.snapshots) == (1, 1, 2)
    assert rows_left(pipeline) == {}
    assert b"words that must go" not in archived(pipeline)
    if pipeline.engine.dialect.name == "sqlite":
        with reading(pipeline.engine) as session:
            assert session.execute(text("SELECT count(*) FROM search_words")).scalar_one() == 0


def test_it_does_not_come_back_by_a_feed_by_hand_or_by_a_twin(pipeline: Pipeline) -> None:
    pipeline.come(URL, SECRET)
    forgetter(pipeline).url(URL)
    assert pipeline.hand_out(URL) == {}
    with writing(pipeline.engine) as session:
        added = adding.add(session, [URL], pipeline.now, settings=pipeline.settings)
    assert (added.visits, list(added.refused)) == ([], [URL])
    twin = "https://example.com/amp/secret"
    pipeline.come_with(twin, lambda: made_article(twin, SECRET, canonical_url=URL), b"x")
    with reading(pipeline.engine) as session:
        assert session.exec(select(Article)).all() == []
        assert session.exec(select(Page.reason).where(Page.url == twin)).one() == "forgotten"


def test_a_message_that_is_still_on_its_way_brings_nothing_back(pipeline: Pipeline) -> None:
    lease = pipeline.hand_out(URL)[URL]
    fetched = pipeline.fetched(URL, lease, b"x")
    message = PagesParsed(pages=(pipeline.parsed(fetched, made_article(URL, SECRET)),))
    forgetter(pipeline).url(URL)
    pipeline.stage.store_pages(message)
    assert rows_left(pipeline) == {}


def test_a_page_with_the_same_bytes_keeps_them(pipeline: Pipeline) -> None:
    pipeline.come(URL, SECRET, body=b"the same bytes" * 99)
    pipeline.come("https://example.com/b", "Other words.", body=b"the same bytes" * 99)
    forgetter(pipeline).url(URL)
    with reading(pipeline.engine) as session:
        left = session.exec(select(Snapshot)).one()
        assert left.same_as is None
        assert snapshots.read(session, pipeline.settings, left).body == b"the same bytes" * 99


def test_a_source_goes_with_all_that_came_from_it_and_nothing_else(pipeline: Pipeline) -> None:
    with writing(pipeline.engine) as session:
        session.add(Source(id=1, name="S", url="https://s.com/", site="s.com", created_at=pipeline.now))
    for number in range(3):
        url = f"https://s.com/{number}"
        lease = pipeline.hand_out(url, source_id=1)[url]
        fetched = pipeline.fetched(url, lease, url.encode())
        pipeline.stage.store_pages(PagesParsed(pages=(pipeline.parsed(fetched, made_article(url, SECRET)),)))
    pipeline.come("https://other.com/a", "Other words.")
    done = forgetter(pipeline).source("S")
    assert (done.pages, done.articles) == (3, 3)
    with reading(pipeline.engine) as session:
        assert session.exec(select(Article.url)).all() == ["https://other.com/a"]
        assert session.exec(select(Source)).all() == []


def test_what_is_not_known_is_said_to_be_unknown(pipeline: Pipeline) -> None:
    with pytest.raises(NotFound):
        forgetter(pipeline).url(URL)
    with pytest.raises(NotFound):
        forgetter(pipeline).source("Nobody")


@pytest.mark.parametrize("command", [status, explain])
def test_a_forgotten_url_is_said_to_be_forgotten_since_when_and_how_it_comes_back(
    pipeline: Pipeline, database_url: str, command: Command
) -> None:
    pipeline.come(URL, SECRET)
    forgetter(pipeline).url(URL)
    environment = {"WARRAQ_DATABASE_URL": database_url, "WARRAQ_DATA_DIR": str(pipeline.settings.data_dir)}
    told = json.loads(CliRunner().invoke(command, [URL, "--json"], env=environment, catch_exceptions=False).stdout)
    assert (told["state"], told["reason"]) == ("refused", "forgotten")
    assert told["forgotten_at"] == pipeline.now.isoformat()
    text = CliRunner().invoke(command, [URL], env=environment, catch_exceptions=False).stdout
    assert f"forgotten: {pipeline.now:%Y-%m-%d %H:%M}" in text
    assert f"warraq add --force {URL}" in text


def test_adding_several_takes_the_others_and_tells_what_was_forgotten(
    pipeline: Pipeline, database_url: str, redis_url: str
) -> None:
    pipeline.come(URL, SECRET)
    forgetter(pipeline).url(URL)
    other, nonsense = "https://example.com/other", "http://"
    environment = {
        "WARRAQ_DATABASE_URL": database_url,
        "WARRAQ_DATA_DIR": str(pipeline.settings.data_dir),
        "WARRAQ_REDIS_URL": redis_url,
    }
    result = CliRunner().invoke(add, [nonsense, URL, other, other], env=environment, catch_exceptions=False)
    assert result.exit_code == 4
    assert result.stdout == f"Enqueued {other}\n"
    assert f"{URL} was not taken" in result.stderr
    assert f"warraq add --force {URL}" in result.stderr
    assert f"{nonsense} was not taken" in result.stderr
    forced = CliRunner().invoke(add, [URL, other, "--force", "--json"], env=environment, catch_exceptions=False)
    assert forced.exit_code == 0
    assert [json.loads(line)["state"] for line in forced.stdout.splitlines()] == ["waiting", "waiting"]


def test_the_command_says_what_went(pipeline: Pipeline, database_url: str) -> None:
    pipeline.come(URL, SECRET)
    environment = {"WARRAQ_DATABASE_URL": database_url, "WARRAQ_DATA_DIR": str(pipeline.settings.data_dir)}
    result = CliRunner().invoke(forget, [URL + "#top", "--json"], env=environment, catch_exceptions=False)
    assert json.loads(result.stdout) == {"url": URL, "source": None, "pages": 1, "articles": 1, "snapshots": 1}
