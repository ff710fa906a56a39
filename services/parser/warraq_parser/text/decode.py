"""Bytes to text."""

from dataclasses import dataclass
from typing import Literal

Origin = Literal["bom", "header", "meta", "utf-8", "detected"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, the encoding it was read in, where that was taken from, and what was odd."""

    text: str
    encoding: str
    origin: Origin
    notes: tuple[str, ...] = ()


def decode_html(body: bytes, content_type: str | None = None) -> Decoded:
    """Return the text of ``body``; never raises."""
    return Decoded(body.decode("utf-8", "replace").replace("\x00", ""), "utf-8", "utf-8")
