"""What people and scripts see: one JSON document on stdout, or tables and text that show right-to-left right."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

_KILO = 1000
# First-strong isolate and its end (Unicode UAX 9): text of any direction keeps to its own cell.
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


class Number(click.IntRange):
    """A whole number within bounds, called just that where something else is given."""

    name = "number"

    def _describe_range(self) -> str:
        """Return the bounds as a person says them; in place of click's ``1<=x<=64``."""
        if self.max is None:
            return f"{self.min} or more"
        return f"{self.min or 0} to {self.max}"


def use_utf8() -> None:
    """Write UTF-8 whatever the locale says: a news system that cannot print Arabic is of no use."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def print_json(document: Any) -> None:
    """Print ``document`` as one JSON document on stdout; moments as ISO 8601."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))


def print_json_line(document: Any) -> None:
    """Print ``document`` as one line of JSON lines, at once."""
    click.echo(json.dumps(document, ensure_ascii=False, default=_plain))
    sys.stdout.flush()


def print_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table that fits the terminal; cells are shown as text, never as markup or control codes."""
    from rich.table import Table  # here, since most commands print no table and it takes 40 ms to load
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for header in headers:
        table.add_column(header, overflow="ellipsis", no_wrap=header not in ("title", "why"))
    for row in rows:
        table.add_row(*(Text(isolated(shown(cell))) for cell in row))
    _console().print(table)


def isolated(text: str) -> str:
    """Return ``text`` as it may stand beside other text: control characters gone, right-to-left isolated."""
    clean = "".join(c if unicodedata.category(c)[0] != "C" or c in "\u200c\u200d\n" else "\ufffd" for c in text)
    return f"{_ISOLATE}{clean}{_END_ISOLATE}" if any(map(is_right_to_left, clean)) else clean


def is_right_to_left(character: str) -> bool:
    """Tell whether ``character`` is a letter of a right-to-left script."""
    return unicodedata.bidirectional(character) in ("R", "AL")


def shown(value: object) -> str:
    """Return ``value`` as a person reads it: moments to the minute in UTC, nothing as a dash."""
    match value:
        case None | "":
            return "-"
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
        case list() | tuple():
            return ", ".join(map(str, value)) or "-"
        case _:
            return str(value)


def amount(number: int, one: str, many: str = "") -> str:
    """Return a number of things in words: ``1 page``, ``12,345 pages``. ``many`` is the plural if it isn't in -s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def size(number: int) -> str:
    """Return a number of bytes in the unit that suits it: ``812 bytes``, ``14.2 kB``, ``1.3 GB``."""
    if number < _KILO:
        return amount(number, "byte")
    value, unit = number / _KILO, "kB"
    for larger in ("MB", "GB", "TB"):
        if value >= _KILO - 0.05:
            value, unit = value / _KILO, larger
    return f"{value:.1f} {unit}"


def _console() -> "Console":
    from rich.console import Console

    # A pipe has no width: give what is there instead of cutting at 80 columns.
    return Console(width=None if sys.stdout.isatty() else 200, soft_wrap=False, highlight=False)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return sorted(value) if isinstance(value, set | frozenset) else list(value)
    return str(value)
