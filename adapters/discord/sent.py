"""What was sent under which key: from memory where this process sent it, else by looking into the channel.

docs/decisions/0008-unknown-outcome-on-discord.md
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from typing_extensions import override

from adapters.discord.clients import Clients
from drills.errors import CannotReach
from drills.people import MessageRef, Place
from drills.ports.sent import SentKeys

_NEWEST = "100"  # messages that Discord lists at most
_NONCE = 24  # of 25 characters


def nonce(key: str) -> str:
    """Under it Discord takes a message once, for a few minutes."""
    return hashlib.sha256(key.encode()).hexdigest()[:_NONCE]


def mark(key: str) -> int:
    """Stands in a message as its container's id, unseen, and comes back with the channel's history for ever."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") >> 2 | 1 << 29


class Sent(SentKeys):
    """Looks by the ids of components, which are ours to choose: https://discord.com/developers/docs/components/reference"""

    def __init__(self, clients: Clients) -> None:
        super().__init__()
        self._clients = clients

    @override
    async def look(self, place: Place, key: str) -> MessageRef | None:
        try:
            found = await self._clients.call(
                "GET", "/channels/{channel_id}/messages", params={"limit": _NEWEST}, channel_id=where(place)
            )
        except CannotReach:  # the post itself tells what is wrong
            return None
        me, wanted = await self._clients.me(), mark(key)
        ours = (one for one in found if str((one.get("author") or {}).get("id")) == me)
        return next((MessageRef(place, str(one["id"])) for one in ours if wanted in _marks(one)), None)


def where(place: Place) -> str:
    """A thread is a channel of its own to Discord."""
    return place.thread or place.channel


def _marks(message: Mapping[str, Any]) -> Iterator[int]:
    return (int(one.get("id") or 0) for one in message.get("components") or ())
