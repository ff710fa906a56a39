"""Reading an article by the rules of its site: what the rules name counts, the rest is read as on any page."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from warraq_parser.article.assemble import ArticleReading, read_article
from warraq_parser.article.document import Document
from warraq_parser.rules import SiteRules, body_container, found_values, prune, with_fields
from warraq_shared.article import Article
from warraq_shared.parsed import Candidate, ItemHints, SiteProfile


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
    article = with_fields(reading.article, values, rules.origin) if reading.article else None
    notes = (*reading.notes, *(f"rule-missed:{name}" for name in missed))
    candidates = _overruled(reading.candidates, article, rules.origin) if article else reading.candidates
    return replace(reading, article=article, notes=notes, candidates=candidates)


def _overruled(candidates: Iterable[Candidate], article: Article, origin: str) -> tuple[Candidate, ...]:
    """Return ``candidates`` with the values that a rule gave as the winners of their fields."""
    ruled = {name: evidence for name, evidence in article.evidence.items() if evidence.origin == origin}
    winners = [
        Candidate(
            field=name, value=_shown(getattr(article, name)), origin=origin, confidence=evidence.confidence, won=True
        )
        for name, evidence in ruled.items()
        if hasattr(article, name)
    ]
    losers = [one.model_copy(update={"won": False}) if one.field in ruled else one for one in candidates]
    # The sort is stable: within a field the rule stays first.
    return tuple(sorted((*winners, *losers), key=lambda one: one.field))


def _shown(value: object) -> str:
    match value:
        case datetime():
            return value.isoformat()
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)
