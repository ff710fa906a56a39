"""What is said of a text as a whole: its fingerprint and its length in words, in any script."""

import hashlib
import re

from warraq_shared.folding import fold

# Han and kana write a word in one or two letters, Thai and its neighbours in about five; neither puts spaces between.
_WORDS_OF_A_LETTER = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORDS_OF_FIVE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_LETTER_WORDS = re.compile(f"[{_WORDS_OF_A_LETTER}]")
_UNSPACED = re.compile(f"[{_WORDS_OF_FIVE}]+")
_WITHOUT_SPACES = re.compile(f"[{_WORDS_OF_A_LETTER}{_WORDS_OF_FIVE}]")
_LETTERS_A_WORD = 5


def fingerprint(text: str) -> str:
    """Return 32 hex digits that are equal for texts that are equal but for spelling variants."""
    return hashlib.blake2b(fold(text).encode("utf-8", "replace"), digest_size=16).hexdigest()


def word_count(text: str) -> int:
    """Return the number of words in ``text``.

    Words are what stands between spaces; a letter of Chinese or Japanese counts as one word, as word processors count
    them, and of scripts without spaces (Thai, Lao, Khmer, Burmese) five letters do.
    """
    if text.isascii() or not _WITHOUT_SPACES.search(text):
        return _spaced_words(text)
    spaced, letters = _LETTER_WORDS.subn(" ", text)
    unspaced = sum(max(1, len(run) // _LETTERS_A_WORD) for run in _UNSPACED.findall(spaced))
    return len(_UNSPACED.sub(" ", spaced).split()) + letters + unspaced


def _spaced_words(text: str) -> int:
    """Return the number of words that spaces part; those of clean lines are counted without being made."""
    line = text.replace("\n", " ")
    is_clean = line.isprintable() and "  " not in line and line[:1] != " " and line[-1:] != " "
    return line.count(" ") + 1 if line and is_clean else len(line.split())
