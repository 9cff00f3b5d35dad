"""`readback run` as its own process against a fake Discord, told nothing but what an operator sets."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from child_environment import child_environment, readback
from fake_discord.discord_server import FakeDiscord
from slack_child import STARTS_WITHIN_S, Child


@asynccontextmanager
async def discord_child(discord: FakeDiscord, folder: Path, **settings: str) -> AsyncIterator[Child]:
    """`readback run discord`, with the folder's database."""
    environment = child_environment(
        **{
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'readback.db'}",
            "PORT": "0",
            "READBACK_JUDGE": "embedded",
            "DISCORD_TOKEN": discord.token,
            "READBACK_DISCORD_API_BASE": discord.api_base,
            "READBACK_DISCORD_GATEWAY_URL": discord.gateway_url,
            **settings,
        }
    )
    process = await asyncio.create_subprocess_exec(
        *readback("run", "discord"), env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    started = Child(process)
    listening = asyncio.create_task(started.listens())
    try:
        yield started
    finally:
        await started.stops(signal.SIGKILL)
        await listening


__all__ = ["STARTS_WITHIN_S", "Child", "discord_child"]
