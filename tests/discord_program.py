"""The whole program as an operator runs it, between a fake Discord and a real SQLite file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from empty_database import an_empty_database
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Guild
from platform_program import PlatformProgram

from adapters.discord.commands import commands
from bot.roles import ProcessRole
from bot.settings import load_settings
from bot.wiring import build
from drills.catalog import Library
from drills.people import Team, Workspace

_SHIPPED = Library.shipped


@dataclass
class DiscordProgram(PlatformProgram):
    """`running` ends with what the program raised."""

    discord: FakeDiscord
    running: asyncio.Task[None]

    async def team(self, guild: Guild, channel: str, *people: str, **facts: Any) -> Team:
        """As `/drill-admin setup` and first answers leave it."""
        named = {user: guild.people[user].name for user in people}
        return await self.staffed(Workspace("discord", guild.id), guild.channels[channel].name, channel, named, **facts)


@asynccontextmanager
async def discord_program(discord: FakeDiscord, folder: Path, *, fresh: bool = True) -> AsyncIterator[DiscordProgram]:
    """Connected. With `fresh` the database is empty, else it is what an earlier program left in the folder."""
    if fresh:
        await an_empty_database(folder / "readback.db")
        discord.registers(commands())
    url = f"sqlite+aiosqlite:///{folder / 'readback.db'}"
    loaded = load_settings(database_url=url, port=0, judge="embedded", **discord.settings())
    stop = asyncio.Event()
    held = len(discord.gateway.held)
    with patiently(discord):
        async with build(loaded) as program:
            running = asyncio.create_task(program.run(frozenset({ProcessRole.WORKER, ProcessRole.DISCORD}), stop))
            connected = asyncio.create_task(discord.connected(held + 1))
            await asyncio.wait({running, connected}, return_when=asyncio.FIRST_COMPLETED)
            try:
                if not running.done():
                    yield DiscordProgram(program, discord, running)
            finally:
                connected.cancel()
                stop.set()
                await running


@contextmanager
def patiently(discord: FakeDiscord) -> Iterator[None]:
    """Sessions follow one another without Discord's five seconds, and a first answer has more than its three:

    these stories share a busy machine. The three seconds themselves are tried in test_discord_three_seconds.
    """
    discord.patience_s = 15.0
    with _SLOW_MACHINE:
        yield


class _Patched:
    """Taken back when the last of those who overlap has ended: two programs in one story end in any order."""

    def __init__(self, **values: object) -> None:
        self._values = values
        self._taken = 0
        self._stack = ExitStack()

    def __enter__(self) -> None:
        self._taken += 1
        if self._taken == 1:
            for name, value in self._values.items():
                self._stack.enter_context(patch(name, value))

    def __exit__(self, *_: object) -> None:
        self._taken -= 1
        if not self._taken:
            self._stack.close()


@cache
def _library() -> Library:
    """Read once: it is the same for every story, and a second of work."""
    return _SHIPPED()


_SLOW_MACHINE = _Patched(
    **{
        "adapters.discord.budget.APART_S": 0.05,
        "adapters.discord.listeners.IN_TIME_S": 12.0,
        "bot.wiring.Library.shipped": _library,
    }
)
