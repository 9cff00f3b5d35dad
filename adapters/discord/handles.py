"""An interaction's token: Discord's passing right to answer a tap in private, for a quarter of an hour."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.discord.blocks import Json
from adapters.discord.clients import Clients
from drills.attempt import Handle
from drills.errors import CannotReach


async def answer_with(clients: Clients, handle: Handle, messages: Sequence[Json]) -> bool:
    """False where the token is spent. Raises TryLater when nobody knows whether the first message got there."""
    application, _, token = handle.value.partition(":")
    if not application.isdecimal() or not token:
        return False
    for number, message in enumerate(messages):
        try:
            await clients.follow_up(application, token, message)
        except CannotReach:
            return number > 0
    return True
