"""Campaigns on a page beside the room: the same journeys as in chat, with every slot and every setting at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeAlias
from uuid import uuid4

from jinja2 import Environment
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from adapters.web.room.errors import status
from adapters.web.room.inbound import Fields, fields_of, pressed, submitted
from adapters.web.room.render import Renderer
from adapters.web.room.seat import Seat, find_seat
from drills.chat.cards import Card, FieldErrors, Form
from drills.chat.inbound import Answer, Pressed, Submitted
from drills.chat.intents import Intent, UnknownIntent
from drills.errors import ReadbackError
from drills.people import Workspace
from drills.ports import Memory, Receive
from drills.views.notices import not_taken_card, trouble_card

Translate: TypeAlias = Callable[[Seat, Fields], Pressed | Submitted]

_log = logging.getLogger(__name__)

_CAMPAIGN = "campaign"
_WHOLE = {"new": "new-whole", "edit": "whole", "more": "whole", "show": "show-whole", "draft": "draft-whole"}
"""A page has room for what a chat shows in parts."""


class CampaignPages:
    """Works without scripts: every button is a form, and the answer is the next page."""

    def __init__(
        self, memory: Memory, receive: Receive, workspace: Workspace, templates: Environment, renderer: Renderer
    ) -> None:
        self._memory = memory
        self._receive = receive
        self._workspace = workspace
        self._template = templates.get_template("room/campaigns.html")
        self._renderer = renderer

    def routes(self) -> list[Route]:
        here = "/{team}/as/{user}/campaigns"
        return [
            Route(here, partial(self._look, Intent(_CAMPAIGN, ("list",)))),
            Route(f"{here}/press", partial(self._post, pressed), methods=["POST"]),
            Route(f"{here}/submit", partial(self._post, submitted), methods=["POST"]),
            Route(f"{here}/press", self._list, methods=["GET"]),
            Route(f"{here}/submit", self._list, methods=["GET"]),
            Route(f"{here}/{{campaign}}", self._one),
        ]

    async def _one(self, request: Request) -> Response:
        return await self._look(Intent(_CAMPAIGN, ("show", request.path_params["campaign"])), request)

    async def _list(self, request: Request) -> Response:
        """An answer's address, opened anew: what was pressed or written is not in it, so all campaigns are shown."""
        return RedirectResponse(f"{(await self._seat(request)).url}/campaigns", status_code=303)

    async def _look(self, intent: Intent, request: Request) -> Response:
        seat = await self._seat(request)
        return await self._answer(seat, Pressed(uuid4().hex, seat.person, seat.place, intent, profile=seat.profile))

    async def _post(self, translate: Translate, request: Request) -> Response:
        seat = await self._seat(request)
        try:
            inbound = translate(seat, await fields_of(request))
            if inbound.intent.verb != _CAMPAIGN:
                raise UnknownIntent(f"verb {inbound.intent.verb!r} on the page of campaigns")
        except ReadbackError as error:
            return self._page(seat, Answer(trouble_card(error)), status(error))
        return await self._answer(seat, inbound)

    async def _answer(self, seat: Seat, inbound: Pressed | Submitted) -> Response:
        if isinstance(inbound, Pressed):
            inbound = replace(inbound, intent=_whole(inbound.intent))
        try:
            return self._page(seat, await self._receive(inbound))
        except ReadbackError as error:
            _log.warning("a page of campaigns could not be answered", exc_info=error)
            return self._page(seat, Answer(trouble_card(error)), status(error))

    def _page(self, seat: Seat, answer: Answer, code: int = 200) -> Response:
        return HTMLResponse(self._template.render(seat=seat, shown=self._shown(seat, answer)), code)

    def _shown(self, seat: Seat, answer: Answer) -> Markup:
        to, show = f"{seat.url}/campaigns", answer.show
        match show:
            case None:
                return Markup()
            case Form():
                return self._renderer.form(FieldErrors(show), to, name="campaign")
            case FieldErrors():
                return self._renderer.form(show, to, name="campaign", on_page=True)
            case _:
                card = show if isinstance(show, Card) else not_taken_card(show)
                return self._renderer.card(_without_parts(card), to, level=2, name="campaign")

    async def _seat(self, request: Request) -> Seat:
        where = request.path_params
        return await find_seat(self._memory, self._workspace, where["team"], where["user"])


def _whole(intent: Intent) -> Intent:
    act, *rest = intent.args or ("list",)
    return Intent(_CAMPAIGN, (_WHOLE.get(act, act), *rest))


def _without_parts(card: Card) -> Card:
    """“Change” opens the whole form here, so there is no second form with more."""
    return replace(card, buttons=tuple(one for one in card.buttons if one.intent.args[:1] != ("more",)))
