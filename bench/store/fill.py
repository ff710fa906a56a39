"""Fill a database with made articles: ``python -m bench.store.fill 100000 sqlite:////tmp/made.db``."""

import argparse
import itertools
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta

from bench.store.made_articles import NEWEST, MadeArticle, made_articles
from sqlmodel import Session, select

from warraq_store.articles import shelf
from warraq_store.articles.articles import Incoming
from warraq_store.database import connect, writing
from warraq_store.migrate import migrate
from warraq_store.tables import Source

BATCH = 100


def main() -> None:
    """Fill the database that the command line names."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("count", type=int)
    arguments.add_argument("address")
    arguments.add_argument("--words", type=int, default=320)
    given = arguments.parse_args()
    engine = connect(given.address)
    migrate(engine)
    with writing(engine) as session:
        add_sources(session)
    began, done = time.perf_counter(), 0
    for some in batches(made_articles(given.count, words=given.words), BATCH):
        with writing(engine) as session:
            shelf.put(session, list(map(incoming, some)), NEWEST)
        done += len(some)
        if done % 5000 == 0:
            print(f"{done} articles, {done / (time.perf_counter() - began):.0f} a second", flush=True)


def add_sources(session: Session) -> None:
    """Add the 200 sources that made articles are of."""
    known = set(session.exec(select(Source.id)))
    for number in range(1, 201):
        if number not in known:
            url = f"https://news{number}.example.com/"
            session.add(Source(id=number, name=f"News {number}", url=url, site="example.com", created_at=NEWEST))


def incoming(made: MadeArticle) -> Incoming:
    """Return a made article as the store takes it in."""
    article = made.article
    return Incoming(article, article.url, made.source, (article.published_at or NEWEST) + timedelta(minutes=5))


def batches(made: Iterable[MadeArticle], size: int) -> Iterator[list[MadeArticle]]:
    """Yield ``made`` in lists of ``size``."""
    rest = iter(made)
    while some := list(itertools.islice(rest, size)):
        yield some


if __name__ == "__main__":
    main()
