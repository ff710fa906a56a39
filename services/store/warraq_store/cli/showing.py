"""How pages and articles are shown, as JSON documents and as text."""

from typing import Any

from sqlmodel import Session

from warraq_shared.article import Article, Embed, Heading, ImageBlock, ListBlock, Paragraph, Quote, Table
from warraq_shared.console import isolated, shown
from warraq_shared.errors import NotFound
from warraq_shared.reasons import Reason
from warraq_store.schedule import pages
from warraq_store.tables import Page, Source, Tombstone


def status_document(session: Session, url: str) -> dict[str, Any]:
    """Return the status of one canonical URL as the interface promises it; of a forgotten one, since when it is.

    Raises:
        NotFound: the URL is not known.
    """
    page = pages.find(session, url)
    if page is None:
        return _forgotten_document(session, url)
    source = session.get(Source, page.source_id) if page.source_id else None
    return {
        "url": page.url,
        "state": page.state,
        "reason": page.reason,
        "sentence": _sentence(page),
        "detail": page.detail,
        "http_status": page.http_status,
        "role": page.role,
        "source": source.name if source else None,
        "next_due": page.due_at,
        "fetched_at": page.fetched_at,
        "ended_at": page.ended_at,
        "discovered_at": page.discovered_at,
        "failures": page.failures,
        "attempt": page.attempt,
        "leased_until": page.leased_until,
        "moved_to": page.moved_to,
        "article_id": page.article_id,
        "forgotten_at": None,
    }


def _sentence(page: Page) -> str:
    return Reason(page.reason).sentence


_OF_A_PAGE = (
    "http_status", "role", "source", "next_due", "fetched_at", "ended_at", "discovered_at", "failures", "attempt",
    "leased_until", "moved_to", "article_id",
)  # fmt: skip


def _forgotten_document(session: Session, url: str) -> dict[str, Any]:
    forgotten = session.get(Tombstone, url)
    if forgotten is None:
        raise NotFound(f"{url} is not known. `warraq add {url}` fetches it.")
    return {
        "url": url,
        "state": Reason.FORGOTTEN.state,
        "reason": Reason.FORGOTTEN,
        "sentence": Reason.FORGOTTEN.sentence,
        "detail": f"`warraq add --force {url}` takes it in again.",
        **dict.fromkeys(_OF_A_PAGE),
        "forgotten_at": forgotten.forgotten_at,
    }


def status_text(status: dict[str, Any]) -> str:
    """Return a status as a few lines a person reads."""
    lines = [
        status["url"],
        f"  {status['state']} ({status['reason']}): {status['sentence']} {isolated(status['detail'])}".rstrip(),
    ]
    labels = {
        "http_status": "HTTP status",
        "source": "source",
        "fetched_at": "fetched",
        "next_due": "next due",
        "moved_to": "now at",
        "article_id": "article",
        "forgotten_at": "forgotten",
    }
    lines += [f"  {label}: {isolated(shown(status[key]))}" for key, label in labels.items() if status[key] is not None]
    return "\n".join(lines)


def article_text(article: Article) -> str:
    """Return an article as plain text to read: title, byline, body; each line keeps its own direction."""
    head = [article.title or "(no title)", article.subtitle, _byline(article), article.url]
    body = [line for block in article.blocks for line in _block_lines(block)]
    return "\n".join([isolated(line) for line in head if line] + [""] + [isolated(line) for line in body])


def _byline(article: Article) -> str:
    moment = article.published_at.isoformat(sep=" ", timespec="minutes") if article.published_at else None
    parts = [", ".join(article.authors), moment, article.site, article.language]
    return " · ".join(part for part in parts if part)


def _block_lines(block: object) -> list[str]:
    match block:
        case Paragraph(text=text):
            return [text, ""]
        case Heading(text=text, level=level):
            return [f"{'#' * level} {text}", ""]
        case Quote(text=text):
            return [*(f"> {line}" for line in text.splitlines()), ""]
        case ListBlock(items=items, ordered=ordered):
            return [*(f"{f'{n}.' if ordered else '•'} {item}" for n, item in enumerate(items, 1)), ""]
        case Table(rows=rows):
            return [*(" | ".join(row) for row in rows), ""]
        case ImageBlock(caption=caption, url=url):
            return [f"[image: {caption or url}]", ""]
        case Embed(url=url):
            return [f"[embed: {url}]", ""]
        case _:
            return []
