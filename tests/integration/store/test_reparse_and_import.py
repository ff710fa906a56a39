"""The archive read again and files taken in: through the parse queue, resumable, and never in the way of live pages."""

import gzip
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from integration.store.pipeline import Pipeline, made_article
from warraq_shared.article import Article as ArticleValue
from warraq_shared.errors import NotReady
from warraq_shared.messages import FetchedPage, PagesFetched, PagesParsed
from warraq_shared.reasons import Reason
from warraq_shared.routes import PARSE_QUEUE
from warraq_store import deadletters
from warraq_store.archive import snapshots
from warraq_store.archive.reading import BrokenArchive
from warraq_store.article_tables import Snapshot
from warraq_store.database import reading, writing
from warraq_store.filters import Filter
from warraq_store.rereading import batch_runs, reparse, warc_import
from warraq_store.rereading.batches import Chunk, Runner
from warraq_store.rereading.reparse import Selection
from warraq_store.rereading.warc_import import Wanted
from warraq_store.tables import Article, Page

Parser = Callable[[FetchedPage, bytes], ArticleValue | None]


def better(page: FetchedPage, body: bytes) -> ArticleValue:
    """Read the body's own text, as a later parser would."""
    return made_article(page.url, body.decode(), parser_version="2")


def runner(pipeline: Pipeline, parse: Parser = better, patience: float = 60.0) -> Runner:
    """A runner whose messages are parsed and stored at once."""

    def parse_and_store(messages: Sequence[Any]) -> None:
        for message in messages:
            assert isinstance(message, PagesFetched)
            parsed = []
            for page in message.pages:
                article = parse(page, pipeline.claims.get(page.snapshot))
                parsed.append(pipeline.parsed(page, article, Reason.OK if article else Reason.NO_TEXT))
            pipeline.stage.store_pages(PagesParsed(pages=tuple(parsed)))

    return Runner(pipeline.redis, pipeline.claims, parse_and_store, patience)


def chunks(pipeline: Pipeline, chosen: Filter | None = None, *, dry_run: bool = False) -> list[Chunk]:
    selection = Selection(chosen or Filter())
    return list(reparse.chunks(pipeline.engine, pipeline.settings, selection, "", dry_run=dry_run))


def run(pipeline: Pipeline, made: Sequence[Chunk], parse: Parser = better) -> Counter[str]:
    total: Counter[str] = Counter()
    for chunk, outcomes in runner(pipeline, parse).run(made):
        total += outcomes + Counter(chunk.skipped)
    return total


def texts(pipeline: Pipeline) -> dict[str, tuple[str, int]]:
    with reading(pipeline.engine) as session:
        return {row.url: (row.text, row.revision) for row in session.exec(select(Article))}


def test_a_better_parser_changes_the_articles_without_making_revisions(pipeline: Pipeline) -> None:
    pipeline.come("https://example.com/a", "Worse a.", body=b"Better a.")
    pipeline.come("https://example.com/b", "Worse b.", body=b"Better b.")
    assert run(pipeline, chunks(pipeline)) == {"changed": 2}
    assert texts(pipeline) == {"https://example.com/a": ("Better a.", 1), "https://example.com/b": ("Better b.", 1)}
    assert run(pipeline, chunks(pipeline)) == {"same": 2}


def test_the_schedule_of_the_pages_is_left_alone(pipeline: Pipeline) -> None:
    pipeline.come("https://example.com/a", "Worse.", body=b"Better.")
    with reading(pipeline.engine) as session:
        before = session.exec(select(Page)).one().model_dump(exclude={"hints"})
    run(pipeline, chunks(pipeline))
    with reading(pipeline.engine) as session:
        assert session.exec(select(Page)).one().model_dump(exclude={"hints"}) == before


def test_only_the_newest_raw_page_is_read_and_only_what_the_filter_means(pipeline: Pipeline) -> None:
    pipeline.come("https://example.com/a", "One.", body=b"First bytes.")
    pipeline.come("https://example.com/a", "Two.", body=b"Second bytes.")
    pipeline.come("https://example.com/b", "Three.", body=b"Others.")
    made = chunks(pipeline, Filter(until=pipeline.now + timedelta(days=1), language="en"))
    assert [body for chunk in made for _, body in chunk.pages] == [b"Second bytes.", b"Others."]
    assert chunks(pipeline, Filter(language="ar")) == []
    assert reparse.count(pipeline.engine, Selection(Filter())) == 2
    assert reparse.count(pipeline.engine, Selection(Filter(), "https://example.com/b")) == 1


