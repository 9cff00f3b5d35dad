"""How often we may begin a session: Discord allows 1,000 a day, and then takes the token away (platforms.md §3).

Each new session of a shard waits longer than the one before, so that a loop of failures never gets near it. Shards of
one bucket take turns. Resuming is free. https://discord.com/developers/docs/events/gateway#session-start-limit-object
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable

from drills.errors import TryLater

APART_S = 5.0  # that Discord wants between two sessions of one bucket
LONGEST_S = 300.0  # that a shard waits for its next one
MEMORY_S = 900.0  # after which an earlier session is forgotten
PATIENCE_S = 30.0  # that a connection may be kept open without a session
RATIONED = 250  # of the day's sessions: the last ones are spread over what is left of it, whoever wants them
RESERVE = 50  # and these are for an operator who mends something
DAY_S = 86_400.0

Sleep = Callable[[float], Awaitable[None]]


class TooManySessions(TryLater):
    """The next session has to wait longer than a connection can."""


class Budget:
    """Counts in seconds of a clock that never jumps. Shards may ask at the same time."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._begun: dict[int, deque[float]] = {}
        self._latest: dict[int, float] = {}
        self._buckets = 1
        self._total = self._remaining = 1_000
        self._resets = 0.0

    def told(self, remaining: int, reset_after_s: float, *, total: int = 1_000, buckets: int = 1) -> None:
        """As Discord answers before a start: so many sessions are left of the day, for all shards together.

        `buckets` is its max_concurrency: so many shards, one of each bucket, may begin within the same five seconds.
        """
        self._total, self._remaining, self._buckets = total, remaining, max(1, buckets)
        self._resets = self._clock() + reset_after_s

    async def spend(self, shard: int = 0) -> None:
        """Before each session: wait for its turn. Raises TooManySessions when that is too long to wait for here."""
        wait = self.wait_s(shard)
        if wait > PATIENCE_S:
            raise TooManySessions(f"the next session with Discord begins in {wait:.0f} s", retry_after=wait)
        turn = self._clock() + wait
        self._latest[shard % self._buckets] = turn  # before the wait, so that the next one queues up behind it
        self._begun.setdefault(shard, deque()).append(turn)
        self._remaining -= 1
        await self._sleep(wait)

    def wait_s(self, shard: int = 0) -> float:
        """Until the shard's next session may begin."""
        now = self._clock()
        return max(0.0, self._of_the_day(now), self._of_the_bucket(shard, now), self._of_its_own(shard, now))

    def _of_the_day(self, now: float) -> float:
        if now >= self._resets:
            self._remaining, self._resets = self._total, now + DAY_S
        left = self._remaining - RESERVE
        if left <= 0:
            return self._resets - now
        if self._remaining > RATIONED or not self._latest:
            return 0.0
        latest = max(self._latest.values())
        return latest + (self._resets - latest) / left - now

    def _of_the_bucket(self, shard: int, now: float) -> float:
        latest = self._latest.get(shard % self._buckets)
        return 0.0 if latest is None else latest + APART_S - now

    def _of_its_own(self, shard: int, now: float) -> float:
        """Ever longer for a shard whose sessions end one after another; the others go on as they are."""
        begun = self._begun.get(shard, deque())
        while begun and now - begun[0] > MEMORY_S:
            begun.popleft()
        if not begun:
            return 0.0
        apart: float = min(LONGEST_S, APART_S * 2.0 ** (len(begun) - 1))
        return begun[-1] + apart * (1 + self._jitter() / 4 if len(begun) > 1 else 1) - now
