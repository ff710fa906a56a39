"""Names of people in a short text: leads ("By"), roles, places and dates taken off; nobody told from somebody."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from warraq_parser.article.authors.byline_words import (
    AGENCIES,
    BEGIN_WITH_AND,
    BETWEEN,
    BYLINE,
    COMMA,
    EASTERN,
    LEAD,
    MIDDLE_LEAD,
    NOBODY,
    OUTLET,
    OUTLET_END,
    OWN_BETWEEN,
    OWN_LEADS,
    PARTICLES,
    TAIL,
    WEEKDAY,
)
from warraq_parser.article.dates.date_text import read_moments
from warraq_parser.article.sentences import begins_small
from warraq_parser.article.sitename import SiteNames
from warraq_parser.text.clean import clean_line
from warraq_shared.folding import fold, has_digit

_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|@\w+|\S+\.(?:com|org|net|de|co\.uk)/\S*")
_EDGES = " ,;|-–—:()[]/•·●→←»«\"“”'"
_LED_NOBODY = re.compile(
    r"(?:^|\s)(?:by|von|par|por|door|av|af|am|at|in|on|um|le|el|den|with|mit|avec|con)$", re.IGNORECASE
)
_ARTICLES = frozenset(
    ("the", "die", "der", "das", "le", "la", "les", "el", "los", "las", "il", "lo", "i", "o", "a", "os", "de", "het")
)
_ABBREVIATED = re.compile(r"(?:\b[JSDM]r|\b[A-ZÀ-Þ]|\bPh\.?D|\bM\.D)\.$")
_GLUED = re.compile(r"^(?:By|Von|Par|Por)(?=[A-Z])")
_ROLE_BEHIND = re.compile(r"\s*(?:기자|특파원|선임기자|인턴기자|記者|记者)$")
_EASTERN_NAME = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{2,5}|[가-힣]{2,4}")
_PLACE_BEHIND = re.compile(r"\s+[-–—]\s+|\s*[(\[]")
# On both sides of an "and" that is one letter must be a whole name, and more than a word of two letters.
_FEWEST_WORDS, _LONGEST_AND = 2, 2
_MOST_OF_NAME = 4
# An "and" of one or two letters, which in another language is something else: "A Study With a Regression Design".
_SHORT_AND = re.compile(r"\s[A-Za-z]{1,2}\s")
_ALL_OWN_LEADS = frozenset("|".join(OWN_LEADS.values()).split("|"))
_ANY_OWN_BETWEEN = re.compile(rf"\s+(?:{'|'.join(OWN_BETWEEN.values())})\s+")
LONGEST_NAME, MOST_WORDS = 60, 6
MOST_PEOPLE = 12


@dataclass(frozen=True, slots=True)
class Byline:
    """The people that one place of the page names, and how much that place is to be believed."""

    people: tuple[str, ...]
    origin: str
    confidence: float
    why: str = ""


def people_in(texts: Iterable[str], names: SiteNames, *, shown: bool = False, person: bool = False) -> tuple[str, ...]:
    """Return the people named in ``texts``, each once, in order.

    ``shown`` says that the texts are lines readers see, in which a name is followed by roles, places and dates;
    ``person`` that the page calls them persons, so that the full name of one may be that of the site too (a blog).
    """
    people: list[str] = []
    for text in texts:
        if _is_of_the_site(text, names) or (names.calls_itself(text) and not person):
            continue
        for part in split_names(_bare(text, shown, names.language), names.language):
            people.extend(_names_of_part(part, names, shown))
        if len(people) > MOST_PEOPLE:
            break
    return unique(name for name in people if _is_somebody(name, names, shown, person))


def split_names(text: str, language: str = "") -> list[str]:
    """Return the parts of ``text`` between the signs and the words for "and"; ``language`` is the site's, if known."""
    parts = BETWEEN.split(text)
    if language in OWN_BETWEEN:
        parts = [one for part in parts for one in _whole_names(_own(OWN_BETWEEN[language]).split(part)) or (part,)]
    return parts if text.isascii() else [name for part in parts for name in _apart(part)]


def is_led(text: str, language: str) -> bool:
    """Tell whether a line begins with "By", in any language or in the way of ``language`` alone, and goes on."""
    return BYLINE.match(text) is not None or _without_own_lead(text, language) != text


