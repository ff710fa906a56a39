"""What a crawl led to, read from its database, in a form that tests can compare."""

from sqlalchemy import Engine
from sqlmodel import select

from warraq_shared.article import Article as ArticleValue
from warraq_store.articles import articles
from warraq_store.database import reading
from warraq_store.tables import Article, Page


def article_values(engine: Engine) -> dict[str, ArticleValue]:
    """Return every article by its URL."""
    with reading(engine) as session:
        return {row.url: articles.to_value(row) for row in session.exec(select(Article))}


def revision_numbers(engine: Engine) -> dict[str, int]:
    """Return the number of the newest text of every article by its URL."""
    with reading(engine) as session:
        return {row.url: row.revision for row in session.exec(select(Article))}


def page_ends(engine: Engine) -> dict[str, tuple[str, str]]:
    """Return state and reason of every page by its URL."""
    with reading(engine) as session:
        return {page.url: (page.state, page.reason) for page in session.exec(select(Page))}
