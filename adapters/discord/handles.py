"""An interaction's token: Discord's passing right to answer a tap in private, for a quarter of an hour."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from adapters.discord.blocks import Json
from adapters.discord.clients import Clients
from adapters.discord.errors import NOT_YET, code_of
from drills.attempt import Handle
from drills.errors import CannotReach

TRIES, APART_S = 6, 0.5  # as long as a first answer may take that another process gives


def token_of(handle: Handle) -> str:
    return handle.value.partition(":")[2]


async def answer_with(clients: Clients, handle: Handle, messages: Sequence[Json]) -> bool:
    """After the first answer. False where the token is spent.

    Raises TryLater when nobody knows whether a message got there; who tries again begins with the first.
    """
    application, _, token = handle.value.partition(":")
    if not application.isdecimal() or not token:
        return False
    tries = 1 if await clients.firsts.given(token) else TRIES
    for number, message in enumerate(messages):
        try:
            await _follow_up(clients, application, token, message, tries)
        except CannotReach:
            return number > 0
        tries = 1
    return True


async def _follow_up(clients: Clients, application: str, token: str, message: Json, tries: int) -> None:
    for left in reversed(range(tries)):
        try:
            return await clients.follow_up(application, token, message)
        except CannotReach as unknown:
            if not left or code_of(unknown.__cause__) != NOT_YET:
                raise
        await asyncio.sleep(APART_S)
    return None
