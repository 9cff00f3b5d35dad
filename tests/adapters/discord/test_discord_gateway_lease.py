"""One process holds the line to Discord: for as long as the database says so, which may itself be away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from connected import running
from discord_drill import a_drill
from discord_line import quickly, still_answers, until
from discord_scene import Scene, an_adapter, discord_scene, now
from empty_database import a_memory
from fake_discord.discord_paths import GATEWAY
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_trouble import slow
from scripted_inbox import ScriptedInbox

from adapters.discord import gateway
from storage.outages import MemoryBusy


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)


@pytest.fixture
async def bed(tmp_path: Path) -> AsyncIterator[Scene]:
    async with discord_scene(tmp_path) as made:
        made.discord.patience_s = 15.0  # of a busy machine; its own line is what is tried here
        yield made


async def test_the_line_is_given_back_at_the_end(tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        discord.guild("North")
        memory = await a_memory(tmp_path / "bed.db")
        for number in (1, 2):  # the second would wait half a minute for a lease that was kept
            adapter = an_adapter(discord.settings(), memory, ScriptedInbox().receive)
            async with running(adapter, discord):
                assert len(discord.gateway.identifies) == number
            await until(lambda: not discord.gateway.held)
        await memory.close()


async def test_the_line_of_a_killed_process_is_free_at_once_on_one_file_and_soon_everywhere(tmp_path: Path) -> None:
    assert gateway.LEASE_S + gateway.POLL_S < 20
    assert gateway.RENEW_S * 2 < gateway.LEASE_S
    async with FakeDiscord() as discord:
        discord.guild("North")
        memory = await a_memory(tmp_path / "bed.db")
        async with memory.begin() as work:  # as a process that was killed leaves it
            assert await work.leases.take(gateway.LEASE, "killed", now(), now() + timedelta(hours=1))
        await memory.close()
        memory = await a_memory(tmp_path / "bed.db")
        async with running(an_adapter(discord.settings(), memory, ScriptedInbox().receive), discord):
            assert len(discord.gateway.identifies) == 1
        await memory.close()


async def test_a_database_that_is_away_for_a_moment_ends_no_line(bed: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    message = await a_drill(bed)
    with monkeypatch.context() as meanwhile:
        asked = _without_database(bed, meanwhile)
        await until(lambda: len(asked) > 2)
    await still_answers(bed, message)
    assert (len(bed.discord.gateway.identifies), len(bed.discord.gateway.held)) == (1, 1)


async def test_a_line_that_may_be_anothers_by_now_is_closed_and_held_again_once_the_database_is_back(
    bed: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await a_drill(bed)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(gateway, "LEASE_S", 0.3)
        asked = _without_database(bed, meanwhile)
        await until(lambda: not bed.discord.gateway.held)
        seen = len(asked)
        await until(lambda: len(asked) > seen + 2)  # and goes on asking
    await bed.discord.connected()
    await still_answers(bed, message)


async def test_a_lease_that_ran_out_while_discord_was_asked_begins_no_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "LEASE_S", 0.2)
    async with discord_scene(tmp_path, run=False) as scene:
        scene.discord.trouble(GATEWAY, slow(0.6))
        run = asyncio.create_task(scene.adapter.run())
        await until(lambda: bool(scene.discord.calls_of(GATEWAY)))
        await asyncio.sleep(0.3)
        async with scene.memory.begin() as work:
            assert await work.leases.take(gateway.LEASE, "another", now(), now() + timedelta(seconds=1))
        await asyncio.sleep(0.6)
        assert scene.discord.gateway.identifies == []
        monkeypatch.setattr(gateway, "LEASE_S", 15.0)
        await scene.discord.connected()  # once it is free again
        run.cancel()
        await asyncio.wait({run})


async def test_what_cannot_be_given_back_hides_no_reason_for_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with discord_scene(tmp_path, run=False) as scene:
        run = asyncio.create_task(scene.adapter.run())
        await scene.discord.connected()
        _without_database(scene, monkeypatch)
        run.cancel()
        await asyncio.wait({run})
        assert run.cancelled()


def _without_database(bed: Scene, monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Whoever begins a transaction is told so; returns one entry for each."""
    asked: list[None] = []

    @asynccontextmanager
    async def begin() -> AsyncIterator[None]:
        asked.append(None)
        raise MemoryBusy("the database is busy or gone", retry_after=0.1)
        yield

    monkeypatch.setattr(bed.memory, "begin", begin)
    return asked
