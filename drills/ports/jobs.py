"""The engine that runs jobs: in this process, or a queue on PostgreSQL."""

from __future__ import annotations

from typing import Protocol

from drills.ports.job import Handler, Job
from drills.ports.memory import UnitOfWork


class Jobs(Protocol):
    """Runs handler(job) at least once, soon after the enqueueing transaction commits."""

    async def enqueue(self, work: UnitOfWork, job: Job) -> None:
        """In the caller's transaction: rolled back with it, visible with it."""
        ...

    async def run(self, handler: Handler) -> None:
        """Serve until cancelled; running handlers are given time to finish. Raises nothing for a Retry."""
        ...
