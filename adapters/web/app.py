"""The web process: every adapter's routes behind the guards, static files, and a health page."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.web.guard import LOOPBACK, SameSiteOnly, SecurityHeaders
from adapters.web.problems import Problems
from adapters.web.templating import STATIC
from drills.people import Place, Workspace
from drills.ports import Memory

MAX_BODY = 256 * 1024  # bytes; the longest field of 20,000 characters, every one of them percent-encoded UTF-8


def build_app(memory: Memory, routes: Sequence[BaseRoute], hosts: Sequence[str] = ()) -> Starlette:
    """The ASGI app. `hosts` may stand in the Host header besides loopback names, without port."""
    # At DEBUG this library logs every chunk that it sends, private feedback included.
    logging.getLogger("sse_starlette.sse").setLevel(logging.INFO)
    return Starlette(
        routes=[
            Route("/health", partial(_health, memory), name="health"),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
            *routes,
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, *hosts], www_redirect=False),
            Middleware(SameSiteOnly),
        ],
        exception_handlers=Problems().handlers(),
        max_body_size=MAX_BODY,
    )


async def _health(memory: Memory, _request: Request) -> Response:
    """200 when the process answers and its memory can be read."""
    async with memory.read() as work:
        await work.teams.at(Place(Workspace("health", "check"), ""))
    return JSONResponse({"status": "ok"})
