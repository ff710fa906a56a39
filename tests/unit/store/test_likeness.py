"""Which texts are the same story told once, and which only look like it."""

from hypothesis import given
from hypothesis import strategies as st

from warraq_store.articles.likeness import MOST_WORDS, Told, is_same_story

TEXT = """The council approved the new bridge over the river after two years of debate among its members.
Work will begin in March and should take eighteen months, the head of the council told reporters.
Shop owners on the northern bank fear that the closed road will cost them half of their customers.
The ministry of transport pays two thirds of the costs, the town itself the rest of the sum.
Several engineers had warned that the old bridge could carry no more lorries after next winter."""
OTHER = """A fishing boat sank off the coast early in the morning after it had struck a rock in thick fog.
All seven of its crew were saved by another boat that had heard their call over the radio.
The harbour office opened an inquiry into why the light on the rock had been out for three nights."""
WEATHER = """Today's weather in {0} will be sunny with a high of {1} degrees and light winds from the west.
Humidity in {0} stands at {2} percent and rain is expected to reach {3} millimetres by the evening.
Tonight the temperature falls to {4} degrees, and tomorrow it will be cloudy with at most {5} degrees."""


def same(one: str, other: str) -> bool:
    return is_same_story(Told.of(one), Told.of(other))


def test_a_copy_with_lines_around_it_or_in_another_order_is_the_same() -> None:
    assert same(TEXT, f"RIVERTON (Agencies)\n{TEXT}\nأحدث المواد\nAll rights reserved, 2026")
    assert same(TEXT, "\n".join(reversed(TEXT.splitlines())))


def test_a_cut_copy_is_the_same() -> None:
    assert same(TEXT, "\n".join(TEXT.splitlines()[:2]))


def test_a_copy_with_a_corrected_number_is_the_same() -> None:
    assert same(TEXT, TEXT.replace("eighteen", "twenty").replace("two years", "three years"))


def test_another_text_is_another_story() -> None:
    assert not same(TEXT, OTHER)


def test_two_reports_from_one_template_are_two_stories() -> None:
    assert not same(WEATHER.format("Dunmore", 21, 40, 3, 9, 25), WEATHER.format("Eastbay", 30, 75, 11, 17, 28))


def test_a_report_from_a_template_is_the_same_as_its_own_copy() -> None:
    report = WEATHER.format("Dunmore", 21, 40, 3, 9, 25)
    assert same(report, f"{report}\nFrom our weather desk.")


def test_spelling_variants_are_the_same_text() -> None:
    arabic = "أعلنت الحكومة أمس عن خطة جديدة لإصلاح شبكة المياه في المدينة القديمة. " * 5
    assert same(arabic, arabic.replace("أ", "ا").replace("ة", "ه").replace("ال", "الـ"))


def test_texts_that_are_copies_share_a_band_and_others_do_not() -> None:
    bands = set(Told.of(TEXT).bands())
    assert bands & set(Told.of(f"{TEXT}\nMore about this.").bands())
    assert not bands & set(Told.of(OTHER).bands())


def test_a_short_text_says_too_little_to_be_compared() -> None:
    assert not Told.of("Subscribe now to read this article in full.").is_long_enough


@given(st.text() | st.text(alphabet="ab .\n١東 ", max_size=400), st.text(max_size=200))
def test_comparing_never_raises_and_is_the_same_both_ways(one: str, other: str) -> None:
    first, second = Told.of(one), Told.of(other)
    assert is_same_story(first, second) == is_same_story(second, first)


def test_a_very_long_text_is_compared_by_its_beginning() -> None:
    assert len(Told.of("word " * 50_000).words) == MOST_WORDS
