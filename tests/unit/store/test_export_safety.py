"""What strangers write stays text in every export: no formula, no broken XML, no script."""

import csv
import io
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_store.export import feeds, jsonl, table
from warraq_store.export.rows import Document

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def document(title: str = "t", text: str = "x", **fields: object) -> Document:
    unknown = (
        *("canonical_url", "subtitle", "site", "section", "language", "modified_at", "published_at", "source"),
        *("story", "fingerprint", "parser_version"),
    )
    plain = dict.fromkeys(unknown)
    return {
        **plain,
        "id": 1,
        "url": "https://example.com/a",
        "title": title,
        "lead": text,
        "text": text,
        "headings": [text],
        "blocks": [{"type": "paragraph", "text": text}],
        "authors": [title],
        "direction": "rtl",
        "tags": [text],
        "images": [],
        "word_count": 1,
        "access": "free",
        "evidence": {},
        "revision": 1,
        "first_seen_at": NOW,
        "changed_at": NOW,
        "fetched_at": NOW,
        **fields,
    }


@pytest.mark.parametrize(
    "title",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u200f=HYPERLINK(1)", "＝1", "\u2212 1"],
)
def test_a_formula_is_defused(title: str) -> None:
    assert str(table.cell(title)).startswith("'")


@pytest.mark.parametrize("title", ["A = B", "وزارة الصحة", "3-2", "", "a@b"])
def test_what_is_no_formula_stays_as_it_is(title: str) -> None:
    assert table.cell(title) == title


@given(ANY_TEXT, ANY_TEXT)
def test_a_csv_reads_back_with_every_cell_in_its_place(title: str, text: str) -> None:
    stream = io.BytesIO()
    assert table.write(stream, [document(title, text)] * 2) == 2
    rows = list(csv.reader(io.StringIO(stream.getvalue().decode(), newline="")))
    assert len(rows) == 3
    assert {len(row) for row in rows} == {len(table.COLUMNS) + 2}
    assert rows[1][rows[0].index("title")].removeprefix("'") in (title.replace("\x00", ""), title.removeprefix("'"))


@given(ANY_TEXT, ANY_TEXT)
def test_feeds_are_always_well_formed(title: str, text: str) -> None:
    for write in (feeds.write_rss, feeds.write_atom):
        stream = io.BytesIO()
        write(stream, [document(title, text)], title=title, link="https://example.com/", now=NOW)
        assert ET.fromstring(stream.getvalue()).tag


def test_text_becomes_html_that_holds_no_script() -> None:
    blocks = [
        {"type": "paragraph", "text": "<script>alert(1)</script>"},
        {"type": "image", "url": "javascript:alert(1)", "caption": "c"},
        {"type": "image", "url": 'https://example.com/"onerror="x', "alt": '"><script>', "caption": "<b>"},
        {"type": "embed", "url": "javascript:alert(1)"},
        {"type": "list", "ordered": True, "items": ["<i>"]},
        {"type": "table", "rows": [["<td>", "b"]]},
    ]
    made = feeds.body(document(blocks=blocks))
    assert "<script" not in made
    assert "javascript" not in made
    assert '"onerror' not in made
    assert made.startswith('<div dir="rtl">')


@given(ANY_TEXT)
def test_a_json_line_is_one_line_for_every_reader(text: str) -> None:
    stream = io.BytesIO()
    jsonl.write(stream, [document(text, text)])
    assert (
        len(stream.getvalue().decode().splitlines()) == 1
        or "\x85" in text
        or "\x1c" <= min(text, default="a") <= "\x1e"
    )
