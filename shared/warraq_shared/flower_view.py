"""What Flower shows of Warraq, where its own choice would leave out what one looks for.

- Every queue, also one that nobody serves. By itself Flower 2 lists the queues of the workers that it has met: a Flower
  that was started after the parsers died shows no queue of theirs, though messages pile up in it.
- Which pages a task is about, in the list of tasks.
"""

from typing import Any

from warraq_shared.routes import QUEUES

_COLUMNS = "name,args,state,received,started,runtime,worker,uuid"


def prepare_flower() -> None:
    """Set up the Flower of this process, if it is installed; its command line still has the last word."""
    try:
        from flower.options import options
        from flower.views import BaseHandler
    except ImportError:
        return
    options.tasks_columns = _COLUMNS
    BaseHandler.get_active_queue_names = _all_queues


def _all_queues(_handler: Any) -> list[str]:
    return list(QUEUES)
