"""What was sent under which key: from memory where this process sent it, else by looking into the channel.

docs/decisions/0008-unknown-outcome-on-discord.md
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from adapters.discord.clients import Clients
from drills.errors import CannotReach
from drills.people import MessageRef, PersonRef, Place
from drills.ports import Once

_NEWEST = "100"  # messages that Discord lists at most
_KEPT = 5_000
_NONCE = 24  # of 25 characters

To: TypeAlias = Place | PersonRef


def nonce(key: str) -> str:
    """Under it Discord takes a message once, for a few minutes."""
    return hashlib.sha256(key.encode()).hexdigest()[:_NONCE]


def mark(key: str) -> int:
    """Stands in a message as its container's id, unseen, and comes back with the channel's history for ever."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") >> 2 | 1 << 29


class Sent:
    """The newest keys of this process: which got through as what, and which surely did not."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._done: OrderedDict[tuple[To, str], MessageRef | None] = OrderedDict()

    def note(self, to: To, once: Once, message: MessageRef) -> None:
        self._keep((to, once.key), message)

    def note_failed(self, to: To, once: Once) -> None:
        """It surely did not get through, so the next try need not look."""
        self._keep((to, once.key), None)

    def note_unknown(self, to: To, once: Once) -> None:
        self._done.pop((to, once.key), None)

    def remembered(self, to: To, once: Once) -> MessageRef | None:
        return self._done.get((to, once.key))

    async def find(self, place: Place, once: Once) -> MessageRef | None:
        """What an earlier try put into the channel or thread. None where there is nothing, or nothing can be seen."""
        known = self._done.get((place, once.key))
        if known or not once.again or (place, once.key) in self._done:
            return known
        try:
            found = await self._clients.call(
                "GET", "/channels/{channel_id}/messages", params={"limit": _NEWEST}, channel_id=where(place)
            )
        except CannotReach:  # the post itself tells what is wrong
            return None
        me, wanted = await self._clients.me(), mark(once.key)
        ours = (one for one in found if str((one.get("author") or {}).get("id")) == me)
        return next((MessageRef(place, str(one["id"])) for one in ours if wanted in _marks(one)), None)

    def _keep(self, key: tuple[To, str], message: MessageRef | None) -> None:
        self._done[key] = message
        self._done.move_to_end(key)
        if len(self._done) > _KEPT:
            self._done.popitem(last=False)


def where(place: Place) -> str:
    """A thread is a channel of its own to Discord."""
    return place.thread or place.channel


def _marks(message: Mapping[str, Any]) -> Iterator[int]:
    return (int(one.get("id") or 0) for one in message.get("components") or ())
