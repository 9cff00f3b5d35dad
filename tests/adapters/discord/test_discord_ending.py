"""The program stops: taps that came in before are answered, no late one is, and no line is left open."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from connected import running
from discord.gateway import KeepAliveHandler
from discord_scene import Scene, a_memory, an_adapter, discord_scene
from fake_discord.discord_server import FakeDiscord
from scripted_inbox import ScriptedInbox

from drills.chat import at_work


async def a_tap_is_at_work(scene: Scene) -> asyncio.Task[object]:
    """Ada's command, once our inbox has it and thinks about it."""
    tap: asyncio.Task[object] = asyncio.create_task(scene.discord.says("drill", "help", scene.ada, scene.ward))
    await _until(lambda: scene.inbox.began > 0)
    return tap


async def test_a_tap_that_came_before_the_end_is_answered(tmp_path: Path) -> None:
    async with discord_scene(tmp_path, run=False) as scene:
        scene.inbox.seconds, scene.inbox.answers["say"] = 0.5, None
        async with running(scene.adapter, scene.discord):
            tap = await a_tap_is_at_work(scene)
        await tap
        assert len(scene.inbox.came) == 1


async def test_what_takes_too_long_is_given_up_and_nothing_is_sent_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(at_work, "STOPS_WITHIN_S", 0.1)
    async with discord_scene(tmp_path, run=False) as scene:
        scene.inbox.seconds, scene.discord.patience_s = 60.0, 0.5
        async with running(scene.adapter, scene.discord):
            tap = await a_tap_is_at_work(scene)
        calls = len(scene.discord.calls)
        await asyncio.wait({tap})
        assert tap.exception()  # the person reads "This interaction failed"
        assert len(scene.discord.calls) == calls
        assert scene.inbox.came == []
        assert "crashed" not in caplog.text


async def test_a_line_that_waits_for_its_turn_is_closed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is open, and nobody has told Discord yet who is there."""
    monkeypatch.setattr("adapters.discord.budget.APART_S", 20.0)
    async with FakeDiscord() as discord:
        discord.guild("North")
        memory = await a_memory(tmp_path / "bed.db")
        adapter = an_adapter(discord.settings(), memory, ScriptedInbox().receive)
        async with running(adapter, discord):
            await discord.gateway.closes(4009)  # no session to resume, so the next one has to wait
            await _until(lambda: len(discord.gateway.resumes) == 1)
            await asyncio.sleep(0.3)
            assert len(discord.gateway.lines) == 1
        await _until(lambda: discord.gateway.lines == [])
        await _until(lambda: not any(isinstance(one, KeepAliveHandler) for one in threading.enumerate()))
        await memory.close()


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110  # a test's patience
            await asyncio.sleep(0.01)
