"""A page from a few lines of markup, and its fields."""

from datetime import UTC, datetime

from warraq_parser.article.document import Document, read_document
from warraq_parser.article.fields import Fields, read_fields
from warraq_parser.article.metadata import Metadata, collect_metadata
from warraq_shared.article import Block, Paragraph
from warraq_shared.parsed import ItemHints, SiteProfile

FETCHED_AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://news.example/politics/budget-vote"
TEXT = "The parliament of the country has voted on the budget that the government put forward, and it was close."


def document(head: str = "", body: str = "", *, url: str = URL, attributes: str = "") -> Document:
    markup = f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}</body></html>"
    return read_document(markup, url, FETCHED_AT)


def metadata(head: str = "", body: str = "") -> Metadata:
    return collect_metadata(document(head, body))


def fields(
    head: str = "",
    body: str = "<h1>Parliament passes the budget by one vote</h1>",
    *,
    url: str = URL,
    text: str = TEXT,
    blocks: tuple[Block, ...] | None = None,
    attributes: str = "",
    hints: ItemHints | None = None,
    profile: SiteProfile | None = None,
) -> Fields:
    page = document(head, body, url=url, attributes=attributes)
    found = (Paragraph(text=text),) if blocks is None else blocks
    return read_fields(page, collect_metadata(page), found, fetched_at=FETCHED_AT, hints=hints, profile=profile)


def json_ld(value: str) -> str:
    return f'<script type="application/ld+json">{value}</script>'
