"""The parser's door: decode the message, call one plain function. Nothing is decided here."""

import functools
import sys
from typing import Any

from celery import Celery, Task
from celery.signals import worker_init

from warraq_parser.rules_file import require_rules
from warraq_parser.stage import ParseStage, open_stage
from warraq_shared.errors import WarraqError
from warraq_shared.logs import log
from warraq_shared.messages import PagesFetched, decode_as
from warraq_shared.routes import PARSE_PAGES
from warraq_shared.settings import Settings

_log = log("parser")


def register(app: Celery, settings: Settings) -> None:
    """Give ``app`` the parser's task. Each process opens its own stage with its first task."""

    @functools.cache
    def stage() -> ParseStage:
        return open_stage(app, settings)

    @app.task(name=PARSE_PAGES, bind=True, shared=False)
    def parse_pages(self: Task[Any, Any], document: dict[str, Any]) -> None:
        message = decode_as(PagesFetched, document)
        redelivered = bool((self.request.delivery_info or {}).get("redelivered"))
        stage().parse_pages(message, redelivered=redelivered)
        _log.info("pages parsed", pages=len(message.pages), again=redelivered)

    @worker_init.connect(weak=False)
    def refuse_to_start_without_rules(**_: object) -> None:
        try:
            require_rules(settings)
        except WarraqError as problem:
            sys.stderr.write(f"{problem}\n")
            sys.exit(problem.exit_code)
