"""``warraq articles`` and ``warraq show``: what has come."""

from typing import Any

import click
from sqlmodel import col, func, select

from warraq_shared.article import article_document
from warraq_shared.console import Number, print_json, print_table
from warraq_shared.errors import NotFound
from warraq_shared.settings import Settings
from warraq_store.articles import articles as article_rows
from warraq_store.cli.opening import open_database
from warraq_store.cli.showing import article_text
from warraq_store.database import reading
from warraq_store.filters import Filter, conditions, filter_options, of_known_source
from warraq_store.tables import Article, Revision, Source


@click.command("articles")
@filter_options
@click.option("--limit", type=Number(min=1), default=50, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array on stdout.")
def list_articles(chosen: Filter, limit: int, as_json: bool) -> None:
    """List articles, newest first.

    \b
    Examples:
      warraq articles --lang ar --since 7d
      warraq articles --source "Example News" --json
    """
    with reading(open_database(Settings())) as session:
        chosen = of_known_source(session, chosen)
        query = (
            select(Article, Source.name)
            .join(Source, isouter=True)
            .where(*conditions(chosen))
            .order_by(func.coalesce(Article.published_at, Article.first_seen_at).desc(), col(Article.id).desc())
            .limit(limit)
        )
        found = [_row(article, source) for article, source in session.exec(query)]
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo("No articles." if chosen != Filter() else "No articles yet.", err=True)
        return
    columns = ("id", "published_at", "language", "source", "title")
    print_table(("id", "published (UTC)", "lang", "source", "title"), ([row[c] for c in columns] for row in found))


@click.command("show")
@click.argument("article_id", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="The whole article as one JSON document.")
def show(article_id: int, as_json: bool) -> None:
    """Show one article in full.

    \b
    Examples:
      warraq show 17
      warraq show 17 --json
    """
    with reading(open_database(Settings())) as session:
        row = session.get(Article, article_id)
        if row is None:
            raise NotFound(f"There is no article {article_id}. `warraq articles` lists them.")
        value = article_rows.to_value(row)
        revisions = session.exec(select(func.count()).where(Revision.article_id == article_id)).one()
    if as_json:
        print_json({"id": article_id, **article_document(value), "revisions": revisions + 1})
    else:
        click.echo(article_text(value))


def _row(article: Article, source: str | None) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "published_at": article.published_at,
        "language": article.language,
        "source": source,
        "revisions": article.revision,
    }
