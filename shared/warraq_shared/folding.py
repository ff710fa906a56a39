"""Folded text: the one form for search and fingerprints, in which variants of spelling are equal.

Display keeps the letters of the page; this form is never shown. The rules, in order, for every script:

1. compatibility forms (NFKC): presentation forms, ligatures, full and half width letters become plain letters;
2. case is folded (``casefold``): ``ß`` is ``ss``, final sigma is sigma;
3. marks that writers leave out go: accents of Latin, Greek and Cyrillic letters (so ``ё`` is ``е``; ``й`` and ``ї`` are
   letters of their own and stay), Hebrew points, Arabic vowels, shadda, dagger alef and Quran marks. The vowel signs
   of Indic, Thai, Khmer and Burmese are spelling and stay, as do Japanese voicing marks;
4. invisible characters go: ZWNJ, ZWJ, bidirectional controls, soft hyphen, zero width space; and tatweel;
5. Arabic letters that are written one for another become one: ``أإآٱ`` alef; ``ىیې`` and ``ئ`` ya; ``ؤ`` waw; ``ة`` and
   the Persian and Urdu forms of ha ``ه``; ``ک`` kaf; a hamza alone goes (``گ پ چ ژ`` are letters of their own);
6. ``ı`` is ``i``, ``ł`` is ``l``, ``ø`` is ``o``, ``đ`` is ``d``, ``æ`` is ``ae``, ``œ`` is ``oe``;
7. digits of any script become ASCII digits;
8. quotation marks and apostrophes become ``'``, dashes ``-``; white space becomes one space.
"""

import re
import unicodedata

_BREVE, _DIAERESIS = "\u0306", "\u0308"
_KEPT_BREVES = {"и\u0306": "й", "і\u0308": "ї", "у\u0306": "ў"}
_SAME = {
    "ا": "أإآٱ",
    "ي": "ىیېئۍ",
    "و": "ؤ",
    "ه": "ةەھہۃۀۂۓ",
    "ك": "کڪ",
    "": "ء\u0640",
    "i": "ı",
    "l": "ł",
    "o": "ø",
    "d": "đð",
    "ae": "æ",
    "oe": "œ",
    "th": "þ",
    "'": '"`´‘’‚‛“”„‟«»‹›「」『』〝〞〟′″׳״ʹʻʼʽ',
    "-": "‐‑‒–—―−־",
}
_DIGIT = re.compile(r"\d")
_LETTERS = {ord(variant): letter for letter, variants in _SAME.items() for variant in variants}


def fold(text: str) -> str:
    """Return the folded form of ``text`` (see the module's rules). Twice is the same as once. Never raises."""
    # ASCII, of which there is most, is folded in one pass over the bytes: no part of another character looks like it.
    plain = text.encode("utf-8", "surrogatepass").translate(_ASCII_FOLDS, _ASCII_GONE)
    folded = plain.decode("utf-8", "surrogatepass")
    # A text has few other characters: each one is changed everywhere at once, and none becomes one that changes.
    for char in () if plain.isascii() else set(plain.translate(None, _ASCII).decode("utf-8", "surrogatepass")):
        alone = _ALONE[ord(char)]
        if alone == _TOGETHER:
            return " ".join(_folded_together(text).split())
        if alone != char:
            folded = folded.replace(char, alone)
    return " ".join(folded.split()) if "  " in folded else folded.strip()


def _folded_together(text: str) -> str:
    """Fold a text in which letters and marks follow each other, so that no letter can be folded alone."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    if _BREVE in apart or _DIAERESIS in apart:
        apart = apart.translate(_OTHER_MARKS)  # so that the mark stands right behind its letter
        for pair, letter in _KEPT_BREVES.items():
            apart = apart.replace(pair, letter)
    return unicodedata.normalize("NFC", apart.translate(_FOLDS))


def ascii_digits(text: str) -> str:
    """Return ``text`` with the decimal digits of every script as ASCII digits; its length does not change."""
    return text if text.isascii() else text.translate(_DIGITS)


def has_digit(text: str) -> bool:
    """Tell whether there is a decimal digit, of any script, in ``text``."""
    return _DIGIT.search(text) is not None


class _Folds(dict[int, str]):
    """What each decomposed character becomes, found when it is first met: a text has few different characters."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(code)
        return folded


def _folded(code: int) -> str:
    if code in _LETTERS:
        return _LETTERS[code]
    char = chr(code)
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category in ("Cf", "Cc", "Cs", "Cn") and not char.isspace():
        return ""
    return "" if category == "Mn" and _is_left_out(code) else char


def _is_left_out(code: int) -> bool:
    """Tell marks that writers leave out from marks that are spelling."""
    return any(first <= code <= last for first, last in _LEFT_OUT)


# Combining marks of Latin, Greek and Cyrillic; Hebrew; Arabic, Quran and Syriac; variation selectors.
_LEFT_OUT = (
    (0x0300, 0x036F),
    (0x0483, 0x0487),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x0711, 0x074A),
    (0x08CA, 0x08FF),
    (0xFE00, 0xFE0F),
)
_FOLDS = _Folds()
_OTHER_MARKS = {
    code: None
    for first, last in _LEFT_OUT
    for code in range(first, last + 1)
    if unicodedata.category(chr(code)) == "Mn" and chr(code) not in (_BREVE, _DIAERESIS)
}
# Breve and diaeresis make й and ї, a subscript iota is a letter when folded, the voicing marks of half width kana make
# letters; U+FFFF is our own sign, below.
_MAKING_LETTERS = (0x0306, 0x0308, 0x0345, 0xFF9E, 0xFF9F, 0xFFFF)
# Stands for a mark, or a part of a syllable, in a text that was folded letter by letter: it must be folded together.
_TOGETHER = "\uffff"


class _Alone(dict[int, str]):
    """What each composed character becomes where no mark follows it; found when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        mark = unicodedata.category(char)[0] == "M"
        if char.isspace():
            self[code] = " "
            return " "
        joins = code in _MAKING_LETTERS or (mark and not _is_left_out(code)) or 0x1100 <= code <= 0x11FF
        self[code] = folded = _TOGETHER if joins else _folded_together(char)
        return folded


_ALONE = _Alone()
_ASCII = bytes(range(128))
_ASCII_GONE = bytes(code for code in _ASCII if not _ALONE[code])
_ASCII_FOLDS = bytes(ord(_ALONE[code] or " ") for code in _ASCII) + bytes(range(128, 256))


class _Digits(dict[int, str]):
    """The ASCII digit of every decimal digit, found when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = found = str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char
        return found


_DIGITS = _Digits()
