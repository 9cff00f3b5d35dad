"""Discord as the program runs it: a way out, a line to hold, and what a doctor asks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from starlette.routing import BaseRoute

from adapters import Finding, Parts
from adapters.discord.answers import Answers
from adapters.discord.chat import DiscordChat
from adapters.discord.clients import DISCORD_API, Clients
from adapters.discord.doctor import Doctor
from adapters.discord.events import Events
from adapters.discord.gateway import Gateway
from adapters.discord.guilds import Guilds
from adapters.discord.listeners import Listeners
from adapters.discord.sentences import WHO_MAY_ASK
from drills.chat.at_work import AtWork
from drills.journeys.checkup import Checkup
from drills.journeys.door import Door
from drills.ports import Chat


class DiscordAdapter:
    """Implements `adapters.Adapter`. Taps and messages come in by the gateway; there is no address."""

    role = "discord"

    def __init__(self, parts: Parts) -> None:
        base, token = parts.settings.get("discord_api_base", DISCORD_API), parts.settings["discord_token"]
        self._clients = Clients(base, token)
        self.chat: Chat = DiscordChat(self._clients, parts.clock, parts.pictures)
        self.routes: Sequence[BaseRoute] = ()
        self._doctor = Doctor(parts.memory, self._clients)
        checkup = Checkup(parts.memory, self._doctor.one, WHO_MAY_ASK)
        self._at_work, answers = AtWork(), Answers(self._clients, self.chat, parts.pictures)
        listeners = Listeners(Door(parts.receive), parts.clock, answers, checkup, self._at_work)
        connect = partial(Events, listeners, Guilds(parts.memory, parts.clock))
        fixed = parts.settings.get("discord_gateway_url", "")
        self._gateway = Gateway(self._clients, parts.memory, parts.clock, token, connect, fixed)

    async def run(self) -> None:
        """Until cancelled. Raises gateway.Refused."""
        await self._gateway.hold()

    async def examine(self) -> Sequence[Finding]:
        return await self._doctor.all()

    async def close(self) -> None:
        """Taps that came in before are answered first."""
        await self._at_work.end()
        await self._clients.close()
