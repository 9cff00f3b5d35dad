"""Holds Discord's gateway: one process at a time, with as many shards as Discord recommends, and never too often.

https://discord.com/developers/docs/events/gateway
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from adapters.discord.budget import PATIENCE_S, Budget
from adapters.discord.clients import Clients
from adapters.discord.events import Events
from adapters.discord.install import READS_MESSAGES
from adapters.discord.shards import CLOSED, RETRY_S, TOO_FEW, Refused, Shard, TooFew
from drills.errors import CannotReach, TryLater
from drills.ports import Clock, Memory

log = logging.getLogger(__name__)

LEASE = "discord-gateway"
LEASE_S, RENEW_S = 15.0, 5.0  # of a process that was killed, nobody hears taps until its lease has run out
POLL_S = 2.0  # between two looks of a process that waits

Connect = Callable[..., Events]


class Gateway:
    """`hold` runs until it is cancelled. `connect` makes discord.py's client for one life of one shard."""

    def __init__(
        self, clients: Clients, memory: Memory, clock: Clock, token: str, connect: Connect, fixed: str = ""
    ) -> None:
        """`fixed`: a stand-in's address, used whatever Discord says."""
        self._clients = clients
        self._memory = memory
        self._clock = clock
        self._token = token
        self._connect = connect
        self._fixed = fixed
        self._holder = uuid4().hex
        self._budget = Budget()
        self._too_few = 0

    async def hold(self) -> None:
        """Raises Refused, which is for an operator to mend."""
        try:
            while True:
                await self._turn()
        finally:
            with suppress(TryLater):  # what can't be given back runs out
                await self._give_back()

    async def _turn(self) -> None:
        """One go: wait for the lease and ask what Discord wants, then listen until the lease is lost."""
        try:
            await self._wait_for_lease()
            shards = await self._shards()
            if await self._leased():  # a Discord that answers slowly may take longer than a lease lasts
                await self._listen(shards)
        except TooFew:
            log.warning("Discord wants more than %d shards: all begin anew", self._too_few)
        except TryLater as later:
            log.warning("no line to Discord: %s", later)
            await self._rest(max(RETRY_S, later.retry_after))
        except CannotReach as unreachable:
            log.warning("no line to Discord: %s", unreachable)
            await self._rest(RETRY_S)

    async def _rest(self, seconds: float) -> None:
        """The lease is kept meanwhile: another process would only run into the same."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(RENEW_S, left))
            with suppress(TryLater):
                if not await self._leased():
                    return

    async def _listen(self, shards: Sequence[Shard]) -> None:
        """Until the lease is lost. Raises Refused and TooFew; one shard that is away is that shard's own affair."""
        tasks = [asyncio.create_task(line) for line in (self._renew(), *(shard.hold() for shard in shards))]
        try:
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        except TooFew:
            self._too_few = len(shards)
            raise
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def _shards(self) -> Sequence[Shard]:
        """Every server belongs to one of them: https://discord.com/developers/docs/events/gateway#sharding-sharding-formula"""
        content = await self._may_read()
        url, count = await self._address()
        refused, self._too_few = self._too_few, 0  # the app may shrink again some day
        if count <= refused:
            raise Refused(CLOSED[TOO_FEW])
        if (wait := self._budget.wait_s()) > PATIENCE_S:
            raise TryLater(f"the next session begins in {wait:.0f} s", retry_after=wait)
        connect = partial(
            self._connect, self._budget.spend, content=content, shards=count, gateway=url, fixed=bool(self._fixed)
        )
        return [Shard(number, connect, self._token, self._budget) for number in range(count)]

    async def _may_read(self) -> bool:
        """Whether the portal lets the app read messages' words; asking without it would end the line with 4014."""
        try:
            application = await self._clients.call("GET", "/oauth2/applications/@me")
        except CannotReach:
            if self._fixed:  # a stand-in need not know this
                return False
            raise
        return bool(int(application.get("flags") or 0) & READS_MESSAGES)

    async def _address(self) -> tuple[str, int]:
        """Discord's own, with what it says of shards and of sessions left."""
        try:
            said: dict[str, Any] = await self._clients.call("GET", "/gateway/bot")
        except CannotReach:
            if self._fixed:  # a stand-in need not know this
                return self._fixed, 1
            raise
        limit, shards = said.get("session_start_limit") or {}, max(1, int(said.get("shards") or 1))
        self._budget.told(
            int(limit.get("remaining", 1_000)),
            int(limit.get("reset_after") or 0) / 1000,
            total=int(limit.get("total") or 1_000),
            buckets=int(limit.get("max_concurrency") or 1),
        )
        return self._fixed or str(said["url"]), shards

    async def _wait_for_lease(self) -> None:
        while True:
            if await self._leased():
                return
            await asyncio.sleep(POLL_S)

    async def _renew(self) -> None:
        """Returns when the lease is lost. Raises TryLater when the database is away for so long that it may be."""
        last = time.monotonic()
        while True:
            await asyncio.sleep(RENEW_S)
            asked = time.monotonic()
            try:
                if not await self._leased():
                    log.warning("another process holds the line to Discord now")
                    return
                last = asked
            except TryLater:
                if time.monotonic() + RENEW_S > last + LEASE_S:
                    raise

    async def _leased(self) -> bool:
        now = self._clock()
        async with self._memory.begin() as work:
            return await work.leases.take(LEASE, self._holder, now, now + timedelta(seconds=LEASE_S))

    async def _give_back(self) -> None:
        async with self._memory.begin() as work:
            await work.leases.free(LEASE, self._holder)
