"""App Home: the person's own page, drawn when they open it and again when something they did changed it."""

from __future__ import annotations

import logging
from uuid import uuid4

from adapters.slack.door import Door
from adapters.slack.origin import place_of
from drills.chat.cards import Card
from drills.chat.inbound import Pressed
from drills.chat.intents import Intent
from drills.errors import ReadbackError
from drills.people import PersonRef
from drills.ports import Chat

log = logging.getLogger(__name__)


class Home:
    """Raises nothing: a page that could not be drawn is drawn at the next opening."""

    def __init__(self, door: Door, chat: Chat) -> None:
        self._door = door
        self._chat = chat

    async def show(self, opened: Pressed) -> None:
        answer = await self._door.receive(opened)
        if not isinstance(answer.show, Card):
            return
        try:
            await self._chat.home(opened.person, answer.show)
        except ReadbackError as trouble:
            log.warning("App Home could not be shown: %s", type(trouble).__name__)

    async def refresh(self, person: PersonRef) -> None:
        place = place_of(person.workspace, "")
        await self.show(Pressed(f"home:{uuid4().hex}", person, place, Intent("home")))
