"""Include and exclude patterns of a source, as people write them: a piece of the address, with ``*`` for anything."""

import functools
import re
from collections.abc import Iterable, Sequence

from warraq_shared.errors import UsageProblem

LONGEST_PATTERN = 500


def check(patterns: Iterable[str]) -> list[str]:
    """Return ``patterns`` if each can be used.

    Raises:
        UsageProblem: one is empty or too long, or a ``re:`` pattern is no regular expression.
    """
    checked = [pattern.strip() for pattern in patterns]
    for pattern in checked:
        if not pattern or len(pattern) > LONGEST_PATTERN:
            raise UsageProblem(f"The pattern {pattern[:40]!r} is empty or longer than {LONGEST_PATTERN} characters.")
        try:
            _compiled(pattern)
        except re.error as problem:
            raise UsageProblem(f"The pattern {pattern!r} is no regular expression: {problem}.") from problem
    return checked


def allows(include: Sequence[str], exclude: Sequence[str], url: str) -> bool:
    """Tell whether ``url`` is wanted: it fits an include pattern, if there are any, and no exclude pattern."""
    return (not include or any(map(_finder(url), include))) and not any(map(_finder(url), exclude))


def _finder(url: str) -> "functools.partial[bool]":
    return functools.partial(_fits, url)


def _fits(url: str, pattern: str) -> bool:
    return _compiled(pattern).search(url) is not None


@functools.lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    if pattern.startswith("re:"):
        return re.compile(pattern[3:])
    return re.compile(".*?".join(re.escape(piece) for piece in pattern.split("*")))
