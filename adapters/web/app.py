"""The web process: the room's routes behind the guards, static files, and a health page."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.web.guard import HEADERS, LOOPBACK, SameSiteOnly, SecurityHeaders
from adapters.web.room.errors import status
from adapters.web.room.live import Nudge
from adapters.web.room.pages import Pages
from adapters.web.room.render import Renderer
from adapters.web.room.routes import Room
from adapters.web.templating import STATIC, environment
from drills.errors import ReadbackError
from drills.people import Workspace
from drills.ports import Clock, Memory, Receive

MAX_BODY = 256 * 1024  # bytes; the longest field of 20,000 characters, every one of them percent-encoded UTF-8


def build_app(
    *,
    memory: Memory,
    receive: Receive,
    clock: Clock,
    nudge: Nudge,
    workspace: Workspace,
    hosts: Sequence[str] = (),
    routes: Sequence[BaseRoute] = (),
) -> Starlette:
    """The room of one workspace, as an ASGI app.

    `nudge` is the one that RoomChat rings. `hosts` are names that may stand in the Host header besides
    loopback ones, without port. `routes` of other pages come first.
    """
    # At DEBUG this library logs every chunk that it sends, private feedback included.
    logging.getLogger("sse_starlette.sse").setLevel(logging.INFO)
    templates = environment()
    renderer = Renderer(templates)
    pages = Pages(templates, renderer, clock)
    room = Room(memory, receive, workspace, pages, renderer, nudge)
    return Starlette(
        routes=[
            Route("/health", partial(_health, memory, workspace), name="health"),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
            *routes,
            *room.routes(),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, *hosts], www_redirect=False),
            Middleware(SameSiteOnly),
        ],
        exception_handlers={
            ReadbackError: partial(_told, pages),
            404: partial(_nowhere, pages),
            Exception: partial(_broken, pages),
        },
        max_body_size=MAX_BODY,
    )


async def _health(memory: Memory, workspace: Workspace, _request: Request) -> Response:
    """200 when the process answers and its memory can be read."""
    async with memory.read() as work:
        await work.teams.of(workspace)
    return JSONResponse({"status": "ok"})


async def _told(pages: Pages, _request: Request, error: Exception) -> Response:
    told = error if isinstance(error, ReadbackError) else ReadbackError()
    return HTMLResponse(pages.problem("That did not work", told.tell), status(told))


async def _nowhere(pages: Pages, _request: Request, _error: Exception) -> Response:
    return HTMLResponse(pages.problem("Nothing here", "There is no page at this address."), 404)


async def _broken(pages: Pages, _request: Request, _error: Exception) -> Response:
    # Starlette answers this one outside all middleware, so it brings the headers itself.
    return HTMLResponse(pages.problem("That did not work", ReadbackError.tell), 500, HEADERS)
