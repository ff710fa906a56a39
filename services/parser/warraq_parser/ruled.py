"""Reading an article by the rules of its site: what the rules name counts, the rest is read as on any page."""

from dataclasses import replace

from warraq_parser.article.assemble import ArticleReading, read_article
from warraq_parser.article.document import Document
from warraq_parser.rules import SiteRules, body_container, found_values, prune, with_fields
from warraq_shared.parsed import ItemHints, SiteProfile


def read_ruled_article(
    document: Document, rules: SiteRules, *, hints: ItemHints | None = None, profile: SiteProfile | None = None
) -> ArticleReading:
    """Read the article on ``document`` with ``rules``, which change the document: what they remove is gone.

    A rule that finds nothing on this page leaves the field as the page gives it, with the note ``rule-missed:FIELD``.
    """
    prune(document, rules)
    values = found_values(document, rules)
    container = body_container(document, rules)
    missed = [name for name in rules.fields if name not in values]
    missed += ["body"] if rules.body and container is None else []
    reading = read_article(document, hints=hints, profile=profile, container=container)
    article = with_fields(reading.article, values) if reading.article else None
    return replace(reading, article=article, notes=(*reading.notes, *(f"rule-missed:{name}" for name in missed)))
