"""What whoever implements `Chat` keeps in mind of its sending: which keys got through as what."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import OrderedDict
from typing import TypeAlias

from drills.people import MessageRef, PersonRef, Place
from drills.ports.chat import Once

_KEPT = 5_000

To: TypeAlias = Place | PersonRef


class SentKeys(ABC):
    """The newest keys of this process: which got through as what, and which surely did not."""

    def __init__(self) -> None:
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
        return await self.look(place, once.key)

    @abstractmethod
    async def look(self, place: Place, key: str) -> MessageRef | None:
        """Into the channel or thread itself, as far as the platform lets us."""

    def _keep(self, key: tuple[To, str], message: MessageRef | None) -> None:
        self._done[key] = message
        self._done.move_to_end(key)
        if len(self._done) > _KEPT:
            self._done.popitem(last=False)
