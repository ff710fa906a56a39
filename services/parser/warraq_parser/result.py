"""What the interface shows of a page that was parsed: one JSON document, whatever the page turned out to be."""

from collections.abc import Iterator
from typing import Any, Final

from warraq_parser.article.body.body import Body
from warraq_parser.article.body.hint_words import Hint
from warraq_parser.article.body.region_hints import names_of
from warraq_parser.parse import PageReading
from warraq_shared.article import Article, article_document
from warraq_shared.parsed import Parsed

# A region with this much of the text around it only wraps it.
_NEARLY_ALL: Final = 0.995


def result_document(reading: PageReading, *, best_effort: bool = False) -> dict[str, Any]:
    """Return the article of the page as its document, with ``kind``, ``reason``, ``notes``, and links where it has any.

    Where there is no article every field of one is there and null or empty; with ``best_effort`` the fields of the
    text that was read all the same (a section's teasers, a text thought too thin).
    """
    parsed = reading.parsed
    article = parsed.article
    if article is None and best_effort and reading.article is not None:
        article = reading.article.article
    document = article_document(article) if article else _nothing(parsed)
    document |= {"kind": parsed.kind.value, "reason": parsed.reason.value, "notes": list(parsed.notes)}
    if parsed.source is not None:
        document["source"] = parsed.source.model_dump(mode="json")
    if parsed.links:
        document["links"] = [link.model_dump(mode="json", exclude_none=True) for link in parsed.links]
    return document


def _nothing(parsed: Parsed) -> dict[str, Any]:
    document = article_document(Article(url=parsed.url))
    return {**document, "text": None, "access": None, "direction": None, "fingerprint": None, "parser_version": None}


def explanation(reading: PageReading) -> dict[str, Any]:
    """Return how the result came about: encoding, kind, the candidates for each field, and what was left out."""
    document: dict[str, Any] = {"notes": list(reading.parsed.notes)}
    if reading.decoded is not None:
        document["encoding"] = {"name": reading.decoded.encoding, "origin": reading.decoded.origin}
    if reading.verdict is not None:
        document["kind"] = {"is": reading.verdict.kind.value, "why": list(reading.verdict.why)}
    if reading.article is not None:
        document["fields"] = [one.model_dump() for one in reading.article.candidates]
        body = reading.article.body
        document["body"] = {
            "origin": body.origin,
            "container": _path(body.container),
            "confidence": body.confidence,
            "why": list(_why(body)),
            "dropped": [{"rule": one.rule, "text": one.text} for one in body.dropped],
        }
    return document


def _why(body: Body) -> Iterator[str]:
    """Yield, in words, how the container was found: what each narrower part held of the text, and why it ends there."""
    for step in body.way:
        region = body.outline.regions[step.region]
        called = ", ".join(name.lower() for name in names_of(region.hints & (Hint.BODY | Hint.ARTICLE)))
        part = f"{_step(region.element)}{f' (called {called})' if called else ''}"
        held = f"holds {step.share:.0%} of the running text around it"
        if step.chosen and step.why:
            yield f"{part} {held}, and is {step.why}"
        elif step.chosen and (step.share < _NEARLY_ALL or step.region == body.region):
            yield f"{part} {held} ({step.needed:.0%} are enough)"
        elif not step.chosen and step.share:
            yield f"no deeper: {part} {held} (only {step.why})"


def _path(element: Any) -> str | None:
    """Return an element as people write it, ``html > body > div#main.story``, its last four steps."""
    if element is None:
        return None
    steps = [_step(one) for one in (element, *element.iterancestors())]
    return " > ".join(reversed(steps[:4]))


def _step(element: Any) -> str:
    name = str(element.tag)
    identity = element.get("id")
    classes = (element.get("class") or "").split()
    return name + (f"#{identity}" if identity else "") + "".join(f".{one}" for one in classes[:2])
