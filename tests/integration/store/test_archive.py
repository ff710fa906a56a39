"""The raw archive: WARC files that other tools read, each page once, in SQL where it is, gone when it must go."""

import json
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import fastwarc
import pytest
from click import Command
from click.testing import CliRunner
from redis import Redis
from sqlalchemy.engine import Engine
from sqlmodel import col, select
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from integration.store.pipeline import Pipeline
from warraq_shared.errors import NotFound
from warraq_shared.messages import PagesParsed
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings
from warraq_store.archive import retention, snapshots
from warraq_store.archive.erasing import erase
from warraq_store.archive.reading import BrokenArchive
from warraq_store.article_tables import Snapshot
from warraq_store.cli.archive import archive
from warraq_store.cli.explaining import explain
from warraq_store.cli.rereading import reparse_command
from warraq_store.database import reading, writing
from warraq_store.filters import Filter
from warraq_store.rereading import reparse
from warraq_store.tables import Page, Source

URL = "https://example.com/مقال?id=1"
PAGE = "<html>نص الصفحة</html>".encode()


def kept(pipeline: Pipeline) -> list[Snapshot]:
    with reading(pipeline.engine) as session:
        return list(session.exec(select(Snapshot).order_by(col(Snapshot.fetched_at), col(Snapshot.id))))


def body(pipeline: Pipeline, row: Snapshot) -> bytes:
    with reading(pipeline.engine) as session:
        return snapshots.read(session, pipeline.settings, row).body


def files(pipeline: Pipeline) -> list[Path]:
    return sorted(pipeline.settings.archive_folder.rglob("*.warc.gz"))


def test_a_page_is_kept_as_request_and_response_that_another_reader_reads(pipeline: Pipeline) -> None:
    pipeline.come("https://example.com/a?x=1", "Text.", body=PAGE)
    pipeline.close()
    with files(pipeline)[0].open("rb") as stream:
        records = [
            (r.rec_type, r.rec_headers, r.http_headers, r.content_stream().read()) for r in ArchiveIterator(stream)
        ]
    assert [kind for kind, *_ in records] == ["warcinfo", "request", "response"]
    request, response = records[1], records[2]
    assert request[2].statusline == "GET /a?x=1 HTTP/1.1" or request[2].get_header("Host") == "example.com"
    assert request[2].get_header("User-Agent") == "Warraq/test"
    assert response[1].get_header("WARC-Target-URI") == "https://example.com/a?x=1"
    assert response[2].get_statuscode() == "200"
    assert response[3] == PAGE
    assert request[1].get_header("WARC-Concurrent-To") == response[1].get_header("WARC-Record-ID")


def test_the_files_pass_the_check_of_warcio(pipeline: Pipeline, capsys: pytest.CaptureFixture[str]) -> None:
    pipeline.come("https://example.com/a", "Text.", body=PAGE)
    pipeline.come("https://example.com/b", "Other.", body=PAGE)
    pipeline.close()

    class Arguments:
        inputs = list(map(str, files(pipeline)))
        verbose = True

    checker = Checker(Arguments())
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest pass" in capsys.readouterr().out


def test_a_reader_that_shares_no_code_with_the_writer_reads_every_record(pipeline: Pipeline) -> None:
    for name in ("a", "b", "c"):
        pipeline.come(f"https://example.com/{name}", name, body=PAGE + (b"c" if name == "c" else b""))
    last = kept(pipeline)[2]
    erase(pipeline.settings.archive_folder / last.file, [(last.offset, last.length)])
    pipeline.close()
    found = []
    for record in fastwarc.ArchiveIterator(str(files(pipeline)[0]), parse_http=False):
        record.freeze()
        block = record.verify_block_digest(consume=False)
        record.parse_http()
        found.append((record.headers["WARC-Type"], block, record.verify_payload_digest(consume=False)))
    # The payload of a revisit is in the record that it refers to.
    assert found == [
        ("warcinfo", True, False),
        *[("request", True, True), ("response", True, True)],
        *[("request", True, True), ("revisit", True, False)],
        ("metadata", True, False),
    ]


def test_the_same_bytes_again_are_a_revisit_that_reads_as_the_first(pipeline: Pipeline) -> None:
    pipeline.come("https://example.com/a", "Text.", body=PAGE * 500)
    pipeline.come("https://example.com/b", "Text.", body=PAGE * 500)
    first, second = kept(pipeline)
    assert (first.same_as, second.same_as) == (None, first.id)
    assert body(pipeline, second) == PAGE * 500
    with files(pipeline)[0].open("rb") as stream:
        revisit = next(record for record in ArchiveIterator(stream) if record.rec_type == "revisit")
    assert revisit.rec_headers.get_header("WARC-Refers-To-Target-URI") == "https://example.com/a"


