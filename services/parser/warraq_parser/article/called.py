"""What elements are called: tests of their classes and ids, remembered, since a site repeats its names."""

import functools
import re
from collections.abc import Callable

# Longer names are no names, and not kept.
_LONGEST = 400


def called(words: str) -> Callable[[str], bool]:
    """Return a test of what an element is called (class, id): whether ``words``, a pattern in lower case, is in it."""
    search = re.compile(words).search
    remembered = functools.lru_cache(maxsize=4096)(lambda names: search(names.lower()) is not None)
    return lambda names: remembered(names) if len(names) <= _LONGEST else search(names.lower()) is not None
