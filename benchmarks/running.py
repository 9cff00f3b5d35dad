"""`readback run` as a process of its own, with the room, on a SQLite file: what is measured is what people run."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from child_environment import child_environment, readback

_UP_WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Running:
    base: str
    pid: int
    started_in: float
    """Seconds from the process's birth to the first 200 of /health."""

    @property
    def rss_mb(self) -> float:
        """Resident memory now, in MB (Linux)."""
        return rss_mb(self.pid)

    @property
    def cpu_s(self) -> float:
        """Processor time so far (Linux): unlike time on the clock it hardly depends on what else the machine does."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return sum(map(int, after_name[11:13])) / os.sysconf("SC_CLK_TCK")


def rss_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024


@asynccontextmanager
async def running(file: Path, model: str = "", slots: int = 8, **more: str) -> AsyncIterator[Running]:
    """Without `model` (a model server's address) the embedded judge reads the replies. `more` are further settings."""
    port = free_port()
    settings = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{file}",
        "PORT": str(port),
        "READBACK_ROOM": "true",
        "READBACK_LOG_LEVEL": "warning",
        "READBACK_JUDGE_SLOTS": str(slots),
        **({"ANTHROPIC_API_KEY": "made-up", "ANTHROPIC_BASE_URL": model} if model else {}),
        **more,
    }
    async with started(readback("run"), child_environment(**settings), port) as program:
        yield program


@asynccontextmanager
async def started(command: Sequence[str], environment: Mapping[str, str], port: int) -> AsyncIterator[Running]:
    """A process that answers at /health, until the end."""
    began = time.perf_counter()
    child = await asyncio.create_subprocess_exec(*command, env=environment)
    try:
        base = f"http://127.0.0.1:{port}"
        await _healthy(base)
        yield Running(base, child.pid, time.perf_counter() - began)
    finally:
        if child.returncode is None:
            child.send_signal(signal.SIGTERM)
        await child.wait()


async def _healthy(base: str) -> None:
    async with asyncio.timeout(_UP_WITHIN_S), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{base}/health") as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.01)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
