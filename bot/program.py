"""Runs everything that one process is asked to do in one task group, and stops it cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from socket import socket

import structlog
import uvicorn
from starlette.applications import Starlette
from typing_extensions import override

from adapters import Adapter
from bot.clock import tick_forever
from bot.worker import Worker
from drills.journeys.tools import Tools
from drills.ports import Jobs

log = structlog.get_logger(__name__)
_GRACE_S = 5


class ProcessRole(StrEnum):
    """What a process does. On SQLite one process does it all; on PostgreSQL each may have its own."""

    WEB = "web"
    WORKER = "worker"
    SLACK = "slack"
    DISCORD = "discord"


@dataclass(frozen=True, slots=True)
class Program:
    """Built by `wiring`, run once."""

    tools: Tools
    jobs: Jobs
    worker: Worker
    adapters: Sequence[Adapter]
    web: Starlette
    host: str
    port: int

    async def run(self, roles: frozenset[ProcessRole], stop: asyncio.Event, ready: asyncio.Event | None = None) -> None:
        """Serve until `stop` is set. Raises what a task raises: a process that can't do its work ends."""
        async with asyncio.TaskGroup() as group:
            server = _Server(self.web, self.host, self.port) if ProcessRole.WEB in roles else None
            held = [group.create_task(adapter.run()) for adapter in self.adapters if adapter.role in roles]
            if ProcessRole.WORKER in roles:
                held += [group.create_task(self.jobs.run(self.worker)), group.create_task(tick_forever(self.tools))]
            serving = group.create_task(server.serve()) if server else None
            if ready is not None:
                if server:
                    await server.up.wait()
                ready.set()
            await stop.wait()
            log.info("program.stopping")
            if server and serving:
                server.should_exit = True
                await serving
            for task in held:
                task.cancel()


class _Server(uvicorn.Server):
    """Uvicorn without its own signal handlers: the program stops everything in order."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                app, host=host, port=port, log_config=None, timeout_graceful_shutdown=_GRACE_S, access_log=False
            )
        )

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    @override
    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


@contextlib.asynccontextmanager
async def stop_on_signals() -> AsyncIterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set; a second signal ends the process the hard way."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _once, loop, number, stop)
    try:
        yield stop
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def _once(loop: asyncio.AbstractEventLoop, number: signal.Signals, stop: asyncio.Event) -> None:
    stop.set()
    loop.remove_signal_handler(number)
