"""The door of the fetcher: a message comes in, a visit is made, messages go out."""

import functools
from collections import Counter
from collections.abc import Mapping
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_shutting_down

from warraq_fetcher.hubs import ask_hubs
from warraq_fetcher.memory import give_large_blocks_back
from warraq_fetcher.outbox import Outbox
from warraq_fetcher.outcomes import Outcome
from warraq_fetcher.visit import visit
from warraq_fetcher.workshop import Workshop
from warraq_shared import celery_app, routes
from warraq_shared.logs import log
from warraq_shared.messages import AskHubs, EndedFetch, FetchPages, HubsAnswered, decode_as
from warraq_shared.reasons import Reason


def register(app: Celery, workshop: Workshop) -> None:
    """Register the fetcher's task with ``app``."""

    @app.task(name=routes.FETCH_PAGES, shared=False)
    def fetch_pages(document: Mapping[str, Any]) -> None:
        """Fetch the pages of one visit and publish what became of each."""
        message = decode_as(FetchPages, document)
        became: Counter[str] = Counter()
        with Outbox(functools.partial(celery_app.publish, app)) as outbox:
            for outcome in visit(message, workshop.fetcher()):
                outbox.add(outcome)
                became[_reason(outcome)] += 1
        _log_visit(message, became)

    @app.task(name=routes.ASK_HUBS, shared=False)
    def ask(document: Mapping[str, Any]) -> None:
        """Ask a WebSub hub and publish what it answered."""
        answers = tuple(ask_hubs(decode_as(AskHubs, document), workshop.fetcher()))
        celery_app.publish(app, [HubsAnswered(answers=answers)])
        reasons = sorted({str(answer.reason) for answer in answers})
        log("warraq.fetcher").info("hub asked", hub=answers[0].url, requests=len(answers), reasons=reasons)

    @worker_init.connect(weak=False)
    def prepare(**_: object) -> None:
        give_large_blocks_back()

    @worker_shutting_down.connect(weak=False)
    def stop_visits(**_: object) -> None:
        workshop.stop()


def _reason(outcome: Outcome) -> str:
    return str(outcome.reason if isinstance(outcome, EndedFetch) else Reason.OK)


def _log_visit(message: FetchPages, became: Counter[str]) -> None:
    extra = {} if message.policy.obey_robots else {"robots": "ignored"}
    log("warraq.fetcher").info("visit", host=message.host, pages=len(message.pages), **became, **extra)