def test_a_page_that_had_no_article_may_get_one(pipeline: Pipeline) -> None:
    lease = pipeline.hand_out("https://example.com/a")["https://example.com/a"]
    fetched = pipeline.fetched("https://example.com/a", lease, b"Found at last.")
    pipeline.stage.store_pages(PagesParsed(pages=(pipeline.parsed(fetched, None, Reason.NO_TEXT),)))
    assert run(pipeline, chunks(pipeline)) == {"new": 1}
    with reading(pipeline.engine) as session:
        page = session.exec(select(Page)).one()
    assert (page.state, page.article_id is not None) == ("stored", True)


def die(pipeline: Pipeline, url: str, body: bytes, reason: Reason = Reason.PARSER_FAILED) -> None:
    fetched = pipeline.fetched(url, pipeline.hand_out(url)[url], body)
    pipeline.stage.store_pages(PagesParsed(pages=(pipeline.parsed(fetched, None, reason),)))


def replayed(pipeline: Pipeline, parse: Parser = better) -> Counter[str]:
    """Replay all dead letters that can be replayed from the archive."""
    with reading(pipeline.engine) as session:
        kept = deadletters.archived(session, deadletters.find(session))
    selection = Selection(Filter(), page_ids=tuple(letter.page_id for letter in kept))
    made = reparse.chunks(pipeline.engine, pipeline.settings, selection, "", dry_run=False)
    return run(pipeline, list(made), parse)


def letters(pipeline: Pipeline) -> list[str]:
    with reading(pipeline.engine) as session:
        return [letter.url for letter in deadletters.find(session)]


def test_a_dead_letter_of_the_parser_is_replayed_from_its_raw_page(pipeline: Pipeline) -> None:
    die(pipeline, "https://example.com/a", b"Found at last.")
    assert replayed(pipeline) == {"new": 1}
    assert letters(pipeline) == []
    with reading(pipeline.engine) as session:
        page = session.exec(select(Page)).one()
    assert (page.state, page.reason, page.article_id is not None) == ("stored", "ok", True)


def test_a_page_that_is_brought_back_is_looked_at_again_like_one_that_was_just_read(pipeline: Pipeline) -> None:
    die(pipeline, "https://example.com/dead", b"Found at last.")
    pipeline.now += timedelta(days=3)
    assert replayed(pipeline) == {"new": 1}
    pipeline.come("https://example.com/live", "Read at once.")
    with reading(pipeline.engine) as session:
        back, live = session.exec(select(Page).order_by(Page.url)).all()
    assert back.due_at is not None
    assert live.due_at - back.due_at == timedelta(minutes=1)  # that much later it was read
    assert (back.failures, back.revisit, back.priority) == (live.failures, live.revisit, live.priority)


def test_what_fails_again_stays_a_dead_letter(pipeline: Pipeline) -> None:
    die(pipeline, "https://example.com/a", b"Killer.", Reason.CONSENT_WALL)
    die(pipeline, "https://example.com/b", b"Killer.")
    assert letters(pipeline) == ["https://example.com/b"]
    assert replayed(pipeline, parse=lambda page, body: None) == {"no-article": 1}
    die(pipeline, "https://example.com/c", b"Killer.")

    def fails(messages: Sequence[Any]) -> None:
        pages = [page for message in messages for page in message.pages]
        parsed = tuple(pipeline.parsed(page, None, Reason.PARSER_CRASHED) for page in pages)
        pipeline.stage.store_pages(PagesParsed(pages=parsed))

    made = reparse.chunks(pipeline.engine, pipeline.settings, Selection(Filter()), "", dry_run=False)
    outcomes = [found for _, found in Runner(pipeline.redis, pipeline.claims, fails).run(made)]
    assert outcomes == [{"failed": 3}]
    assert letters(pipeline) == ["https://example.com/c"]


def test_a_dead_letter_without_the_raw_page_it_died_of_is_fetched_again(pipeline: Pipeline) -> None:
    url = "https://example.com/a"
    pipeline.come(url, "Text.")
    pipeline.now += timedelta(hours=1)
    fetched = pipeline.fetched(url, pipeline.hand_out(url)[url], b"Lost bytes.", fetched_at=pipeline.now)
    pipeline.claims.drop([fetched.snapshot])
    pipeline.stage.store_pages(PagesParsed(pages=(pipeline.parsed(fetched, None, Reason.PARSER_FAILED),)))
    assert letters(pipeline) == [url]
    assert replayed(pipeline) == {}


def test_a_dry_run_tells_field_by_field_and_stores_nothing(pipeline: Pipeline) -> None:
    pipeline.come("https://example.com/a", "Worse.", body=b"Better.")
    outcomes = run(pipeline, chunks(pipeline, dry_run=True))
    import json

    difference = json.loads(next(iter(outcomes)))
    assert difference["fields"]["text"] == ["Worse.", "Better."]
    assert set(difference["fields"]) == {"text", "blocks"}
    assert texts(pipeline) == {"https://example.com/a": ("Worse.", 1)}


