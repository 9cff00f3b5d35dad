"""First answers to taps that are still on their way: Discord knows of no later answer before it has the first.

A worker may have feedback ready within a tenth of a second. Sent that early it would be refused and end as a direct
message, or, after "one moment", be written over by what the tap itself is answered with.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

MOST = 5_000  # taps of the last quarter of an hour, after which nobody asks about one any more
WAIT_S = 10.0  # for a first answer that does not come to its end; the later one then takes its chance


class FirstAnswers:
    """By the token of the tap. Knows those of this process only."""

    def __init__(self) -> None:
        self._given: OrderedDict[str, asyncio.Event] = OrderedDict()

    @contextmanager
    def coming(self, token: str) -> Iterator[None]:
        """Around all that a tap is answered with at once."""
        given = self._given[token] = asyncio.Event()
        if len(self._given) > MOST:
            self._given.popitem(last=False)
        try:
            yield
        finally:
            given.set()

    async def given(self, token: str) -> bool:
        """Waits for it. False where another process gives it, so that nothing is known of it here."""
        event = self._given.get(token)
        if event is None:
            return False
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), WAIT_S)
        return True
