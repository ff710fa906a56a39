"""What is a word: folding, cutting and stemming, and the way back to places in the original text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warraq_shared.errors import UsageProblem
from warraq_store.search.highlight import mark, snippet
from warraq_store.search.query import Field, understand
from warraq_store.search.words import places, plain_words, sentences, words

LANGUAGES = st.sampled_from([None, "ar", "en", "fa", "fr", "ja", "ru", "th", "tr", "xx", "zh-TW"])
TEXTS = st.text() | st.text(alphabet="أإآاىةهـَُّ العربية و١٢ abc -'«»‌ 東京都กรุงเทพน้ำ๒๕서울ｶﾞ½™²éİßﷺ\u0301\u200f")


def highlighted(text: str, query: str, language: str | None = "en") -> list[str]:
    marked = mark(text, understand(query), language, Field.TEXT)
    return [marked.text[start:end] for start, end in marked.marks]


@given(TEXTS, LANGUAGES)
def test_words_never_raise_and_hold_only_what_a_query_may_quote(text: str, language: str | None) -> None:
    for word in words(text, language):
        assert word
        assert not set(word) & set("'\"\\ \t\n:*()|&!")


@example("ก̀กÞ", None)  # a mark that goes and a letter that becomes two: the length is the same by chance
@given(TEXTS, LANGUAGES)
def test_the_words_at_their_places_are_the_words_of_the_index(text: str, language: str | None) -> None:
    assert [word for place in places(text, language) for word in place.words] == words(text, language)


@given(TEXTS, LANGUAGES)
def test_places_lie_in_the_text_in_order(text: str, language: str | None) -> None:
    starts = [place.start for place in places(text, language)]
    assert starts == sorted(starts)
    assert all(0 <= place.start < place.end <= len(text) for place in places(text, language))


@given(TEXTS, LANGUAGES)
def test_a_snippet_never_raises_and_its_marks_lie_in_it(text: str, language: str | None) -> None:
    piece = snippet(text, understand("word عربية 京 x"), language)
    assert all(0 <= start < end <= len(piece.text) for start, end in piece.marks)


def test_a_text_is_folded_once_for_its_words_and_its_sentences() -> None:
    assert sentences("The end. Élan!\nقال الوزيرُ أمس؟ 東京都。x") == (
        ("the", "end"),
        ("elan",),
        ("قال", "الوزير", "امس"),
        ("東京", "京都", "都"),
        ("x",),
    )


@given(TEXTS)
def test_the_words_of_all_sentences_are_the_words_of_the_text(text: str) -> None:
    assert [word for sentence in sentences(f"{text}. {text}") for word in sentence] == plain_words(text) * 2


def test_what_is_marked_is_the_original_with_its_marks() -> None:
    assert highlighted("زارَ أحمدُ المُستشفى اليوم", "احمد المستشفيات", "ar") == ["أحمدُ", "المُستشفى"]
    assert highlighted("Die Elections of élection", "election", "fr") == ["Elections", "élection"]


def test_a_phrase_is_marked_as_a_whole_and_only_where_it_stands() -> None:
    assert highlighted("minister, the prime minister, prime", '"prime minister"') == ["prime minister"]


def test_signs_without_spaces_are_marked_where_they_stand() -> None:
    assert highlighted("今日の東京都知事選挙", "東京都", "ja") == ["東京都"]


def test_a_single_sign_is_marked_alone() -> None:
    assert highlighted("北京市, 去了北京。", "京", "zh") == ["京", "京"]
    assert highlighted("自２０２６年起", "2026年", "zh") == ["２０２６年"]


def test_letters_that_become_two_and_marks_that_go_are_marked_with_their_word() -> None:
    assert highlighted("ขึ้นราคาน้ำประปาในกรุงเทพ", "น้ำประปา กรุงเทพ", "th") == ["น้ำประปา", "กรุงเทพ"]
    assert highlighted("เมื่อปี ๒๕๖๙", "2569", "th") == ["๒๕๖๙"]
    assert highlighted("수도 요금을", "요금", "ko") == ["요금"]


def test_a_beginning_is_marked_where_the_word_goes_on_and_where_it_was_cut() -> None:
    assert highlighted("Fußgängerüberwege fehlen", "Fußgänger*", "de") == ["Fußgängerüberwege"]
    assert highlighted("ein Wasserpreis", "wasserpreise*", "de") == ["Wasserpreis"]
    assert highlighted("في المستشفيات", "المستشف*", "ar") == ["المستشفيات"]


def test_quotation_marks_of_every_script_make_a_phrase() -> None:
    for asked in ("“prime minister”", "«prime minister»", "„prime minister“", "「prime minister」", '"prime minister'):
        assert [clause.words for clause in understand(asked).clauses] == [("prime", "minister")]


def test_a_beginning_of_one_letter_is_refused_and_one_sign_is_not() -> None:
    for asked in ("t*", "water -a*", "title:g*"):
        with pytest.raises(UsageProblem, match="at least 2 letters"):
            understand(asked)
    assert understand("京*").clauses[0].prefix


def test_only_a_mark_without_its_other_is_unclosed() -> None:
    assert [understand(asked).unclosed for asked in ('"a b', '"a" "b', '"a b"', "a b", 'צה"ל', "“a b")] == [
        True, True, False, False, False, True,
    ]  # fmt: skip


def test_what_steers_the_direction_of_text_hides_no_minus_and_no_field() -> None:
    asked = understand("ماء \u200f-كرة \u202btitle:نهر\u202c")
    assert [(clause.words, clause.excluded, clause.field) for clause in asked.clauses] == [
        (("ما",), False, None),
        (("كره",), True, None),
        (("نهر",), False, Field.TITLE),
    ]


def test_a_field_that_is_elsewhere_is_not_marked_in_the_text() -> None:
    assert highlighted("water and fire", "title:water fire") == ["fire"]


def test_the_snippet_is_where_most_of_the_search_is() -> None:
    text = "water " + "nothing " * 200 + "here water is dear and prices rise " + "nothing " * 200
    piece = snippet(text, understand("water prices"), "en")
    assert [piece.text[start:end] for start, end in piece.marks] == ["water", "prices"]
    assert piece.text.startswith("… ")
    assert piece.text.endswith(" …")