def test_a_newer_fetch_is_never_undone_by_an_older_raw_page(pipeline: Pipeline) -> None:
    pipeline.come("https://example.com/a", "Old.", body=b"Old bytes.")
    made = chunks(pipeline)
    pipeline.come("https://example.com/a", "New.", body=b"New bytes.")
    assert run(pipeline, made) == {"older": 1}
    assert texts(pipeline)["https://example.com/a"][0] == "New."


def test_a_run_goes_on_where_it_was_stopped(pipeline: Pipeline) -> None:
    for number in range(90):
        pipeline.come(f"https://example.com/{number:02}", "Worse.", body=b"Better %d." % number)
    made = chunks(pipeline)
    assert [len(chunk.pages) for chunk in made] == [40, 40, 10]
    with writing(pipeline.engine) as session:
        batch_runs.begin(session, "k", pipeline.now)
    stopped = runner(pipeline).run(made)
    chunk, outcomes = next(stopped)
    with writing(pipeline.engine) as session:
        batch_runs.advance(session, "k", chunk.position, outcomes, pipeline.now)
    with writing(pipeline.engine) as session:
        position = batch_runs.begin(session, "k", pipeline.now).position
        rest = reparse.chunks(pipeline.engine, pipeline.settings, Selection(Filter()), position, dry_run=False)
        assert [len(chunk.pages) for chunk in rest] == [40, 10]
    with writing(pipeline.engine) as session:
        assert batch_runs.finish(session, "k", pipeline.now) == {"changed": 40}
        assert batch_runs.begin(session, "k", pipeline.now).position == ""


def test_nothing_is_sent_while_live_pages_wait(pipeline: Pipeline) -> None:
    pipeline.come("https://example.com/a", "Worse.", body=b"Better.")
    pipeline.redis.lpush(PARSE_QUEUE, *[b"live"] * 20)
    looks: list[int] = []
    made = runner(pipeline)
    original = Runner._has_room

    class Patient(Runner):
        def _has_room(self) -> bool:
            looks.append(1)
            if len(looks) == 3:
                pipeline.redis.delete(PARSE_QUEUE)
            return original(self)

    patient = Patient(made.redis, made.claims, made.send)
    assert [outcomes for _, outcomes in patient.run(chunks(pipeline))] == [{"changed": 1}]
    assert len(looks) >= 3


def test_pages_that_got_lost_are_sent_again_and_a_dead_pipeline_is_told(pipeline: Pipeline) -> None:
    pipeline.come("https://example.com/a", "Worse.", body=b"Better.")
    sent: list[int] = []
    answer = runner(pipeline).send

    def lossy(messages: Sequence[Any]) -> None:
        sent.append(len(messages))
        if len(sent) == 2:
            answer(messages)

    lossy_runner = Runner(pipeline.redis, pipeline.claims, lossy, patience=0.1)
    assert [outcomes for _, outcomes in lossy_runner.run(chunks(pipeline))] == [{"changed": 1}]
    silent = Runner(pipeline.redis, pipeline.claims, lambda messages: None, patience=0.05)
    with pytest.raises(NotReady, match="warraq up"):
        list(silent.run(chunks(pipeline)))


