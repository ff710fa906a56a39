"""What changed between two texts, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from warraq_store.articles.wording import Piece, changes, counted


def shown(before: str, after: str) -> list[str]:
    marks = {"same": "{}", "added": "+{}+", "removed": "-{}-"}
    return [" ".join(marks[p.operation].format(p.text) for p in line) for line in changes(before, after)]


def test_a_corrected_word_is_shown_where_it_stands() -> None:
    assert shown("Two people died.\nThe end.", "Three people died.\nThe end.") == [
        "-Two- +Three+ people died.",
        "The end.",
    ]


def test_lines_that_come_and_go_are_whole() -> None:
    assert shown("a\nb", "a\nb\nnew line") == ["a", "b", "+new line+"]
    assert shown("a\nb\nc", "a\nc") == ["a", "-b-", "c"]


def test_arabic_words_are_compared_as_words() -> None:
    assert shown("قال الوزير اليوم", "قال الوزير أمس") == ["قال الوزير -اليوم- +أمس+"]


def test_words_are_counted() -> None:
    assert counted(changes("a b c", "a x y c")) == (2, 1)


@given(st.text(alphabet="ab \nج", max_size=200), st.text(alphabet="ab \nج", max_size=200))
def test_the_newer_text_is_what_is_the_same_and_what_was_added(before: str, after: str) -> None:
    lines = changes(before, after)
    for wanted, text in (("added", after), ("removed", before)):
        kept = [piece.text for line in lines for piece in line if piece.operation in ("same", wanted)]
        assert " ".join(kept).split() == text.split()


def test_huge_texts_are_shown_as_replaced_instead_of_taking_for_ever() -> None:
    line = changes(" ".join(map(str, range(3000))), " ".join(map(str, range(5000, 8000))))[0]
    assert [piece.operation for piece in line] == ["removed", "added"]
    assert isinstance(line[0], Piece)
