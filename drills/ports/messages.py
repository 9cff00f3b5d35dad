"""What the local room's channels hold, because no platform keeps it for us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from drills.chat.cards import Card
from drills.people import MessageRef, PersonRef, Place
from drills.ports.chat import Once


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the local room, which has no platform to keep it. `to` is None for the whole channel.

    `seq` grows with every post and every revision in the workspace, so that a browser can ask "what is new?".
    """

    ref: MessageRef
    to: str | None
    card: Card
    posted_at: datetime
    seq: int


class Messages(Protocol):
    """What the local room's channels hold."""

    async def put(self, place: Place, to: str | None, card: Card, once: Once, at: datetime) -> MessageRef: ...
    async def revise(self, message: MessageRef, card: Card) -> None: ...
    async def seen_by(self, person: PersonRef, place: Place, *, after: int = 0) -> Sequence[Message]:
        """Channel messages and those told to this person alone, with seq > after, in order of posting."""
        ...

    async def erase(self, person: PersonRef) -> None:
        """What was told to this person alone. What a whole channel sees stays."""
        ...
