"""What is a word, for the index and for queries: folded, cut, and reduced to its stem where its language has one.

1. The text is folded (``warraq_shared.folding``): letters written one for another, marks and digits become equal.
2. A word is a run of letters, marks and digits (Unicode categories L, M, N).
3. Scripts without spaces (Chinese, Japanese, Thai, Khmer, Lao, Burmese), and Korean, whose particles are written as one
   with the word, become overlapping pairs of characters; the last character of a run follows alone, so that each
   character is the beginning of some word.
4. A word becomes its stem where its language has a stemmer (Snowball; Arabic: ``arabic.py``); words in another script
   than the language's stay.

Both databases index these words and nothing else, so a search gives the same on both.
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from warraq_shared.folding import fold
from warraq_store.search import arabic

LONGEST_WORD: Final = 64
_CACHED: Final = 200_000

# ISO 639-1 code → Snowball's name.
_STEMMERS: Final = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# The first letter of a word tells its script; ranges are of the letters that occur in folded text.
_SCRIPTS: Final = (
    ("latin", 0x0041, 0x024F),
    ("greek", 0x0370, 0x03FF),
    ("cyrillic", 0x0400, 0x052F),
    ("armenian", 0x0530, 0x058F),
    ("hebrew", 0x0590, 0x05FF),
    ("arabic", 0x0600, 0x08FF),
    ("devanagari", 0x0900, 0x097F),
    ("tamil", 0x0B80, 0x0BFF),
    ("latin", 0x1E00, 0x1EFF),
)
_SCRIPT_OF_LANGUAGE: Final = {
    "ar": "arabic", "fa": "arabic", "el": "greek", "ru": "cyrillic", "sr": "cyrillic", "hy": "armenian",
    "hi": "devanagari", "ne": "devanagari", "ta": "tamil", "yi": "hebrew",
}  # fmt: skip

# Thai, Lao, Burmese, Khmer; kana; Han with its extensions; Hangul.
_UNSPACED_RUN: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003fa1f]+"
)
_APART: Final = re.compile(r"\S+")
# What a page should not hold any more, and what would otherwise join or part words by where it stands.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SENTENCE_END: Final = re.compile(r"[.!?؟۔।]+(?=\s|$)|[。！？]|\n")
# Stands where a sentence ends while the text is folded, which leaves it alone; then it becomes the end of a line.
_END: Final = "\ue000"

Words = tuple[str, ...]


class _Separators(dict[int, str]):
    """Each character that is no part of a word becomes a space; found when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = chr(code) if unicodedata.category(chr(code))[0] in "LMN" else " "
        return found


class _OriginalSeparators(dict[int, str]):
    """The same for text that is not folded yet: what folding drops or makes a letter of belongs to its word."""

    def __missing__(self, code: int) -> str:
        between = fold(f"x{chr(code)}x").translate(_SEPARATORS)
        separates = between.split() == ["x", "x"]
        self[code] = found = " " if separates else "x"
        return found


_SEPARATORS = _Separators({ord(_END): "\n"})
_ORIGINAL_SEPARATORS = _OriginalSeparators()


def words(text: str, language: str | None = None) -> list[str]:
    """Return the index words of ``text``, which is in ``language`` (ISO 639-1; None: not known)."""
    return list(map(stemmer(language), plain_words(text)))


def plain_words(text: str) -> list[str]:
    """Return the folded words of ``text`` before stemming, long ones cut."""
    return list(chain.from_iterable(sentences(text)))


def sentences(text: str) -> tuple[Words, ...]:
    """Return the folded words of ``text`` sentence by sentence, before stemming, long ones cut.

    The whole text is folded at once: that costs far less than each sentence alone.
    """
    folded = fold(_CONTROL.sub(" ", _SENTENCE_END.sub(f" {_END} ", text)))
    parts = map(str.split, folded.translate(_SEPARATORS).split("\n"))
    if text.isascii() or not _UNSPACED_RUN.search(folded):
        return tuple(tuple([word[:LONGEST_WORD] for word in part]) for part in parts if part)
    return tuple(tuple([cut.word for word in part for cut in _cut(word)]) for part in parts if part)


class _Part(NamedTuple):
    """A part of a folded word: from ``start`` to ``end`` of it."""

    start: int
    end: int
    word: str


def _cut(word: str) -> Iterator[_Part]:
    """Yield the parts of ``word``: pairs of characters where its script has no spaces, the rest as it is."""
    end = 0
    for run in () if word.isascii() else _UNSPACED_RUN.finditer(word):
        if run.start() > end:
            yield _Part(end, run.start(), word[end : run.start()][:LONGEST_WORD])
        end = run.end()
        yield from (_Part(at, at + 2, word[at : at + 2]) for at in range(run.start(), end - 1))
        yield _Part(end - 1, end, word[end - 1])
    if end < len(word):
        yield _Part(end, len(word), word[end:][:LONGEST_WORD])


