"""What the demo shows in the end: the articles, one of them in full, and how every other page ended."""

import json
from pathlib import Path
from typing import Final

import click
from sqlmodel import Session, col, select

from warraq_demo.crawl import Crawl
from warraq_shared.article import article_document
from warraq_shared.console import print_json, print_table
from warraq_shared.reasons import Reason
from warraq_store.articles import articles
from warraq_store.cli.showing import article_text, status_document
from warraq_store.database import reading
from warraq_store.tables import Article, Page, Source

SEED_FILE: Final = Path(__file__).parent / "data" / "seed_expected.json"


def show_report(crawl: Crawl) -> None:
    """Print the table of articles, the seed article in full, and the pages that led to no article."""
    with reading(crawl.engine) as session:
        rows = _articles(session)
        others = _others(session)
        full = articles.to_value(_seed(rows))
    click.echo()
    print_table(
        ("id", "published (UTC)", "lang", "source", "rev", "title"),
        ((a.id, a.published_at, a.language, source, a.revision, a.title) for a, source in rows),
    )
    click.echo(f"\n{len(rows)} articles. One of them in full:\n")
    click.echo(article_text(full))
    click.echo("Pages that led to no article of their own, and why:\n")
    print_table(("url", "state", "why"), ((page.url, page.state, Reason(page.reason).sentence) for page in others))
    click.echo()


def show_json(crawl: Crawl) -> None:
    """Print everything as one JSON document."""
    with reading(crawl.engine) as session:
        document = {
            "articles": [
                {**article_document(articles.to_value(article)), "source": source, "revision": article.revision}
                for article, source in _articles(session)
            ],
            "pages": [status_document(session, page.url) for page in session.exec(select(Page).order_by(Page.url))],
        }
    print_json(document)


def _articles(session: Session) -> list[tuple[Article, str | None]]:
    query = (
        select(Article, Source.name)
        .join(Source, isouter=True)
        .order_by(col(Article.published_at).desc(), col(Article.id))
    )
    return list(session.exec(query).all())


def _others(session: Session) -> list[Page]:
    query = select(Page).where(col(Page.article_id).is_(None), Page.role == "article").order_by(Page.url)
    return list(session.exec(query))


def _seed(rows: list[tuple[Article, str | None]]) -> Article:
    """Return the article that the project began from; the newest one if it did not come."""
    seed = json.loads(SEED_FILE.read_text("utf-8"))["title"]
    return next((article for article, _ in rows if article.title == seed), rows[0][0])
