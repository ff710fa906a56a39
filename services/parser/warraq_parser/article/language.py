"""The language of a text, told from the text first; what the page declares is believed where the text is silent.

A page's ``lang`` is missing or wrong on a third of the world's pages ("en-US" on Arabic ones). The text is not: its
script names the language or a few, letters and the commonest words name it among those. A few kilobytes are read, once.
"""

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from warraq_parser.article.language_words import (
    CLOSE,
    EKAVIAN,
    IJEKAVIAN,
    LETTERS,
    RIGHT_TO_LEFT,
    SAME_LANGUAGE,
    SCRIPTS,
    SHARED,
    WORDS,
)

Direction = Literal["ltr", "rtl"]

_SAMPLE, _SCRIPT_SAMPLE = 900, 400
_FEWEST_LETTERS = 8
# Below this a guess gives way to what the page declares.
_SURE = 0.9
# Of the words of a text in a Latin script, so many in a hundred are in the list of its language; 5 suffice.
_LEAST_SHARE = 0.05
_FEWEST_HITS = 3
# A language with this share of the best one's common words may be the text's too, and any where those are few.
_RIVAL, _MANY_HITS = 0.6, 20
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_TAG = re.compile(r"^\s*([a-zA-Z]{2,3})(?:[-_][a-zA-Z0-9]+)*\s*$")


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its primary subtag (BCP 47), where it was taken from, and how sure that is."""

    tag: str
    origin: str
    confidence: float


def primary_subtag(tag: str) -> str:
    """Return the primary language subtag of a tag as the web writes it ("ar_EG", "EN-us"), "" where it is none."""
    match = _TAG.match(tag)
    subtag = match.group(1).lower() if match else ""
    return SAME_LANGUAGE.get(subtag, subtag)


def region_of(tag: str) -> str:
    """Return the region of a tag ("US" of "en-US", "EG" of "ar_EG"), "" where it names none."""
    match = re.match(r"^\s*[a-zA-Z]{2,3}(?:[-_][a-zA-Z]{4})?[-_]([a-zA-Z]{2})\b", tag)
    return match.group(1).upper() if match else ""


def direction_of(language: str) -> Direction:
    """Return the direction in which ``language`` is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def language_of(text: str, declared: Iterable[tuple[str, str]] = ()) -> Language | None:
    """Return the language of ``text``; ``declared`` are (tag, origin) pairs of the page, the most trusted first.

    None where neither says anything.
    """
    tags = [(primary_subtag(tag), origin) for tag, origin in declared]
    tags = [(tag, origin) for tag, origin in tags if tag]
    guess = language_in(text[:_SAMPLE])
    if guess is None:
        return Language(tags[0][0], tags[0][1], 0.6) if tags else None
    for tag, origin in tags:
        if tag == guess.tag:
            return Language(tag, "text", min(0.99, guess.confidence + 0.05))
        if (guess.tag, tag) in CLOSE or (guess.confidence < _SURE and _could_be(tag, guess.tag, text[:_SAMPLE])):
            return Language(tag, origin, 0.7)
    return guess


def _could_be(tag: str, guess: str, text: str) -> bool:
    """Tell whether ``text``, guessed to be in one language, could be in another that shares its script."""
    if guess in WORDS and tag in WORDS:
        hits = _common_words(_WORD.findall(text))
        return hits[tag] >= _RIVAL * hits[guess] or hits[guess] < _MANY_HITS
    return any(guess in languages and tag in languages for languages in SHARED.values())


def language_in(text: str) -> Language | None:
    """Return the language that ``text`` itself shows, None where it is too short or shows none."""
    scripts: Counter[str] = Counter()
    for char, count in Counter(filter(str.isalpha, text[:_SCRIPT_SAMPLE])).items():
        scripts[_script_of(char)] += count
    total = sum(scripts.values())
    if total < _FEWEST_LETTERS:
        return None
    if scripts["ja"] > 0.03 * total and scripts["ja"] + scripts["han"] > 0.4 * total:
        return Language("ja", "text", 0.97)
    script, count = scripts.most_common(1)[0]
    if count < 0.4 * total and script != "han":
        return None
    match script:
        case "latin":
            return _by_words(text)
        case "han":
            return Language("zh", "text", 0.93)
        case "other":
            return None
        case "arabic" | "cyrillic" | "devanagari":
            return _by_letters(text, script)
    return Language(_neighbour(script, text), "text", 0.95)


