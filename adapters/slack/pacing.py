"""Our own pace: what Slack lets one workspace, one channel and one method have, kept before Slack has to say so.

Each workspace has its own budget, so one that is busy never slows another. Turns are given in the order in which
they were asked for. Whoever would wait longer than a moment is sent away with a time of their own to come back at.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from drills.errors import TryLater
from drills.people import Workspace

LONGEST_WAIT_S = 2.0
_MOST_BUCKETS = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once after a rest, then one each `every` seconds."""

    every: float
    burst: int


CHANNEL = Rate(every=1.0, burst=3)  # "about one message a second per channel, bursts tolerated"
WORKSPACE = Rate(every=0.2, burst=25)  # posts of all kinds; Slack says "several hundred a minute"
METHODS = {
    "chat.update": Rate(every=1.2, burst=15),  # tier 3: 50 a minute
    "conversations.open": Rate(every=1.2, burst=15),
    "conversations.history": Rate(every=1.2, burst=5),
    "conversations.replies": Rate(every=1.2, burst=5),
    "chat.postEphemeral": Rate(every=0.6, burst=20),  # tier 4: 100 a minute
    "views.publish": Rate(every=0.6, burst=20),
}
_POSTS = {"chat.postMessage", "chat.postEphemeral"}
_IN_A_CHANNEL = {"chat.postMessage"}


class Bucket:
    """Counts one rate. `full_at` is when the turns given so far will all be paid for (the GCRA's arrival time)."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self.full_at = 0.0
        self._sent_away = 0.0

    def free_at(self, now: float) -> float:
        """When the next turn may start."""
        return max(now, self.full_at - (self.rate.burst - 1) * self.rate.every)

    def take(self, start: float) -> None:
        self.full_at = max(self.full_at, start) + self.rate.every

    def come_back_at(self, now: float) -> float:
        """A later turn for each one who is sent away, so that they do not all come back together."""
        self._sent_away = max(self._sent_away, self.free_at(now)) + self.rate.every
        return self._sent_away


class Pace:
    """`now` is a monotonic clock in seconds."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._buckets: dict[tuple[Workspace, str], Bucket] = {}
        self._paused: dict[tuple[Workspace, str], float] = {}

    async def turn(self, workspace: Workspace, method: str, channel: str = "") -> None:
        """Returns when the call may go out. Raises TryLater, at once, where that is more than a moment away."""
        start = self.book(workspace, method, channel)
        while (wait := max(start, self._resumes(workspace, method)) - self._now()) > 0:
            if wait > LONGEST_WAIT_S:  # Slack asked for a pause while we were waiting
                raise TryLater(f"Slack asked us to wait with {method}", retry_after=wait)
            await self._sleep(wait)

    def book(self, workspace: Workspace, method: str, channel: str = "") -> float:
        """The start of a turn, taken from every budget that it falls under. Raises TryLater and takes nothing."""
        now = self._now()
        resumes = self._resumes(workspace, method)
        if resumes - now > LONGEST_WAIT_S:
            raise TryLater(f"Slack asked us to wait with {method}", retry_after=resumes - now)
        buckets = self._of(workspace, method, channel)
        start = max([resumes, now, *(bucket.free_at(now) for bucket in buckets)])
        if start - now > LONGEST_WAIT_S:
            slowest = max(buckets, key=lambda bucket: bucket.free_at(now))
            raise TryLater(f"{method} is busy in {workspace}", retry_after=slowest.come_back_at(now) - now)
        for bucket in buckets:
            bucket.take(start)
        return start

    def pause(self, workspace: Workspace, method: str, seconds: float) -> None:
        """Slack said Retry-After: the method rests in this workspace."""
        key = workspace, method
        self._paused[key] = max(self._paused.get(key, 0.0), self._now() + seconds)

    def _resumes(self, workspace: Workspace, method: str) -> float:
        return self._paused.get((workspace, method), 0.0)

    def _of(self, workspace: Workspace, method: str, channel: str) -> list[Bucket]:
        found = []
        if channel and method in _IN_A_CHANNEL:
            found.append(self._bucket(workspace, f"channel {channel}", CHANNEL))
        if method in METHODS:
            found.append(self._bucket(workspace, method, METHODS[method]))
        if method in _POSTS:
            found.append(self._bucket(workspace, "posts", WORKSPACE))
        return found

    def _bucket(self, workspace: Workspace, name: str, rate: Rate) -> Bucket:
        if len(self._buckets) > _MOST_BUCKETS:
            self._forget_idle()
        return self._buckets.setdefault((workspace, name), Bucket(rate))

    def _forget_idle(self) -> None:
        """One that is paid for is as good as a new one; a pause that is over is none."""
        now = self._now()
        self._buckets = {key: bucket for key, bucket in self._buckets.items() if bucket.full_at > now}
        self._paused = {key: until for key, until in self._paused.items() if until > now}
