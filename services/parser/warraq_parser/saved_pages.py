"""Pages that were saved in files: their bytes, and the address that they came from."""

import base64
import binascii
import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from warraq_shared.errors import NotFound, PageProblem, UsageProblem
from warraq_shared.parsed import ParseInput
from warraq_shared.urls import canonical

# What a browser or a person names a saved page.
_SUFFIXES = {".html", ".htm", ".xhtml", ".shtml", ".php", ".aspx", ".xml", ".rss", ".json", ".jsonl", ".gz", ".txt"}
_WINDOW = 256 * 1024
# "Saved from url=(0042)https://…" is what browsers write; then what the page says of itself.
_DECLARED = (
    re.compile(rb"saved from url=\(\d{1,6}\)\s?(https?://[^\s\"'<>]{3,2000})", re.I),
    re.compile(
        rb"<link\b[^>]{0,300}?\brel=[\"']?canonical[\"']?[^>]{0,300}?\bhref=[\"']?(https?://[^\s\"'<>]{3,2000})", re.I
    ),
    re.compile(
        rb"<link\b[^>]{0,300}?\bhref=[\"']?(https?://[^\s\"'<>]{3,2000})[\"']?[^>]{0,300}?\brel=[\"']?canonical", re.I
    ),
    re.compile(rb"<meta\b[^>]{0,300}?\bog:url[\"']?[^>]{0,300}?\bcontent=[\"']?(https?://[^\s\"'<>]{3,2000})", re.I),
)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page from a file. ``name`` is what to call it in a report."""

    name: str
    url: str
    body: bytes


def read_page_file(path: Path) -> bytes:
    """Return the bytes of a saved page.

    Raises:
        NotFound: there is no such file.
        UsageProblem: it cannot be read, or is a folder.
    """
    with open_page_file(path) as file:
        return file.read()


def open_page_file(path: Path) -> BinaryIO:
    """Open a saved page, or a file of them, to be read; raises as ``read_page_file``."""
    try:
        return path.open("rb")
    except FileNotFoundError as problem:
        hint = f" For a page of the web write https://{path}." if _looks_like_address(path) else ""
        raise NotFound(f"There is no file {path}.{hint}") from problem
    except OSError as problem:
        raise UsageProblem(f"{path} cannot be read: {problem.strerror}.") from problem


def _looks_like_address(path: Path) -> bool:
    host = path.parts[0] if path.parts else ""
    return bool(_HOST.fullmatch(host)) and Path(host).suffix.lower() not in _SUFFIXES


_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[a-z]{2,24}", re.I)


def declared_address(body: bytes) -> str | None:
    """Return the address that a saved page says it has; None if it does not say."""
    start = _ungzipped_start(body)
    for pattern in _DECLARED:
        match = pattern.search(start)
        if match:
            try:
                return canonical(match.group(1).decode("utf-8", "replace").replace("&amp;", "&"))
            except PageProblem:
                continue
    return None


def _ungzipped_start(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body[:_WINDOW]
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _WINDOW)
    except zlib.error:
        return b""


def saved_pages(folder: Path) -> Iterator[SavedPage]:
    """Yield the pages saved in a folder and below it, in the order of their names; ``.jsonl`` files hold one a line.

    Raises:
        NotFound: there is no such folder.
    """
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}.")
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() == ".jsonl" or path.name.endswith(".jsonl.gz"):
            yield from _lines_of(path)
        elif path.is_file() and path.suffix.lower() in _SUFFIXES:
            body = read_page_file(path)
            yield SavedPage(str(path.relative_to(folder)), declared_address(body) or "", body)


def _lines_of(path: Path) -> Iterator[SavedPage]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                document = page_document(line)
                yield SavedPage(f"{path.name}:{number}", document["url"], document["body"])


def page_document(line: bytes) -> dict[str, Any]:
    """Return one line ``{"url", "html_b64", "headers"?, "fetched_at"?}`` as a dictionary with the ``body`` decoded.

    Raises:
        UsageProblem: what is wrong with the line.
    """
    try:
        document = json.loads(line)
        body = base64.b64decode(document["html_b64"])
        url = canonical(document["url"])
    except PageProblem as problem:
        raise UsageProblem(str(problem)) from problem
    except (ValueError, RecursionError, binascii.Error) as problem:
        raise UsageProblem(f"not a JSON line with html_b64: {problem}.") from problem
    except (KeyError, TypeError, AttributeError) as problem:
        raise UsageProblem('a line needs "url" and "html_b64".') from problem
    return {**document, "url": url, "body": body}


def parse_input(line: bytes, now: datetime) -> ParseInput:
    """Return the parser's input from one line; ``now`` stands for ``fetched_at`` where the line has none.

    Raises:
        UsageProblem: what is wrong with the line.
    """
    document = page_document(line)
    headers = document.get("headers") or {}
    try:
        return ParseInput(
            url=document["url"],
            body=document["body"],
            headers={str(name).lower(): str(value) for name, value in headers.items()},
            fetched_at=document.get("fetched_at") or now,
        )
    except (ValueError, AttributeError) as problem:
        raise UsageProblem(f"headers is an object, fetched_at a moment with its zone: {problem}.") from problem
