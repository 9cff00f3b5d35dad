"""The room's way out. Messages are rows, because no platform keeps them for us."""

from __future__ import annotations

from adapters.web.room.errors import outgoing
from adapters.web.room.live import Nudge
from drills.attempt import Handle
from drills.chat.cards import Card, Limits
from drills.errors import CannotReach
from drills.people import MessageRef, PersonRef, Place, Workspace
from drills.ports import Clock, Memory, Once, Way

PLATFORM = "room"
ROOM = Workspace(PLATFORM, "demo")
"""There is one room on a machine, so it has one name."""


class RoomChat:
    """Implements `drills.ports.Chat` on `Messages`. Open pages of this process are nudged at once."""

    platform = PLATFORM
    limits = Limits(message=40_000, field_text=20_000, home=False, threads=False)

    def __init__(self, memory: Memory, clock: Clock, nudge: Nudge) -> None:
        self._memory = memory
        self._clock = clock
        self._nudge = nudge

    async def post(self, place: Place, card: Card, once: Once) -> MessageRef:
        return await self._put(place, None, card, once)

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
        """Shown inline in the person's own view of the channel, and in nobody else's."""
        await self._put(near, person, card, once)
        return Way.ROOM

    async def revise(self, message: MessageRef, card: Card) -> None:
        async with outgoing(), self._memory.begin() as work:
            await work.messages.revise(message, card)
        self._nudge.ring()

    async def home(self, person: PersonRef, card: Card) -> bool:
        """The room has one page for everybody, so there is nothing to refresh."""
        return False

    async def _put(self, place: Place, to: PersonRef | None, card: Card, once: Once) -> MessageRef:
        async with outgoing(), self._memory.begin() as work:
            team = await work.teams.at(place)
            if team is None:
                raise CannotReach(f"no team of the room has channel {place.channel!r}")
            if to is not None and await work.members.get(to, team.id) is None:
                raise CannotReach(f"{to.user!r} is not in team {team.id!r}")
            message = await work.messages.put(place, to.user if to else None, card, once, self._clock())
        self._nudge.ring()
        return message
