"""The worker: a job's kind leads to its journey."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from drills.errors import OursToFix
from drills.journeys import deliver, home, judge, push, reflect, refresh, remind, review, reviewed
from drills.journeys.tools import Tools
from drills.ports import Chat, Job, Judge, Retry

_Sends: TypeAlias = Callable[[Tools, Mapping[str, Chat], Job], Awaitable[Retry | None]]

_SENDING: Mapping[str, _Sends] = {
    push.POST: push.post,
    judge.DELIVER: deliver.deliver,
    refresh.REFRESH: refresh.refresh,
    remind.REMIND: remind.remind,
    reflect.REFLECT: reflect.reflect,
    review.REVIEWED: reviewed.reviewed,
}


@dataclass(frozen=True, slots=True)
class Worker:
    """Handles one job at a time for `Jobs.run`; every handler may be called twice for the same job."""

    tools: Tools
    chats: Mapping[str, Chat]
    judge: Judge

    async def __call__(self, job: Job) -> Retry | None:
        """Raises OursToFix for a kind that no journey knows."""
        if job.kind == judge.JUDGE:
            return await judge.judge(self.tools, self.judge, job)
        if job.kind == home.HOME:
            await home.refresh_home(self.tools, self.chats, job)
            return None
        if job.kind not in _SENDING:
            raise OursToFix(f"no journey for job kind {job.kind!r}")
        return await _SENDING[job.kind](self.tools, self.chats, job)
