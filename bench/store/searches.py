"""How long searches take: ``python -m bench.store.searches ADDRESS``, on what ``fill`` or ``million`` has filled."""

import argparse
import statistics
import time
from collections.abc import Iterator

from bench.store.made_articles import NEWEST, Vocabulary
from sqlalchemy.engine import Engine

from warraq_store.database import connect, reading
from warraq_store.filters import Filter
from warraq_store.search.find import find
from warraq_store.search.query import understand

_EN, _AR = Vocabulary("en", 1).words, Vocabulary("ar", 1).words

# The first of a vocabulary stand in nearly every article of their language, the 150th in every fifth.
SEARCHES = (
    ("two common words", f"{_EN[150]} {_EN[220]}", Filter()),
    ("two common words, Arabic", f"{_AR[150]} {_AR[220]}", Filter()),
    ("in a third of all articles", "government water", Filter()),
    ("nearly everywhere", "the of", Filter()),
    ("with a language", "government elections", Filter(language="en")),
    ("with a source", "government minister", Filter(source="News 7")),
    ("phrase", f'"{_EN[150]} {_EN[20]}"', Filter()),
    ("minus", "government minister -water", Filter()),
    ("in the title", "title:government title:water", Filter()),
    ("a common and a rare word", f"{_EN[150]} {_EN[9000]}", Filter()),
    ("one common word", "government", Filter()),
    ("one rare word", _EN[9000], Filter()),
    ("two rare words", f"{_EN[9000]} {_EN[8000]}", Filter()),
    ("a phrase with a rare word", f'"{_EN[150]} {_EN[9000]}"', Filter()),
    ("a word that is nowhere", "qwrtzpsd", Filter()),
    ("an author who is nowhere", "author:qwrtzpsd", Filter()),
)
_TIMES = 5


def main() -> None:
    """Measure the database that the command line names."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("address")
    engine = connect(arguments.parse_args().address)
    for line in measure(engine):
        print(line)


def measure(engine: Engine) -> Iterator[str]:
    """Yield a line for each search: the median and worst of five runs, after one that warms up."""
    for name, query, chosen in SEARCHES:
        understood, taken, looked_at = understand(query), [], 0
        for _ in range(_TIMES + 1):
            with reading(engine) as session:
                began = time.perf_counter()
                found = find(session, understood, chosen, NEWEST)
                taken.append((time.perf_counter() - began) * 1000)
                looked_at = found.looked_at
        times = f"{statistics.median(taken[1:]):7.1f} ms  worst {max(taken[1:]):7.1f}  first {taken[0]:7.1f}"
        yield f"{name:28} {times}  {looked_at} matches"


if __name__ == "__main__":
    main()
