"""The jobs engine of a single process: an asyncio queue. Rows are the truth; this only says which to look at."""

from __future__ import annotations

import asyncio
from functools import partial

from drills.errors import TryLater
from drills.ports import Handler, Job, Retry, UnitOfWork
from storage.job_log import log_failure, log_given_up
from storage.unit_of_work import SqlUnitOfWork

MAX_FAILURES = 6  # in a row; after that the sweep brings the job back, since its row is still unfinished
_LONGEST_WAIT_S = 60.0


class LocalJobs:
    """Implements `drills.ports.Jobs`. Up to `slots` jobs run at once, and never the same job twice at once.

    On cancellation, running handlers get `grace_s` seconds. What is queued then is found again by the boot scan.
    """

    def __init__(self, *, slots: int = 8, grace_s: float = 20.0) -> None:
        self._slots = slots
        self._grace_s = grace_s
        self._queue: asyncio.Queue[Job] = asyncio.Queue()
        self._queued: set[Job] = set()
        self._running: set[Job] = set()
        self._once_more: set[Job] = set()
        self._waiting: set[Job] = set()
        self._failures: dict[Job, int] = {}

    async def enqueue(self, work: UnitOfWork, job: Job) -> None:
        if not isinstance(work, SqlUnitOfWork):
            raise TypeError(f"LocalJobs hears of a commit from SqlUnitOfWork only, not from {type(work).__name__}")
        work.after_commit(partial(self._put, job))

    async def run(self, handler: Handler) -> None:
        free = asyncio.Semaphore(self._slots)
        running: set[asyncio.Task[None]] = set()
        try:
            while True:
                await free.acquire()
                job = await self._queue.get()
                task = asyncio.create_task(self._serve(job, handler, free), name=f"{job.kind} {job.key}")
                running.add(task)
                task.add_done_callback(running.discard)
        finally:
            await self._finish(running)

    def _put(self, job: Job) -> None:
        """A job that runs just now runs once more afterwards: its row may have moved since it was read.

        One that asked for a pause keeps it: Retry-After holds for the sweep as well, and the row is read afterwards.
        """
        if job in self._waiting:
            return
        if job in self._running:
            self._once_more.add(job)
        elif job not in self._queued:
            self._queued.add(job)
            self._queue.put_nowait(job)

    async def _serve(self, job: Job, handler: Handler, free: asyncio.Semaphore) -> None:
        self._queued.discard(job)
        self._running.add(job)
        wait: float | None = None
        try:
            wait = await self._attempt(job, handler)
        finally:
            self._running.discard(job)
            free.release()
            self._go_on(job, wait)

    async def _attempt(self, job: Job, handler: Handler) -> float | None:
        """Seconds until the next try; None when the job is done, or given up."""
        try:
            asked = await handler(job)
        except TryLater as later:
            return later.retry_after
        except Exception as error:  # noqa: BLE001  # the edge: one bad job must not stop the others
            return self._after_failure(job, error)
        self._failures.pop(job, None)
        return asked.after if isinstance(asked, Retry) else None

    def _after_failure(self, job: Job, error: Exception) -> float | None:
        failures = self._failures[job] = self._failures.get(job, 0) + 1
        log_failure(job, error, failures)
        if failures < MAX_FAILURES:
            return float(min(2.0**failures, _LONGEST_WAIT_S))
        log_given_up(job, failures)
        del self._failures[job]
        return None

    def _go_on(self, job: Job, wait: float | None) -> None:
        once_more = job in self._once_more
        self._once_more.discard(job)
        if wait is not None:
            self._waiting.add(job)
            asyncio.get_running_loop().call_later(wait, self._wake, job)
        elif once_more:
            self._put(job)

    def _wake(self, job: Job) -> None:
        self._waiting.discard(job)
        self._put(job)

    async def _finish(self, running: set[asyncio.Task[None]]) -> None:
        tasks = list(running)
        try:
            if tasks:
                await asyncio.wait(tasks, timeout=self._grace_s)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
