"""A server adds the app, or takes it away, while our own database is away: Discord does not say it again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from discord_scene import a_memory, now

from adapters.discord import guilds as module
from adapters.discord.guilds import Guilds, Share
from drills.ports import Memory
from storage.memory import SqlMemory
from storage.outages import MemoryBusy


@pytest.fixture
async def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SqlMemory]:
    monkeypatch.setattr(module, "WAITS_S", (0.05,) * 10)
    made = await a_memory(tmp_path / "guilds.db")
    yield made
    await made.close()


async def test_what_came_and_went_meanwhile_is_written_in_its_order(
    memory: SqlMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    guilds = Guilds(memory, now)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(memory, "begin", _away)
        told = (guilds.are({"1", "2"}, Share()), guilds.came("3"), guilds.went("3"), guilds.came("4"))
        waiting = [asyncio.create_task(one) for one in told]
        await asyncio.sleep(0.12)
    await asyncio.gather(*waiting)
    assert await _known(memory) == {"1", "2", "4"}


async def test_one_that_stays_away_is_said_to_be(memory: SqlMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(memory, "begin", _away)
        with pytest.raises(MemoryBusy):
            await Guilds(memory, now).came("1")
    assert await _known(memory) == set()


@asynccontextmanager
async def _away() -> AsyncIterator[None]:
    raise MemoryBusy("the database is busy or gone")
    yield


async def _known(memory: Memory) -> set[str]:
    async with memory.read() as work:
        return {one.workspace.id for one in await work.installations.of("discord")}
