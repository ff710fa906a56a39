"""How often a process that reads page after page lets Python look for garbage in cycles.

A page makes tens of thousands of small objects that die with their last reference, and no circle of references (a test
holds us to it). With Python's ordinary settings the collector walks over them a dozen times a page, for nothing.
"""

import gc
from typing import Any

from celery.signals import worker_process_init

# New containers before the youngest generation is looked at: those of a few pages.
_YOUNG, _MIDDLE, _OLD = 50_000, 20, 50


def collect_seldom(**_signal: Any) -> None:
    """Set what is loaded apart from the collector, and let it run once in some pages. For processes that only parse."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)


def collect_seldom_in_workers() -> None:
    """Let every worker process of a Celery app do so when it starts."""
    worker_process_init.connect(collect_seldom, weak=False)
