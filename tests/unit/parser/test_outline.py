"""A page's tree and its outline: their limits, and that no markup breaks them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warraq_parser.article.assemble import fingerprint, read_article
from warraq_parser.article.body.outline import MAX_LINES, read_outline
from warraq_parser.article.document import MAX_ATTRIBUTES, read_document
from warraq_shared.article import block_lines
from warraq_shared.errors import Permanent
from warraq_shared.reasons import Reason

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ONE = "The council of the old river town met for three hours on Monday and agreed on a plan for the market square."
TWO = "Work is to begin before the summer, and the stalls will move to the station for the time being, the mayor said."


def test_a_flood_of_attributes_is_cut_and_noted() -> None:
    flood = " ".join(f'a{number}=">"' for number in range(60_000))
    document = read_document(f"<p {flood}>{ONE}</p><p>{TWO}</p>", "https://news.example/", NOW)
    assert document.notes == ("attributes-dropped",)
    assert max(len(element.attrib) for element in document.root.iter()) <= MAX_ATTRIBUTES
    assert ONE in "".join(document.root.itertext())


@pytest.mark.parametrize("before", ["", "<p>x</p>", "x" * 59_999, "x" * 60_000 + "<p>", "<i>" + "x" * 60_001])
def test_a_tag_is_looked_into_from_sixty_thousand_characters_on(before: str) -> None:
    attributes = " ".join(f"a{number}" for number in range(MAX_ATTRIBUTES + 10))
    for length, notes in ((60_000, ()), (60_001, ("attributes-dropped",))):
        tag = f"<p {attributes}"
        document = read_document(f"{before}{tag.ljust(length)}>{ONE}", "https://news.example/", NOW)
        assert document.notes == notes


@pytest.mark.parametrize("text", ["", "   ", "<!-- nothing -->"])
def test_a_page_without_an_element_has_no_text(text: str) -> None:
    with pytest.raises(Permanent) as problem:
        read_document(text, "https://news.example/", NOW)
    assert problem.value.reason is Reason.NO_TEXT


def test_depth_beyond_the_limit_is_noted() -> None:
    document = read_document("<div>" * 50_000 + ONE, "https://news.example/", NOW)
    assert "text-dropped" in document.notes


@pytest.mark.parametrize("tag", ["img", "amp-img", "data", "unknown"])
def test_what_stands_inside_a_line_does_not_cut_it(tag: str) -> None:
    outline = read_outline(read_document(f"<p>One <{tag}></{tag}> line</p>", "https://news.example/", NOW).root)
    assert [line.text for line in outline.lines if line.text] == ["One line"]


def test_an_element_with_a_name_of_its_own_is_a_block() -> None:
    outline = read_outline(read_document("<p>One <x-box>two</x-box> three", "https://news.example/", NOW).root)
    assert [line.text for line in outline.lines] == ["One", "two", "three"]


def test_lines_beyond_the_limit_are_dropped_and_noted() -> None:
    document = read_document(f"<p>{ONE}</p>" * (MAX_LINES + 10), "https://news.example/", NOW)
    outline = read_outline(document.root)
    assert len(outline.lines) == MAX_LINES
    assert outline.notes == ("text-dropped",)


def test_fingerprints_do_not_change_with_spelling_variants() -> None:
    assert fingerprint("أعلن المجلس") == fingerprint("اعلن  المجلس")
    assert fingerprint("a") != fingerprint("b")


TAGS = st.sampled_from(
    "p div h2 ul li table tr td blockquote a b br img figure figcaption article nav span pre iframe button form".split()
)
CLASSES = st.sampled_from(("", "related", "article-body", "share", "comment", "hidden", "caption", "x"))
PIECES = st.one_of(
    st.tuples(TAGS, CLASSES).map(lambda pair: f'<{pair[0]} class="{pair[1]}" href="/x" src="/i.jpg">'),
    TAGS.map(lambda tag: f"</{tag}>"),
    st.text(max_size=200),
    st.sampled_from((ONE, TWO, "<!--", "<![CDATA[", "&#0;", "&#xD800;", "<script>", "</html>", "<p", "\x00")),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_markup_gives_the_same_article_twice_and_never_raises(pieces: list[str]) -> None:
    try:
        first = read_article(read_document("".join(pieces), "https://news.example/", NOW))
    except Permanent:
        return
    again = read_article(read_document("".join(pieces), "https://news.example/", NOW))
    assert first.article == again.article
    for line in block_lines(first.body.blocks):
        assert line == line.strip()
        assert line
