"""What an element's tag, class, id and role say about the text in it, by the words in ``hint_words.py``.

A hint is never a verdict: ``drops.py`` weighs it against how much of the article stands inside.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from warraq_parser.article.body.hint_words import (
    BESIDE_BODY,
    FOLDED,
    HIDING,
    MEANINGLESS,
    PAIRS,
    PARTS,
    PROPERTIES,
    REFUSALS,
    ROLES,
    SHOWING,
    STATE,
    TAGS,
    WHOLE,
    WORDS,
    Hint,
)

_MODIFIER = re.compile("(?<=[a-z0-9])--[a-z].*")
# Drupal's prefixes for what it lists: the field's own name follows.
_OF_LISTING = re.compile("^views?-(?:field-|row-|content-|display-)*")
_CAMEL = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SEPARATED = re.compile("[A-Za-z0-9]+")
_FIRST_LETTERS: Final = 4


def _by_letters(table: dict[int, str]) -> dict[str, list[tuple[str, int]]]:
    """Turn a table of hints into one of parts of words, by their first letters."""
    parts: dict[str, list[tuple[str, int]]] = {}
    for hint, of_hint in table.items():
        for part in of_hint.split("|"):
            parts.setdefault(part[:_FIRST_LETTERS], []).append((part, hint))
    return parts


def _by_word(table: dict[int, str]) -> dict[str, int]:
    """Turn a table of hints into one of words."""
    words: dict[str, int] = {}
    for hint, names in table.items():
        for name in names.split():
            words[name] = words.get(name, 0) | hint
    return words


_LONGEST_NAMES: Final = 400
# The id of a heading is made of its words.
_NAMED_BY_TEXT: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TELLING_MORE: Final = Hint.HIDDEN | Hint.BODY | Hint.ARTICLE
# "teaser-text" below a headline is its standfirst, though a "teaser" alone leads elsewhere.
_RETRACTED: Final = Hint.RELATED
_HINTS_OF_PAIR: Final = _by_word(PAIRS)
_HINTS_OF_WORD: Final = _by_word(WORDS) | _HINTS_OF_PAIR
_PARTS_BY_LETTERS: Final = _by_letters(PARTS)


def hints_of(tag: str, attributes: Sequence[tuple[str, str]]) -> int:
    """Return the bits of ``Hint`` that an element's tag and attributes (names and values) give."""
    bits = TAGS.get(tag, 0)
    if not attributes:
        return bits
    names = ""
    for name, value in attributes:
        if name == "class" or (name == "id" and tag not in _NAMED_BY_TEXT):
            names = f"{names} {value}" if names else value
        elif name in _TELLING:
            bits |= _TELLING[name](value)
    if names:
        bits |= hints_of_names(names[:_LONGEST_NAMES])
    return _settled(bits, names) if bits & _TELLING_MORE else bits


def _settled(bits: int, names: str) -> int:
    """Return hints without those that others of the same element rule out."""
    if bits & Hint.HIDDEN and FOLDED.search(names):
        bits &= ~Hint.HIDDEN
    if bits & Hint.BODY:
        return bits & ~BESIDE_BODY
    return bits & ~Hint.OFFER if bits & Hint.ARTICLE else bits


def _of_role(value: str) -> int:
    return ROLES.get(value.strip().lower(), 0)


def _of_property(value: str) -> int:
    bits = 0
    for name in value.lower().split():
        bits |= PROPERTIES.get(name, 0)
    return bits


def _of_style(value: str) -> int:
    packed = value.replace(" ", "").lower()
    return Hint.HIDDEN if "display:none" in packed or "visibility:hidden" in packed else 0


def _of_hidden(value: str) -> int:
    """The bare attribute hides; ``until-found`` hides what a reader may open."""
    return 0 if value == "until-found" else Hint.HIDDEN


def _of_refusal(beginnings: tuple[str, ...]) -> Callable[[str], int]:
    return lambda value: Hint.OFFER if value.strip().lower().startswith(beginnings) else 0


_TELLING: Final[dict[str, Callable[[str], int]]] = {
    "role": _of_role,
    "itemprop": _of_property,
    "style": _of_style,
    "hidden": _of_hidden,
    **{name: _of_refusal(beginnings) for name, beginnings in REFUSALS.items()},
}


@lru_cache(maxsize=16_384)
def hints_of_names(names: str) -> int:
    """Return the hints of a class attribute and an id: sites repeat a few hundred of them, so they are remembered."""
    bits, hides = 0, False
    for name in names.split():
        bits |= _hints_of_name(name)
        hides = hides or name in HIDING
    return bits | Hint.HIDDEN if hides and not SHOWING.search(names) else bits


@lru_cache(maxsize=65_536)
def _hints_of_name(name: str) -> int:
    """Return the hints of one class or id; all sites draw on the same few thousand."""
    bits = _hints_of_words(name)
    # Most names say nothing; only of the others it is asked whether they mean it.
    if not bits or len(name) < 3 or MEANINGLESS.match(name) or STATE.search(name):
        return WHOLE.get(name, 0)
    return bits


def _hints_of_words(name: str) -> int:
    bits, before = 0, ""
    name = _OF_LISTING.sub("", name)
    for word in _words(name if "--" not in name else _MODIFIER.sub("", name)):
        pair = _HINTS_OF_PAIR.get(before + word, 0) if before else 0
        if pair & Hint.LEAD:
            bits &= ~_RETRACTED
        bits |= _hints_of_word(word) | pair
        before = word
    return bits


def _words(name: str) -> list[str]:
    """Return the words of a name in lower case: whole, and cut at their humps. What looks hashed is left out."""
    parts: list[str] = _SEPARATED.findall(name)
    return parts if name.islower() else [word for part in parts for word in _humps(part)]


def _humps(part: str) -> list[str]:
    lowered = part.lower()
    if part == lowered:
        return [lowered]
    humps = [hump.lower() for hump in _CAMEL.findall(part)]
    return [hump for hump in humps if len(hump) > 3 or hump == "nav" or len(humps) == 1]


@lru_cache(maxsize=32_768)
def _hints_of_word(word: str) -> int:
    """Return the hints of one word in lower case."""
    bits = _HINTS_OF_WORD.get(word, 0)
    if bits or len(word) < 6:
        return bits
    for start in range(len(word) - _FIRST_LETTERS + 1):
        for part, hint in _PARTS_BY_LETTERS.get(word[start : start + _FIRST_LETTERS], ()):
            if word.startswith(part, start):
                bits |= hint
    return bits


def names_of(bits: int) -> tuple[str, ...]:
    """Return the names of the hints in ``bits``, for people."""
    return tuple(name for name, bit in vars(Hint).items() if isinstance(bit, int) and bits & bit)
