"""Text that was encoded twice ("donâ€™t", "Ø§Ù„"), read once more.

A program read UTF-8 as windows-1252 and wrote the result as UTF-8; the page is valid and wrong. Such a text is
known by pairs of characters that no language writes side by side.
"""

import re

# The beginnings of doubly encoded punctuation, Arabic and Cyrillic letters, as bytes of the page.
# One pattern, not five searches: all begin with one byte, which most pages hardly have (a tenth of the time, measured).
_TRACES = re.compile(rb"\xc3(?:\xa2(?:\xc2\x80|\xe2\x82\xac)|\x99\xe2\x80\x9e|\x98\xc2\xa7|\x90\xc2\xbe)")
_HIGH_1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_DOUBLE = re.compile(f"(?:[\u00c2-\u00f4][\u0080-\u00bf{_HIGH_1252}]{{1,3}})+")


def is_encoded_twice(body: bytes) -> bool:
    """Tell whether valid UTF-8 bears the traces of a second encoding. Cheap: one search in C."""
    return b"\xc3" in body and _TRACES.search(body) is not None


def decoded_twice(text: str) -> str:
    """Return ``text`` with the stretches that were encoded twice read once more; the rest as it is."""
    return _DOUBLE.sub(_once_more, text)


def _once_more(match: re.Match[str]) -> str:
    stretch = match.group()
    try:
        return b"".join(map(_byte_of, stretch)).decode("utf-8")
    except UnicodeError:
        return stretch


def _byte_of(char: str) -> bytes:
    """Return the byte that windows-1252 (WHATWG's, which gives C1 controls to undefined bytes) writes for ``char``."""
    return char.encode("latin-1") if char <= "\xff" else char.encode("cp1252")
