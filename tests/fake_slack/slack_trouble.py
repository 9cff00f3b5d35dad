"""What can go wrong on the way to Slack and back, one shape for each."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Trouble:
    """`done`: the call takes effect all the same, only the caller doesn't hear of it."""

    kind: Literal["rate_limited", "slow", "lost", "unheard", "status", "refused"]
    seconds: float = 0
    status: int = 0
    error: str = ""

    @property
    def done(self) -> bool:
        return self.kind in {"slow", "lost"}


def rate_limited(seconds: float = 1) -> Trouble:
    return Trouble("rate_limited", seconds=seconds)


def slow(seconds: float) -> Trouble:
    """The call takes effect at once, the answer comes late."""
    return Trouble("slow", seconds=seconds)


def lost() -> Trouble:
    """The call takes effect; the connection breaks before the answer."""
    return Trouble("lost")


def unheard() -> Trouble:
    """The connection breaks before Slack reads the call."""
    return Trouble("unheard")


def status(code: int = 503) -> Trouble:
    return Trouble("status", status=code)


def refused(error: str) -> Trouble:
    return Trouble("refused", error=error)


@dataclass
class Troubles:
    """The next calls of a method meet these, in order."""

    waiting: dict[str, deque[Trouble]] = field(default_factory=lambda: defaultdict(deque))

    def add(self, method: str, *troubles: Trouble) -> None:
        self.waiting[method].extend(troubles)

    async def met(self, method: str, *, within: float = 30.0) -> None:
        """Wait until the calls have run into all that was waiting for them."""
        async with asyncio.timeout(within):
            while self.waiting[method]:  # noqa: ASYNC110  # a test's patience
                await asyncio.sleep(0.02)

    def next(self, method: str) -> Trouble | None:
        queue = self.waiting[method]
        return queue.popleft() if queue else None
