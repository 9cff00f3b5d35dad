"""The room's addresses: the chooser, a person's view of the channel, its stream, and three posts."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import TypeAlias
from uuid import uuid4

from markupsafe import Markup
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from adapters.web.room.errors import Unreadable, status
from adapters.web.room.inbound import Fields, fields_of, pressed, said, submitted
from adapters.web.room.live import Nudge, news, seen_from
from adapters.web.room.pages import Pages
from adapters.web.room.render import Renderer, asks_for_people
from adapters.web.room.seat import Seat, all_seats, colleagues, find_seat
from drills.chat.cards import Card
from drills.chat.inbound import Answer, Inbound, NotTaken, Pressed
from drills.chat.intents import Intent
from drills.errors import ReadbackError
from drills.people import Workspace
from drills.ports import Memory, Receive
from drills.views.notices import trouble_card

Translate: TypeAlias = Callable[[Seat, Fields], Inbound]

_log = logging.getLogger(__name__)

FRAGMENT = "x-room"  # the page's script asks for the dialog's inside only; other sites can't set this header unasked


class Room:
    """Holds what the handlers need; built once by `build_app`."""

    def __init__(
        self, memory: Memory, receive: Receive, workspace: Workspace, pages: Pages, renderer: Renderer, nudge: Nudge
    ) -> None:
        self._memory = memory
        self._receive = receive
        self._workspace = workspace
        self._pages = pages
        self._renderer = renderer
        self._nudge = nudge

    def routes(self) -> list[Route]:
        seat = "/{team}/as/{user}"
        return [
            Route("/", self._chooser),
            Route(seat, self._channel),
            Route(f"{seat}/board", self._board),
            Route(f"{seat}/events", self._events),
            Route(f"{seat}/press", partial(self._post, pressed), methods=["POST"], name="press"),
            Route(f"{seat}/submit", partial(self._post, submitted), methods=["POST"], name="submit"),
            Route(f"{seat}/say", partial(self._post, said), methods=["POST"], name="say"),
        ]

    async def _chooser(self, request: Request) -> Response:
        return HTMLResponse(self._pages.chooser(await all_seats(self._memory, self._workspace)))

    async def _channel(self, request: Request) -> Response:
        return await self._page(await self._seat(request))

    async def _board(self, request: Request) -> Response:
        return HTMLResponse(await self._board_of(await self._seat(request)))

    async def _events(self, request: Request) -> Response:
        seat = await self._seat(request)
        after = _number(request.headers.get("last-event-id") or request.query_params.get("after", "0"))
        return EventSourceResponse(self._stream(seat, after))

    async def _stream(self, seat: Seat, after: int) -> AsyncIterator[ServerSentEvent]:
        async for message in news(self._memory, seat, self._nudge, after):
            yield ServerSentEvent(self._pages.message(seat, message), event="message", id=str(message.seq))

    async def _post(self, translate: Translate, request: Request) -> Response:
        seat = await self._seat(request)
        try:
            answer, code = await self._receive(translate(seat, await fields_of(request))), 200
        except ReadbackError as error:
            answer, code = Answer(trouble_card(error)), status(error)
            if code >= 500:
                _log.warning("a post could not be answered", exc_info=error)
        return await self._answered(request, seat, answer, code)

    async def _answered(self, request: Request, seat: Seat, answer: Answer, code: int) -> Response:
        if isinstance(answer.show, NotTaken) and FRAGMENT in request.headers:
            return PlainTextResponse(answer.show.sentence)  # no markup: the page keeps its form
        people = await colleagues(self._memory, seat) if asks_for_people(answer) else ()
        shown = self._renderer.answer(answer, seat.url, people)
        if FRAGMENT in request.headers:
            return HTMLResponse(shown, code) if shown else Response(status_code=204)
        return await self._page(seat, shown, code) if shown else RedirectResponse(seat.url, status_code=303)

    async def _page(self, seat: Seat, answer: Markup = Markup(), code: int = 200) -> Response:  # noqa: B008 - immutable
        messages = await seen_from(self._memory, seat)
        return HTMLResponse(self._pages.channel(seat, messages, await self._board_of(seat), answer), code)

    async def _board_of(self, seat: Seat) -> Markup:
        """The board is what pressing "board" would show; a board that fails must not take the channel with it."""
        try:
            answer = await self._receive(
                Pressed(uuid4().hex, seat.person, seat.place, Intent("board", (seat.team.id,)))
            )
        except ReadbackError as error:
            answer = Answer(trouble_card(error))
        return self._pages.board(seat, answer.show if isinstance(answer.show, Card) else None)

    async def _seat(self, request: Request) -> Seat:
        where = request.path_params
        return await find_seat(self._memory, self._workspace, where["team"], where["user"])


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Unreadable("after is no number")
    return int(text)
