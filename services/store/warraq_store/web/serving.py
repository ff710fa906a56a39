"""The HTTP server of the door: uvicorn, with a limit on everything that a stranger could hold on to.

It listens on loopback unless told otherwise; what the world reaches is a reverse proxy before it.
"""

import asyncio
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from warraq_shared.settings import Settings
from warraq_store.database import connect
from warraq_store.migrate import require_migrated
from warraq_store.web.app import make_app

MOST_CONNECTIONS: Final = 200
HEAD_WITHIN_SECONDS: Final = 10.0
_LARGEST_HEAD: Final = 16_384
_STOP_WITHIN_SECONDS: Final = 20


class BoundedHTTP(H11Protocol):
    """HTTP/1.1 that hangs up on connections beyond the limit, and on those that do not say what they want in time."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Take a connection, or hang up."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
            return
        self.loop.call_later(HEAD_WITHIN_SECONDS, self._hang_up_if_silent)

    def _hang_up_if_silent(self) -> None:
        if self.cycle is None:
            self.transport.abort()


def serve(settings: Settings) -> None:
    """Serve the door until SIGTERM or SIGINT; requests under way are finished.

    Raises:
        NotReady: the database cannot be reached or must be migrated first.
    """
    engine = connect(settings.database_address)
    require_migrated(engine)
    uvicorn.Server(config(make_app(engine, settings), settings)).run()


def config(app: Any, settings: Settings) -> uvicorn.Config:
    """Return how ``app`` is served. No access log: the addresses that hubs call are secrets."""
    return uvicorn.Config(
        app,
        host=settings.web_host,
        port=settings.web_port,
        http=BoundedHTTP,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        # One request a connection: then the limits on its beginning hold for all that comes.
        headers=[("Connection", "close")],
        h11_max_incomplete_event_size=_LARGEST_HEAD,
        timeout_graceful_shutdown=_STOP_WITHIN_SECONDS,
    )
