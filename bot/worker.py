"""The worker: a job's kind leads to its journey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drills.errors import OursToFix
from drills.journeys import deliver, home, judge, push, refresh, review, reviewed
from drills.journeys.tools import Tools
from drills.ports import Chat, Job, Judge, Retry


@dataclass(frozen=True, slots=True)
class Worker:
    """Handles one job at a time for `Jobs.run`; every handler may be called twice for the same job."""

    tools: Tools
    chats: Mapping[str, Chat]
    judge: Judge

    async def __call__(self, job: Job) -> Retry | None:
        """Raises OursToFix for a kind that no journey knows."""
        match job.kind:
            case push.POST:
                return await push.post(self.tools, self.chats, job)
            case judge.JUDGE:
                return await judge.judge(self.tools, self.judge, job)
            case judge.DELIVER:
                return await deliver.deliver(self.tools, self.chats, job)
            case refresh.REFRESH:
                return await refresh.refresh(self.tools, self.chats, job)
            case home.HOME:
                await home.refresh_home(self.tools, self.chats, job)
                return None
            case review.REVIEWED:
                return await reviewed.reviewed(self.tools, self.chats, job)
            case _:
                raise OursToFix(f"no journey for job kind {job.kind!r}")
