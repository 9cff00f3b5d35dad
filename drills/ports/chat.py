"""The way out to a platform, and the way in as the platforms see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

from drills.attempt import Handle
from drills.chat.cards import Card, Limits
from drills.chat.inbound import Answer, Inbound
from drills.people import MessageRef, PersonRef, Place


@dataclass(frozen=True, slots=True)
class Once:
    """An outgoing message's idempotency key. `again`: an earlier try may have got through, so look first."""

    key: str
    again: bool = False


class Way(StrEnum):
    """How a private message reached its reader."""

    ROOM = "room"
    EPHEMERAL = "ephemeral"
    DIRECT = "direct"
    BUTTON = "button"
    HOME = "home"


class Chat(Protocol):
    """One platform's way out. Every method raises TryLater, CannotReach or OursToFix and nothing else."""

    platform: str
    limits: Limits

    async def post(self, place: Place, card: Card, once: Once) -> MessageRef:
        """Put a card where a whole channel sees it. The same key posts once."""
        ...

    async def tell(
        self,
        person: PersonRef,
        near: Place,
        card: Card,
        once: Once,
        handle: Handle | None = None,
        *,
        keep: bool = False,
    ) -> Way:
        """Show a card to one person only, by the best way that is open. The same key tells once.

        `keep` asks for a way that stays (a direct message) where a platform's passing one vanishes on a reload.
        """
        ...

    async def revise(self, message: MessageRef, card: Card) -> None:
        """Change a posted card in place. It keeps its place; repeating is harmless."""
        ...

    async def home(self, person: PersonRef, card: Card) -> bool:
        """Refresh the person's own page. False where the platform has none."""
        ...


Receive: TypeAlias = Callable[[Inbound], Awaitable[Answer]]
"""The inbox, as adapters see it: one call, a durable commit behind it, an answer to render at once."""
