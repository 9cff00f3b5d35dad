"""Our client and our way out inside simcord: a Discord that others wrote, in this process, with its own clock.

simcord takes the place of discord.py's HTTP client, its webhook adapter and its gateway. Our adapter asks by an HTTP
client of its own, so that one is handed over too; the line itself (gateway.py: lease, budget, closing codes) has no
place here and is tried against the fake gateway.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
import simcord
from discord_scene import SlowInbox, a_memory

from adapters.discord.answers import Answers
from adapters.discord.blocks import Json
from adapters.discord.chat import DiscordChat
from adapters.discord.clients import Clients
from adapters.discord.commands import commands
from adapters.discord.doctor import Doctor
from adapters.discord.events import Events
from adapters.discord.guilds import Guilds
from adapters.discord.listeners import Listeners
from adapters.pictures import Drawer
from drills.chat.at_work import AtWork
from drills.journeys.checkup import Checkup
from drills.journeys.door import Door
from drills.people import PersonRef, Place, Workspace
from storage.memory import SqlMemory


@dataclass
class Simulated:
    env: Any
    guild: Any
    channel: Any
    ada: Any
    ben: Any
    manager: Any
    chat: DiscordChat
    clients: Clients
    inbox: SlowInbox
    memory: SqlMemory

    @property
    def here(self) -> Place:
        return Place(Workspace("discord", str(self.guild.id)), str(self.channel.id))

    def ref(self, actor: Any) -> PersonRef:
        return PersonRef(self.here.workspace, str(actor.id))

    async def restarts(self) -> None:
        """A new process: a new client and a new way out, and nothing kept in memory."""
        bot, self.chat, self.clients = _ours(self.memory, self.inbox)
        await self.env.restart_bot(bot)
        _handed_over(self.clients, bot)


@asynccontextmanager
async def simulated(folder: Path, **permissions: bool) -> AsyncIterator[Simulated]:
    """Entered by the test itself: simcord's clock belongs to one context. `permissions` are the channel's."""
    memory, inbox = await a_memory(folder / "bed.db"), SlowInbox()
    bot, chat, clients = _ours(memory, inbox)
    try:
        async with simcord.run(bot) as env:
            _handed_over(clients, bot)
            guild = env.create_guild("North")
            everyone, own = guild.roles["@everyone"], discord.PermissionOverwrite(**permissions)
            channel = guild.create_text_channel("5-west", overwrites={everyone: own} if permissions else {})
            manages = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
            ada, ben = (guild.add_member(env.create_user(name)) for name in ("ada", "ben"))
            manager = guild.add_member(env.create_user("alma"), roles=[manages])
            await env.settle()
            await clients.call(
                "PUT", "/applications/{application_id}/commands", commands(), application_id=str(bot.application_id)
            )
            yield Simulated(env, guild, channel, ada, ben, manager, chat, clients, inbox, memory)
    finally:
        await memory.close()


def said(components: list[Json]) -> str:
    """The words of a message as it was sent."""
    found = [str(one.get("content") or one.get("label") or "") for one in components]
    found += [said(one.get("components") or []) for one in components]
    return "\n".join(part for part in found if part)


def _ours(memory: SqlMemory, inbox: SlowInbox) -> tuple[Events, DiscordChat, Clients]:
    clients = Clients("http://127.0.0.1:9", "a-token")  # nobody listens there
    pictures = Drawer()
    chat = DiscordChat(clients, _now, pictures)
    checkup = Checkup(memory, Doctor(memory, clients).one, "")
    listeners = Listeners(Door(inbox.receive), _now, Answers(clients, chat, pictures), checkup, AtWork())
    bot = Events(
        listeners, Guilds(memory, _now), _nothing, 0, content=False, shards=1, gateway="ws://127.0.0.1:9", fixed=False
    )
    return bot, chat, clients


def _handed_over(clients: Clients, bot: Events) -> None:
    assert bot.user
    clients._http, clients._me = bot.http, str(bot.user.id)
    clients._session = object()  # type: ignore[assignment]  # nothing goes over it: simcord answers for webhooks


async def _nothing(_shard: int) -> None:
    return


def _now() -> datetime:
    return datetime.now(UTC)