def _neighbour(language: str, text: str) -> str:
    """Tell the smaller language of a script by its own letters: Yiddish, Assamese."""
    if language == "he" and ("ײ" in text or "װ" in text or " און " in text):
        return "yi"
    return "as" if language == "bn" and ("ৰ" in text or "ৱ" in text) else language


@functools.lru_cache(maxsize=4096)
def _script_of(char: str) -> str:
    code = ord(char)
    return next((name for first, last, name in SCRIPTS if first <= code <= last), "other")


def _by_words(text: str) -> Language | None:
    """Tell a language of a Latin script by the share of its commonest words."""
    words = _WORD.findall(text)
    ranked = _common_words(words).most_common(2)
    first, second = ranked[0][1] if ranked else 0, ranked[1][1] if len(ranked) > 1 else 0
    if first < max(_FEWEST_HITS, _LEAST_SHARE * len(words)) or first == second:
        return None
    best, margin = ranked[0][0], (first - second) / first
    if best == "gl" and _count(text.lower(), "ãõç"):
        best = "pt"  # Galician shares most of the words, and has none of these letters
    if best == "hr" and _is_ekavian(words):
        best = "sr"
    return Language(best, "text", round(0.7 + 0.28 * min(1.0, 2 * margin), 2))


def _is_ekavian(words: Iterable[str]) -> bool:
    counted = Counter(map(str.lower, words))
    return sum(counted[word] for word in EKAVIAN) > sum(counted[word] for word in IJEKAVIAN)


def _common_words(words: Iterable[str]) -> Counter[str]:
    """Count the ``words`` that are common in a language of the Latin script, by language."""
    known = _latin_words()
    return Counter(chain.from_iterable(known.get(word, ()) for word in map(str.lower, words)))


@functools.cache
def _latin_words() -> dict[str, tuple[str, ...]]:
    """Return, for each common word of a Latin script, the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in WORDS.items():
        for word in words:
            if _script_of(word[0]) == "latin":
                found[word] = (*found.get(word, ()), language)
    return found


def _by_letters(text: str, script: str) -> Language:
    """Tell one of the languages that share a script by the letters (or words) that only it has."""
    tell: dict[str, Callable[[str], str]] = {
        "arabic": _arabic_script,
        "cyrillic": _cyrillic_script,
        "devanagari": _devanagari_script,
    }
    tag = tell[script](text)
    shown = script != "cyrillic" or tag != "ru" or _count(text.lower(), "ыэё") > 0
    return Language(tag, "text", 0.95 if shown else 0.6)


def _share(text: str, language: str) -> int:
    return sum(text.count(letter) for letter in LETTERS[language])


def _arabic_script(text: str) -> str:
    for language in ("ps", "ckb", "ug", "sd", "ur"):
        if _share(text, language) > 0.02 * len(text):
            return language
    persian = sum(text.count(letter) for letter in "پچژگ") + sum(text.count(letter) for letter in "کی") // 2
    return "fa" if persian > sum(text.count(letter) for letter in "ةىأإ") + 0.2 * text.count("ي") else "ar"


def _cyrillic_script(text: str) -> str:
    low = text.lower()
    if _share(low, "kk") - low.count("і") > 0.02 * len(low):
        if _share(low, "tg") - low.count("қ") - low.count("ғ") > 0.01 * len(low):
            return "tg"
        return "tt" if "җ" in low and "қ" not in low else "kk"
    if low.count("ө") + low.count("ү") > 0.02 * len(low):
        return "ky" if "ң" in low else "mn"
    if any(letter in low for letter in "љњџ"):
        return "mk" if _count(low, "ѓќѕ") > _count(low, "ђћ") else "sr"
    if _count(low, "їєґ") or (low.count("і") > 0.01 * len(low) and "ы" not in low):
        return "uk"
    if "ў" in low:
        return "be"
    return "ru" if _count(low, "ыэё") else "bg" if "ъ" in low else "ru"


def _count(text: str, letters: str) -> int:
    return sum(text.count(letter) for letter in letters)


def _devanagari_script(text: str) -> str:
    words = Counter(text.split())
    hits = {language: sum(words[word] for word in WORDS[language]) for language in SHARED["devanagari"]}
    return max(hits, key=lambda language: hits[language]) if any(hits.values()) else "hi"
