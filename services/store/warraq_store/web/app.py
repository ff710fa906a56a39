"""The routes of the door. Each decodes, calls one plain function in a transaction, and answers.

What blocks runs in threads. When the database cannot be reached the answer is 503, and whoever asked comes again.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from warraq_shared.errors import NotReady
from warraq_shared.logs import log
from warraq_shared.parsed import utc_now
from warraq_shared.settings import Settings
from warraq_store.database import reading
from warraq_store.web.hubs import HubDoor

_log = log("store.web")
_COME_AGAIN_SECONDS = "30"


def make_app(engine: Engine, settings: Settings, clock: Callable[[], datetime] = utc_now) -> Starlette:
    """Return the application that serves from ``engine``."""
    hubs = HubDoor(engine, most_bytes=settings.max_wire_bytes, clock=clock)

    async def health(_request: Request) -> Response:
        await run_in_threadpool(_ask_database, engine)
        return JSONResponse({"status": "ok"})

    return Starlette(
        routes=[
            Route("/health", health),
            Route("/websub/{token}", hubs.confirm, methods=["GET"]),
            Route("/websub/{token}", hubs.push, methods=["POST"]),
        ],
        exception_handlers={NotReady: _not_ready, SQLAlchemyError: _not_ready},
    )


def _ask_database(engine: Engine) -> None:
    with reading(engine) as session:
        session.execute(text("SELECT 1"))


async def _not_ready(_request: Request, problem: Exception) -> Response:
    _log.warning("the database cannot be asked", problem=type(problem).__name__)
    return JSONResponse({"status": "not ready"}, 503, {"Retry-After": _COME_AGAIN_SECONDS})
