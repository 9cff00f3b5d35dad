"""Runs everything that one process is asked to do in one task group, and stops it cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import structlog
import uvicorn
from starlette.applications import Starlette
from typing_extensions import override

from adapters import Adapter
from bot.clock import tick_forever
from bot.roles import ProcessRole
from bot.worker import Worker
from drills.errors import OursToFix
from drills.journeys.tools import Tools
from drills.ports import Jobs

log = structlog.get_logger(__name__)
_GRACE_S = 5
_PORT_TROUBLE = {errno.EADDRINUSE, errno.EACCES}
Ready: TypeAlias = Callable[[str], None]


class PortTaken(OursToFix):
    """The address to listen on is in use, or not ours to use."""


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

    async def run(self, roles: frozenset[ProcessRole], stop: asyncio.Event, ready: Ready = lambda _: None) -> None:
        """Serve until `stop` is set; `ready` is told the page's address once it answers.

        Raises PortTaken, or in a group what a task raised: a process that can't do its work ends, in the same order.
        """
        failed: list[Exception] = []
        sockets = [_bind(self.host, self.port)] if ProcessRole.WEB in roles else []
        async with asyncio.TaskGroup() as group:
            server = _Server(self.web, _GRACE_S) if sockets else None
            lines = [adapter.run() for adapter in self.adapters if adapter.role in roles]
            connected = [group.create_task(_or_stop(line, stop, failed)) for line in lines]
            # Every process works the jobs that it enqueues: LocalJobs hears of its own commits only.
            held = [group.create_task(_or_stop(self.jobs.run(self.worker), stop, failed))]
            if ProcessRole.WORKER in roles:
                held.append(group.create_task(_or_stop(tick_forever(self.tools), stop, failed)))
            serving = group.create_task(server.serve(sockets)) if server else None
            if server:
                await server.up.wait()
                ready(_address(sockets[0]))
            await stop.wait()
            log.info("program.stopping")
            for task in connected:  # first, so that open pages end their streams before the server waits for them
                task.cancel()
            if server and serving:
                server.should_exit = True
                await serving
            for task in held:
                task.cancel()
        if failed:
            raise ExceptionGroup("the program can't go on", failed)


async def _or_stop(work: Coroutine[object, object, None], stop: asyncio.Event, failed: list[Exception]) -> None:
    """Do the work; where it fails, everything else ends in its order and not in the middle of an answer."""
    try:
        await work
    except Exception as error:  # noqa: BLE001  # raised by `run` once all has ended
        failed.append(error)
        stop.set()


class _Server(uvicorn.Server):
    """Uvicorn without its own signal handlers: the program stops everything in order."""

    def __init__(self, app: Starlette, grace_s: int) -> None:
        super().__init__(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=grace_s))
        self.up = asyncio.Event()

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, because asyncio turns Nagle's delay (40 ms an answer) off only for sockets that say they are TCP.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as taken:
        listening.close()
        helps = (
            "another --port (or PORT)"
            if taken.errno in _PORT_TROUBLE
            else "an address of this machine as READBACK_HOST"
        )
        raise PortTaken(f"cannot listen on {host}:{port}: {taken.strerror}; {helps} helps") from taken
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


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
