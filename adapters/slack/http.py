"""Slack over HTTP: events, taps and commands all come to one address, signed."""

from __future__ import annotations

import logging

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

log = logging.getLogger(__name__)

PATH = "/slack/events"


class HttpDoor:
    """Bolt checks the signature over the body as it came, at most five minutes old."""

    def __init__(self, app: AsyncApp) -> None:
        self._handler = AsyncSlackRequestHandler(app)

    def routes(self) -> list[Route]:
        return [Route(PATH, self._came, methods=["POST"], name="slack")]

    async def _came(self, request: Request) -> Response:
        try:
            response = await self._handler.handle(request)
        except (ValueError, TypeError, AttributeError):  # Bolt reads a body before it checks who signed it
            return PlainTextResponse("That is no request of Slack's.", status_code=400)
        if response.status_code == 401:
            log.warning("refused a request to %s: SLACK_SIGNING_SECRET or this machine's clock is not Slack's", PATH)
        return response
