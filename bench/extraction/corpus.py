"""The pages to measure on: a folder with ``truth.jsonl`` and ``pages/``, or our own test pages as one."""

import gzip
import json
from pathlib import Path
from typing import Any

_OWN_PAGES = Path(__file__).parents[2] / "tests" / "pages"


def rows_of(folder: Path) -> list[dict[str, Any]]:
    """Return the truth of each page, in order."""
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


def page_of(folder: Path, row: dict[str, Any]) -> bytes:
    """Return the bytes of a page."""
    return gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes())


def made_corpus(folder: Path) -> Path:
    """Write the project's own test pages as a corpus into ``folder`` and return it."""
    (folder / "pages").mkdir()
    rows = []
    for page in sorted(_OWN_PAGES.iterdir()):
        expected = json.loads((page / "expected.json").read_text(encoding="utf-8"))
        lines = [line for block in expected.get("blocks", ()) for line in _lines(block)]
        if not lines:
            continue
        (folder / "pages" / f"{page.name}.html.gz").write_bytes(gzip.compress((page / "page.html").read_bytes()))
        rows.append({"id": page.name, "url": f"https://news.example/{page.name}", "text": "\n".join(lines)})
    (folder / "truth.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def _lines(block: dict[str, Any]) -> list[str]:
    if block["type"] in ("image", "embed"):
        return []
    if block["type"] == "table":
        return [" | ".join(row) for row in block["rows"]]
    return list(block["items"]) if block["type"] == "list" else [block["text"]]
