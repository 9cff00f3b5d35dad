"""Slack's events: what somebody wrote, a page that is opened, an app that is taken away."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncApp

from adapters.slack import inbound as translate
from adapters.slack.answers import Answers
from adapters.slack.door import Door
from adapters.slack.listeners import ANY, Payload
from drills.chat.cards import Card
from drills.errors import ReadbackError
from drills.people import Workspace
from drills.ports import Chat

Next: TypeAlias = Callable[[], Awaitable[Any]]
Removed: TypeAlias = Callable[[Workspace], Awaitable[None]]

log = logging.getLogger(__name__)

_WRITTEN = {"message", "app_mention"}


class Events:
    """Bolt acknowledges an event before its listener runs, so what must not be lost is done in middleware before.

    What raises there is answered with an error, and Slack delivers the event again.
    """

    def __init__(self, door: Door, answers: Answers, chat: Chat, removed: Removed) -> None:
        self._door = door
        self._answers = answers
        self._chat = chat
        self._removed = removed

    def register(self, app: AsyncApp) -> None:
        app.event("app_home_opened")(self.opened)
        app.event("app_uninstalled", middleware=[self.uninstalled])(self.nothing_more)
        app.event("tokens_revoked", middleware=[self.revoked])(self.nothing_more)
        app.event(ANY, middleware=[self.keep])(self.answer)

    async def opened(self, body: Payload) -> None:
        """App Home. What changes it later is drawn by a job; a page that fails is drawn at the next opening."""
        pressed = translate.home_opened(body)
        page = (await self._door.receive(pressed)).show if pressed else None
        if pressed and isinstance(page, Card):
            try:
                await self._chat.home(pressed.person, page)
            except ReadbackError as trouble:
                log.warning("App Home could not be shown: %s", type(trouble).__name__)

    async def keep(self, body: Payload, context: Payload, next: Next) -> None:
        """Words are with the inbox before Slack hears that they came."""
        typed = translate.typed(body) if body["event"]["type"] in _WRITTEN else None
        if typed:
            context["typed"], context["answer"] = typed, await self._door.receive(typed)
        await next()

    async def answer(self, context: Payload) -> None:
        if typed := context.get("typed"):
            await self._answers.say(typed, context["answer"])

    async def uninstalled(self, body: Payload, next: Next) -> None:
        await self._removed(translate.workspace_of(body))
        await next()

    async def revoked(self, body: Payload, next: Next) -> None:
        """People's own tokens are none of ours."""
        if (body["event"].get("tokens") or {}).get("bot"):
            await self._removed(translate.workspace_of(body))
        await next()

    async def nothing_more(self) -> None:
        """The middleware did it all, before the acknowledgement."""
