"""`readback run` as its own process against a fake Slack, told nothing but what an operator sets."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from child_environment import child_environment, readback
from fake_slack.slack_server import FakeSlack

STARTS_WITHIN_S = 60  # on a busy machine


@dataclass
class Child:
    """`printed` is all that it wrote so far."""

    process: asyncio.subprocess.Process
    printed: list[str] = field(default_factory=list)

    async def listens(self) -> None:
        """Keep reading what it prints."""
        assert self.process.stdout
        async for line in self.process.stdout:
            self.printed.append(line.decode())

    async def address(self) -> str:
        """Where its pages are, once it says so."""
        async with asyncio.timeout(STARTS_WITHIN_S):
            while not (ready := [line for line in self.printed if "web.ready" in line]):  # noqa: ASYNC110  # a pipe
                await asyncio.sleep(0.02)
        return str(json.loads(ready[0])["url"])

    async def stops(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Returns its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(how)
        return await asyncio.wait_for(self.process.wait(), STARTS_WITHIN_S)


@asynccontextmanager
async def child(slack: FakeSlack, folder: Path, role: str, **settings: str) -> AsyncIterator[Child]:
    environment = child_environment(
        DATABASE_URL=f"sqlite+aiosqlite:///{folder / 'readback.db'}",
        PORT="0",
        READBACK_JUDGE="embedded",
        READBACK_SLACK_API_BASE=slack.api_base,
        **settings,
    )
    process = await asyncio.create_subprocess_exec(
        *readback("run", role), env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    started = Child(process)
    listening = asyncio.create_task(started.listens())
    try:
        yield started
    finally:
        await started.stops(signal.SIGKILL)
        await listening
