"""The room as the program runs it: a way out, addresses, and nothing to connect to."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.routing import BaseRoute

from adapters import Finding, Parts
from adapters.web.room.campaigns import CampaignPages
from adapters.web.room.chat import ROOM, RoomChat
from adapters.web.room.live import Nudge
from adapters.web.room.pages import Pages
from adapters.web.room.render import Renderer
from adapters.web.room.routes import Room
from adapters.web.templating import environment
from drills.ports import Chat


class RoomAdapter:
    """Implements `adapters.Adapter`; runs wherever web pages are served."""

    role = "web"

    def __init__(self, parts: Parts) -> None:
        templates = environment()
        renderer = Renderer(templates)
        self._nudge = Nudge()
        self.chat: Chat = RoomChat(parts.memory, parts.clock, self._nudge)
        room = Room(parts.memory, parts.receive, ROOM, Pages(templates, renderer, parts.clock), renderer, self._nudge)
        campaigns = CampaignPages(parts.memory, parts.receive, ROOM, templates, renderer)
        self.routes: Sequence[BaseRoute] = [*room.routes(), *campaigns.routes()]

    async def examine(self) -> Sequence[Finding]:
        return ()

    async def run(self) -> None:
        """Until cancelled. Then open pages' streams end, for which a server that stops would otherwise wait."""
        try:
            await asyncio.Event().wait()
        finally:
            self._nudge.close()

    async def close(self) -> None:
        """Nothing is held open: the way out is our own database."""
