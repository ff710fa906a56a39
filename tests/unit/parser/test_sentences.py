"""Where sentences begin and end, in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_parser.article.sentences import begins_small, ends_sentence, ends_with_stop


@pytest.mark.parametrize(
    "text",
    [
        "A decision is expected in February.",
        "„Das halten wir nicht durch“",
        "»Če bi zaprli še trgovino, bi ostali brez kraja.«",
        "今年开放。",
        "这座英雄的城！（评论员 罗博）",
        "काम मार्च में शुरू होगा।",
        "ایکسرے مشین اگلے ماہ پہنچ جائے گی۔",
        "Հաջորդ շաբաթ բանաստեղծների երեկո է։",
        "ምዝገባው እስከ ሳምንቱ መጨረሻ ይቀጥላል።",
        "ការងារនឹងចាប់ផ្តើម។",
        "အလုပ် စတင်မည်။",
        "เรื่องต่อไปที่จะฉายเป็นสารคดีเกี่ยวกับแม่น้ำ",
    ],
)
def test_a_sentence_ends_with_the_signs_of_its_script(text):
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "Read also", "【熱門點閱】", "（羅森）", "ข่าวยอดนิยม", "Կարդացեք նաև", "[CTA]"])
def test_a_label_ends_no_sentence(text):
    assert not ends_sentence(text)


def test_a_headline_may_end_in_a_question_and_has_no_full_stop():
    assert not ends_with_stop("Who pays for the boats?")
    assert ends_with_stop("“We start in April.”")


def test_georgian_has_one_size_of_letters():
    assert not begins_small("ნინო")
    assert begins_small("nino")
    assert not begins_small("")


@given(st.text(max_size=60))
def test_no_text_raises(text):
    assert ends_sentence(text) in (True, False)
    assert ends_with_stop(text) in (True, False)
    assert begins_small(text) in (True, False)
