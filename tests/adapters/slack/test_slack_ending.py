"""The program stops: taps that came in before are answered over the line that they came by, and no late one is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from empty_database import a_memory
from fake_slack.slack_server import FakeSlack
from made_cards import a_card
from slack_bed import SlowInbox, an_adapter

from drills.chat import at_work


@dataclass
class Stopping:
    """A program with a tap at work; `stop` ends it."""

    slack: FakeSlack
    inbox: SlowInbox
    tap: asyncio.Task[object]
    stop: Callable[[], Awaitable[None]]


@asynccontextmanager
async def a_tap_at_work(folder: Path, seconds: float) -> AsyncIterator[Stopping]:
    async with FakeSlack() as slack:
        team = slack.workspace("T0NORTH")
        ada = team.person("Ada", admin=True)
        ward = team.channel("5-west", ada)
        memory, inbox = await a_memory(folder / "bed.db"), SlowInbox()
        inbox.seconds, inbox.answers["say"] = seconds, a_card("What Readback is")
        adapter = an_adapter(slack.settings(team), memory, inbox.receive)
        run = asyncio.create_task(adapter.run())
        await slack.connected(2)

        async def stop() -> None:
            run.cancel()
            await asyncio.wait({run})
            await adapter.close()

        tap: asyncio.Task[object] = asyncio.create_task(slack.says("/drill", "help", ada, ward))
        async with asyncio.timeout(10):
            while not inbox.began:  # noqa: ASYNC110  # a test's patience
                await asyncio.sleep(0.01)
        try:
            yield Stopping(slack, inbox, tap, stop)
        finally:
            tap.cancel()
            await asyncio.wait({tap})
            await stop()
            await memory.close()


async def test_a_tap_that_came_before_the_end_is_answered(tmp_path: Path) -> None:
    async with a_tap_at_work(tmp_path, seconds=0.5) as stopping:
        await stopping.stop()
        await stopping.tap
        assert len(stopping.inbox.came) == 1


async def test_what_takes_too_long_is_given_up_and_nothing_is_sent_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(at_work, "STOPS_WITHIN_S", 0.1)
    async with a_tap_at_work(tmp_path, seconds=60.0) as stopping:
        await stopping.stop()
        calls = len(stopping.slack.calls)
        await asyncio.sleep(0.3)
        assert stopping.inbox.came == []
        assert len(stopping.slack.calls) == calls
        assert "Traceback" not in caplog.text
