"""A line to Discord that is taken up again quickly, as long as a story about lines lasts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from discord_scene import Scene

from adapters.discord import gateway


def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the seconds that we wait between two tries, and Discord wants between two sessions."""
    monkeypatch.setattr("adapters.discord.budget.APART_S", 0.05)
    monkeypatch.setattr(gateway, "RETRY_S", 0.05)
    monkeypatch.setattr("adapters.discord.shards.RETRY_S", 0.05)
    monkeypatch.setattr("adapters.discord.errors.RETRY_S", 0.05)
    monkeypatch.setattr(gateway, "RENEW_S", 0.1)
    monkeypatch.setattr(gateway, "POLL_S", 0.1)


async def still_answers(bed: Scene, message: str) -> None:
    """The drill's button there opens its form."""
    await bed.discord.clicks(bed.ben, message, "Answer")
    assert bed.discord.modal(bed.ben)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110  # a test's patience
            await asyncio.sleep(0.02)
