"""The store's doors: decode the message, call one plain function. Nothing is decided here."""

import functools
from typing import Any

from celery import Celery

from warraq_shared.logs import log
from warraq_shared.messages import FetchesEnded, HubsAnswered, PagesParsed, decode_as
from warraq_shared.routes import END_FETCHES, NOTE_HUBS, STORE_PAGES, TICK
from warraq_shared.settings import Settings
from warraq_store.stage import StoreStage, open_stage

_log = log("store")


def register(app: Celery, settings: Settings) -> None:
    """Give ``app`` the store's tasks. Each process opens its own stage with its first task."""

    @functools.cache
    def stage() -> StoreStage:
        return open_stage(app, settings)

    @app.task(name=END_FETCHES, shared=False)
    def end_fetches(document: dict[str, Any]) -> None:
        message = decode_as(FetchesEnded, document)
        stage().end_fetches(message)
        _log.info("fetches ended", pages=len(message.pages), reasons=sorted({str(p.reason) for p in message.pages}))

    @app.task(name=STORE_PAGES, shared=False)
    def store_pages(document: dict[str, Any]) -> None:
        message = decode_as(PagesParsed, document)
        stage().store_pages(message)
        _log.info("pages stored", pages=len(message.pages), kinds=sorted({str(p.page_kind) for p in message.pages}))

    @app.task(name=NOTE_HUBS, shared=False)
    def note_hubs(document: dict[str, Any]) -> None:
        stage().note_hubs(decode_as(HubsAnswered, document))

    # Without events: a tick every other second would hide the work in Flower's list of tasks.
    @app.task(name=TICK, shared=False, send_events=False)
    def tick() -> None:
        given_out = stage().tick()
        if given_out:
            _log.info("handed out", pages=given_out)
