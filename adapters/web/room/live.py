"""What is new, as it happens: a stream of messages for one seat, woken by a nudge or by the clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

from adapters.web.room.seat import Seat
from drills.ports import Memory, Message

POLL_S = 1.0  # another process's posts ring no bell here; this is how late they may be seen


class Nudge:
    """Rung by whoever posts, heard by every open stream of this process; `close` ends the streams."""

    def __init__(self) -> None:
        self._next = asyncio.Event()
        self.closed = False

    @property
    def next(self) -> asyncio.Event:
        """Set at the next ring. Take it before looking, or a ring in between goes unheard."""
        return self._next

    def ring(self) -> None:
        self._next.set()
        self._next = asyncio.Event()

    def close(self) -> None:
        """Call before the server stops, which otherwise waits for open pages."""
        self.closed = True
        self.ring()


async def seen_from(memory: Memory, seat: Seat, after: int = 0) -> Sequence[Message]:
    """What this seat may see, in order of posting."""
    async with memory.read() as work:
        return await work.messages.seen_by(seat.person, seat.place, after=after)


async def news(memory: Memory, seat: Seat, nudge: Nudge, after: int) -> AsyncIterator[Message]:
    """New and revised messages, oldest change first, until the nudge is closed."""
    while not nudge.closed:
        coming = nudge.next
        for message in sorted(await seen_from(memory, seat, after), key=lambda m: m.seq):
            after = message.seq
            yield message
        with suppress(TimeoutError):
            await asyncio.wait_for(coming.wait(), POLL_S)
