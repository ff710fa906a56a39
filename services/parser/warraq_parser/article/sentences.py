"""Where sentences begin and end, in every script: by their letters and signs; where there are none, by length."""

from typing import Final

# Full stops: Latin, Chinese and Japanese, Urdu, Devanagari and its neighbours, Armenian, Ethiopic, Khmer, Burmese,
# Tibetan; and what else ends a sentence.
STOPS: Final = tuple(".。۔।॥։።፨។៕။།༎")
FULL_STOPS: Final = (*STOPS, *"!?…！？؟՜՞፧၊")
# What may stand behind the full stop. Square and wide brackets hold labels and signatures: "【…】".
CLOSING: Final = tuple("\"'”’“‘»«›‹)」』")
_CLOSING: Final = "".join(CLOSING)
_BRACKETS: Final = {"）": "（", "】": "【", "]": "["}
# Signs that say that something comes: the colon, also of Armenian and Ethiopic.
COLONS: Final = tuple(":：՝፦")
# Thai and Lao put a space where others put a full stop, and nothing at the end of a paragraph.
_FIRST_UNMARKED, _LAST_UNMARKED = "\u0e00", "\u0eff"
_SHORTEST_UNMARKED: Final = 36
_LONGEST_HEADLINE: Final = 80


def ends_sentence(text: str) -> bool:
    """Tell whether ``text`` ends as a sentence does, quotation marks and brackets at its end included.

    In a script without full stops a line counts as one that is too long for a label.
    """
    last = text[-1:]
    if last in FULL_STOPS or last in CLOSING:
        return True
    if last in _BRACKETS:  # of wide and square ones only those that stand behind a sentence: "…。（記者 …）"
        return text[text.rfind(_BRACKETS[last]) - 1] in FULL_STOPS
    return len(text) >= _SHORTEST_UNMARKED and _is_unmarked(last)


def ends_with_stop(text: str) -> bool:
    """Tell whether ``text`` ends with a full stop, perhaps in quotation marks, as headlines do not.

    In a script without full stops a line counts as one that is too long for a headline.
    """
    bare = text.rstrip(_CLOSING)
    return bare.endswith(STOPS) or (len(bare) >= _LONGEST_HEADLINE and _is_unmarked(bare[-1]))


def _is_unmarked(letter: str) -> bool:
    return _FIRST_UNMARKED <= letter <= _LAST_UNMARKED


def begins_small(text: str) -> bool:
    """Tell whether ``text`` begins with a small letter, as no name does; Georgian has, in use, but one size."""
    return text[:1].islower() and not "\u10d0" <= text[0] <= "\u10ff"
