"""The hot queries use their indexes: what one article or one search costs does not grow with all that is known."""

import random
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from integration.store.pipeline import made_article
from warraq_store.articles import shelf
from warraq_store.articles.articles import Incoming
from warraq_store.articles.identity import Claim, identities
from warraq_store.database import reading, writing
from warraq_store.export import rows
from warraq_store.filters import Filter
from warraq_store.search import postgres
from warraq_store.search.find import find
from warraq_store.search.query import understand

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ARTICLES = 1000

# SQLite has one way to its words.
on_postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database that is large enough for its planner to prefer an index."""
    for start in range(0, ARTICLES, 500):
        incoming = [_incoming(number) for number in range(start, start + 500)]
        with writing(engine) as session:
            shelf.tell(session, incoming, shelf.put(session, incoming, NOW))
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    return engine


def _incoming(number: int, begins: str = "") -> Incoming:
    chance = random.Random(number)
    body = f"{begins} said everywhere " + " ".join(f"w{chance.randrange(997)}" for _ in range(60))
    url = f"https://example.com/{number}"
    article = made_article(url, body, published_at=NOW - timedelta(minutes=number), title=f"title {number}")
    return Incoming(article, url, None, NOW)


def plans(engine: Engine, work: Any, *without: str) -> list[str]:
    """Return the plan of every SELECT, UPDATE and DELETE that ``work`` sends.

    PostgreSQL is asked for a plan without reading whole tables, and without other ways that pay for few rows.
    """
    found: list[str] = []
    statements: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if re.match(r"\s*(WITH|SELECT|UPDATE|DELETE)", statement):
            statements.append((statement, parameters[0] if many else parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            for way in ("seqscan", *without):
                connection.exec_driver_sql(f"SET enable_{way} = off")
        for statement, parameters in statements:
            lines = connection.exec_driver_sql(explain + statement, parameters or ())
            found.append(statement + "\n  " + "\n  ".join(str(line[-1]) for line in lines))
        connection.rollback()
    return found


def scans(found: Sequence[str], *tables: str) -> list[str]:
    """Return the plans that read all of one of ``tables``."""
    whole = re.compile(rf"Seq Scan on ({'|'.join(tables)})\b|^\s*SCAN ({'|'.join(tables)})( |$)(?!USING)", re.MULTILINE)
    return [plan for plan in found if whole.search(plan)]


def test_storing_an_article_reads_by_its_url(filled: Engine) -> None:
    def store() -> None:
        again = [_incoming(7), _incoming(ARTICLES + 1)]
        newer = [Incoming(one.article, one.url, None, NOW + timedelta(hours=1)) for one in again]
        with writing(filled) as session:
            shelf.tell(session, newer, shelf.put(session, newer, NOW))

    found = plans(filled, store)
    assert len(found) >= 5
    assert scans(found, "article", "revision", "search_entry", "story_band") == []


def test_identity_is_found_by_fingerprint(filled: Engine) -> None:
    def identify() -> None:
        with reading(filled) as session:
            identities(session, [Claim("https://example.com/x/", _incoming(7).article, 3)])

    found = plans(filled, identify)
    assert any("ix_article_fingerprint" in plan for plan in found)
    assert scans(found, "article") == []


def test_a_search_asks_the_full_text_index(filled: Engine) -> None:
    def search() -> None:
        with reading(filled) as session:
            assert find(session, understand("w5 w12"), Filter(), NOW).looked_at

    found = plans(filled, search, "indexscan")
    assert scans(found, "article", "search_entry") == []
    index = "VIRTUAL TABLE INDEX" if filled.dialect.name == "sqlite" else "ix_search_entry_words"
    assert any(index in plan for plan in found)


def _ways(found: Sequence[str]) -> list[str]:
    """Return in which ways the words of articles were looked at, in order."""
    by_words = ["ix_search_entry_words" in plan for plan in found if "@@" in plan]
    assert by_words[0] is False
    return ["tried", *("by words" if index else "by time" for index in by_words[1:])]


@on_postgres
def test_words_first_means_that_the_index_of_words_is_asked_first(
    filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also for a phrase of words that stand in every article, which PostgreSQL would rather look for by time."""
    monkeypatch.setattr(postgres, "OPENED", 20)

    def search() -> None:
        with reading(filled) as session:
            assert find(session, understand('"everywhere said"'), Filter(), NOW).looked_at == 0

    by_words = [plan for plan in plans(filled, search) if "AS held" in plan]
    assert by_words
    assert all("ix_search_entry_words" in plan for plan in by_words)


@on_postgres
def test_a_rare_word_costs_one_look_into_the_index_of_words(filled: Engine) -> None:
    with writing(filled) as session:
        shelf.put(session, [_incoming(ARTICLES + 5, "rareword")], NOW)

    def search() -> None:
        with reading(filled) as session:
            assert find(session, understand("rareword"), Filter(), NOW).looked_at == 1

    assert _ways(plans(filled, search)) == ["tried", "by words"]


@on_postgres
def test_a_word_of_every_article_is_found_among_the_newest(filled: Engine) -> None:
    def search() -> None:
        with reading(filled) as session:
            assert find(session, understand("everywhere"), Filter(), NOW).looked_at == 500

    assert _ways(plans(filled, search)) == ["tried", "by time"]


def test_the_languages_of_the_index_are_looked_up_not_counted(filled: Engine) -> None:
    from warraq_store.search import find as finding

    def languages() -> None:
        with reading(filled) as session:
            assert finding.languages_asked(session) == ["en", None]

    found = plans(filled, languages)
    assert all("ix_search_entry_language" in plan for plan in found)


def test_an_export_reads_its_articles_by_the_primary_key(filled: Engine) -> None:
    def export() -> None:
        assert len(list(rows.documents(filled, Filter(), limit=5))) == 5

    reads = [plan for plan in plans(filled, export) if "article.title" in plan]
    assert reads
    assert scans(reads, "article") == []
