"""Whether two texts are the same story told once: wire copies, edited, cut, reordered, with other furniture around.

Pure and bounded. What is compared are folded words, in runs of ``RUN`` (shingles) and in whole sentences.

1. Alike: the shorter text shares at least ``LEAST_SHARED`` of its runs with the longer one. So a cut copy, or one with
   other paragraphs around it, is alike; the order of paragraphs does not matter.
2. Not made from one template: reports of the weather or of matches share most words and differ where it matters. Two
   texts are of one template if the numbers that stand in the same surroundings mostly differ, or if nearly no sentence
   that they have in common is the same word for word. An editor leaves most sentences as they are.
"""

import functools
import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

from rensa import RMinHash

from warraq_store.search.words import Words, sentences

RUN: Final = 4
LEAST_WORDS: Final = 30
LEAST_SHARED: Final = 0.5
MOST_WORDS: Final = 4_000
BANDS: Final = 32
_ROWS: Final = 2
_SEED: Final = 20261124

_LEAST_VERBATIM: Final = 0.3
_LEAST_VARIED: Final = 3
_VARIED_SHARE: Final = 0.25
_LEAST_NUMBERS: Final = 3
_NUMBERS_DIFFER: Final = 0.5
_BAND: Final = struct.Struct(f"<B{_ROWS}Q")


@dataclass(frozen=True)
class Told:
    """A text as it is compared: its folded words, by sentence."""

    sentences: tuple[Words, ...]

    @classmethod
    def of(cls, text: str) -> "Told":
        """Return ``text`` ready to compare."""
        return cls.of_sentences(sentences(text))

    @classmethod
    def of_sentences(cls, said: Iterable[Words]) -> "Told":
        """Return a text ready to compare; what is longer than ``MOST_WORDS`` is compared by its beginning."""
        kept: list[Words] = []
        left = MOST_WORDS
        for words in said:
            kept.append(words[:left])
            left -= len(words)
            if left <= 0:
                break
        return cls(tuple(kept))

    @cached_property
    def words(self) -> Words:
        """All its words in order."""
        return tuple(chain.from_iterable(self.sentences))

    @cached_property
    def runs(self) -> frozenset[str]:
        """Its runs of words, those across sentences included."""
        return frozenset(_runs(self.words))

    @property
    def is_long_enough(self) -> bool:
        """Whether it says enough to be told from other texts."""
        return len(self.words) >= LEAST_WORDS

    def bands(self) -> list[int]:
        """Return the hashes of the bands of its MinHash: texts that share many runs share at least one."""
        minhash = RMinHash(num_perm=BANDS * _ROWS, seed=_SEED)
        minhash.update(list(self.runs))
        values = minhash.digest()
        return [_band(number, values[number * _ROWS : (number + 1) * _ROWS]) for number in range(BANDS)]


@functools.lru_cache(maxsize=128)
def told_of(text: str) -> Told:
    """Return ``Told.of(text)``; copies of one text come close to each other, so the last are remembered."""
    return Told.of(text)


def _runs(words: Words) -> Iterator[str]:
    return map(" ".join, zip(*(words[start:] for start in range(RUN)), strict=False))


def _band(number: int, values: list[int]) -> int:
    digest = hashlib.blake2b(_BAND.pack(number, *values), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def is_same_story(one: Told, other: Told) -> bool:
    """Tell whether two texts, each long enough, are copies of one text."""
    if shared(one, other) < LEAST_SHARED:
        return False
    return one.sentences == other.sentences or not (numbers_differ(one, other) or is_template(one, other))


def shared(one: Told, other: Told) -> float:
    """Return the share of the shorter text's runs that the longer one has, too."""
    fewer = min(len(one.runs), len(other.runs))
    return len(one.runs & other.runs) / fewer if fewer else 0.0


def numbers_differ(one: Told, other: Told) -> bool:
    """Tell whether the numbers that stand between the same words are mostly not the same numbers."""
    first, second = _numbers(one.words), _numbers(other.words)
    common = first.keys() & second.keys()
    differing = sum(first[place] != second[place] for place in common)
    return len(common) >= _LEAST_NUMBERS and differing >= _NUMBERS_DIFFER * len(common)


def _numbers(words: Words) -> dict[Words, str]:
    """Return each number by the two words before and after it, other numbers there left open."""
    open_words = tuple("#" if word[0].isdigit() else word for word in words)
    return {
        (*open_words[max(0, i - 2) : i], "", *open_words[i + 1 : i + 3]): word
        for i, word in enumerate(words)
        if word[0].isdigit()
    }


def is_template(one: Told, other: Told) -> bool:
    """Tell whether what both say is nearly nowhere the same sentence, but varied sentence by sentence."""
    fewer, more = sorted((one, other), key=lambda told: len(told.words))
    there = set(more.sentences)
    verbatim = sum(len(sentence) for sentence in fewer.sentences if sentence in there)
    varied = [sentence for sentence in fewer.sentences if sentence not in there and _is_varied(sentence, more)]
    varied_words = sum(map(len, varied))
    return len(varied) >= _LEAST_VARIED and verbatim < _LEAST_VERBATIM * (verbatim + varied_words)


def _is_varied(sentence: Words, other: Told) -> bool:
    runs = list(_runs(sentence))
    return bool(runs) and sum(run in other.runs for run in runs) >= _VARIED_SHARE * len(runs)
