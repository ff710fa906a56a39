"""JSON lines: one article a line, every field, as the interface shows it."""

from collections.abc import Iterable
from typing import BinaryIO

from pydantic_core import to_json

from warraq_store.export.rows import Document


def write(stream: BinaryIO, documents: Iterable[Document]) -> int:
    """Write ``documents`` to ``stream``; return how many."""
    number = 0
    for number, document in enumerate(documents, 1):  # noqa: B007  # the last number is the count
        # U+2028 and U+2029 end a line for some readers of JavaScript.
        line = to_json(document).replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")
        stream.write(line + b"\n")
    return number
