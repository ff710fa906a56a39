"""Addresses that lead nowhere: endless calendars, session ids, repeated paths, query strings without end.

Two nets. ``why_trap`` knows an address by itself. ``shape_of`` puts addresses of one pattern together; how many of a
shape may be known depends on what came of those before (``most_of_shape``), so that a trap of any kind costs a few
dozen looks, and a shape that brings articles has all the room it needs.
"""

import re
from collections import Counter
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from warraq_shared.urls import SESSION_PARAMETERS

MOST_SEGMENTS: Final = 16
MOST_PARAMETERS: Final = 8
MOST_REPEATS: Final = 3
# A shape of which nothing is known may have this many addresses; each article makes room for more.
FIRST_OF_SHAPE: Final = 40
ROOM_PER_ARTICLE: Final = 5
_YEAR = re.compile(r"(1[0-8]\d\d|19[0-6]\d|20[5-9]\d|2[1-9]\d\d)\Z")
_CALENDAR_WORDS = frozenset({"calendar", "calendrier", "kalender", "calendario", "events", "agenda"})
_DIGITS = re.compile(r"\d+")
_LONG = 20


def why_trap(url: str) -> str | None:
    """Return in words why a canonical ``url`` looks like one of an endless series; None if it does not."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > MOST_SEGMENTS:
        return f"{len(segments)} steps deep"
    if _has_session(parts.path, parts.query):
        return "it carries a session id"
    if len(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=1000)) > MOST_PARAMETERS:
        return "an endless query string"
    counts = Counter(segments)
    if segments and max(counts.values()) > MOST_REPEATS:
        return "its path repeats itself"
    if _pair_repeats(segments):
        return "its path repeats itself"
    if _CALENDAR_WORDS.intersection(map(str.lower, segments)) and any(map(_YEAR.match, segments)):
        return "a calendar beyond our time"
    return None


def _has_session(path: str, query: str) -> bool:
    if ";jsessionid=" in path.lower():
        return True
    names = {name.lower() for name, _ in parse_qsl(query, keep_blank_values=True, max_num_fields=1000)}
    return bool(names & SESSION_PARAMETERS)


def _pair_repeats(segments: list[str]) -> bool:
    """Tell whether two different steps follow each other three times: /a/b/a/b/a/b."""
    return any(
        segments[i] != segments[i + 1] and segments[i : i + 2] == segments[i + 2 : i + 4] == segments[i + 4 : i + 6]
        for i in range(len(segments) - 5)
    )


def shape_of(url: str) -> str:
    """Return the pattern of a canonical ``url``: numbers as 0, slugs as ``*``, parameters by name."""
    parts = urlsplit(url)
    path = "/".join(map(_step, parts.path.split("/")))
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=1000)})
    query = f"?{'&'.join(names)}" if names else ""
    return f"{parts.hostname}{path}{query}"[:300]


def _step(segment: str) -> str:
    is_slug = len(segment) > _LONG or segment.count("-") >= 2 or segment.count("_") >= 2 or "%" in segment
    return "*" if is_slug else _DIGITS.sub("0", segment)


def most_of_shape(articles: int) -> int:
    """Return how many addresses of a shape may be known that has brought so many articles."""
    return FIRST_OF_SHAPE + ROOM_PER_ARTICLE * articles
