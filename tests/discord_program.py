"""The whole program as an operator runs it, between a fake Discord and a real SQLite file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from builders import a_drill_file
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Guild

from adapters.discord.commands import commands
from bot.clock import tick, utc_now
from bot.program import Program
from bot.roles import ProcessRole
from bot.settings import load_settings
from bot.wiring import build
from drills.catalog import Library
from drills.journeys.push import plan
from drills.people import Member, PersonRef, Profession, Team, Workspace
from drills.push import WINDOW, Push, PushState
from storage.upgrade import upgrade

_SHIPPED = Library.shipped


@dataclass
class DiscordProgram:
    """`running` ends with what the program raised."""

    discord: FakeDiscord
    program: Program
    running: asyncio.Task[None]

    async def team(self, guild: Guild, channel: str, *people: str, **facts: Any) -> Team:
        """A care team in a channel, with these people in it, as `/drill-admin setup` and first answers leave it."""
        workspace = Workspace("discord", guild.id)
        name = guild.channels[channel].name
        team = Team(workspace, f"{guild.name}-{name}".lower(), name, channel, "America/Chicago", **facts)
        async with self.program.tools.memory.begin() as work:
            await work.teams.save(team)
            for user in people:
                named = guild.people[user].name
                await work.members.save(Member(PersonRef(workspace, user), team.id, named, Profession.NURSE))
        return team

    async def push(self, team: Team, drill: str = "sbar-001-night-call", slot: str = "1", **facts: Any) -> Push:
        """A drill for the team, as a campaign plans it; the worker posts it."""
        file, tools = a_drill_file(drill), self.program.tools
        push = await plan(
            tools, team, file.drill(), file.source, campaign="test", slot=slot, opens_at=utc_now(), **facts
        )
        assert push
        return push

    async def stands(self, push: Push) -> Push:
        """The push, once it is written down that it was posted: a moment after the channel sees it."""
        async with asyncio.timeout(10):
            while (now := await self._now(push)).state is not PushState.POSTED:  # noqa: ASYNC110  # a test's patience
                await asyncio.sleep(0.02)
        return now

    async def window_passes(self, push: Push, team: Team) -> None:
        """Every drill of the team that stands has been out for its time; the clock's next tick closes it."""
        await self.stands(push)
        async with self.program.tools.memory.begin() as work:
            await work.pushes.postpone(team, utc_now(), -WINDOW)
        await tick(self.program.tools)

    async def becomes(self, push: Push, **changes: Any) -> None:
        """The row is another one from now on, as a campaign would have made it."""
        now = await self.stands(push)
        async with self.program.tools.memory.begin() as work:
            await work.pushes.save(replace(now, **changes), was=now.state)

    async def _now(self, push: Push) -> Push:
        async with self.program.tools.memory.read() as work:
            found = await work.pushes.get(push.workspace, push.id)
        assert found
        return found


@asynccontextmanager
async def discord_program(discord: FakeDiscord, folder: Path, *, fresh: bool = True) -> AsyncIterator[DiscordProgram]:
    """Connected. With `fresh` the database is empty, else it is what an earlier program left in the folder."""
    if fresh:
        (folder / "readback.db").write_bytes(await asyncio.to_thread(_empty_database))
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
                    yield DiscordProgram(discord, program, running)
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
    with (
        patch("adapters.discord.budget.APART_S", 0.05),
        patch("adapters.discord.listeners.IN_TIME_S", 12.0),
        patch("bot.wiring.Library.shipped", _library),
    ):
        yield


@cache
def _library() -> Library:
    """Read once: it is the same for every story, and a second of work."""
    return _SHIPPED()


@cache
def _empty_database() -> bytes:
    """With the newest schema, made once for all stories of a run."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        upgrade(f"sqlite+aiosqlite:///{path}")
        return path.read_bytes()
