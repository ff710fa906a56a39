"""What the installed services offer by entry point: shared code may not import them by name."""

from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import Any


def offered(group: str) -> Iterator[Callable[..., Any]]:
    """Give what the services that are installed here offer in ``group``, in the order of the names.

    One distribution names the offers of all services, also where an image holds only one of them.
    """
    for entry in sorted(entry_points(group=group), key=lambda one: one.name):
        if find_spec(entry.module.partition(".")[0]) is not None:
            yield entry.load()
