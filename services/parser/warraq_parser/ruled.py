"""Reading an article by the rules of its site: what the rules name counts, the rest is read as on any page."""

from dataclasses import replace

from warraq_parser.article.assemble import ArticleReading, read_article
from warraq_parser.article.document import Document
from warraq_parser.rules import SiteRules, body_alone, found_values, prune, with_fields
from warraq_shared.parsed import ItemHints, SiteProfile
from warraq_shared.reasons import Reason


def read_ruled_article(
    document: Document, rules: SiteRules, *, hints: ItemHints | None = None, profile: SiteProfile | None = None
) -> ArticleReading:
    """Read the article on ``document`` with ``rules``. The document is taken apart: read nothing from it afterwards.

    A rule that finds nothing on this page leaves the field as the page gives it, with the note ``rule-missed:FIELD``.
    """
    prune(document, rules)
    values = found_values(document, rules)
    reading = read_article(document, hints=hints, profile=profile)
    missed = [name for name in rules.fields if name not in values]
    alone = body_alone(document, rules) if rules.body else None
    if rules.body and alone is None:
        missed.append("body")
    if alone is not None:
        reading = _with_body(reading, read_article(alone, hints=hints, profile=profile))
    article = with_fields(reading.article, values) if reading.article else None
    return replace(reading, article=article, notes=(*reading.notes, *(f"rule-missed:{name}" for name in missed)))


def _with_body(page: ArticleReading, alone: ArticleReading) -> ArticleReading:
    """Return the reading of the whole page with the body that was read from its container alone."""
    if alone.article is None:
        return page
    if page.article is None:
        return alone
    body = alone.article
    article = page.article.model_copy(
        update={
            "blocks": body.blocks,
            "word_count": body.word_count,
            "fingerprint": body.fingerprint,
            "access": body.access,
        }
    )
    return replace(page, article=article, reason=Reason.OK, body=alone.body, observation=alone.observation)
