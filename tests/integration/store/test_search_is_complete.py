"""A search against reading everything: the same articles, in the same order, on both databases."""

import functools
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from warraq_shared.article import Article as ArticleValue
from warraq_shared.article import Paragraph
from warraq_store.articles import shelf
from warraq_store.articles.articles import Incoming
from warraq_store.database import connect, is_postgres, reading, writing
from warraq_store.filters import Filter
from warraq_store.migrate import migrate
from warraq_store.search import find as finding
from warraq_store.search import postgres
from warraq_store.search.find import Found, find, recency
from warraq_store.search.query import understand
from warraq_store.tables import Article

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ARTICLES = 900
QUERIES = 80
# Each word half as often as the one before, down to words of one or two articles; none is the beginning of another.
VOCABULARY = [f"{letter}word" for letter in "abcdefghijkl"]
WEIGHTS = [2.0**-rank for rank in range(len(VOCABULARY))]


@dataclass(frozen=True)
class Made:
    """A made article as lists of words."""

    number: int
    published: datetime
    title: list[str]
    author: list[str]
    tag: list[str]
    text: list[str]

    @property
    def parts(self) -> tuple[list[str], ...]:
        return (self.title, self.author, self.tag, self.text)


Test = Callable[[Made], bool]


@functools.cache
def made(number: int) -> Made:
    chance = random.Random(number)

    def say(least: int, most: int) -> list[str]:
        return chance.choices(VOCABULARY, WEIGHTS, k=chance.randint(least, most))

    # Some are of the same moment: then the later article comes first.
    published = NOW - timedelta(hours=chance.randrange(ARTICLES * 4))
    return Made(number, published, say(1, 3), say(1, 2), say(1, 1), say(2, 9))


def clause(chance: random.Random) -> tuple[str, Test]:
    """Return one clause of a search, and what it means."""
    word, next_word = chance.choices(VOCABULARY, k=2)
    part = chance.choice(["title", "author", "tag", "text"])
    return chance.choice(
        [
            (word, lambda one: any(word in words for words in one.parts)),
            (f"{word[:3]}*", lambda one: any(word in words for words in one.parts)),
            (f"{part}:{word}", lambda one: word in getattr(one, part)),
            (f'"{word} {next_word}"', lambda one: any(follow(words, word, next_word) for words in one.parts)),
            (f'{part}:"{word} {next_word}"', lambda one: follow(getattr(one, part), word, next_word)),
        ]
    )


def follow(words: list[str], first: str, second: str) -> bool:
    return (first, second) in itertools.pairwise(words)


def search(number: int) -> tuple[str, Test]:
    """Return a search of up to two clauses that must be there and up to one that must not, and what it means."""
    chance = random.Random(number)
    there = [clause(chance) for _ in range(chance.randint(1, 2))]
    absent = [clause(chance) for _ in range(chance.randint(0, 1))]
    said = " ".join([text for text, _ in there] + [f"-{text}" for text, _ in absent])
    return said, lambda one: all(test(one) for _, test in there) and not any(test(one) for _, test in absent)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def shelves(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database of made articles of either kind, which its planner knows; only read by the tests."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path_factory.mktemp('complete') / 'warraq.db'}"
        address_of = iter([address])
    else:
        from conftest import _fresh_database

        address_of = _fresh_database(request.getfixturevalue("postgres_server_url"), "template1")
    engine = connect(next(address_of))
    migrate(engine)
    with writing(engine) as session:
        shelf.put(session, [incoming(made(number)) for number in range(ARTICLES)], NOW)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    yield engine
    engine.dispose()
    next(address_of, None)


def incoming(one: Made) -> Incoming:
    url = f"https://example.com/{one.number:04}"
    value = ArticleValue(
        url=url,
        title=" ".join(one.title),
        authors=(" ".join(one.author),),
        tags=(" ".join(one.tag),),
        blocks=(Paragraph(text=" ".join(one.text)),),
        published_at=one.published,
        fingerprint=url,
    )
    return Incoming(value, url, None, NOW)


def asked(engine: Engine, said: str, *, newest: bool = False) -> tuple[Found, list[int]]:
    """Return what the search found, and the numbers of the made articles in its order."""
    with reading(engine) as session:
        found = find(session, understand(said), Filter(), NOW, limit=ARTICLES, newest=newest)
        urls = dict(session.exec(select(Article.id, Article.url)).all())
    return found, [int(urls[hit.article_id].rpartition("/")[2]) for hit in found.hits]


def read_through(meant: Test) -> list[int]:
    """Return the numbers of all articles that a search means, the newest first."""
    matching = [one for one in map(made, range(ARTICLES)) if meant(one)]
    return [one.number for one in sorted(matching, key=lambda one: (one.published, one.number), reverse=True)]


@pytest.mark.parametrize("number", range(QUERIES))
def test_a_search_finds_what_reading_everything_finds(shelves: Engine, number: int) -> None:
    said, meant = search(number)
    expected = read_through(meant)
    found, numbers = asked(shelves, said, newest=True)
    assert numbers == expected[: finding.LOOKED_AT], said
    assert found.more == (len(expected) >= finding.LOOKED_AT)


def test_the_searches_are_of_every_size() -> None:
    sizes = [len(read_through(search(number)[1])) for number in range(QUERIES)]
    assert min(sizes) == 0
    assert max(sizes) > finding.LOOKED_AT
    assert sum(0 < size <= 5 for size in sizes) >= 10
    assert sum(50 < size < finding.LOOKED_AT for size in sizes) >= 10


@pytest.mark.parametrize("number", range(0, QUERIES, 4))
def test_hits_stand_by_relevance_times_recency(shelves: Engine, number: int) -> None:
    found, numbers = asked(shelves, search(number)[0])
    for hit, of_article in zip(found.hits, numbers, strict=True):
        assert hit.score == pytest.approx(hit.relevance * recency(made(of_article).published, NOW))
    places = [(hit.score, hit.article_id) for hit in found.hits]
    assert places == sorted(places, reverse=True)
    assert max((hit.relevance for hit in found.hits), default=1.0) == 1.0


@pytest.mark.parametrize("number", range(QUERIES))
def test_what_is_cut_is_old_and_told(shelves: Engine, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "TRIED", 20)
    monkeypatch.setattr(postgres, "OPENED", 40)
    monkeypatch.setattr(postgres, "LOOKED_THROUGH", 60)
    monkeypatch.setattr(finding, "LOOKED_AT", 30)
    said, meant = search(number)
    expected = read_through(meant)[:30]
    found, numbers = asked(shelves, said, newest=True)
    assert numbers == expected[: len(numbers)], said
    assert found.more or numbers == expected
    with reading(shelves) as session:
        assert numbers == expected or is_postgres(session)
