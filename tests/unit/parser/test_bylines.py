"""Names between the words for "by" and "and" of many languages, and lines that are nothing but names."""

import pytest

from warraq_parser.article.authors.people import is_byline, people_in, split_names
from warraq_parser.article.sitename import SiteNames


def _people(text: str, language: str = "") -> tuple[str, ...]:
    return people_in((text,), SiteNames("", "", frozenset(), "", language), shown=True)


@pytest.mark.parametrize(
    ("line", "language", "people"),
    [
        ("מאת נועה ברזילי ואיתמר קדוש", "he", ("נועה ברזילי", "איתמר קדוש")),
        ("بقلم: رنا الخطيب وسامر عواد", "ar", ("رنا الخطيب", "سامر عواد")),
        ("بقلم: كريم وليد", "ar", ("كريم وليد",)),
        ("Γράφει η Δήμητρα Καλογήρου", "el", ("Δήμητρα Καλογήρου",)),
        ("De Ioana Tudorache și Răzvan Moldovan", "ro", ("Ioana Tudorache", "Răzvan Moldovan")),
        ("Na Zainabu Mwinyi na Joseph Katana", "sw", ("Zainabu Mwinyi", "Joseph Katana")),
        ("Avtor: Maja Kovačič in Andrej Žnidaršič", "sl", ("Maja Kovačič", "Andrej Žnidaršič")),
        ("โดย พิมพ์ชนก ศรีวิไล และ ธนากร แสงทอง", "th", ("พิมพ์ชนก ศรีวิไล", "ธนากร แสงทอง")),
        ("Հեղինակ՝ Անահիտ Սարգսյան և Տիգրան Մելիքյան", "hy", ("Անահիտ Սարգսյան", "Տիգրան Մելիքյան")),
        ("ავტორი: ნინო ბერიძე და გიორგი ლომთათიძე", "ka", ("ნინო ბერიძე", "გიორგი ლომთათიძე")),
        ("ጸሐፊ፦ ሰላማዊት ተስፋዬ እና ዳዊት ከበደ", "am", ("ሰላማዊት ተስፋዬ", "ዳዊት ከበደ")),
        ("Szerző: Kerekes Boglárka és Szalai Márton", "hu", ("Kerekes Boglárka", "Szalai Márton")),
    ],
)
def test_several_people_are_told_apart_in_the_words_of_their_language(line, language, people):
    assert _people(line, language) == people


def test_a_word_that_is_and_in_one_language_only_is_none_in_others():
    assert split_names("Maja Kovačič in Andrej Žnidaršič", "de") == ["Maja Kovačič in Andrej Žnidaršič"]
    assert split_names("Jonas Petraitis, žmogaus ir visuomenės fakultetas", "lt") == [
        "Jonas Petraitis, žmogaus ir visuomenės fakultetas"
    ]


@pytest.mark.parametrize(
    "line",
    ["By Maren Holloway and Tobias Quill", "De Ioana Pop și Dan Rus", "نویسنده: نرگس بهاری", "Jane Doe, John Roe"],
)
def test_a_line_of_names_is_a_byline(line):
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "Von der Leyen will die Regeln ändern",
        "Di Maio annuncia le dimissioni",
        "A Study With a Regression Discontinuity Design",
        "Family: Rubiaceae, Place of Origin: Ethiopia",
        "کتاب تازه منتشر شد",
        "",
    ],
)
def test_a_line_that_says_something_is_no_byline(line):
    assert not is_byline(line)
