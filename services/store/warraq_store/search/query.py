"""What a search means: words, "phrases", minus, ``field:`` filters, and prefixes (``elect*``).

``title: author: tag: text:`` look in one part; ``site: lang: source:`` narrow to articles. Everything that is asked for
must be there; what has a minus must not. A word finds every form that one of the languages in the database gives it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from warraq_shared.errors import UsageProblem
from warraq_store.search.words import beginnings, forms, is_lone_sign, is_unspaced, plain_words

LONGEST_QUERY: Final = 2000
MOST_CLAUSES: Final = 32
LEAST_BEGINNING: Final = 2


class Field(StrEnum):
    """A part of an article that can be searched alone; the values are the columns of the FTS5 table."""

    TITLE = "title"
    AUTHOR = "authors"
    TAG = "tags"
    TEXT = "body"


# PostgreSQL tells the parts of a tsvector by weight.
WEIGHT_OF: Final = {Field.TITLE: "A", Field.AUTHOR: "B", Field.TAG: "C", Field.TEXT: "D"}
# The words of the small parts stand in it twice, once marked: a weight would have to be looked up in each match.
MARK_OF: Final = {Field.TITLE: "t:", Field.AUTHOR: "a:", Field.TAG: "g:"}
_FIELDS: Final = {"title": Field.TITLE, "author": Field.AUTHOR, "tag": Field.TAG, "text": Field.TEXT}
_NARROWING: Final = ("site", "lang", "source")
# Quotation marks of all languages are one; what steers the direction of text, and stands unseen before a word that was
# copied, is nothing.
_SIGNS: Final = str.maketrans(
    dict.fromkeys("«»“”„‟〝〞〟＂「」『』《》", '"')
    | dict.fromkeys("\u200b\u200e\u200f\u061c\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
# The quotation mark inside an acronym: צה"ל.
_GERSHAYIM: Final = re.compile('(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])')
_CLAUSE: Final = re.compile(
    r"""(?P<minus>[-\u2212\uff0d](?=\S))?
        (?:(?P<field>title|author|tag|text|site|lang|source)[:\uff1a](?=\S))?
        (?:"(?P<phrase>[^"]*)"?|(?P<bare>[^\s"]+))""",
    re.VERBOSE | re.IGNORECASE,
)


class Form(NamedTuple):
    """Index words that follow each other; ``prefix``: the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """Folded words that must follow each other, in ``field`` or anywhere; ``prefix`` is of the last one."""

    words: tuple[str, ...]
    field: Field | None = None
    excluded: bool = False
    prefix: bool = False

    @property
    def ends_in_a_sign(self) -> bool:
        """Whether the last word is a single sign of a script without spaces: the beginning of some pair."""
        return is_lone_sign(self.words[-1])

    def forms(self, languages: Iterable[str | None]) -> list[Form]:
        """Return the clause as index words, once for each different way it may stand in an index of ``languages``."""
        asked = list(languages)
        begun = beginnings(self.words, asked) if self.prefix else []
        # What is begun with is not asked whole as well: PostgreSQL ranks by one of two equal words, and may take this.
        whole = (words for language in asked for words in forms(self.words, language) if words not in begun)
        return list(dict.fromkeys([*(Form(words, prefix=True) for words in begun), *map(Form, whole)]))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """That only articles of a site, a language or a source are meant, or none of them (``excluded``)."""

    kind: str
    value: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it was understood; ``unclosed``: its last quotation mark has no other, so the phrase ends with it."""

    clauses: tuple[Clause, ...]
    narrowings: tuple[Narrowing, ...] = ()
    unclosed: bool = False

    @property
    def wanted(self) -> tuple[Clause, ...]:
        """What must be there: also what is highlighted."""
        return tuple(clause for clause in self.clauses if not clause.excluded)


def understand(text: str) -> Query:
    """Return what the search ``text`` means.

    Raises:
        UsageProblem: there is no word in it that must be there, it is too long, or a beginning is too short.
    """
    if len(text) > LONGEST_QUERY:
        raise UsageProblem(f"The search has {len(text)} characters; the limit is {LONGEST_QUERY}.")
    clauses: list[Clause] = []
    narrowings: list[Narrowing] = []
    said_plainly = _GERSHAYIM.sub("״", text.translate(_SIGNS))
    for found in _CLAUSE.finditer(said_plainly):
        field, excluded = (found["field"] or "").lower(), found["minus"] is not None
        said = found["phrase"] if found["phrase"] is not None else found["bare"]
        if field in _NARROWING:
            narrowings.append(Narrowing(field, said.lower() if field != "source" else said, excluded))
        elif clause := _clause(said, _FIELDS.get(field), excluded=excluded, quoted=found["phrase"] is not None):
            clauses.append(clause)
    if all(clause.excluded for clause in clauses):
        raise UsageProblem('Say at least one word to look for, for example: warraq search "water prices" -sport')
    if len(clauses) > MOST_CLAUSES:
        raise UsageProblem(f"The search has {len(clauses)} words; the limit is {MOST_CLAUSES}.")
    return Query(tuple(clauses), tuple(narrowings), unclosed=said_plainly.count('"') % 2 == 1)


def _clause(said: str, field: Field | None, *, excluded: bool, quoted: bool) -> Clause | None:
    words = tuple(plain_words(said))
    if not words:
        return None
    if len(words) > 1 and is_lone_sign(words[-1]) and is_unspaced(words[-2]) and words[-2][1:] == words[-1]:
        # The text may go on where what is searched ends: its last sign need not stand there alone.
        words = words[:-1]
    lone_sign, begun = is_lone_sign(words[-1]), said.endswith("*") and not quoted
    if begun and not lone_sign and len(words[-1]) < LEAST_BEGINNING:
        # It would bring half of all articles, and on PostgreSQL every marked word: MARK_OF begins with a letter.
        raise UsageProblem(f"The beginning of a word needs at least {LEAST_BEGINNING} letters: {said}")
    return Clause(words, field, excluded, prefix=lone_sign or begun)


def for_sqlite(query: Query, languages: Sequence[str | None]) -> str:
    """Return ``query`` as an FTS5 expression. Words hold only letters, marks and digits, so quoting is safe."""
    wanted = " AND ".join(_fts5(clause, languages) for clause in query.wanted)
    excluded = "".join(f" NOT {_fts5(clause, languages)}" for clause in query.clauses if clause.excluded)
    return f"({wanted}){excluded}"


def _fts5(clause: Clause, languages: Sequence[str | None]) -> str:
    phrases = " OR ".join(f'"{" ".join(form.words)}"{"*" if form.prefix else ""}' for form in clause.forms(languages))
    return f"({{{clause.field}}} : ({phrases}))" if clause.field else f"({phrases})"


def for_postgres(query: Query, languages: Sequence[str | None]) -> str:
    """Return ``query`` as the text of a tsquery."""
    return " & ".join(
        ("!" if one.excluded else "") + _tsquery(one, languages, " <-> ", weighed=True) for one in query.clauses
    )


def for_postgres_index(query: Query, languages: Sequence[str | None]) -> str:
    """Return the tsquery of what PostgreSQL's index can tell alone: all that ``query`` finds, and maybe more.

    Places and weights stand only in the texts: of a phrase the index knows its words, and of a phrase that must not be
    there nothing.
    """
    clauses = (one for one in query.clauses if not (one.excluded and (len(one.words) > 1 or one.field is Field.TEXT)))
    return " & ".join(("!" if one.excluded else "") + _tsquery(one, languages, " & ", weighed=False) for one in clauses)


def _tsquery(clause: Clause, languages: Sequence[str | None], joined: str, *, weighed: bool) -> str:
    forms_of = (joined.join(_lexemes(clause, form, weighed=weighed)) for form in clause.forms(languages))
    return f"({' | '.join(f'({form})' for form in forms_of)})"


def _lexemes(clause: Clause, form: Form, *, weighed: bool) -> Iterator[str]:
    mark = MARK_OF.get(clause.field, "") if clause.field else ""
    weight = "D" if weighed and clause.field is Field.TEXT else ""
    for number, word in enumerate(form.words, 1):
        label = f"*{weight}" if form.prefix and number == len(form.words) else weight
        yield f"'{mark}{word}':{label}" if label else f"'{mark}{word}'"
