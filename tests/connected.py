"""An adapter on its platform's line, for as long as a test lasts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from adapters import Adapter


class FakePlatform(Protocol):
    async def connected(self) -> None:
        """Wait until the app holds a line."""
        ...


@asynccontextmanager
async def running(adapter: Adapter, platform: FakePlatform) -> AsyncIterator[None]:
    """The adapter's own loop, from its first line until it is cancelled and closed."""
    run = asyncio.create_task(adapter.run())
    connected = asyncio.create_task(platform.connected())
    try:
        await asyncio.wait({run, connected}, return_when=asyncio.FIRST_COMPLETED)
        if run.done():
            await run
        await connected
        yield
    finally:
        for task in (connected, run):
            task.cancel()
        await asyncio.wait({run, connected})
        await adapter.close()
