"""The Celery app, the same for every stage; and the door through which messages leave.

``celery -A warraq_shared.celery_app flower`` uses the app of this module, which has no tasks: Flower needs only
the broker.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from celery import Celery
from kombu import Queue

from warraq_shared.console import amount
from warraq_shared.flower_view import prepare_flower
from warraq_shared.heartbeat import install_heartbeat
from warraq_shared.messages import AskHubs, FetchPages, HubsAnswered, Message, encode
from warraq_shared.routes import ORDINARY, QUEUES, ROUTES, STORE_QUEUE, TICK, URGENT
from warraq_shared.settings import Settings

# A hard limit well under the visibility timeout, so that no message is handed out twice while it is worked on.
TASK_TIME_LIMIT = 100
VISIBILITY_TIMEOUT = 300
_SHOWN_URLS = 3
_LONGEST_SHOWN_URL = 100


def make_app(name: str, settings: Settings) -> Celery:
    """Return a Celery app configured for Warraq: JSON only, late acknowledgement, no results, events on."""
    app = Celery(name, broker=settings.redis_address(), set_as_current=False)
    app.conf.update(
        task_serializer="json",
        accept_content=["json"],
        event_serializer="json",
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_time_limit=TASK_TIME_LIMIT,
        task_soft_time_limit=TASK_TIME_LIMIT - 20,
        task_default_queue=STORE_QUEUE,
        task_queues=[Queue(queue) for queue in QUEUES],
        task_create_missing_queues=False,
        worker_prefetch_multiplier=1,
        worker_send_task_events=True,
        task_send_sent_event=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_enable_remote_control=True,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": VISIBILITY_TIMEOUT,
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            "socket_timeout": 30,
            "socket_keepalive": True,
            "health_check_interval": 25,
        },
        event_queue_ttl=10.0,
        event_queue_expires=30.0,
        control_queue_ttl=60.0,
        timezone="UTC",
        beat_schedule={
            TICK: {
                "task": TICK,
                "schedule": settings.tick_seconds,
                # A tick that waits behind work is worthless once the next one is sent.
                "options": {"queue": STORE_QUEUE, "expires": max(settings.tick_seconds * 2, 5.0)},
            }
        },
        # Kept in memory: one entry that runs every other second needs no file to remember when it last ran.
        beat_scheduler="celery.beat:Scheduler",
        beat_max_loop_interval=max(settings.tick_seconds, 1.0),
    )
    install_heartbeat(app, settings)
    return app


def publish(app: Celery, messages: Iterable[Message]) -> None:
    """Send ``messages`` to their queues, in one batch.

    Raises:
        kombu.exceptions.OperationalError: the broker could not be reached; what was sent is uncertain, and safe
            to send again: every handler may run twice.
    """
    waiting = list(messages)
    if not waiting:
        return
    with app.producer_pool.acquire(block=True) as producer:
        if len(waiting) == 1:
            _send(app, producer, waiting[0])
            return
        with producer.batch(len(waiting)):  # type: ignore[attr-defined]  # newer than the stubs
            for message in waiting:
                _send(app, producer, message)


def _send(app: Celery, producer: Any, message: Message) -> None:
    route = ROUTES[type(message)]
    app.send_task(
        route.task,
        args=[encode(message)],
        queue=route.queue,
        priority=URGENT if _is_urgent(message) else ORDINARY,
        producer=producer,
        ignore_result=True,
        add_to_parent=False,
        argsrepr=shown(message),
        kwargsrepr="",
    )


def _is_urgent(message: Message) -> bool:
    """Tell whether ``message`` goes ahead: what a person waits for, and all that is nearer to its end than a fetch."""
    return message.priority if isinstance(message, FetchPages) else not isinstance(message, AskHubs)


def shown(message: Message) -> str:
    """Return the short text by which Flower and the logs show ``message``: how many pages or hubs, and which."""
    match message:
        case AskHubs():  # without the forms, which hold secrets
            return _shown("hub request", [request.url for request in message.requests])
        case HubsAnswered():
            return _shown("hub answer", [answer.url for answer in message.answers])
    return _shown("page", [page_url(page) for page in message.pages])


def page_url(page: Any) -> str:
    """Return the address of one page of any message."""
    return str(page.fetched.url if hasattr(page, "fetched") else page.url)


def _shown(what: str, urls: Sequence[str]) -> str:
    more = len(urls) - _SHOWN_URLS
    listed = " ".join(_readable(url) for url in urls[:_SHOWN_URLS])
    return f"{amount(len(urls), what)}: {listed}" + (f" +{more}" if more > 0 else "")


def _readable(url: str) -> str:
    """Return ``url`` with its escaped letters as letters, and cut if long; still without spaces and control codes."""
    plain = unquote(url, errors="replace")
    readable = plain if plain.isprintable() and " " not in plain and "\ufffd" not in plain else url
    return readable if len(readable) <= _LONGEST_SHOWN_URL else readable[: _LONGEST_SHOWN_URL - 1] + "…"


def __getattr__(name: str) -> Any:
    """Build ``app`` when a Celery command asks for it, so that importing this module reads no settings."""
    if name in ("app", "celery"):
        prepare_flower()
        return make_app("warraq", Settings())
    raise AttributeError(name)
