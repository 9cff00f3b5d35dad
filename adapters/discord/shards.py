"""One shard: Discord deals a busy app's servers out over several sessions, and each of them is held for itself.

Each has a client of its own, where discord.py has one for all (AutoShardedClient, 2.7.1): that one rejoins its shards
one after another, takes a new session where an old one could be resumed after a failed try, and goes on naming servers
of a session that is lost. https://discord.com/developers/docs/events/gateway#sharding
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import discord

from adapters.discord.budget import Budget
from adapters.discord.errors import NETWORK, error_of
from adapters.discord.events import Events
from drills.errors import CannotReach, OursToFix, TryLater

log = logging.getLogger(__name__)

RETRY_S = 5.0
LOOK_S, LOST_S = 5.0, 120.0  # how often a line is looked at, and how long discord.py may be without one
TOO_FEW = 4011
CLOSED = {  # https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
    4004: "Discord does not know DISCORD_TOKEN (4004). Copy it anew from the developer portal › Bot › Reset Token.",
    4010: "Discord refuses this number of shards (4010). That is a fault in Readback: please report it.",
    TOO_FEW: "Discord wants the bot's servers dealt out over more shards than it recommends itself (4011). With "
    "READBACK_DISCORD_GATEWAY_URL set, unset it; else start Readback again in a few minutes.",
    4012: "Discord no longer speaks this version of its gateway (4012). Upgrade Readback.",
    4013: "Discord does not know an intent that we ask for (4013). Upgrade Readback.",
    4014: "Discord refuses Message Content (4014): switch it on in the developer portal › Bot › Privileged Gateway "
    "Intents, or off for good and restart Readback: answers in forms work without it.",
}

Connect = Callable[[int], Events]


class Refused(OursToFix):
    """Discord will not have us with this configuration; trying again does not help."""


class TooFew(Exception):
    """The app has grown: Discord wants more shards than this session is one of."""


class Shard:
    """`connect` makes discord.py's client for one life of the shard of that number."""

    def __init__(self, number: int, connect: Connect, token: str, budget: Budget) -> None:
        self._number = number
        self._connect = connect
        self._token = token
        self._budget = budget

    async def hold(self) -> None:
        """Until cancelled. Raises Refused and TooFew, which concern all shards; everything else is tried again."""
        while True:
            await asyncio.sleep(self._budget.wait_s(self._number))  # rather without a line than on an idle one
            try:
                await self._one_life()
                wait = RETRY_S
            except TryLater as later:
                wait = max(RETRY_S, later.retry_after)
                log.warning("no line to Discord (shard %d): %s", self._number, later)
            except CannotReach as unreachable:
                wait = RETRY_S
                log.warning("no line to Discord (shard %d): %s", self._number, unreachable)
            await asyncio.sleep(wait)

    async def _one_life(self) -> None:
        """From logging in until the line is beyond discord.py's help, which resumes by itself what it can."""
        async with self._connect(self._number) as client:
            listening = asyncio.create_task(client.start(self._token))
            try:
                await _until_lost(client, listening)
                await listening
            except discord.PrivilegedIntentsRequired as refused:
                raise Refused(CLOSED[4014]) from refused
            except discord.LoginFailure as refused:
                raise Refused(CLOSED[4004]) from refused
            except discord.ConnectionClosed as closed:
                raise _ours(closed) from closed
            except NETWORK as trouble:
                raise error_of(trouble, "the line") from trouble
            except AttributeError as crashed:  # discord.py 2.7.1 where a client's very first connection fails
                if not isinstance(crashed.__context__, NETWORK):
                    raise
                raise error_of(crashed.__context__, "the line") from crashed
            finally:
                listening.cancel()
                await asyncio.wait({listening})


async def _until_lost(client: Events, listening: asyncio.Task[None]) -> None:
    """Until discord.py gives up, or waits for long: after an outage of an hour it would wait for up to 17 minutes more.

    Raises TryLater.
    """
    without = 0.0
    while not (await asyncio.wait({listening}, timeout=LOOK_S))[0]:
        without = 0.0 if client.has_line() else without + LOOK_S
        if without > LOST_S:
            raise TryLater(f"none for {LOST_S:.0f} s: the next one begins anew", retry_after=RETRY_S)


def _ours(closed: discord.ConnectionClosed) -> Exception:
    if closed.code == TOO_FEW:
        return TooFew()
    if closed.code in CLOSED:
        return Refused(CLOSED[closed.code])
    return TryLater(f"Discord closed the line ({closed.code})", retry_after=RETRY_S)