def warc(tmp_path: Path, *records: tuple[str, bytes, dict[str, str]], day: int = 1) -> Path:
    """Write a WARC file as another crawler would: records one by one, bodies as the server sent them."""
    file = tmp_path / "foreign.warc.gz"
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer.write_record(writer.create_warcinfo_record(file.name, {"software": "another"}))
        for url, body, headers in records:
            lines = list(({"Content-Type": "text/html; charset=utf-8"} | headers).items())
            http = StatusAndHeaders(headers.get("status", "200 OK"), lines, protocol="HTTP/1.1")
            date = {"WARC-Date": datetime(2026, 10, day, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
            record = writer.create_warc_record(
                url, "response", payload=BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=date
            )
            writer.write_record(record)
    return file


def imported(pipeline: Pipeline, file: Path, wanted: Wanted | None = None, after: str = "") -> list[Chunk]:
    return list(warc_import.chunks(pipeline.engine, pipeline.settings, file, wanted or Wanted(), after, pipeline.now))


def test_a_foreign_file_becomes_articles_without_a_fetch_and_its_raw_pages_can_be_read(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    file = warc(
        tmp_path,
        ("https://example.com/a?utm_source=x", b"Text a.", {}),
        ("https://example.com/b", gzip.compress(b"Text b."), {"Content-Encoding": "gzip"}),
        ("https://example.com/c", b"gone", {"status": "404 Not Found"}),
        ("https://example.com/d.png", b"png", {"Content-Type": "image/png"}),
    )
    assert run(pipeline, imported(pipeline, file)) == {"new": 2, "no-page": 2}
    assert {url: text for url, (text, _) in texts(pipeline).items()} == {
        "https://example.com/a": "Text a.",
        "https://example.com/b": "Text b.",
    }
    with reading(pipeline.engine) as session:
        for row in session.exec(select(Page)):
            assert (row.state, row.due_at) == ("stored", None)
        bodies = [snapshots.read(session, pipeline.settings, row).body for row in session.exec(select(Snapshot))]
    assert sorted(bodies) == [b"Text a.", b"Text b."]


def test_an_import_that_is_repeated_passes_over_what_is_known(pipeline: Pipeline, tmp_path: Path) -> None:
    file = warc(tmp_path, ("https://example.com/a", b"Text.", {}))
    assert run(pipeline, imported(pipeline, file)) == {"new": 1}
    assert run(pipeline, imported(pipeline, file)) == {"known": 1}


def test_an_import_goes_on_at_the_offset_where_it_was(pipeline: Pipeline, tmp_path: Path) -> None:
    file = warc(tmp_path, *((f"https://example.com/{number}", b"Text %d." % number, {}) for number in range(50)))
    first = imported(pipeline, file)[0]
    assert len(first.pages) == 40
    rest = imported(pipeline, file, after=first.position)
    assert [page.url for chunk in rest for page, _ in chunk.pages] == [
        f"https://example.com/{number}" for number in range(40, 50)
    ]


def test_hosts_languages_and_dates_choose_what_is_taken_in(pipeline: Pipeline, tmp_path: Path) -> None:
    file = warc(
        tmp_path,
        ("https://news.example.com/a", b"Text a.", {}),
        ("https://notexample.com/b", b"Text b.", {}),
        day=5,
    )
    assert run(pipeline, imported(pipeline, file, Wanted(since=datetime(2026, 10, 6, tzinfo=UTC)))) == {"filtered": 2}
    assert run(pipeline, imported(pipeline, file, Wanted(hosts=("example.com",), languages=("ar",)))) == {
        "filtered": 1,
        "other-language": 1,
    }
    assert texts(pipeline) == {}
    with reading(pipeline.engine) as session:
        assert session.exec(select(Page)).all() == []
    assert run(pipeline, imported(pipeline, file, Wanted(languages=("en",)))) == {"new": 2}


def test_what_was_forgotten_is_not_imported(pipeline: Pipeline, tmp_path: Path) -> None:
    from warraq_store.tables import Tombstone

    with writing(pipeline.engine) as session:
        session.add(Tombstone(url="https://example.com/a", forgotten_at=pipeline.now))
    file = warc(tmp_path, ("https://example.com/a", b"Text.", {}), ("https://example.com/b", b"Another.", {}))
    assert run(pipeline, imported(pipeline, file)) == {"forgotten": 1, "new": 1}
    assert run(pipeline, imported(pipeline, file)) == {"forgotten": 1, "known": 1}
    assert list(texts(pipeline)) == ["https://example.com/b"]


def test_our_own_files_can_be_imported_into_another_database(pipeline: Pipeline, tmp_path: Path) -> None:
    pipeline.come("https://example.com/a", "Text.", body=b"Own text.")
    pipeline.close()
    file = next(pipeline.settings.archive_folder.rglob("*.warc.gz")).rename(tmp_path / "own.warc.gz")
    with writing(pipeline.engine) as session:
        for row in session.exec(select(Article)):
            session.delete(row)
        for page in session.exec(select(Page)):
            session.delete(page)
    assert run(pipeline, imported(pipeline, file)) == {"new": 1}
    assert texts(pipeline)["https://example.com/a"][0] == "Own text."


def test_a_file_that_is_no_warc_file_says_so_and_a_cut_one_gives_the_rest(pipeline: Pipeline, tmp_path: Path) -> None:
    file = tmp_path / "not.warc.gz"
    file.write_bytes(b"<html>this is no archive</html>")
    with pytest.raises(BrokenArchive):
        imported(pipeline, file)
    whole = warc(tmp_path, ("https://example.com/a", b"Text.", {}), ("https://example.com/b", b"Text." * 5000, {}))
    file.write_bytes(whole.read_bytes()[:-40])
    assert run(pipeline, imported(pipeline, file)) == {"new": 1, "damaged": 1}


def test_raw_pages_can_be_read_after_an_import_that_was_stopped(pipeline: Pipeline, tmp_path: Path) -> None:
    file = warc(tmp_path, *((f"https://example.com/{number}", b"Text %d." % number, {}) for number in range(50)))
    first = imported(pipeline, file)[0]
    run(pipeline, [first, *imported(pipeline, file, after=first.position)])
    with reading(pipeline.engine) as session:
        found = {
            row.url: snapshots.read(session, pipeline.settings, row).body for row in session.exec(select(Snapshot))
        }
    assert found == {f"https://example.com/{number}": b"Text %d." % number for number in range(50)}
