"""What a search means: words, "phrases", minus, ``field:`` filters, and prefixes (``elect*``).

``title: author: tag: text:`` look in one part; ``site: lang: source:`` narrow to articles. Everything that is asked for
must be there; what has a minus must not. A word finds every form that one of the languages in the database gives it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from warraq_shared.errors import UsageProblem
from warraq_store.search.words import forms, is_unspaced, plain_words

LONGEST_QUERY: Final = 2000
MOST_CLAUSES: Final = 32


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
_QUOTES: Final = str.maketrans(dict.fromkeys("«»“”„‟〝〞", '"'))
_CLAUSE: Final = re.compile(
    r"""(?P<minus>[-\u2212](?=\S))?
        (?:(?P<field>title|author|tag|text|site|lang|source):(?=\S))?
        (?:"(?P<phrase>[^"]*)"?|(?P<bare>[^\s"]+))""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Folded words that must follow each other, in ``field`` or anywhere; ``prefix`` is of the last one."""

    words: tuple[str, ...]
    field: Field | None = None
    excluded: bool = False
    prefix: bool = False

    def forms(self, languages: Iterable[str | None]) -> list[tuple[str, ...]]:
        """Return the clause as index words, once for each different way it may stand in an index of ``languages``."""
        if self.prefix:
            return [self.words]
        return list(dict.fromkeys(form for language in languages for form in forms(self.words, language)))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """That only articles of a site, a language or a source are meant, or none of them (``excluded``)."""

    kind: str
    value: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it was understood."""

    clauses: tuple[Clause, ...]
    narrowings: tuple[Narrowing, ...] = ()

    @property
    def wanted(self) -> tuple[Clause, ...]:
        """What must be there: also what is highlighted."""
        return tuple(clause for clause in self.clauses if not clause.excluded)


def understand(text: str) -> Query:
    """Return what the search ``text`` means.

    Raises:
        UsageProblem: there is no word in it that must be there, or it is too long.
    """
    if len(text) > LONGEST_QUERY:
        raise UsageProblem(f"The search has {len(text)} characters; the limit is {LONGEST_QUERY}.")
    clauses: list[Clause] = []
    narrowings: list[Narrowing] = []
    for found in _CLAUSE.finditer(text.translate(_QUOTES)):
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
    return Query(tuple(clauses), tuple(narrowings))


def _clause(said: str, field: Field | None, *, excluded: bool, quoted: bool) -> Clause | None:
    words = tuple(plain_words(said))
    if not words:
        return None
    # A single sign of a script without spaces stands at the beginning of some indexed pair.
    lone_sign = len(words[-1]) == 1 and is_unspaced(words[-1])
    return Clause(words, field, excluded, prefix=lone_sign or (said.endswith("*") and not quoted))


def for_sqlite(query: Query, languages: Sequence[str | None]) -> str:
    """Return ``query`` as an FTS5 expression. Words hold only letters, marks and digits, so quoting is safe."""
    wanted = " AND ".join(_fts5(clause, languages) for clause in query.wanted)
    excluded = "".join(f" NOT {_fts5(clause, languages)}" for clause in query.clauses if clause.excluded)
    return f"({wanted}){excluded}"


def _fts5(clause: Clause, languages: Sequence[str | None]) -> str:
    end = "*" if clause.prefix else ""
    phrases = " OR ".join(f'"{" ".join(words)}"{end}' for words in clause.forms(languages))
    return f"({{{clause.field}}} : ({phrases}))" if clause.field else f"({phrases})"


def for_postgres(query: Query, languages: Sequence[str | None]) -> str:
    """Return ``query`` as the text of a tsquery."""
    return " & ".join(("!" if clause.excluded else "") + _tsquery(clause, languages) for clause in query.clauses)


def _tsquery(clause: Clause, languages: Sequence[str | None]) -> str:
    return f"({' | '.join(_phrase(clause, words) for words in clause.forms(languages))})"


def _phrase(clause: Clause, words: Sequence[str]) -> str:
    mark = MARK_OF.get(clause.field, "") if clause.field else ""
    weight = "D" if clause.field is Field.TEXT else ""
    labels = [weight] * len(words)
    if clause.prefix:
        labels[-1] = "*" + weight
    lexemes = (
        f"'{mark}{word}':{label}" if label else f"'{mark}{word}'" for word, label in zip(words, labels, strict=True)
    )
    return f"({' <-> '.join(lexemes)})"
