"""Writing the search index, in the transaction that writes the article.

``search_entry`` holds what a search narrows and orders by; the words stand in its tsvector on PostgreSQL and in the
FTS5 table ``search_words`` on SQLite, whose rows a trigger removes together with the entry.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any, Final

from sqlalchemy import bindparam, text
from sqlmodel import Session, col, select

from warraq_shared.article import Article as ArticleValue
from warraq_shared.urls import site_of
from warraq_store.article_tables import SearchEntry
from warraq_store.articles import articles
from warraq_store.database import UtcDateTime, is_postgres
from warraq_store.search.query import MARK_OF, WEIGHT_OF, Field
from warraq_store.search.words import Words, sentences, stemmer, words
from warraq_store.tables import Article

# A tsvector counts positions up to 16,383; what is longer than a book chapter is found by its beginning.
MOST_WORDS: Final = 16_000
_HIGHEST_POSITION: Final = 16_383
_POSITIONS_PER_WORD: Final = 255
# Between two parts, so that no phrase reaches from one into the next.
_GAP: Final = 16
_FUTURE: Final = timedelta(days=1)
_CHUNK: Final = 200


@dataclass(frozen=True, slots=True)
class ToIndex:
    """An article to find, with the words of its text (``words.sentences``).

    ``first_seen_at`` stands in for a date that is missing or in the future.
    """

    article_id: int
    article: ArticleValue
    sentences: Sequence[Words]
    url: str
    source_id: int | None
    first_seen_at: datetime

    @property
    def sort_at(self) -> datetime:
        """The moment by which it is ordered among the found."""
        published = self.article.published_at
        return self.first_seen_at if published is None or published > self.first_seen_at + _FUTURE else published


def write(session: Session, articles_to_index: Sequence[ToIndex]) -> None:
    """Put articles into the index, in place of what is there of them."""
    rows = [_row(one) for one in sorted(articles_to_index, key=lambda one: one.article_id)]
    if not rows:
        return
    if is_postgres(session):
        session.execute(_POSTGRES_ENTRY, [{**row, "words": tsvector(row["parts"])} for row in rows])
        return
    session.execute(_SQLITE_ENTRY, rows)
    session.execute(_SQLITE_FORGET, rows)
    session.execute(_SQLITE_WORDS, [{**row, **_joined(row["parts"])} for row in rows])


def _row(one: ToIndex) -> dict[str, Any]:
    return {
        "article_id": one.article_id,
        "sort_at": one.sort_at,
        "language": one.article.language,
        "source_id": one.source_id,
        "site": site_of(one.url),
        "parts": analysed(one.article, one.sentences),
    }


def analysed(article: ArticleValue, said: Iterable[Words]) -> dict[Field, list[str]]:
    """Return the index words of each part of ``article``, whose text has the sentences ``said``, bounded."""
    language = article.language
    titles = "\n".join(filter(None, (article.title, article.subtitle)))
    lead = article.lead or ""
    body = map(stemmer(language), islice(chain.from_iterable(said), MOST_WORDS))
    return {
        Field.TITLE: words(titles, language)[:MOST_WORDS],
        Field.AUTHOR: words("\n".join(article.authors), language)[:1000],
        Field.TAG: words("\n".join((*article.tags, article.section or "")), language)[:1000],
        Field.TEXT: [*([] if lead in article.text else words(lead, language)), *body][:MOST_WORDS],
    }


def _joined(parts: Mapping[Field, list[str]]) -> dict[str, str]:
    return {part.value: " ".join(part_words) for part, part_words in parts.items()}


def tsvector(parts: Mapping[Field, list[str]]) -> str:
    """Return the text of a tsvector: each word with its places, each place with the weight of its part."""
    places: dict[str, list[str]] = {}
    position = 0
    for part, part_words in parts.items():
        label = "" if WEIGHT_OF[part] == "D" else WEIGHT_OF[part]
        for word in part_words:
            position += 1
            if position > _HIGHEST_POSITION:
                break
            places.setdefault(word, []).append(f"{position}{label}")
            if part in MARK_OF:
                places.setdefault(MARK_OF[part] + word, []).append(f"{position}{label}")
        position += _GAP
    return " ".join(f"'{word}':{','.join(at[:_POSITIONS_PER_WORD])}" for word, at in places.items())


def catch_up(session: Session, most: int = 1000) -> int:
    """Index up to ``most`` articles that are not in the index (an older database); return how many."""
    query = (
        select(Article)
        .join(SearchEntry, col(SearchEntry.article_id) == col(Article.id), isouter=True)
        .where(col(SearchEntry.article_id).is_(None))
        .order_by(col(Article.id))
        .limit(most)
    )
    done = 0
    rows = iter(session.exec(query).all())
    while some := list(islice(rows, _CHUNK)):
        write(session, [_of_row(row) for row in some])
        done += len(some)
    return done


def _of_row(row: Article) -> ToIndex:
    article = articles.to_value(row)
    return ToIndex(row.id or 0, article, sentences(article.text), row.url, row.source_id, row.first_seen_at)


_VALUES: Final = "article_id, sort_at, language, source_id, site"
_UPDATES: Final = """sort_at = excluded.sort_at, language = excluded.language,
    source_id = excluded.source_id, site = excluded.site"""
_SORT_AT: Final = bindparam("sort_at", type_=UtcDateTime())
_POSTGRES_ENTRY: Final = text(
    f"""INSERT INTO search_entry ({_VALUES}, words)
    VALUES (:article_id, :sort_at, :language, :source_id, :site, CAST(:words AS tsvector))
    ON CONFLICT (article_id) DO UPDATE SET {_UPDATES}, words = excluded.words"""  # noqa: S608  # constants
).bindparams(_SORT_AT)
_SQLITE_ENTRY: Final = text(
    f"""INSERT INTO search_entry ({_VALUES}) VALUES (:article_id, :sort_at, :language, :source_id, :site)
    ON CONFLICT (article_id) DO UPDATE SET {_UPDATES}"""  # noqa: S608  # constants
).bindparams(_SORT_AT)
_SQLITE_FORGET: Final = text("DELETE FROM search_words WHERE rowid = :article_id")
_SQLITE_WORDS: Final = text(
    "INSERT INTO search_words (rowid, title, authors, tags, body) VALUES (:article_id, :title, :authors, :tags, :body)"
)
