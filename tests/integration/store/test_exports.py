"""Exports of a real database, read back with other people's readers."""

import csv
import io
import json
import tracemalloc
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from sqlalchemy.engine import Engine

from warraq_shared.article import Article as ArticleValue
from warraq_shared.article import Evidence, Heading, Image, ListBlock, Paragraph, Table
from warraq_store.articles import shelf
from warraq_store.articles.articles import Incoming
from warraq_store.cli.exporting import export
from warraq_store.database import writing
from warraq_store.export import jsonl, parquet, rows, table
from warraq_store.export.rows import Document
from warraq_store.filters import Filter
from warraq_store.search.query import understand
from warraq_store.tables import Source

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def fill(engine: Engine, number: int = 3) -> None:
    with writing(engine) as session:
        session.add(Source(id=1, name="News", url="https://example.com/", site="example.com", created_at=NOW))
        session.flush()
        shelf.put(session, [incoming(i) for i in range(number)], NOW)


def incoming(i: int) -> Incoming:
    value = ArticleValue(
        url=f"https://example.com/{i}",
        title=f"عنوان {i}",
        blocks=(Heading(text="قسم"), Paragraph(text=f"نص {i}"), ListBlock(items=("a", "b")), Table(rows=(("x", "y"),))),
        authors=("ليلى حداد", "Omar"),
        published_at=datetime.fromisoformat("2026-10-31T10:00:00+03:00") + timedelta(hours=i),
        language="ar",
        direction="rtl",
        tags=("ماء",),
        images=(Image(url="https://example.com/i.jpg", caption="صورة"),),
        fingerprint=str(i),
        evidence={"title": Evidence(origin="json-ld", confidence=0.9)},
    )
    return Incoming(value, value.url, 1, NOW)


def exported(engine: Engine, chosen: Filter | None = None, **options: object) -> list[Document]:
    return list(rows.documents(engine, chosen or Filter(), **options))  # type: ignore[arg-type]


def test_json_lines_hold_the_whole_article(engine: Engine) -> None:
    fill(engine)
    stream = io.BytesIO()
    assert jsonl.write(stream, exported(engine)) == 3
    first = json.loads(stream.getvalue().splitlines()[0])
    assert first["text"] == "قسم\nنص 0\na\nb\nx | y"
    assert first["headings"] == ["قسم"]
    assert first["published_at"] == "2026-10-31T10:00:00+03:00"
    assert (first["source"], first["story"], first["revision"]) == ("News", None, 1)


def test_csv_joins_lists_and_keeps_arabic(engine: Engine) -> None:
    fill(engine)
    stream = io.BytesIO()
    table.write(stream, exported(engine), bom=True)
    read = list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))
    assert read[0]["authors"] == "ليلى حداد; Omar"
    assert read[2]["title"] == "عنوان 2"


def test_parquet_has_typed_nested_columns(engine: Engine) -> None:
    fill(engine)
    stream = io.BytesIO()
    assert parquet.write(stream, exported(engine)) == 3
    read = pq.read_table(stream)
    row = read.to_pylist()[0]
    assert row["blocks"][3]["rows"] == [["x", "y"]]
    assert row["published_at"] == datetime(2026, 10, 31, 7, tzinfo=UTC)
    assert row["published_offset"] == 180
    assert dict(row["evidence"])["title"]["origin"] == "json-ld"
    assert read.schema.metadata[b"warraq.schema"] == b"1"


@pytest.mark.parametrize("writer", [jsonl.write, table.write, parquet.write])
def test_an_export_without_articles_is_still_a_file_of_its_format(engine: Engine, writer: object) -> None:
    stream = io.BytesIO()
    assert writer(stream, exported(engine)) == 0  # type: ignore[operator]


def test_filters_a_search_and_a_limit_choose_what_is_exported(engine: Engine) -> None:
    fill(engine, 5)
    assert [d["title"] for d in exported(engine, limit=2)] == ["عنوان 0", "عنوان 1"]
    assert [d["title"] for d in exported(engine, newest_first=True, limit=2)] == ["عنوان 4", "عنوان 3"]
    assert exported(engine, Filter(source="Other")) == []
    assert exported(engine, Filter(changed_since=NOW + timedelta(seconds=1))) == []
    assert [d["title"] for d in exported(engine, query=understand("title:٣"))] == ["عنوان 3"]
    assert exported(engine, query=understand("نص -lang:ar")) == []
    assert rows.count(engine, Filter(), understand("نص")) == 5


def test_the_text_can_be_left_out(engine: Engine) -> None:
    fill(engine)
    document = exported(engine, with_text=False)[0]
    assert not {"text", "blocks", "headings"} & set(document)
    stream = io.BytesIO()
    parquet.write(stream, [document], with_text=False)
    assert "text" not in pq.read_table(stream).column_names


def test_memory_does_not_grow_with_the_export(sqlite_url: str) -> None:
    from warraq_store.database import connect

    engine = connect(sqlite_url)
    fill(engine, 3000)

    class Nowhere(io.RawIOBase, BinaryIO):  # type: ignore[misc]
        def write(self, content: object) -> int:
            return len(content)  # type: ignore[arg-type]

    tracemalloc.start()
    jsonl.write(Nowhere(), rows.documents(engine, Filter(), limit=600))
    small = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    jsonl.write(Nowhere(), rows.documents(engine, Filter()))
    large = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert large < small * 1.5 + 1_000_000


def run(database_url: str, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(export, arguments, env={"WARRAQ_DATABASE_URL": database_url}, catch_exceptions=False)
    return result.exit_code, result.stdout


def test_the_command_writes_each_format_and_leaves_no_part_behind(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    fill(engine)
    for form in ("jsonl", "csv", "parquet", "rss", "atom"):
        file = tmp_path / f"out.{form}"
        code, out = run(database_url, "--format", form, "-o", str(file), "--json")
        assert code == 0
        assert json.loads(out)["articles"] == 3
        assert json.loads(out)["bytes"] == file.stat().st_size
    assert len(list(ET.parse(tmp_path / "out.rss").iter("item"))) == 3
    assert sorted(p.name for p in tmp_path.glob("out.*")) == [
        f"out.{f}" for f in ("atom", "csv", "jsonl", "parquet", "rss")
    ]


def test_a_failed_export_leaves_the_old_file_as_it_was(engine: Engine, tmp_path: Path) -> None:
    from warraq_store.cli import exporting

    file = tmp_path / "out.jsonl"
    file.write_text("old")

    def breaks() -> Iterable[Document]:
        yield from exported(engine)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), exporting._destination(file) as stream:
        jsonl.write(stream, breaks())
    assert file.read_text() == "old"
    assert list(tmp_path.glob("*.part")) == []


def test_stdout_is_the_export_itself(engine: Engine, database_url: str) -> None:
    fill(engine)
    code, out = run(database_url, "--source", "News", "--no-text")
    assert code == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 2, 3]
