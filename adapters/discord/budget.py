"""How often we may begin a session: Discord allows 1,000 a day, and then takes the token away (platforms.md §3).

Each new session waits longer than the one before, so that a loop of failures never gets near it. Resuming is free.
https://discord.com/developers/docs/events/gateway#session-start-limit-object
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable

from drills.errors import TryLater

APART_S = 5.0  # that Discord wants between two sessions
LONGEST_S = 300.0  # 288 a day at worst
MEMORY_S = 900.0  # after which an earlier session is forgotten
PATIENCE_S = 30.0  # that a connection may be kept open without a session
RESERVE = 50  # of the day's sessions, for an operator who mends something

Sleep = Callable[[float], Awaitable[None]]


class TooManySessions(TryLater):
    """The next session has to wait longer than a connection can."""


class Budget:
    """Counts in seconds of a clock that never jumps."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._begun: deque[float] = deque()
        self._shards = 1
        self._remaining = 1_000
        self._resets = 0.0

    def told(self, shards: int, remaining: int, reset_after_s: float) -> None:
        """As Discord answers before a start: how many sessions belong to one, and how many are left of the day."""
        self._shards, self._remaining = max(1, shards), remaining
        self._resets = self._clock() + reset_after_s

    async def spend(self) -> None:
        """Before each session: wait for its turn. Raises TooManySessions when that is too long to wait for here."""
        wait = self.wait_s()
        if wait > PATIENCE_S:
            raise TooManySessions(f"the next session with Discord begins in {wait:.0f} s", retry_after=wait)
        await self._sleep(wait)
        self._begun.append(self._clock())
        self._remaining -= 1

    def wait_s(self) -> float:
        """Until the next session may begin."""
        now = self._clock()
        while self._begun and now - self._begun[0] > MEMORY_S:
            self._begun.popleft()
        if self._remaining <= RESERVE and self._resets > now:
            return self._resets - now
        starts = len(self._begun) // self._shards
        if not self._begun:
            return 0.0
        apart: float = min(LONGEST_S, APART_S * 2.0 ** max(0, starts - 1))
        return max(0.0, self._begun[-1] + apart * (1 + self._jitter() / 4 if starts > 1 else 1) - now)
