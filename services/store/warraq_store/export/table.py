"""CSV (RFC 4180, UTF-8): one article a row, lists joined, safe to open in a spreadsheet.

A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection"): text comes from
strangers, and a title like ``=HYPERLINK(…)`` must stay a title.
"""

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, Final

from warraq_store.export.rows import Document

COLUMNS: Final = (
    "id", "url", "source", "site", "title", "subtitle", "lead", "authors", "published_at", "modified_at", "language",
    "direction", "section", "tags", "image", "word_count", "access", "story", "revision", "first_seen_at",
    "changed_at", "fetched_at",
)  # fmt: skip
_TEXT: Final = ("headings", "text")
# Also after blanks and invisible marks, which spreadsheets skip, and in full width, which they take for the same.
_FORMULA: Final = re.compile(
    "[\\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212]"
)
_STARTS_A_CELL: Final = ("\t", "\r", "\n")
_BOM: Final = b"\xef\xbb\xbf"


def write(stream: BinaryIO, documents: Iterable[Document], *, with_text: bool = True, bom: bool = False) -> int:
    """Write ``documents`` to ``stream``; return how many. ``bom`` makes older spreadsheets read UTF-8."""
    if bom:
        stream.write(_BOM)
    columns = (*COLUMNS, *(_TEXT if with_text else ()))
    lines = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        rows = csv.writer(lines, lineterminator="\r\n")
        rows.writerow(columns)
        number = 0
        for number, document in enumerate(documents, 1):  # noqa: B007  # the last number is the count
            rows.writerow([cell(_value(document, column)) for column in columns])
        return number
    finally:
        lines.detach()


def _value(document: Document, column: str) -> object:
    if column == "image":
        return document["images"][0]["url"] if document["images"] else None
    return document[column]


def cell(value: object) -> object:
    """Return ``value`` as a cell that no spreadsheet runs."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    text = text.replace("\x00", "")
    return "'" + text if text.startswith(_STARTS_A_CELL) or _FORMULA.match(text) else text
