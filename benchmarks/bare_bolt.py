"""The floor under every acknowledgement in Slack: a Bolt app that only acknowledges, over HTTP and Socket Mode at once.

python -m benchmarks.bare_bolt PORT      # tokens, secret and address from the environment, as the program has them
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

_LINES = 2  # as many as the program holds


async def main(port: int) -> None:
    """Until it is ended."""
    app = _app()
    handler = AsyncSlackRequestHandler(app)

    async def came(request: Request) -> Response:
        return await handler.handle(request)

    async def health(_: Request) -> Response:
        return PlainTextResponse("ok")

    web = Starlette(routes=[Route("/slack/events", came, methods=["POST"]), Route("/health", health)])
    for _ in range(_LINES):
        line = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"])
        line.client.proxy = None
        await line.connect_async()  # type: ignore[no-untyped-call]
    await uvicorn.Server(uvicorn.Config(web, port=port, log_config=None, access_log=False)).serve()


def _app() -> AsyncApp:
    token, secret = os.environ["SLACK_BOT_TOKEN"], os.environ["SLACK_SIGNING_SECRET"]
    client = AsyncWebClient(token=token, base_url=os.environ["READBACK_SLACK_API_BASE"])
    app = AsyncApp(client=client, signing_secret=secret, logger=logging.getLogger("bare"))

    async def acknowledge(ack: Callable[..., Awaitable[Any]]) -> None:
        await ack()

    app.view(re.compile(".*"))(acknowledge)
    app.event(re.compile(".*"))(acknowledge)
    return app


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
