"""The door of the fetcher: a message comes in, a visit is made, messages go out."""

import functools
from collections.abc import Mapping
from typing import Any

from celery import Celery

from warraq_fetcher.outbox import Outbox
from warraq_fetcher.visit import visit
from warraq_fetcher.workshop import Workshop
from warraq_shared import celery_app, routes
from warraq_shared.messages import FetchPages, decode_as


def register(app: Celery, workshop: Workshop) -> None:
    """Register the fetcher's task with ``app``."""

    @app.task(name=routes.FETCH_PAGES, shared=False)
    def fetch_pages(document: Mapping[str, Any]) -> None:
        """Fetch the pages of one visit and publish what became of each."""
        message = decode_as(FetchPages, document)
        with Outbox(functools.partial(celery_app.publish, app)) as outbox:
            for outcome in visit(message, workshop.fetcher()):
                outbox.add(outcome)
