"""Folded text: variants of spelling are equal, different words are not."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warraq_shared.folding import _folded_together, ascii_digits, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد إلى آخر", "احمد الى اخر"),
        ("مدرسة", "مدرسه"),
        ("مُحَمَّدٌ", "محمد"),
        ("أزمـــة", "ازمة"),
        ("مسؤول شيئ", "مسوول شيي"),
        ("بناء", "بنا"),
        ("می‌شود", "ميشود"),
        ("کتاب", "كتاب"),
        ("١٢٣", "123"),
        ("۱۲۳", "१२३"),
        ("ﻻ", "لا"),
        ("Café ÉTÉ", "cafe ete"),
        ("Straße", "STRASSE"),
        ("İstanbul ısı", "istanbul isi"),
        ("ёлка", "елка"),
        ("ΛΌΓΟΣ", "λογος"),
        ("ｆｕｌｌ　ｗｉｄｔｈ１２", "full width12"),
        ("שָׁלוֹם", "שלום"),
        ("ｶﾞｿﾘﾝﾊﾟﾝ", "ガソリンパン"),
        ("обʼєкт", "об'єкт"),
        ("«quote» – dash", "“quote” — dash"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        ("\u202bخبر\u202c", "خبر"),
    ],
)
def test_variants_of_one_spelling_are_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("мой", "мои"),
        ("їжак", "іжак"),
        ("हिंदी", "हदी"),
        ("กา", "กี"),
        ("か", "が"),
        ("گل", "كل"),
        ("پدر", "بدر"),
        ("word one", "wordone"),
    ],
)
def test_different_words_stay_different(one, other):
    assert fold(one) != fold(other)


@given(st.text())
@example("Ω\u0345\u0301")
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_letter_by_letter_is_folding_together(text):
    assert fold(text) == " ".join(_folded_together(text).split())


@given(st.text())
def test_ascii_digits_keep_the_length(text):
    assert len(ascii_digits(text)) == len(text)
