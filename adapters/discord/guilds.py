"""Servers as workspaces that installed the app: written down as they come and go, put right whenever we connect."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass

from adapters.discord.inbound import PLATFORM
from drills.installation import Installation
from drills.people import Workspace
from drills.ports import Clock, Memory

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Share:
    """The servers of one shard: https://discord.com/developers/docs/events/gateway#sharding-sharding-formula"""

    number: int = 0
    of: int = 1

    def has(self, server: str) -> bool:
        return (int(server) >> 22) % self.of == self.number


class Guilds:
    """A server has no token of its own, so there is nothing to seal: the row says that the app is there."""

    def __init__(self, memory: Memory, clock: Clock) -> None:
        self._memory = memory
        self._clock = clock

    async def came(self, server: str) -> None:
        """No-op where it is known."""
        async with self._memory.begin() as work:
            if await work.installations.get(_workspace(server)) is None:
                await work.installations.save(Installation(_workspace(server), b"", self._clock()))
                log.info("the app was added to a server")

    async def went(self, server: str) -> None:
        """Its teams stay, for the day when it comes back; until then nothing reaches them."""
        async with self._memory.begin() as work:
            await work.installations.remove(_workspace(server))
        log.info("the app was removed from a server")

    async def are(self, servers: Collection[str], share: Share) -> None:
        """What came and went among a shard's own while it did not listen. Nothing is said of any other server."""
        async with self._memory.begin() as work:
            known = {one.workspace.id for one in await work.installations.of(PLATFORM) if share.has(one.workspace.id)}
            for gone in known - set(servers):
                await work.installations.remove(_workspace(gone))
            for new in set(servers) - known:
                await work.installations.save(Installation(_workspace(new), b"", self._clock()))


def _workspace(server: str) -> Workspace:
    return Workspace(PLATFORM, server)
