"""Holds Discord's gateway: one process at a time, again after every way of losing it, and never too often.

https://discord.com/developers/docs/events/gateway
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import discord

from adapters.discord.budget import Budget
from adapters.discord.clients import Clients
from adapters.discord.errors import NETWORK, error_of
from adapters.discord.events import Events
from adapters.discord.install import READS_MESSAGES
from drills.errors import CannotReach, OursToFix, TryLater
from drills.ports import Clock, Memory

log = logging.getLogger(__name__)

LEASE = "discord-gateway"
LEASE_S, RENEW_S = 15.0, 5.0  # of a process that was killed, nobody hears taps until its lease has run out
POLL_S = 2.0  # between two looks of a process that waits
_RETRY_S = 5.0
_CLOSED = {  # https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
    4004: "Discord does not know DISCORD_TOKEN (4004). Copy it anew from the developer portal › Bot › Reset Token.",
    4010: "Discord refuses this number of shards (4010). That is a fault in Readback: please report it.",
    4012: "Discord no longer speaks this version of its gateway (4012). Upgrade Readback.",
    4013: "Discord does not know an intent that we ask for (4013). Upgrade Readback.",
    4014: "Discord refuses Message Content (4014): switch it on in the developer portal › Bot › Privileged Gateway "
    "Intents, or off for good and restart Readback: answers in forms work without it.",
}

Connect = Callable[..., Events]


class Refused(OursToFix):
    """Discord will not have us with this configuration; trying again does not help."""


class Gateway:
    """`hold` runs until it is cancelled. `connect` makes discord.py's client for one go."""

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

    async def hold(self) -> None:
        """Raises Refused, which is for an operator to mend."""
        try:
            while True:
                await self._turn()
        finally:
            await self._give_back()

    async def _turn(self) -> None:
        """One go: wait for the lease and for a session, then listen until either is lost."""
        await self._wait_for_lease()
        try:
            await self._listen()
        except TryLater as later:
            log.warning("no line to Discord: %s", later)
            await self._rest(max(_RETRY_S, later.retry_after))
        except CannotReach as unreachable:
            log.warning("no line to Discord: %s", unreachable)
            await self._rest(_RETRY_S)

    async def _rest(self, seconds: float) -> None:
        """The lease is kept meanwhile: another process would only run into the same."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(RENEW_S, left))
            if not await self._leased():
                return

    async def _listen(self) -> None:
        """Until the connection or the lease is lost. Raises TryLater, CannotReach and Refused."""
        async with await self._client() as client:
            listening = asyncio.create_task(client.start(self._token))
            renewing = asyncio.create_task(self._renew())
            try:
                await asyncio.wait({listening, renewing}, return_when=asyncio.FIRST_COMPLETED)
                if listening.done():
                    _raise_ours(listening)
            finally:
                for task in (renewing, listening):
                    task.cancel()
                await asyncio.wait({renewing, listening})

    async def _client(self) -> Events:
        content = await self._may_read()
        url, shards = await self._address()
        wait = self._budget.wait_s()
        if wait > 0:
            raise TryLater(f"the next session begins in {wait:.0f} s", retry_after=wait)
        return self._connect(self._budget.spend, content=content, shards=shards, gateway=url, fixed=bool(self._fixed))

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
        self._budget.told(shards, int(limit.get("remaining", 1_000)), int(limit.get("reset_after") or 0) / 1000)
        return self._fixed or str(said["url"]), shards

    async def _wait_for_lease(self) -> None:
        while True:
            if await self._leased():
                return
            await asyncio.sleep(POLL_S)

    async def _renew(self) -> None:
        """Returns when the lease is lost."""
        while True:
            await asyncio.sleep(RENEW_S)
            if not await self._leased():
                log.warning("another process holds the line to Discord now")
                return

    async def _leased(self) -> bool:
        now = self._clock()
        async with self._memory.begin() as work:
            return await work.leases.take(LEASE, self._holder, now, now + timedelta(seconds=LEASE_S))

    async def _give_back(self) -> None:
        async with self._memory.begin() as work:
            await work.leases.free(LEASE, self._holder)


def _raise_ours(listening: asyncio.Task[None]) -> None:
    """What ended discord.py's loop, as one of ours; nothing where it ended well."""
    error = listening.exception()
    match error:
        case None:
            return
        case discord.PrivilegedIntentsRequired():
            raise Refused(_CLOSED[4014]) from error
        case discord.LoginFailure():
            raise Refused(_CLOSED[4004]) from error
        case discord.ConnectionClosed() if error.code in _CLOSED:
            raise Refused(_CLOSED[error.code]) from error
        case discord.ConnectionClosed():
            raise TryLater(f"Discord closed the line ({error.code})", retry_after=_RETRY_S) from error
        case _ if isinstance(error, NETWORK):
            raise error_of(error, "the line") from error
        case _:
            raise error
