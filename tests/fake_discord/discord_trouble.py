"""What can go wrong on the way to Discord and back, one shape for each."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Trouble:
    """`done`: the call takes effect all the same, only the caller doesn't hear of it."""

    kind: Literal["rate_limited", "slow", "lost", "unheard", "status", "status_done", "refused"]
    seconds: float = 0
    status: int = 0
    code: int = 0
    everywhere: bool = False

    @property
    def done(self) -> bool:
        return self.kind in {"slow", "lost", "status_done"}


def rate_limited(seconds: float = 0.3, *, everywhere: bool = False) -> Trouble:
    """`everywhere`: Discord says that no call at all may be made until then."""
    return Trouble("rate_limited", seconds=seconds, everywhere=everywhere)


def slow(seconds: float) -> Trouble:
    """The call takes effect at once, the answer comes late."""
    return Trouble("slow", seconds=seconds)


def lost() -> Trouble:
    """The call takes effect; the connection breaks before the answer."""
    return Trouble("lost")


def unheard() -> Trouble:
    """The connection breaks before Discord reads the call."""
    return Trouble("unheard")


def status(code: int = 503) -> Trouble:
    return Trouble("status", status=code)


def status_done(code: int = 502) -> Trouble:
    """The call takes effect, and the proxy in front of Discord says that it failed."""
    return Trouble("status_done", status=code)


def refused(status_: int, code: int) -> Trouble:
    """Discord's own number for a no."""
    return Trouble("refused", status=status_, code=code)


@dataclass
class Troubles:
    """The next calls of a kind meet these, in order. A kind is a method and a path, see discord_paths."""

    waiting: dict[str, deque[Trouble]] = field(default_factory=lambda: defaultdict(deque))

    def add(self, call: str, *troubles: Trouble) -> None:
        self.waiting[call].extend(troubles)

    def next(self, call: str) -> Trouble | None:
        queue = self.waiting[call]
        return queue.popleft() if queue else None
