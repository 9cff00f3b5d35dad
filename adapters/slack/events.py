"""Slack's events: what somebody wrote, a page that is opened, an app that is taken away."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncApp

from adapters.slack import inbound as translate
from adapters.slack.answers import Answers
from adapters.slack.listeners import ANY
from adapters.slack.prompt import Payload
from drills.chat.at_work import AtWork
from drills.chat.cards import Card
from drills.errors import ReadbackError
from drills.journeys.door import Door
from drills.people import Workspace
from drills.ports import Chat

Next: TypeAlias = Callable[[], Awaitable[Any]]
Removed: TypeAlias = Callable[[Workspace], Awaitable[None]]

log = logging.getLogger(__name__)


class Events:
    """Bolt acknowledges an event before its listener runs, so what must not be lost is done in middleware before.

    What raises there is answered with an error, and Slack delivers the event again. One listener takes every kind:
    Bolt prepares each one's arguments anew to ask whether it is meant.
    """

    def __init__(self, door: Door, answers: Answers, chat: Chat, removed: Removed, at_work: AtWork) -> None:
        self._door = door
        self._answers = answers
        self._chat = chat
        self._removed = removed
        self._at_work = at_work

    def register(self, app: AsyncApp) -> None:
        app.event(ANY, middleware=[self.before])(self.after)

    async def before(self, body: Payload, context: Payload, next: Next) -> None:
        match body["event"]["type"]:
            case "message" | "app_mention":
                await self._keep(body, context)
            case "app_uninstalled":
                await self._removed(translate.workspace_of(body))
            case "tokens_revoked" if (body["event"].get("tokens") or {}).get("bot"):  # people's own are none of ours
                await self._removed(translate.workspace_of(body))
        await next()

    async def after(self, body: Payload, context: Payload) -> None:
        with self._at_work.here():
            if typed := context.get("typed"):
                await self._answers.say(typed, context["answer"])
            elif body["event"]["type"] == "app_home_opened":
                await self._show_home(body)

    async def _keep(self, body: Payload, context: Payload) -> None:
        """Words are with the inbox before Slack hears that they came."""
        if typed := translate.typed(body):
            context["typed"], context["answer"] = typed, await self._door.receive(typed)

    async def _show_home(self, body: Payload) -> None:
        """What changes the page later is drawn by a job; one that fails here is drawn at the next opening."""
        pressed = translate.home_opened(body)
        page = (await self._door.receive(pressed)).show if pressed else None
        if pressed and isinstance(page, Card):
            try:
                await self._chat.home(pressed.person, page)
            except ReadbackError as trouble:
                log.warning("App Home could not be shown: %s", type(trouble).__name__)
