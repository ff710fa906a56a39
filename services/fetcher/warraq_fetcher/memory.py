"""Large blocks of memory go back to the system when a page is done with.

glibc raises the size from which it takes blocks from the system to the largest that was ever freed (``mallopt(3)``);
after the first large page all others come from heaps, one for each few threads, which are never given back. Fixed,
the size stays.
"""

import ctypes

_ARENA_MAX, _MMAP_THRESHOLD = -8, -3
_HEAPS = 2
_LARGE = 1_048_576


def give_large_blocks_back() -> None:
    """Tell the C library so, where it is one that can be told. To be called before threads start."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENA_MAX, _HEAPS)
        mallopt(_MMAP_THRESHOLD, _LARGE)
