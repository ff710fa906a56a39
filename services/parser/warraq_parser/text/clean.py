"""Cleaning a piece of text for display: white space and invisible controls; letters stay as the page has them."""

import re

# What may never be stored or shown: C0 but for white space, DEL, lone surrogates, noncharacters.
# (C1 controls are kept out too: they are windows-1252 punctuation that was read as latin-1, or noise.)
_NEVER = "".join(
    [
        "\x00-\x08",
        "\x0e-\x1b",
        "\x7f-\x84\x86-\x9f",
        "\ud800-\udfff",
        "\ufffe\uffff",
    ]
)
# Bidirectional controls (UAX 9, section 2): ALM, LRM, RLM, embeddings, overrides, isolates. Then what is
# there for line breaking only: soft hyphen, zero width space, word joiner, byte order mark, and the
# invisible mathematical operators. ZWNJ and ZWJ (U+200C, U+200D) are spelling and stay.
_UNSEEN = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad\u200b\u2060-\u2064\ufeff\u206a-\u206f"
_REMOVED = re.compile(f"[{_NEVER}{_UNSEEN}]+")
_STORABLE = re.compile(f"[{_NEVER}]+")
# ZWNJ and ZWJ join letters: next to white space or at an end they are noise.
_LOOSE_JOINERS = re.compile("(?:^|(?<=\\s))[\u200c\u200d]+|[\u200c\u200d]+(?=\\s|$)")


def storable(text: str) -> str:
    """Return ``text`` without NUL, C0 and C1 controls (white space stays), lone surrogates and noncharacters.

    For text that did not come through ``decode_html``: JSON strings, numeric character references.
    """
    return text if text.isascii() and text.isprintable() else _STORABLE.sub("", text)


def clean_line(text: str) -> str:
    """Return ``text`` as one line for display: white space collapsed, invisible controls gone, letters untouched.

    Bidirectional controls, soft hyphens and zero width spaces go; ZWNJ and ZWJ stay between letters, where
    Persian, Urdu and the Indic scripts spell with them (and emoji join by them); tatweel stays.
    """
    line = text.strip()
    # Nothing that is printable is removed, and the only white space that is printable is the space.
    if line.isprintable() and "  " not in line:
        return line
    line = " ".join(line.split())
    if line.isprintable():
        return line
    line = _REMOVED.sub("", line)
    if "\u200c" in line or "\u200d" in line:
        line = _LOOSE_JOINERS.sub("", line)
    return " ".join(line.split())
