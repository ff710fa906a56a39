"""Whether a line is one of the phrases that sites write beside an article (``boilerplate_words``)."""

import re
from collections.abc import Sequence
from typing import Final

from warraq_parser.article.body.boilerplate_words import BEGINNINGS, PARTS, WHOLE
from warraq_parser.article.body.lines import weigh
from warraq_parser.article.sentences import FULL_STOPS

# What comes by mail to those who ask for it, and the words that ask them to.
_MAILED: Final = ("newsletter", "boletín")
_INVITES: Final = re.compile(
    r"\b(?:sign up|sign-up|join|get|receive|register|inbox|free|you|your|click|enter|jetzt|sie|ihre?n?|dich|deine?n?|"
    r"vous|votre|gratis|tu|su|tua|seu|meld)\b"
    r"|\b(?:subscri|abonn|anmeld|bestell|kostenlos|postfach|inscri|recev|gratuit|suscr|recib|iscriv|ricev|assin|receb|"
    r"cadastr|zapisz|otrzym|подпи|kaydol|abone|daftar|prenumer|tilaa|schrijf|ontvang)"
)
_RESPELT: Final = dict(zip("أإآٱىؤئةيكھ’‘ʼ", "اااايويهيكه'''", strict=True)) | dict.fromkeys(
    "ـًٌٍَُِّْٰ\u0307\u200c\u200d\u200e\u200f", ""
)
_ASCII: Final = bytes(range(128))
# No line holds it: HTML has no way to write it.
_BETWEEN_LINES: Final = "\0"
_LEADING: Final = re.compile(r"^[\W_]+")
_TRAILING: Final = " .:!?؟…»>→|-–—*\t"
_LONGEST: Final = 260
_LAST_LINES: Final = 2
_LONGEST_LAST: Final = 600
_LONGEST_BEGINNING: Final = 220
_LONGEST_LABEL: Final = 60
_LONGEST_WIDE_WORD: Final = 4
_QUOTES: Final = "\"'”’»」)） "
_KOREAN_END: Final = "다"


def _split(table: dict[str, str]) -> list[str]:
    phrases = (plain_line(phrase) for row in table.values() for phrase in row.split("|"))
    return [phrase for phrase in phrases if phrase]


def plain_line(text: str) -> str:
    """Return ``text`` in the form in which lines and phrases are compared: case, marks and leading signs gone."""
    return _without_leading_signs(_respelt(text.casefold()))


def _respelt(lowered: str) -> str:
    """Return ``lowered`` with one spelling for variants: each letter of the table is changed everywhere at once."""
    if lowered.isascii():
        return lowered
    beyond_ascii = lowered.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    for letter in _RESPELT.keys() & set(beyond_ascii):
        lowered = lowered.replace(letter, _RESPELT[letter])
    return lowered


def _without_leading_signs(line: str) -> str:
    first = line[:1]
    return line if not first or first.isalnum() or first == "©" else _LEADING.sub("", line)


def bare_line(text: str) -> str:
    """Return ``text`` as ``plain_line`` does, without the signs at its end too."""
    return plain_line(text).rstrip(_TRAILING)


def _is_word(phrase: str) -> bool:
    """Tell whether a phrase is one word (in scripts without spaces: a few characters) and no label with a colon."""
    is_unspaced = weigh(phrase) > len(phrase)
    return phrase.isalpha() and (not is_unspaced or len(phrase) <= _LONGEST_WIDE_WORD)


def _by_first_letters(phrases: list[str]) -> dict[str, tuple[str, ...]]:
    """Index phrases by their first two letters, so that a line is compared with a few of them."""
    index: dict[str, list[str]] = {}
    for phrase in phrases:
        index.setdefault(phrase[:2], []).append(phrase)
    return {key: tuple(values) for key, values in index.items()}


def _by_first_foreign_letter(phrases: list[str]) -> dict[str, tuple[str, ...]]:
    """Index phrases by their first letter beyond ASCII, so that a text is searched for those of its alphabets only.

    Those in plain ASCII stand under "", which is in every text. What holds a shorter phrase is left out.
    """
    index: dict[str, list[str]] = {}
    for phrase in dict.fromkeys(phrases):
        if not any(other in phrase for other in phrases if other != phrase):
            letter = next((letter for letter in phrase if not letter.isascii()), "")
            index.setdefault(letter, []).append(phrase)
    return {key: tuple(values) for key, values in index.items()}


_LONGEST_WHOLE: Final = max(map(len, WHOLE.split("|"))) + 8
# One word may begin a sentence of the article ("Anzeige erstattete …"): it counts only in a line that is no sentence.
_ALLBEGINNINGS: Final = _split(BEGINNINGS)
_BEGINNING_INDEX: Final = _by_first_letters([phrase for phrase in _ALLBEGINNINGS if not _is_word(phrase)])
_WORD_INDEX: Final = _by_first_letters([phrase for phrase in _ALLBEGINNINGS if _is_word(phrase)])
_PARTS_INDEX: Final = _by_first_foreign_letter(_split(PARTS))
_WHOLE_SET: Final = frozenset(map(bare_line, WHOLE.split("|"))) - {""}


def boilerplate_lines(lines: Sequence[str]) -> list[bool]:
    """Tell of each line whether it is one of the phrases: begins with one, contains one, or is one. Long ones are not.

    The last lines may be longer: rules for comments and legal notes stand there. The phrases that may stand anywhere
    are looked for in all lines at once: most pages have none.
    """
    last = len(lines) - _LAST_LINES
    short = (line if len(line) <= _longest(index, last) else "" for index, line in enumerate(lines))
    everything = _respelt(_BETWEEN_LINES.join(short).casefold())
    plain = list(map(_without_leading_signs, everything.split(_BETWEEN_LINES))) if lines else []
    present = [
        part for letter, parts in _PARTS_INDEX.items() if letter in everything for part in parts if part in everything
    ]
    mailed = any(word in everything for word in _MAILED)
    return [
        _is_phrase(line) or any(part in line for part in present) or (mailed and _offers_mail(line)) for line in plain
    ]


def _offers_mail(line: str) -> bool:
    """Tell whether a line invites to a newsletter: somebody may also have written in one, or founded it."""
    return any(word in line for word in _MAILED) and (len(line) <= _LONGEST_LABEL or bool(_INVITES.search(line)))


def _longest(index: int, last: int) -> int:
    return _LONGEST if index < last else _LONGEST_LAST


def _is_phrase(line: str) -> bool:
    if len(line) <= _LONGEST_BEGINNING and line.startswith(_BEGINNING_INDEX.get(line[:2], ())):
        return True
    if len(line) <= _LONGEST_LABEL and line.startswith(_WORD_INDEX.get(line[:2], ())):
        return not line.rstrip(_QUOTES).endswith((*FULL_STOPS, _KOREAN_END))
    return 0 < len(line) <= _LONGEST_WHOLE and line.rstrip(_TRAILING) in _WHOLE_SET
