"""The stage for stories of days, on every platform: a new one joins here and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from stages.stage import Stage
from stages.stage_discord import discord_stage
from stages.stage_room import room_stage
from stages.stage_slack import slack_stage

PLATFORMS: dict[str, Callable[[Path], AbstractAsyncContextManager[Stage]]] = {
    "discord": discord_stage,
    "room": room_stage,
    "slack": slack_stage,
}


@pytest.fixture(params=sorted(PLATFORMS))
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with PLATFORMS[request.param](tmp_path) as stage:
        yield stage
