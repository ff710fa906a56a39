"""Parquet: columns with their types, blocks and images nested, zstd; for data frames and query engines."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from warraq_store.export.rows import Document

SCHEMA_VERSION: Final = "1"
_GROUP: Final = 2000

_MOMENT = pa.timestamp("us", tz="UTC")
_STRINGS = pa.list_(pa.string())
_IMAGE = pa.struct([("url", pa.string()), ("caption", pa.string()), ("credit", pa.string())])
_BLOCK = pa.struct(
    [
        ("type", pa.string()),
        ("text", pa.string()),
        ("level", pa.int8()),
        ("ordered", pa.bool_()),
        ("items", _STRINGS),
        ("rows", pa.list_(_STRINGS)),
        ("url", pa.string()),
        ("caption", pa.string()),
        ("credit", pa.string()),
        ("alt", pa.string()),
    ]
)
_EVIDENCE = pa.map_(
    pa.string(), pa.struct([("origin", pa.string()), ("confidence", pa.float32()), ("precision", pa.string())])
)
_TEXT_FIELDS = [("text", pa.string()), ("headings", _STRINGS), ("blocks", pa.list_(_BLOCK))]
_FIELDS = [
    ("id", pa.int64()),
    ("url", pa.string()),
    ("canonical_url", pa.string()),
    ("source", pa.string()),
    ("site", pa.string()),
    ("title", pa.string()),
    ("subtitle", pa.string()),
    ("lead", pa.string()),
    ("authors", _STRINGS),
    ("published_at", _MOMENT),
    ("published_offset", pa.int16()),
    ("modified_at", _MOMENT),
    ("modified_offset", pa.int16()),
    ("language", pa.string()),
    ("direction", pa.string()),
    ("section", pa.string()),
    ("tags", _STRINGS),
    ("images", pa.list_(_IMAGE)),
    ("word_count", pa.int32()),
    ("access", pa.string()),
    ("story", pa.int64()),
    ("fingerprint", pa.string()),
    ("parser_version", pa.string()),
    ("evidence", _EVIDENCE),
    ("revision", pa.int32()),
    ("first_seen_at", _MOMENT),
    ("changed_at", _MOMENT),
    ("fetched_at", _MOMENT),
]


def schema(*, with_text: bool = True) -> pa.Schema:
    """Return the schema of an export; offsets are minutes east of UTC, as the page said."""
    fields = _FIELDS + (_TEXT_FIELDS if with_text else [])
    return pa.schema(fields, metadata={"warraq.schema": SCHEMA_VERSION})


def write(stream: BinaryIO, documents: Iterable[Document], *, with_text: bool = True) -> int:
    """Write ``documents`` to ``stream``, a row group for every 2,000; return how many."""
    wanted, number = schema(with_text=with_text), 0
    with pq.ParquetWriter(stream, wanted, compression="zstd") as writer:
        for group in _groups(documents):
            writer.write_table(pa.Table.from_pylist(group, schema=wanted))
            number += len(group)
    return number


def _groups(documents: Iterable[Document]) -> Iterator[list[dict[str, Any]]]:
    rest = map(_row, documents)
    while group := list(islice(rest, _GROUP)):
        yield group


def _row(document: Document) -> dict[str, Any]:
    published, modified = document["published_at"], document["modified_at"]
    return document | {
        "published_offset": _minutes(published),
        "modified_offset": _minutes(modified),
        "evidence": list(document["evidence"].items()),
    }


def _minutes(moment: Any) -> int | None:
    return None if moment is None else int(moment.utcoffset().total_seconds() // 60)