def is_byline(line: str, *, dated: bool = False) -> bool:
    """Tell whether a line is nothing but names: behind a "By", beside a day (``dated``), or two and more of them.

    The language need not be known. In scripts without capitals anything may be a name: there few words are.
    """
    first, _, rest = line.partition(" ")
    owned = first.casefold() in _ALL_OWN_LEADS
    bare = WEEKDAY.sub("|", rest if owned else LEAD.sub("", line, count=1)).strip(_EDGES)
    led = owned or bare != line.strip(_EDGES)
    parts = [part for piece in COMMA.split(bare) for part in _ANY_OWN_BETWEEN.split(piece)]
    parts = [part.strip(_EDGES) for piece in parts for part in split_names(piece) if part.strip(_EDGES)]
    if not 0 < len(parts) <= MOST_PEOPLE or ":" in bare or not all(map(looks_like_name, parts)):
        return False
    few = all(len(part.split()) <= _MOST_OF_NAME for part in parts)
    if all(part[0].isupper() for part in parts):
        alone = len(parts) > 1 and few and all(map(is_full_name, parts)) and not _SHORT_AND.search(bare)
        return led or dated or alone
    if len(parts) > 1 and all(len(part.split()) == 2 and "\u0e00" <= part[0] <= "\u0eff" for part in parts):
        return True  # Thai and Lao put a space between the names of a person, and nearly nowhere else
    return few and (dated or BYLINE.match(line) is not None)


def _without_own_lead(text: str, language: str) -> str:
    """Return a line without the word for "by" that ``language`` alone has ("De Ioana Pop", "Na Joseph Katana")."""
    words = OWN_LEADS.get(language, "")
    first, _, rest = text.partition(" ")
    return rest if rest and words and first.casefold().rstrip(":") in words.split("|") else text


def _whole_names(parts: list[str]) -> list[str]:
    """Return ``parts`` where each is a full name: what a word of one language parts may be the name of an institute."""
    return parts if all(map(is_full_name, parts)) else []


@functools.cache
def _own(words: str) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{words})\s+")


def _apart(part: str) -> Iterator[str]:
    """Yield the names in a part where "and" is a letter before the next name, as in Arabic and Hebrew."""
    words, begin = part.split(), 0
    for index, word in enumerate(words):
        joined = word[0] in "وו" and len(word) > _LONGEST_AND and word not in BEGIN_WITH_AND
        if joined and index - begin >= _FEWEST_WORDS and len(words) - index >= _FEWEST_WORDS:
            yield " ".join(words[begin:index])
            words[index], begin = word[1:], index
    yield " ".join(words[begin:]) if begin else part


def unique(people: Iterable[str]) -> tuple[str, ...]:
    """Return each of ``people`` once, in order."""
    seen: dict[str, str] = {}
    for name in people:
        seen.setdefault(fold(name), name)
    return tuple(seen.values())[:MOST_PEOPLE]


def _may_be_outlet(name: str) -> bool:
    """Tell whether a name that the site has too reads like that of an outlet: "The Herald", "Nordblick Media"."""
    return bool(OUTLET.search(name)) or name.split()[0].casefold() in _ARTICLES


def is_agency(name: str) -> bool:
    """Tell whether ``name`` is a news agency that signs for its people."""
    return name.casefold().strip("() .") in AGENCIES


def is_eastern_name(name: str) -> bool:
    """Tell whether ``name`` is one in Chinese, Japanese or Korean writing, which has no space in it."""
    return _EASTERN_NAME.fullmatch(name) is not None


def is_full_name(text: str) -> bool:
    """Tell whether ``text`` is two to six words that begin as names do; a name in a script without capitals counts."""
    return 2 <= len(text.split()) <= MOST_WORDS and looks_like_name(text)


def looks_like_name(text: str) -> bool:
    """Tell whether every word of ``text`` begins as words of names do."""
    words = text.split()
    if not words or len(words) > MOST_WORDS or len(text) > LONGEST_NAME:
        return False
    return all(
        not begins_small(word) or fold(word).strip(".") in PARTICLES or "'" in word or "’" in word for word in words
    )


