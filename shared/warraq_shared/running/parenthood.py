"""Child processes that end with their parent, also when the parent is killed and cannot tell them.

Without this, a killed ``warraq up`` would leave its workers behind, going on beside those of the next one.
"""

import ctypes
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def end_with_parent() -> Callable[[], None] | None:
    """Return what a child calls before its program starts (``preexec_fn``), or None where the system has no such thing.

    On Linux the child gets SIGTERM when its parent is gone (prctl(2), PR_SET_PDEATHSIG). Elsewhere it stays.
    """
    if sys.platform != "linux":
        return None
    # Looked up here: between fork and exec nothing may be imported or loaded.
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

    return ask
