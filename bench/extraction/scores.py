"""Scores of extracted articles, written from the published definitions."""

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
_SHINGLE = 4
_ROUNDS = 1_000


@dataclass(frozen=True, slots=True)
class PageScore:
    """The score of one page; None is not known, or not scored."""

    precision: float | None
    recall: float | None
    f1: float
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
    return Counter(tuple(tokens[at : at + _SHINGLE]) for at in range(max(1, len(tokens) - _SHINGLE + 1)))


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


def score(row: dict[str, Any], found: dict[str, Any]) -> PageScore | None:
    """Score one page; None where the truth has no text."""
    if not row.get("text"):
        return None
    precision, recall, f1 = text_score(found.get("text") or "", accepted(row))
    return PageScore(
        precision,
        recall,
        f1,
        title=_same(row.get("title"), found.get("title")),
        date=_same_day(row.get("published"), found.get("published_at")),
        authors=_same_people(row.get("authors"), found.get("authors")),
    )


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


def paired_interval(ours: Sequence[PageScore], theirs: Sequence[PageScore]) -> tuple[float, float, float]:
    """Return the mean difference of the pages' F1, and its 95 % interval (bootstrap over pages, seeded)."""
    differences = [one.f1 - other.f1 for one, other in zip(ours, theirs, strict=True)]
    draw = random.Random(7)
    means = sorted(mean(draw.choices(differences, k=len(differences))) for _ in range(_ROUNDS))
    return mean(differences), means[int(0.025 * _ROUNDS)], means[int(0.975 * _ROUNDS)]
