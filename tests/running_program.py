"""The whole program in the test's event loop, as `readback demo` runs it: room, worker, clock, real SQLite file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

from bot.clock import utc_now
from bot.demo.seed import seed
from bot.roles import ProcessRole
from bot.settings import load_settings
from bot.wiring import build, fresh_id
from drills.catalog import Library


@asynccontextmanager
async def running_program(folder: Path, **environment: str) -> AsyncIterator[str]:
    """Yields the room's address. `environment` is what an operator would set."""
    url = f"sqlite+aiosqlite:///{folder / 'readback.db'}"
    with patch.dict("os.environ", environment):
        settings = load_settings(database_url=url, port=0, room=True)
    stop, address = asyncio.Event(), asyncio.get_running_loop().create_future()
    async with build(settings) as program:
        await seed(program.tools.memory, Library.shipped(), utc_now(), fresh_id, lambda _done, _total: None)
        roles = frozenset({ProcessRole.WEB, ProcessRole.WORKER})
        running = asyncio.create_task(program.run(roles, stop, ready=address.set_result))
        await asyncio.wait({running, address}, return_when=asyncio.FIRST_COMPLETED)
        try:
            if not running.done():
                yield address.result()
        finally:
            stop.set()
            await running
