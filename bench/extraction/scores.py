"""Scores of extracted articles, written from the published definitions."""

import hashlib
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_WORD = re.compile(r"\w+")
# Written without spaces: one token a character (Thai to Khmer, kana, Han).
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
SHINGLE = 4
_ROUNDS = 1_000


@dataclass(frozen=True, slots=True)
class PageScore:
    """The score of one page; None is not known, or not scored.

    ``snippets`` are counts of pieces of text: found and wanted, found though unwanted, wanted but not found.
    """

    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    snippets: tuple[int, int, int] | None = None
    title: float | None = None
    date: float | None = None
    authors: float | None = None


def words(text: str) -> list[str]:
    """Return the words of ``text``, a character a word in scripts without spaces."""
    found: list[str] = []
    for word in _WORD.findall(text):
        found += re.findall(rf"{_UNSPACED.pattern}|[^\W]", word) if _UNSPACED.search(word) else [word]
    return found


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of ``text``, with how often each stands."""
    tokens = words(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[at : at + SHINGLE]) for at in range(max(1, len(tokens) - SHINGLE + 1)))


def text_score(found: str, wanted: Sequence[str]) -> tuple[float | None, float | None, float]:
    """Return precision, recall and F1 of ``found`` against the accepted text that it is closest to."""
    return max((_against(shingles(found), shingles(text)) for text in wanted), key=lambda score: score[2])


def _against(
    found: Counter[tuple[str, ...]], wanted: Counter[tuple[str, ...]]
) -> tuple[float | None, float | None, float]:
    both, all_found, all_wanted = (sum(counts.values()) for counts in (found & wanted, found, wanted))
    precision = both / all_found if all_found else None
    recall = both / all_wanted if all_wanted else None
    return precision, recall, 2 * both / (all_found + all_wanted) if all_found + all_wanted else 1.0


def accepted(row: dict[str, Any]) -> list[str]:
    """Return the accepted texts of a page: with and without the paragraphs that the truth calls optional."""
    paragraphs = row.get("paragraphs") or []
    required = "\n".join(paragraph["text"] for paragraph in paragraphs if not paragraph["optional"])
    return [row["text"], required] if required and required != row["text"] else [row["text"]]


def score(row: dict[str, Any], found: dict[str, Any]) -> PageScore:
    """Score what was found on one page by what its truth knows."""
    text = found.get("text") or ""
    precision, recall, f1 = text_score(text, accepted(row)) if row.get("text") else (None, None, None)
    return PageScore(
        precision,
        recall,
        f1,
        snippets=_snippets(row, text),
        title=_same(row.get("title"), found.get("title")),
        date=_same_day(row.get("published"), found.get("published_at")),
        authors=_same_people(row.get("authors"), found.get("authors")),
    )


def _snippets(row: dict[str, Any], text: str) -> tuple[int, int, int] | None:
    """Count the pieces that must (``with``) and must not (``without``) be in the text, white space aside."""
    wanted, unwanted = row.get("with") or [], row.get("without") or []
    flat = " ".join(text.split())
    found, wrong = (sum(" ".join(piece.split()) in flat for piece in pieces) for pieces in (wanted, unwanted))
    return (found, wrong, len(wanted) - found) if wanted or unwanted else None


def _folded(text: str | None) -> str:
    return " ".join(words(unicodedata.normalize("NFKC", text or "").casefold()))


def _same(wanted: str | None, found: str | None) -> float | None:
    return None if not wanted else float(_folded(wanted) == _folded(found))


def _same_day(wanted: str | None, found: str | None) -> float | None:
    if not wanted:
        return None
    try:
        return float(datetime.fromisoformat(str(found)[:10]).date() == datetime.fromisoformat(wanted[:10]).date())
    except ValueError:
        return 0.0


def _same_people(wanted: list[str] | None, found: list[str] | None) -> float | None:
    return None if not wanted else float({*map(_folded, wanted)} == {*map(_folded, found or [])})


def mean(values: Sequence[float | None]) -> float:
    """Return the mean of what is known; 0 where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else 0.0


def corpus_f1(pages: Sequence[PageScore]) -> float:
    """Return F1 of the mean precision and the mean recall."""
    precision, recall = mean([page.precision for page in pages]), mean([page.recall for page in pages])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def snippet_f1(pages: Sequence[PageScore]) -> float | None:
    """Return F1 of all pieces of all pages; None where no page has any."""
    counts = [page.snippets for page in pages if page.snippets is not None]
    found, wrong, missed = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    return 2 * found / (2 * found + wrong + missed) if counts and found else None


def half_of(page: str) -> int:
    """Return 0 or 1: the half of the corpus that the page of this id belongs to, whatever else is in the corpus."""
    return hashlib.sha256(page.encode()).digest()[0] % 2


def paired_interval(ours: Sequence[PageScore], theirs: Sequence[PageScore]) -> tuple[float, float, float]:
    """Return the mean difference of the pages' F1, and its 95 % interval (bootstrap over pages, seeded)."""
    pairs = ((one.f1, other.f1) for one, other in zip(ours, theirs, strict=True))
    differences = [one - other for one, other in pairs if one is not None and other is not None]
    if not differences:
        return 0.0, 0.0, 0.0
    draw = random.Random(7)
    means = sorted(mean(draw.choices(differences, k=len(differences))) for _ in range(_ROUNDS))
    return mean(differences), means[int(0.025 * _ROUNDS)], means[int(0.975 * _ROUNDS)]
