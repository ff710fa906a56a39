"""Each folder of tests/pages is one test: a page as a site would serve it, and what must come of it.

``expected.json`` has any of: ``blocks`` (all blocks, with the keys that matter), ``images``, ``contains`` and ``never``
(texts), ``headings``, ``access``, ``origin``; ``about`` says what the page is there for.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from warraq_parser.parse import PageReading, read_page
from warraq_shared.article import Article
from warraq_shared.parsed import ParseInput

PAGES = sorted((Path(__file__).parents[2] / "pages").iterdir())


def _reading(folder: Path) -> PageReading:
    body = (folder / "page.html").read_bytes()
    now = datetime(2026, 11, 24, tzinfo=UTC)
    return read_page(ParseInput(url="https://news.example/2026/a-story", body=body, fetched_at=now))


def _article(reading: PageReading) -> Article:
    assert reading.article is not None, reading.parsed.reason
    assert reading.article.article is not None, reading.article.reason
    return reading.article.article


def _shown(blocks: Any, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return ``blocks`` with the keys that ``wanted`` names at the same place (all keys where it has no block)."""
    found = [json.loads(block.model_dump_json()) for block in blocks]
    keys = [set(block) for block in wanted] + [set(found[0] if found else ())] * len(found)
    return [{key: block.get(key) for key in names} for block, names in zip(found, keys, strict=False)]


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_a_page_gives_what_its_folder_says(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    reading = _reading(folder)
    article = _article(reading)
    if "blocks" in expected:
        assert _shown(article.blocks, expected["blocks"]) == expected["blocks"]
    if "images" in expected:
        assert [image.model_dump() for image in article.images] == expected["images"]
    for text in expected.get("contains", ()):
        assert text in article.text
    for text in expected.get("never", ()):
        assert text not in article.text
    assert list(article.headings) == expected.get("headings", list(article.headings))
    assert article.access == expected.get("access", "free")
    assert reading.article is not None
    assert reading.article.body.origin == expected.get("origin", "dom")


def test_every_folder_says_what_it_is_there_for() -> None:
    assert len(PAGES) >= 14
    for folder in PAGES:
        assert json.loads((folder / "expected.json").read_text(encoding="utf-8"))["about"]