def test_a_message_that_comes_twice_is_archived_once(pipeline: Pipeline) -> None:
    fetched = pipeline.come("https://example.com/a", "Text.", body=PAGE)
    pipeline.claims.put(fetched.snapshot, PAGE)
    lease = pipeline.hand_out(fetched.url)[fetched.url]
    again = pipeline.parsed(fetched.model_copy(update={"lease": lease[1]}), None, Reason.NO_TEXT)
    pipeline.stage.store_pages(PagesParsed(pages=(again,)))
    assert len(kept(pipeline)) == 1


def test_a_page_without_an_article_is_kept_too_so_that_a_better_parser_may_find_one(pipeline: Pipeline) -> None:
    lease = pipeline.hand_out("https://example.com/a")["https://example.com/a"]
    fetched = pipeline.fetched("https://example.com/a", lease, PAGE)
    pipeline.stage.store_pages(PagesParsed(pages=(pipeline.parsed(fetched, None, Reason.NO_TEXT),)))
    assert [body(pipeline, row) for row in kept(pipeline)] == [PAGE]


def test_files_are_closed_when_they_have_grown(engine: Engine, redis: Redis, settings: Settings) -> None:
    pipeline = Pipeline(engine, redis, settings.model_copy(update={"archive_file_bytes": 100_000}))
    for number in range(4):
        pipeline.come(f"https://example.com/{number}", str(number), body=random.Random(number).randbytes(60_000))
    assert len(files(pipeline)) > 1
    assert all(len(body(pipeline, row)) == 60_000 for row in kept(pipeline))
    pipeline.close()


def test_a_full_disk_costs_the_raw_page_not_the_article(pipeline: Pipeline) -> None:
    pipeline.settings.archive_folder.parent.mkdir(parents=True, exist_ok=True)
    pipeline.settings.archive_folder.write_text("a file where the folder should be")
    pipeline.come("https://example.com/a", "Text.", body=PAGE)
    assert kept(pipeline) == []
    with reading(pipeline.engine) as session:
        assert session.exec(select(Page.article_id)).one() is not None


def test_what_is_erased_is_gone_from_the_file_and_the_rest_can_be_read(pipeline: Pipeline) -> None:
    for name in "abc":
        pipeline.come(f"https://example.com/{name}", name, body=PAGE + name.encode() * 999)
    rows = kept(pipeline)
    place = [(rows[1].offset, rows[1].length)]
    erase(pipeline.settings.archive_folder / rows[1].file, place)
    pipeline.come("https://example.com/d", "d", body=PAGE + b"d" * 999)
    with files(pipeline)[0].open("rb") as stream:
        kinds = [(record.rec_type, record.content_stream().read()) for record in ArchiveIterator(stream)]
    assert [kind for kind, _ in kinds].count("response") == 3
    assert not any(b"b" * 999 in content for _, content in kinds)
    assert [body(pipeline, kept(pipeline)[n]) for n in (0, 2, 3)] == [PAGE + c * 999 for c in (b"a", b"c", b"d")]
    with pytest.raises(BrokenArchive):
        body(pipeline, rows[1])


def test_old_pages_go_and_their_room_is_freed(pipeline: Pipeline) -> None:
    settings = pipeline.settings.model_copy(update={"archive_keep_days": 5})
    for name in "abc":
        pipeline.come(f"https://example.com/{name}", name, body=PAGE + name.encode() * 999)
        pipeline.now += timedelta(days=2)
    pipeline.close()
    size = files(pipeline)[0].stat().st_size
    pruned = retention.prune(pipeline.engine, settings, pipeline.now)
    assert pruned.snapshots == 1
    assert files(pipeline)[0].stat().st_size == size
    pruned = retention.prune(pipeline.engine, settings, pipeline.now + timedelta(days=2))
    assert (pruned.snapshots, pruned.bytes_freed > 0) == (1, True)
    assert [body(pipeline, row) for row in kept(pipeline)] == [PAGE + b"c" * 999]
    assert [file.name.endswith(".c1.warc.gz") for file in files(pipeline)] == [True]
    retention.prune(pipeline.engine, settings, pipeline.now + timedelta(days=99))
    assert files(pipeline) == []


