"""Servers as workspaces that installed the app: written down as they come and go, put right whenever we connect."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from adapters.discord.inbound import PLATFORM
from drills.errors import TryLater
from drills.installation import Installation
from drills.people import Workspace
from drills.ports import Clock, Memory, UnitOfWork

log = logging.getLogger(__name__)
T = TypeVar("T")
WAITS_S = (1.0, 5.0, 15.0, 30.0)  # between tries


@dataclass(frozen=True, slots=True)
class Share:
    """The servers of one shard: https://discord.com/developers/docs/events/gateway#sharding-sharding-formula"""

    number: int = 0
    of: int = 1

    def has(self, server: str) -> bool:
        return (int(server) >> 22) % self.of == self.number


class Guilds:
    """A server has no token of its own, so there is nothing to seal: the row says that the app is there.

    One at a time and in order. Discord says each thing once, so a memory that is away is waited for. Raises TryLater
    where it stays away: the next new session puts everything right.
    """

    def __init__(self, memory: Memory, clock: Clock) -> None:
        self._memory = memory
        self._clock = clock
        self._in_order = asyncio.Lock()

    async def came(self, server: str) -> None:
        """No-op where it is known."""

        async def write(work: UnitOfWork) -> bool:
            if await work.installations.get(_workspace(server)) is not None:
                return False
            await work.installations.save(Installation(_workspace(server), b"", self._clock()))
            return True

        if await self._written(write):
            log.info("the app was added to a server")

    async def went(self, server: str) -> None:
        """Its teams stay, for the day when it comes back; until then nothing reaches them."""
        await self._written(lambda work: work.installations.remove(_workspace(server)))
        log.info("the app was removed from a server")

    async def are(self, servers: Collection[str], share: Share) -> None:
        """What came and went among a shard's own while it did not listen. Nothing is said of any other server."""

        async def write(work: UnitOfWork) -> None:
            known = {one.workspace.id for one in await work.installations.of(PLATFORM) if share.has(one.workspace.id)}
            for gone in known - set(servers):
                await work.installations.remove(_workspace(gone))
            for new in set(servers) - known:
                await work.installations.save(Installation(_workspace(new), b"", self._clock()))

        await self._written(write)

    async def _written(self, write: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        async with self._in_order:
            for wait in WAITS_S:
                with suppress(TryLater):
                    return await self._once(write)
                await asyncio.sleep(wait)
            return await self._once(write)

    async def _once(self, write: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        async with self._memory.begin() as work:
            return await write(work)


def _workspace(server: str) -> Workspace:
    return Workspace(PLATFORM, server)
