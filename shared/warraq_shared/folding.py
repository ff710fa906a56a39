"""Folded text: one form for search and fingerprints in which variants of spelling are equal."""

import unicodedata


def fold(text: str) -> str:
    """Return the folded form of ``text``. Twice is the same as once."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
