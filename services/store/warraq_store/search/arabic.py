"""The stem of an Arabic word for search: its light form, without article, "and", and common endings.

After light10 (Larkey, Ballesteros and Connell, 2007), which finds better in Arabic news than stemming to roots. Three
differences, so that a word and its definite form always meet: a single و in front is never cut (وزير would become
another word than الوزير; a query asks for both instead, see ``joined_forms``), the dual ان is cut only after the
article (لبنان is no dual), and an ending goes only if three letters stay. Words come folded: ta marbuta is ha, alef
maqsura is ya.
"""

import re
from typing import Final

# و or ف, then ال, بال, كال or لل; at least two letters stay.
_ARTICLE: Final = re.compile("[وف]?(?:[بك]?ال|لل)(?=..)")
_ENDINGS: Final = ("ها", "ات", "ون", "ين", "يه", "ه", "ي")
_DUAL: Final = "ان"
_LEAST: Final = 3
# "and", "in/by", "to/for", "so", written as one with the word that follows.
_JOINED: Final = "وبلف"
_LEAST_JOINED: Final = 4
# Words whose hamza sits on ya in Egypt and on waw elsewhere, folded: مسئول and مسؤول, شئون and شؤون.
_SEATS: Final = (("مسيول", "مسوول"), ("شيون", "شوون"))


def stem(word: str) -> str:
    """Return the light form of a folded Arabic ``word``."""
    bare = without_article(word)
    for ending in (_DUAL, *_ENDINGS) if bare != word else _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _LEAST:
            bare = bare[: -len(ending)]
    return bare


def without_article(word: str) -> str:
    """Return a folded ``word`` without its article and what is joined to that."""
    return _ARTICLE.sub("", word, count=1) if _ARTICLE.match(word) else word


def joined_forms(stemmed: str) -> list[str]:
    """Return how a stemmed word may stand in the index when a particle is joined to it, for queries."""
    return [particle + stemmed for particle in _JOINED] if len(stemmed) >= _LEAST_JOINED else []


def other_seat(stemmed: str) -> str:
    """Return a stemmed word as another country writes its hamza; the word itself where all write it alike."""
    for egypt, elsewhere in _SEATS:
        for here, there in ((egypt, elsewhere), (elsewhere, egypt)):
            if stemmed.startswith(here):
                return there + stemmed[len(here) :]
    return stemmed
