"""A million articles on PostgreSQL, and how long common searches of two words take.

``python -m bench.store.million FOLDER [--count 1000000]`` fills a database below FOLDER once (about 25 minutes on one
core, 8 GB; only the beginning of each text is kept, all of it is indexed) and measures; again, it only measures.
"""

import argparse
import json
import time
from pathlib import Path

import psycopg
from bench.store.fill import add_sources, batches
from bench.store.made_articles import NEWEST, made_articles
from bench.store.postgres import postgres
from bench.store.searches import measure
from sqlalchemy.engine import Engine

from warraq_store.database import connect, writing
from warraq_store.migrate import migrate
from warraq_store.search import index
from warraq_store.search.words import sentences

_ARTICLE = """COPY article (id, url, source_id, title, text, blocks, authors, published_at, language, direction, tags,
    images, word_count, access, fingerprint, parser_version, evidence, revision, first_seen_at, changed_at, fetched_at)
    FROM STDIN"""
_ENTRY = "COPY search_entry (article_id, sort_at, language, source_id, site, words) FROM STDIN"


def main() -> None:
    """Fill if empty, then measure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--count", type=int, default=1_000_000)
    arguments.add_argument("--words", type=int, default=200)
    given = arguments.parse_args()
    with postgres(given.folder, "warraq_million") as address:
        engine = connect(address)
        migrate(engine)
        fill(engine, address, given.count, given.words)
        for line in measure(engine):
            print(line)
        engine.dispose()


def fill(engine: Engine, address: str, count: int, words: int) -> None:
    """Bring the database to ``count`` articles, if it is empty."""
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        there = connection.execute("SELECT count(*) FROM article").fetchone()
        if there and there[0]:
            return
        with writing(engine) as session:
            add_sources(session)
        connection.execute("DROP INDEX ix_search_entry_words")
        began, first = time.perf_counter(), 1
        for some in batches(made_articles(count, words=words), 5000):
            _copy(connection, some, first)
            first += len(some)
            if first % 50_000 == 1:
                print(f"{first - 1} articles in {time.perf_counter() - began:.0f} s", flush=True)
        connection.execute("SET maintenance_work_mem = '1GB'")
        connection.execute("CREATE INDEX ix_search_entry_words ON search_entry USING gin (words)")
        connection.execute("VACUUM ANALYZE")
        print(f"filled and indexed in {time.perf_counter() - began:.0f} s", flush=True)


def _copy(connection: psycopg.Connection, some: list, first: int) -> None:
    with connection.cursor() as cursor:
        with cursor.copy(_ARTICLE) as rows:
            for number, made in enumerate(some, first):
                a, moment = made.article, made.article.published_at
                rows.write_row(
                    (number, a.url, made.source, a.title, a.text[:300], "[]", json.dumps(a.authors), moment,
                     a.language, a.direction, json.dumps(a.tags), "[]", a.word_count, "free", a.fingerprint, "made",
                     "{}", 1, NEWEST, NEWEST, NEWEST)
                )  # fmt: skip
        with cursor.copy(_ENTRY) as rows:
            for number, made in enumerate(some, first):
                a = made.article
                words = index.tsvector(index.analysed(a, sentences(a.text)))
                rows.write_row((number, a.published_at, a.language, made.source, "example.com", words))


if __name__ == "__main__":
    main()
