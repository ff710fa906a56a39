"""How long searches take: ``python -m bench.store.searches ADDRESS``, on what ``fill`` or ``million`` has filled."""

import argparse
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta

from bench.store.made_articles import NEWEST, Vocabulary
from sqlalchemy.engine import Engine

from warraq_store.database import connect, reading
from warraq_store.filters import Filter
from warraq_store.search.find import find
from warraq_store.search.query import understand

_EN, _AR = Vocabulary("en", 1).words, Vocabulary("ar", 1).words

# The first of a vocabulary stand in nearly every article of their language, the 150th in every fifth.
_COMMON, _LESS, _RARE, _RARER = _EN[150], _EN[220], _EN[9000], _EN[8000]
SEARCHES = (
    ("two common words", f"{_COMMON} {_LESS}", Filter()),
    ("two common words, Arabic", f"{_AR[150]} {_AR[220]}", Filter()),
    ("in every tenth article", "government minister talks", Filter()),
    ("in a third of all articles", "government water", Filter()),
    ("nearly everywhere", "the of", Filter()),
    ("one common word", "government", Filter()),
    ("a common and a rare word", f"{_COMMON} {_RARE}", Filter()),
    ("one rare word", _RARE, Filter()),
    ("two rare words", f"{_RARE} {_RARER}", Filter()),
    ("a word that is nowhere", "qwrtzpsd", Filter()),
    ("a beginning of words", "gov*", Filter()),
    ("a single sign", "水", Filter()),
    ("a phrase found often", '"the of"', Filter()),
    ("a phrase found seldom", f'"{_COMMON} {_EN[20]}"', Filter()),
    ("a phrase with a rare word", f'"{_COMMON} {_RARE}"', Filter()),
    ("a phrase of rare words", f'"{_RARE} {_RARER}"', Filter()),
    ("minus a common word", "government minister -water", Filter()),
    ("minus a rare word", f"government minister -{_RARE}", Filter()),
    ("minus a phrase", 'government minister -"the of"', Filter()),
    ("title:", "title:government title:water", Filter()),
    ("title: and a word", "title:government minister", Filter()),
    ("author:", f"author:{_EN[100]}", Filter()),
    ("author: and a word", f"author:{_EN[100]} government", Filter()),
    ("an author who is nowhere", "author:qwrtzpsd", Filter()),
    ("tag:", f"tag:{_EN[20]}", Filter()),
    ("tag: and a word", f"tag:{_EN[20]} {_COMMON}", Filter()),
    ("text:", f"text:{_COMMON} text:{_LESS}", Filter()),
    ("with a language", "government elections", Filter(language="en")),
    ("with a source", "government minister", Filter(source="News 7")),
    ("a source and common words", f"{_COMMON} {_LESS}", Filter(source="News 7")),
    ("a source and a rare word", _RARE, Filter(source="News 7")),
    ("source: in the search", 'government source:"News 7"', Filter()),
    ("of 30 days", f"{_COMMON} {_LESS}", Filter(since=NEWEST - timedelta(days=30))),
    ("until 300 days ago", f"{_COMMON} {_LESS}", Filter(until=NEWEST - timedelta(days=300))),
)
_TIMES = 7


def main() -> None:
    """Measure the database that the command line names."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("address")
    engine = connect(arguments.parse_args().address)
    for line in measure(engine):
        print(line)


def measure(engine: Engine) -> Iterator[str]:
    """Yield a line for each search: the best, median and worst of some runs, after one that warms up."""
    for name, query, chosen in SEARCHES:
        understood, taken = understand(query), []
        for _ in range(_TIMES + 1):
            with reading(engine) as session:
                began = time.perf_counter()
                found = find(session, understood, chosen, NEWEST)
                taken.append((time.perf_counter() - began) * 1000)
        first, *warm = taken
        times = f"{statistics.median(warm):7.1f} ms  best {min(warm):7.1f}  worst {max(warm):7.1f}  first {first:7.1f}"
        yield f"{name:28} {times}  {found.looked_at} matches{' and more' if found.more else ''}"


if __name__ == "__main__":
    main()
