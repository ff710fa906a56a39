"""Text for display: white space and controls go, letters stay."""

from hypothesis import given
from hypothesis import strategies as st

from warraq_parser.text.clean import clean_line, storable


def test_white_space_of_all_kinds_becomes_one_space():
    assert clean_line("\n a\u00a0\u2003b\t\r\nc\u2028") == "a b c"


def test_bidirectional_controls_go():
    assert clean_line("\u202bخبر\u202c \u200eX\u200f \u2067عاجل\u2069") == "خبر X عاجل"


def test_zwnj_stays_where_it_is_spelling_and_goes_where_it_is_noise():
    assert clean_line("\u200cمی\u200cشود\u200c است") == "می\u200cشود است"


def test_tatweel_and_quotes_stay_as_on_the_page():
    assert clean_line("أزمـة «الخبز»") == "أزمـة «الخبز»"


def test_joined_emoji_stay_joined():
    assert clean_line("👩\u200d🚀") == "👩\u200d🚀"


def test_nul_and_lone_surrogates_are_not_storable():
    assert storable("a\x00b\ud800c\nd") == "abc\nd"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    line = clean_line(text)
    assert clean_line(line) == line
    assert "\n" not in line
