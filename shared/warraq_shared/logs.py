"""Logs: one rich line per unit of work, on stderr; readable on a terminal, JSON elsewhere."""

import logging
import sys
import warnings
from typing import Any

import structlog

from warraq_shared.settings import Settings

_LONGEST_VALUE = 4_000


def configure_logs(settings: Settings) -> None:
    """Set up structlog and the standard library's logging to write the same lines to stderr."""
    as_json = settings.log_json if settings.log_json is not None else not sys.stderr.isatty()
    level = logging.getLevelNamesMapping().get(settings.log_level.upper(), logging.INFO)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _bounded,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else structlog.dev.ConsoleRenderer()
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("alembic", "kombu", "amqp", "celery.beat", "celery.worker.strategy", "celery.app.trace", "urllib3"):
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING))


def _bounded(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Cut long values in the middle: a message quoted by an error may hold a whole page."""
    return {key: _cut(value) if isinstance(value, str) else value for key, value in event.items()}


def _cut(text: str) -> str:
    half = _LONGEST_VALUE // 2
    return text if len(text) <= _LONGEST_VALUE else f"{text[:half]} … {text[-half:]}"


def log(name: str) -> Any:
    """Return the logger ``name``."""
    return structlog.get_logger(name)


def configure_on_worker_start(settings: Settings) -> None:
    """Have Celery's workers, beat and their children log as ``configure_logs`` says, instead of in their own way."""
    from celery.exceptions import SecurityWarning
    from celery.signals import setup_logging

    # Said once by `warraq doctor` instead of by every worker at every start.
    warnings.simplefilter("ignore", SecurityWarning)

    def setup(**_: object) -> None:
        configure_logs(settings)

    setup_logging.connect(setup, weak=False)
