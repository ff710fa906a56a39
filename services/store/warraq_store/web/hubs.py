"""What WebSub hubs call: they ask back whether we did subscribe, and push (W3C WebSub, sections 5.3 and 7)."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from warraq_shared.logs import log
from warraq_store.database import again_after_deadlock, reading, writing
from warraq_store.tables import Subscription
from warraq_store.websub import pushes, subscriptions, websub
from warraq_store.websub.pushes import Signature

_log = log("store.web")
_BODY_WITHIN_SECONDS = 30.0
# The hub's word is not shown to anyone as a page.
_PLAIN = {"X-Content-Type-Options": "nosniff"}


class HubDoor:
    """The callback addresses of all subscriptions. Who knows the token in one is its hub.

    ``most_bytes`` is the largest body of a push; it is read for its signature and not kept.
    """

    def __init__(self, engine: Engine, *, most_bytes: int, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._most_bytes = most_bytes
        self._clock = clock

    async def confirm(self, request: Request) -> Response:
        """Answer a hub that asks whether we did ask."""
        mode = request.query_params.get("hub.mode", "")[:20]
        challenge = await run_in_threadpool(self._confirm, request.path_params["token"], dict(request.query_params))
        if challenge is None:
            _log.debug("not asked for", mode=mode)
            return PlainTextResponse("There is no such request.", 404)
        _log.info("a hub asked back", mode=mode)
        return PlainTextResponse(challenge, headers=_PLAIN)

    async def push(self, request: Request) -> Response:
        """Take a push: answered with success also where it is not signed with our secret, and then not acted on.

        A hub that is told 410 may end the subscription.
        """
        known = await run_in_threadpool(self._find, request.path_params["token"])
        if known is None:
            return PlainTextResponse("There is no such subscription.", 410)
        signature = Signature(request.headers.get("x-hub-signature", ""), known.secret or "")
        problem = await self._read(request, signature)
        if problem is not None:
            return problem
        followed = await run_in_threadpool(self._push, known.id or 0, signed=signature.fits())
        return Response(status_code=202) if followed else PlainTextResponse("It is followed no more.", 410)

    async def _read(self, request: Request, signature: Signature) -> Response | None:
        """Hold the body against its signature; return the answer to one that is too large or does not come."""
        size = 0
        try:
            async with asyncio.timeout(_BODY_WITHIN_SECONDS):
                async for piece in request.stream():
                    size += len(piece)
                    if size > self._most_bytes:
                        return PlainTextResponse("That is too large.", 413)
                    signature.add(piece)
        except (TimeoutError, ClientDisconnect):
            return PlainTextResponse("The body did not come.", 408)
        return None

    @again_after_deadlock
    def _confirm(self, token: str, query: dict[str, str]) -> str | None:
        with writing(self._engine) as session:
            return websub.confirm(session, token, query, self._clock())

    def _find(self, token: str) -> Subscription | None:
        with reading(self._engine) as session:
            return subscriptions.of_token(session, token)

    @again_after_deadlock
    def _push(self, subscription_id: int, *, signed: bool) -> bool:
        with writing(self._engine) as session:
            if signed:
                followed = pushes.push(session, subscription_id, self._clock())
            else:
                pushes.count_forged(session, subscription_id)
                followed = True
        _log.info("push", subscription=subscription_id, signed=signed, followed=followed)
        return followed
