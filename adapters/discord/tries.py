"""Once more where Discord is busy, for an answer that somebody waits for and that nothing else would bring."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from drills.errors import TryLater

TRIES, LONGEST_S = 3, 30.0
T = TypeVar("T")


async def tried(act: Callable[[bool], Awaitable[T]]) -> T:
    """What `act` returns. It is told whether an earlier try may have got through. Raises what the last try raised."""
    for number in range(TRIES - 1):
        try:
            return await act(number > 0)
        except TryLater as later:
            if later.retry_after > LONGEST_S:
                raise
            await asyncio.sleep(later.retry_after)
    return await act(True)
