"""The tables of a run: every extractor in every column, who leads each, and the intervals of the differences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scores import PageScore, corpus_f1, half_of, mean, paired_interval, snippet_f1

OURS = "warraq"


@dataclass(frozen=True, slots=True)
class Result:
    """What one extractor reached on the pages ``ids``; time in ms of processor a page, peak memory in MB.

    ``gives`` are the fields that it has at all: who never gives dates is not wrong about them.
    """

    name: str
    ids: Sequence[str]
    pages: Sequence[PageScore]
    milliseconds: float
    megabytes: int
    crashes: int
    gives: frozenset[str] = frozenset(("title", "date", "authors"))


@dataclass(frozen=True, slots=True)
class Column:
    """One number of a result: its name, how it is written, and whether more of it is better; None: not known."""

    name: str
    value: Callable[[Result], float | None]
    form: str = ".3f"
    more_is_better: bool = True

    def shown(self, result: Result) -> str:
        value = self.value(result)
        return "–" if value is None else format(value, self.form)

    def rank(self, result: Result) -> float:
        """Return the value so that the largest is the best; where nothing is known, the last of all."""
        value = self.value(result)
        return float("-inf") if value is None else value if self.more_is_better else -value


def _mean_of(name: str) -> Callable[[Result], float | None]:
    def value(result: Result) -> float | None:
        known = [getattr(page, name) for page in result.pages if getattr(page, name) is not None]
        return mean(known) if known else None

    return value


def _field(name: str) -> Callable[[Result], float | None]:
    of_pages = _mean_of(name)
    return lambda result: of_pages(result) if name in result.gives else None


def _corpus_f1(result: Result) -> float | None:
    return corpus_f1(result.pages) or None


COLUMNS = (
    Column("F1", _corpus_f1),
    Column("precision", _mean_of("precision")),
    Column("recall", _mean_of("recall")),
    Column("page F1", _mean_of("f1")),
    Column("snippet F1", lambda result: snippet_f1(result.pages)),
    Column("title", _field("title")),
    Column("date", _field("date")),
    Column("authors", _field("authors")),
    Column("ms CPU a page", lambda result: result.milliseconds, ".2f", more_is_better=False),
    Column("peak MB", lambda result: result.megabytes, ".0f", more_is_better=False),
    Column("crashes", lambda result: result.crashes, ".0f", more_is_better=False),
)


def scores(results: Sequence[Result]) -> str:
    """Return a table of all columns, a line an extractor."""
    lines = [("extractor", *(column.name for column in COLUMNS))]
    return _table(lines + [(one.name, *(column.shown(one) for column in COLUMNS)) for one in results])


def leaders(results: Sequence[Result]) -> str:
    """Return a table that says of each column who leads it, ours, and the best of the others."""
    ours = next(one for one in results if one.name == OURS)
    others = [one for one in results if one is not ours]
    lines = [("column", "leads", "ours", "best of the others")]
    for column in COLUMNS:
        best = max(others, key=column.rank)
        if column.value(ours) is not None and column.value(best) is not None:
            lead = "both" if column.rank(ours) == column.rank(best) else max((ours, best), key=column.rank).name
            lines.append((column.name, lead, column.shown(ours), f"{column.shown(best)} ({best.name})"))
    return _table(lines)


def intervals(results: Sequence[Result]) -> str:
    """Return ours minus each other in page F1 with the 95 % interval: on all pages, and on each half by itself."""
    ours = next(one for one in results if one.name == OURS)
    lines = [("page F1, ours minus", "all pages", "one half", "the other half")]
    for other in results:
        if other is not ours:
            lines.append((other.name, *(_interval(ours, other, half) for half in (None, 0, 1))))
    return _table(lines)


def _interval(ours: Result, other: Result, half: int | None) -> str:
    chosen = [place for place, page in enumerate(ours.ids) if half is None or half_of(page) == half]
    both = [[one.pages[place] for place in chosen] for one in (ours, other)]
    return "{:+.4f} ({:+.4f} to {:+.4f})".format(*paired_interval(*both))


def _table(lines: Sequence[tuple[str, ...]]) -> str:
    return "\n".join(_rows(lines))


def _rows(lines: Sequence[tuple[str, ...]]) -> Iterator[str]:
    head, *rest = lines
    for line in (head, ("---",) * len(head), *rest):
        yield f"| {' | '.join(line)} |"
