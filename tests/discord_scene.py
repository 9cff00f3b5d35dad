"""The Discord adapter between a fake Discord and an inbox that does as told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from connected import running
from empty_database import a_memory
from fake_discord.discord_eyes import Sight
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Guild
from scripted_inbox import SlowInbox

from adapters import Parts
from adapters.discord import build
from adapters.discord.adapter import DiscordAdapter
from adapters.discord.commands import commands
from drills.people import PersonRef, Place, Workspace
from drills.ports import Receive
from storage.memory import SqlMemory


@dataclass
class Scene:
    discord: FakeDiscord
    guild: Guild
    adapter: DiscordAdapter
    inbox: SlowInbox
    memory: SqlMemory
    ada: str
    ben: str
    ward: str

    @property
    def workspace(self) -> Workspace:
        return Workspace("discord", self.guild.id)

    @property
    def here(self) -> Place:
        return Place(self.workspace, self.ward)

    def ref(self, user: str) -> PersonRef:
        return PersonRef(self.workspace, user)

    def alone(self, user: str) -> list[Sight]:
        """What only this person sees, oldest first."""
        return [sight for sight in self.discord.sees(user) if sight.private]


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def discord_scene(
    folder: Path, settings: Mapping[str, str] | None = None, *, run: bool = True
) -> AsyncIterator[Scene]:
    """Ada and Ben are in the server; Ada administers it. With `run` the adapter listens."""
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(FakeDiscord())
        guild = discord.guild("North")
        ada, ben = guild.person("Ada", admin=True), guild.person("Ben")
        ward = guild.channel("5-west")
        discord.registers(commands())
        memory = await a_memory(folder / "bed.db")
        stack.push_async_callback(memory.close)
        inbox = SlowInbox()
        adapter = an_adapter({**discord.settings(), **(settings or {})}, memory, inbox.receive)
        if run:
            await stack.enter_async_context(running(adapter, discord))
        else:
            stack.push_async_callback(adapter.close)
        yield Scene(discord, guild, adapter, inbox, memory, ada, ben, ward)
        await discord.settled()


def an_adapter(settings: Mapping[str, str], memory: SqlMemory, receive: Receive) -> DiscordAdapter:
    adapter = build(Parts(settings, memory, receive, now))
    assert adapter
    return adapter