def _is_of_the_site(text: str, names: SiteNames) -> bool:
    """Tell whether a text names the site's own address beside its name: "Deutsche Presse (www.presse.example)"."""
    address = _ADDRESS.search(text)
    return bool(address) and len(names.label) > 1 and names.label in fold(address.group() if address else "")


@functools.lru_cache(maxsize=256)  # a page names its author in many places
def _bare(text: str, shown: bool, language: str) -> str:
    """Return ``text`` without addresses, leads, dates and what follows the names."""
    line = _GLUED.sub("", _ADDRESS.sub(" ", clean_line(text[:400])).strip(_EDGES))
    if shown:
        eastern = None if line.isascii() else EASTERN.search(line)
        if eastern:
            return (eastern["zh"] or eastern["ko"]).replace(" ", "、")
        line = _without_dates(line)
        middle = MIDDLE_LEAD.search(line)
        line = line[middle.end() :] if middle else line
    line = _without_own_lead(line, language)
    for _ in range(2):
        line = without_lead(line)
    return (TAIL.sub("", line) if shown else line).strip()


def _without_dates(line: str) -> str:
    if not has_digit(line):
        return line
    parts: list[str] = []
    done = 0
    for moment in read_moments(line):
        parts.append(line[done : moment.start])
        done = moment.end
    return WEEKDAY.sub(" | ", " | ".join([*parts, line[done:]])).strip(_EDGES)


def _names_of_part(part: str, names: SiteNames, shown: bool) -> Iterator[str]:
    """Yield the names in a part: taken apart at commas only where each piece is a full name."""
    pieces = [piece for piece in (_trimmed(piece) for piece in COMMA.split(part)) if piece]
    if len(pieces) > 1 and all(is_full_name(piece) or is_agency(piece) or is_eastern_name(piece) for piece in pieces):
        yield from (_without_role(piece, names) for piece in pieces)
    elif len(pieces) > 1 and shown:
        yield _without_role(pieces[0], names)
    elif pieces:
        yield _without_role(", ".join(pieces), names)


def _trimmed(piece: str) -> str:
    """Return a piece without signs at its edges; the full stop of an initial or a title ("Jr.", "Nicolas C.") stays."""
    return piece.strip() if _ABBREVIATED.search(piece) else piece.strip(_EDGES + ".")


def _without_role(name: str, names: SiteNames) -> str:
    """Return a name without the role behind it (記者, 기자), and without a lead or a place ("- Cairo")."""
    bare = without_lead(name + " ") or name
    first, *rest = _PLACE_BEHIND.split(bare, maxsplit=1)
    if rest and (first in names or (not first.isascii() and names.calls_itself(rest[0]))):
        return rest[0].strip(_EDGES)  # behind the outlet a name, behind a place ("أبوظبي - …") the outlet
    return _ROLE_BEHIND.sub("", first if is_full_name(first) else bare)


@functools.lru_cache(maxsize=256)
def without_lead(line: str) -> str:
    """Return ``line`` without a lead ("By", "Written by") at its beginning."""
    return LEAD.sub("", line, count=1).strip()


@functools.lru_cache(maxsize=256)
def _reads_as_somebody(name: str) -> bool:
    """Tell whether there are letters in a name, and no sign or word that no person's name has."""
    if any(sign in name for sign in "!?=<>{}") or "://" in name or not any(map(str.isalpha, name)):
        return False
    if NOBODY.search(name) or _LED_NOBODY.search(name) or OUTLET_END.search(name):
        return False
    return LEAD.fullmatch(name + " ") is None


def _is_somebody(name: str, names: SiteNames, shown: bool, person: bool) -> bool:
    """Tell whether a name can be a person's or an agency's: not the site, a desk, an address, a sentence, a number."""
    if not 1 < len(name) <= LONGEST_NAME or len(name.split()) > MOST_WORDS + 2:
        return False
    if has_digit(name) and (shown or " " in name):
        return False  # the handle of an account may hold digits, a name may not
    if is_agency(name):
        return True
    if not _reads_as_somebody(name):
        return False
    if person and is_full_name(name) and len(name.split()) <= 3 and not _may_be_outlet(name):
        return True  # a blog that is called like its writer
    return not names.calls_itself(name)
