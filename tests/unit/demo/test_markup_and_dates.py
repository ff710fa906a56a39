"""The articles' markup, and the days as the newsrooms print them."""

from datetime import date, datetime

import pytest

from warraq_demo import content, dates
from warraq_demo.content import CONTENT, read_sites
from warraq_demo.markup import Also, blocks_of, read_parts
from warraq_demo.pictures import picture
from warraq_shared.article import Embed, Heading, ImageBlock, ListBlock, Paragraph, Quote, Table

MONDAY = datetime.fromisoformat("2026-09-14T09:05:00+03:00")


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("Running text", Paragraph(text="Running text")),
        ("## Title", Heading(text="Title", level=2)),
        ("### Lower", Heading(text="Lower", level=3)),
        ("> One\n> Two", Quote(text="One\nTwo")),
        ("- a\n- b", ListBlock(items=("a", "b"))),
        ("1. a\n2. b", ListBlock(items=("a", "b"), ordered=True)),
        ("| a | b |\n| 1 | 2 |", Table(rows=(("a", "b"), ("1", "2")))),
        ("![A cat | Me](cat)", ImageBlock(url="/images/cat.png", caption="A cat", credit="Me", alt="A cat")),
        ("![A cat](cat)", ImageBlock(url="/images/cat.png", caption="A cat", alt="A cat")),
        ("@embed https://e.example/1", Embed(url="https://e.example/1")),
        ("@also 02-other", Also(key="02-other")),
    ],
)
def test_each_form_of_the_markup_is_one_block(source, part):
    assert read_parts(f"\n{source}\n") == (part,)


def test_blank_lines_separate_blocks_and_read_also_lines_are_not_the_articles():
    parts = read_parts("One\n\n@also 01-a\n\n\nTwo\n")
    assert len(parts) == 3
    assert blocks_of(parts) == (Paragraph(text="One"), Paragraph(text="Two"))


def test_a_broken_image_line_is_an_error_that_shows_it():
    with pytest.raises(ValueError, match="not an image line"):
        read_parts("![no end](")


def test_each_newsroom_prints_the_day_in_its_own_way():
    assert dates.arabic(MONDAY) == "الاثنين، ١٤ أيلول ٢٠٢٦"
    assert dates.persian(MONDAY) == "دوشنبه ۲۳ شهریور ۱۴۰۵ - ۰۹:۰۵"
    assert dates.french(MONDAY) == "lundi 14 septembre 2026 à 09h05"
    assert dates.chinese(MONDAY) == "2026年9月14日 09:05"
    assert dates.english(MONDAY) == "14 September 2026, 09:05"


@pytest.mark.parametrize(
    ("day", "jalali"),
    [
        (date(2026, 3, 21), (1405, 1, 1)),
        (date(2026, 4, 20), (1405, 1, 31)),
        (date(2026, 9, 22), (1405, 6, 31)),
        (date(2026, 9, 23), (1405, 7, 1)),
        (date(2026, 10, 22), (1405, 7, 30)),
        (date(2026, 12, 21), (1405, 9, 30)),
    ],
)
def test_the_jalali_calendar_turns_where_it_should(day, jalali):
    assert dates.jalali(day) == jalali


def test_a_day_outside_the_known_year_is_refused():
    with pytest.raises(ValueError, match="1405"):
        dates.jalali(date(2026, 3, 20))


def test_a_correction_must_find_its_passage(monkeypatch, tmp_path):
    site = tmp_path / "harbour"
    site.mkdir()
    (site / "site.toml").write_bytes((CONTENT / "harbour" / "site.toml").read_bytes())
    text = (CONTENT / "harbour" / "03-tide-gauge.toml").read_text(encoding="utf-8")
    (site / "03-tide-gauge.toml").write_text(text.replace("came to 74", "came to 75", 1), encoding="utf-8")
    monkeypatch.setattr(content, "CONTENT", tmp_path)
    assert len(read_sites(0)) == 1
    with pytest.raises(ValueError, match="must stand once"):
        read_sites(1)


def test_pictures_differ_by_name_and_are_png():
    assert picture("a") != picture("b")
    assert picture("a").startswith(b"\x89PNG\r\n\x1a\n")