def is_unspaced(word: str) -> bool:
    """Tell whether ``word`` is of a script that is written without spaces."""
    return _UNSPACED_RUN.match(word) is not None


def is_lone_sign(word: str) -> bool:
    """Tell whether ``word`` is a single character of a script that is written without spaces."""
    return len(word) == 1 and is_unspaced(word)


class Place(NamedTuple):
    """A word of a text as it stands there: from ``start`` to ``end``, and the index words it gives."""

    start: int
    end: int
    words: Words


def places(text: str, language: str | None = None) -> Iterator[Place]:
    """Yield the words of ``text`` with their places in the original text."""
    stem = stemmer(language)
    for found in _APART.finditer(_CONTROL.sub(" ", text).translate(_ORIGINAL_SEPARATORS)):
        start, end = found.span()
        piece = text[start:end]
        if not piece.isascii() and _UNSPACED_RUN.search(piece):
            yield from _unspaced_places(start, piece, stem)
        else:
            yield Place(start, end, tuple(map(stem, _plain_words_of(piece))))


@functools.lru_cache(maxsize=_CACHED)
def _plain_words_of(piece: str) -> Words:
    return tuple(plain_words(piece))


def _unspaced_places(start: int, piece: str, stem: Callable[[str], str]) -> Iterator[Place]:
    """Yield each part of a piece without spaces with its own place, where its characters can be folded one by one."""
    folded = list(map(_folded_letter, piece))
    together = "".join(folded)
    if together != fold(piece) or " " in together.translate(_SEPARATORS):
        yield Place(start, start + len(piece), tuple(map(stem, plain_words(piece))))
        return
    origins = [at for at, letters in enumerate(folded) for _ in letters]
    for part in _cut(together):
        # Marks that go belong to the letter before them; of a letter that becomes two, each half is the letter.
        follows = origins[part.end] if part.end < len(origins) else len(piece)
        end = max(origins[part.end - 1] + 1, follows)
        yield Place(start + origins[part.start], start + end, (stem(part.word),))


@functools.lru_cache(maxsize=_CACHED)
def _folded_letter(character: str) -> str:
    return fold(character)


@functools.cache
def stemmer(language: str | None) -> Callable[[str], str]:
    """Return what reduces a folded word of ``language`` to its index word. Each process remembers its words."""
    code = (language or "").lower().partition("-")[0]
    stem_word = arabic.stem if code == "ar" else _snowball(code)
    if stem_word is None:
        return str
    script = _SCRIPT_OF_LANGUAGE.get(code, "latin")

    @functools.lru_cache(maxsize=_CACHED)
    def stem(word: str) -> str:
        if script_of(word) != script:
            return word
        # A stemmer may bring back what folding made equal (its own spelling of alef): fold what it gives.
        return fold(stem_word(word)) or word

    return stem


def _snowball(code: str) -> Callable[[str], str] | None:
    import snowballstemmer  # 40 modules, for those who index or search only

    name = _STEMMERS.get(code)
    stem_word: Callable[[str], str] | None = snowballstemmer.stemmer(name).stemWord if name else None
    return stem_word


def script_of(word: str) -> str:
    """Return the script of a word by its first character; "" for digits and scripts without a stemmer."""
    code = ord(word[0]) if word else 0
    if code < 0x41:
        return ""
    return next((script for script, first, last in _SCRIPTS if first <= code <= last), "")


def forms(wanted: tuple[str, ...], language: str | None) -> list[tuple[str, ...]]:
    """Return how the folded words ``wanted``, one after the other, may stand in an index of ``language``."""
    stemmed = tuple(map(stemmer(language), wanted))
    if language != "ar" or script_of(stemmed[0]) != "arabic":
        return [stemmed]
    seated = tuple(map(arabic.other_seat, stemmed))
    return [
        (first, *others[1:])
        for others in dict.fromkeys((stemmed, seated))
        for first in (others[0], *arabic.joined_forms(others[0]))
    ]


def beginnings(wanted: tuple[str, ...], languages: Sequence[str | None]) -> list[tuple[str, ...]]:
    """Return how folded words, of which the last is only a beginning, may stand in an index of ``languages``."""
    if len(wanted) > 1 or "ar" not in languages or script_of(wanted[0]) != "arabic":
        return [wanted]
    bare = arabic.without_article(wanted[0])
    return [wanted, (bare,), *((joined,) for joined in arabic.joined_forms(bare))]