def test_beyond_a_size_the_oldest_go_and_a_source_may_have_its_own_limits(pipeline: Pipeline) -> None:
    with writing(pipeline.engine) as session:
        session.add(Source(id=1, name="S", url="https://s.com/", site="s.com", created_at=pipeline.now, archive_days=1))
    for name in "abcd":
        pipeline.come(f"https://example.com/{name}", name, body=PAGE + name.encode() * 999)
    with writing(pipeline.engine) as session:
        session.exec(select(Page).where(Page.url == "https://example.com/d")).one().source_id = 1
    pipeline.close()
    length = kept(pipeline)[0].length
    settings = pipeline.settings.model_copy(update={"archive_max_bytes": length * 3 + 200})
    assert retention.prune(pipeline.engine, settings, pipeline.now).snapshots == 1
    assert len(kept(pipeline)) == 3
    assert retention.prune(pipeline.engine, settings, pipeline.now + timedelta(days=2)).snapshots == 1
    assert [row.url for row in kept(pipeline)] == ["https://example.com/b", "https://example.com/c"]


def test_the_first_of_same_pages_stays_as_long_as_another_refers_to_it(pipeline: Pipeline) -> None:
    settings = pipeline.settings.model_copy(update={"archive_keep_days": 5})
    pipeline.come("https://example.com/a", "Text.", body=PAGE)
    pipeline.now += timedelta(days=4)
    pipeline.come("https://example.com/b", "Text.", body=PAGE)
    pipeline.close()
    assert retention.prune(pipeline.engine, settings, pipeline.now + timedelta(days=2)).snapshots == 0
    assert retention.prune(pipeline.engine, settings, pipeline.now + timedelta(days=9)).snapshots == 2


def test_a_file_that_is_being_written_is_left_alone(pipeline: Pipeline) -> None:
    settings = pipeline.settings.model_copy(update={"archive_keep_days": 1})
    pipeline.come("https://example.com/a", "Text.", body=PAGE)
    pruned = retention.prune(pipeline.engine, settings, pipeline.now + timedelta(days=9))
    assert (pruned.snapshots, pruned.bytes_freed, len(files(pipeline))) == (1, 0, 1)


@pytest.fixture
def run(pipeline: Pipeline, database_url: str) -> Callable[..., bytes]:
    environment = {"WARRAQ_DATABASE_URL": database_url, "WARRAQ_DATA_DIR": str(pipeline.settings.data_dir)}

    def _run(command: Command, *arguments: str) -> bytes:
        return CliRunner().invoke(command, arguments, env=environment, catch_exceptions=False).stdout_bytes

    return _run


def test_the_limits_of_a_source_are_shown_beside_what_it_keeps(pipeline: Pipeline, run: Callable[..., bytes]) -> None:
    with writing(pipeline.engine) as session:
        session.add(Source(id=7, name="S", url="https://example.com/", site="example.com", created_at=pipeline.now))
    url = "https://example.com/a"
    lease = pipeline.hand_out(url, source_id=7)[url]
    fetched = pipeline.fetched(url, lease, PAGE)
    pipeline.stage.store_pages(PagesParsed(pages=(pipeline.parsed(fetched, None, Reason.NO_TEXT),)))
    run(archive, "limit", "S", "--days", "30", "--bytes", "20000")
    told = json.loads(run(archive, "status", "--json"))
    (kept_of,) = told["sources"]
    assert (told["files"], told["imported_files"]) == (1, 0)
    assert (kept_of["source"], kept_of["archive_days"], kept_of["archive_bytes"]) == ("S", 30, 20000)
    assert "20.0 kB" in run(archive, "status").decode()


def test_a_raw_page_is_written_as_it_was_fetched_the_newest_or_that_of_a_time(
    pipeline: Pipeline, run: Callable[..., bytes]
) -> None:
    url = "https://example.com/a"
    pipeline.come(url, "One.", body=b"\xff\x00first")
    between = pipeline.now + timedelta(seconds=30)
    pipeline.come(url, "Two.", body=b"second")
    assert run(archive, "get", url) == b"second"
    assert run(archive, "get", url, "--at", between.isoformat()) == b"\xff\x00first"
    with pytest.raises(NotFound, match="not known"):
        run(archive, "get", "https://example.com/b")


def test_where_the_raw_page_has_gone_every_command_says_so(pipeline: Pipeline, run: Callable[..., bytes]) -> None:
    url = "https://example.com/a"
    pipeline.come(url, "Text.", body=b"gone soon")
    settings = pipeline.settings.model_copy(update={"archive_keep_days": 1})
    retention.prune(pipeline.engine, settings, pipeline.now + timedelta(days=2))
    assert "No raw page of it is in the archive" in run(explain, url).decode()
    for command, arguments in ((archive, ("get", url)), (reparse_command, ("--url", url))):
        with pytest.raises(NotFound, match="its limits let it go"):
            run(command, *arguments)
    assert reparse.count_without_raw(pipeline.engine, Filter()) == 1
    pipeline.come(url, "Text.", body=b"fetched again")
    assert reparse.count_without_raw(pipeline.engine, Filter()) == 0
