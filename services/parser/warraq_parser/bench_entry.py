"""The parser as a benchmark calls it: one page in, the fields that benchmarks compare out."""

from datetime import datetime
from typing import Any

from warraq_parser.parse import read_page
from warraq_shared.parsed import ParseInput, utc_now


def extract(html: bytes, url: str, fetched_at: datetime | None = None) -> dict[str, Any]:
    """Return title, text, headings, date, authors and language of a page, all of it as the pipeline would."""
    reading = read_page(ParseInput(url=url, body=html, fetched_at=fetched_at or utc_now()))
    article = reading.parsed.article or (reading.article.article if reading.article else None)
    if article is None:
        return {"title": None, "text": "", "headings": [], "published_at": None, "authors": [], "language": None}
    return {
        "title": article.title,
        "text": article.text,
        "headings": list(article.headings),
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "authors": list(article.authors),
        "language": article.language,
    }
