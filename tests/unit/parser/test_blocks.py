"""What lines of a page become: paragraphs, headings, lists, tables, quotes, pictures."""

from datetime import UTC, datetime

import pytest

from warraq_parser.article.body.body import Body, find_body
from warraq_parser.article.body.pictures import caption_and_credit
from warraq_parser.article.document import read_document
from warraq_parser.article.metadata import collect_metadata
from warraq_parser.article.titles.titles import headline
from warraq_shared.article import Embed, Heading, ImageBlock, ListBlock, Paragraph, Quote, Table

LONG = "The council of the old river town met for three hours on Monday and agreed on a plan for the market square."
MORE = "Work is to begin before the summer, and the stalls will move to the station for the time being, the mayor said."
LAST = "Nobody in the hall had expected so quick an end to a quarrel that began four years ago over a single tree."
TEXT = f"<p>{LONG}</p><p>{MORE}</p><p>{LAST}</p>"


def body_of(markup: str) -> Body:
    document = read_document(
        f"<html><body>{markup}</body></html>", "https://news.example/a/", datetime(2026, 1, 1, tzinfo=UTC)
    )
    metadata = collect_metadata(document)
    return find_body(document, metadata, headline=headline(document, metadata))


def test_two_line_breaks_end_a_paragraph() -> None:
    assert body_of(f"<div>{LONG}<br><br>{MORE}</div>").blocks == (Paragraph(text=LONG), Paragraph(text=MORE))


def test_one_line_break_ends_a_paragraph_only_behind_a_sentence() -> None:
    assert body_of(f"<div>{LONG}<br>{MORE}</div>").blocks == (Paragraph(text=LONG), Paragraph(text=MORE))
    words = MORE.split()
    half, rest = " ".join(words[:6]), " ".join(words[6:])
    assert body_of(f"<p>{LONG}</p><p>{half}<br>{rest}</p>").blocks[-1] == Paragraph(text=MORE)


def test_headings_keep_their_level_and_the_title_is_never_a_block() -> None:
    body = body_of(f"<h1>A tree, a town</h1><p>{LONG}</p><h3>The plan</h3><p>{MORE}</p>")
    assert body.blocks == (Paragraph(text=LONG), Heading(text="The plan", level=3), Paragraph(text=MORE))


def test_a_bold_line_with_text_below_is_a_heading_and_a_bold_lead_is_not() -> None:
    body = body_of(f"<p><b>All about a tree</b></p><p>{LONG}</p><p><strong>The plan</strong></p><p>{MORE}</p>")
    assert body.blocks[0] == Paragraph(text="All about a tree")
    assert body.blocks[2] == Heading(text="The plan", level=2)


def test_the_questions_of_an_interview_are_no_headings() -> None:
    questions = "".join(f"<p><b>Question {n}: and what then, Mayor?</b></p><p>{LONG}</p>" for n in range(5))
    assert not [block for block in body_of(f"<p>{MORE}</p>{questions}").blocks if isinstance(block, Heading)]


def test_a_list_keeps_its_items_and_their_order() -> None:
    body = body_of(f"<p>{LONG}</p><ol><li>First the stalls<li>Then the trees<li>Last the lamps</ol><p>{MORE}</p>")
    assert ListBlock(items=("First the stalls", "Then the trees", "Last the lamps"), ordered=True) in body.blocks


def test_a_table_for_layout_is_no_table() -> None:
    body = body_of(f"<table><tr><td><p>{LONG}</p><p>{MORE}</p><p>{LAST * 4}</p></td></tr></table>")
    assert not [block for block in body.blocks if isinstance(block, Table)]


def test_a_quote_holds_its_paragraphs() -> None:
    body = body_of(f"<p>{LONG}</p><blockquote><p>We are glad.</p><p>Very glad.</p></blockquote><p>{MORE}</p>")
    assert Quote(text="We are glad.\nVery glad.") in body.blocks


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ('<img src="/a.jpg">', "https://news.example/a.jpg"),
        ('<img src="data:image/gif;base64,R0" data-src="b.jpg">', "https://news.example/a/b.jpg"),
        ('<img srcset="s.jpg 300w, https://img.example/l.jpg 1200w">', "https://img.example/l.jpg"),
    ],
)
def test_an_image_has_its_real_address(image: str, address: str) -> None:
    body = body_of(f"<p>{LONG}</p><figure>{image}</figure><p>{MORE}</p>")
    assert [block.url for block in body.blocks if isinstance(block, ImageBlock)] == [address]
    assert body.images[0].url == address


@pytest.mark.parametrize("image", ['<img src="/logo.png">', '<img src="/p.gif" width="1" height="1">', "<img>"])
def test_decoration_is_no_image_of_the_article(image: str) -> None:
    assert not body_of(f"{TEXT}<p>{image}</p>").images


def test_an_embed_is_its_address_and_a_tracker_is_none() -> None:
    frames = '<iframe src="//video.example/1"></iframe><iframe src="https://www.googletagmanager.com/ns"></iframe>'
    blocks = body_of(f"<p>{LONG}</p>{frames}<p>{MORE}</p>").blocks
    assert [block for block in blocks if isinstance(block, Embed)] == [Embed(url="https://video.example/1")]


def test_a_post_of_a_social_network_is_an_embed_and_its_text_is_not_ours() -> None:
    post = '<blockquote class="twitter-tweet"><p>So glad!</p><a href="https://x.example/a/1">May</a></blockquote>'
    blocks = body_of(f"<p>{LONG}</p>{post}<p>{MORE}</p>").blocks
    assert blocks == (Paragraph(text=LONG), Embed(url="https://x.example/a/1"), Paragraph(text=MORE))


def test_a_heading_with_a_block_inside_is_a_heading() -> None:
    body = body_of(f"<p>{LONG}</p><h2><div>The plan</div></h2><p>{MORE}</p>")
    assert Heading(text="The plan", level=2) in body.blocks


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("The market. Photo: Ann Lee", "The market.", "Ann Lee"),
        ("Der Markt am Morgen (Foto: dpa)", "Der Markt am Morgen", "dpa"),
        ("© Ann Lee", None, "Ann Lee"),
        ("The market on Monday", "The market on Monday", None),
        ("السوق في الصباح (تصوير: ليلى)", "السوق في الصباح", "ليلى"),
    ],
)
def test_a_caption_gives_up_its_credit(line: str, caption: str | None, credit: str | None) -> None:
    fields = caption_and_credit(line)
    assert (fields["caption"], fields.get("credit")) == (caption, credit)


def test_scripts_and_hidden_words_for_screen_readers_are_no_text() -> None:
    body = body_of(f'<p>{LONG}<script>var a = "x";</script> <span class="sr-only">opens a window</span></p>{TEXT}')
    assert "opens a window" not in str(body.blocks)
    assert "var a" not in str(body.blocks)
