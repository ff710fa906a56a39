"""Reading the project's own documents, for the tests that keep them in step with the code."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def text(name: str) -> str:
    """Return the document ``name``, a path from the project's root."""
    return (ROOT / name).read_text(encoding="utf-8")


def fenced(document: str, language: str) -> list[str]:
    """Return the fenced blocks of ``document`` in ``language``."""
    return re.findall(rf"^```{language}\n(.*?)^```", document, re.MULTILINE | re.DOTALL)


def table_rows(document: str) -> Iterator[list[str]]:
    """Give the cells of every row of every table of ``document``, without headings' rulers."""
    for line in document.splitlines():
        if line.startswith("|") and not set(line) <= set("|-: "):
            yield [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def setting_rows(document: str) -> dict[str, list[str]]:
    """Return the rows of a document's tables that are about a setting, by its name."""
    rows = (row for row in table_rows(document) if row[0].startswith("`WARRAQ_"))
    return {row[0].strip("`"): row[1:] for row in rows}


def example_values(document: str) -> dict[str, str]:
    """Return the variables that an example of an environment file names, set or commented out."""
    return dict(re.findall(r"^#?([A-Z][A-Z_]*)=(.*)$", document, re.MULTILINE))


def links(document: str) -> list[str]:
    """Return the targets of a document's links that are files of the project."""
    return [target for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document) if "://" not in target]


def named_files(document: str) -> list[str]:
    """Return the files and folders of the project that a document names in full, between back quotes."""
    return re.findall(r"`((?:shared|services|demo|tests|bench|docs)/[\w./-]*)`", document)
