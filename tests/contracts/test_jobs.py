"""What every jobs engine promises: what is enqueued with a commit runs, at least once and soon after it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from contracts.remembered import ROOM, WARD
from structlog.testing import capture_logs

from drills.errors import OursToFix, TryLater
from drills.ports import Handler, Job, Jobs, Memory, Retry
from storage.jobs_local import MAX_FAILURES, LocalJobs
from storage.memory import SqlMemory

JUDGE, DELIVER = Job("judge", ROOM, "a1"), Job("deliver", ROOM, "a1")
SECRET = "Mrs. Voss fell and nobody came"


@dataclass
class Desk:
    """A handler that notes what it is given; `answers` says what the nth call returns or raises."""

    answers: list[Retry | Exception | None] = field(default_factory=list)
    seen: list[Job] = field(default_factory=list)
    calls: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def __call__(self, job: Job) -> Retry | None:
        answer = self.answers[len(self.seen)] if len(self.seen) < len(self.answers) else None
        async with self.calls:
            self.seen.append(job)
            self.calls.notify_all()
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def has_seen(self, count: int, within: float = 5.0) -> list[Job]:
        async with asyncio.timeout(within), self.calls:
            await self.calls.wait_for(lambda: len(self.seen) >= count)
        return self.seen


@asynccontextmanager
async def serving(jobs: Jobs, handler: Handler) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(jobs.run(handler))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def enqueue(memory: Memory, *jobs: Job) -> None:
    async with memory.begin() as work:
        for job in jobs:
            await work.enqueue(job)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110  # the numbers of a test's handler, not an event
            await asyncio.sleep(0.005)


class TestJobs:
    async def test_a_job_runs_when_its_transaction_is_committed_and_not_before(self, memory: SqlMemory) -> None:
        desk = Desk()
        async with serving(memory.jobs, desk):
            async with memory.begin() as work:
                await work.teams.save(WARD)
                await work.enqueue(JUDGE)
                await asyncio.sleep(0.05)
                assert desk.seen == []
            assert await desk.has_seen(1) == [JUDGE]

    async def test_a_transaction_that_is_rolled_back_enqueues_nothing(self, memory: SqlMemory) -> None:
        async def fail() -> None:
            async with memory.begin() as work:
                await work.enqueue(JUDGE)
                raise ZeroDivisionError

        desk = Desk()
        async with serving(memory.jobs, desk):
            with pytest.raises(ZeroDivisionError):
                await fail()
            await enqueue(memory, DELIVER)
            await desk.has_seen(1)
            await asyncio.sleep(0.05)
        assert desk.seen == [DELIVER]

    async def test_what_was_enqueued_before_anybody_served_runs(self, memory: SqlMemory) -> None:
        desk = Desk()
        await enqueue(memory, JUDGE, DELIVER)
        async with serving(memory.jobs, desk):
            assert set(await desk.has_seen(2)) == {JUDGE, DELIVER}

    async def test_a_handler_may_ask_to_be_called_again(self, memory: SqlMemory) -> None:
        desk = Desk([Retry(0.05), TryLater(retry_after=0.05), None])
        async with serving(memory.jobs, desk):
            await enqueue(memory, JUDGE)
            assert await desk.has_seen(3) == [JUDGE] * 3
            await asyncio.sleep(0.15)
        assert len(desk.seen) == 3

    async def test_a_handler_that_fails_stops_nobody_else(self, memory: SqlMemory) -> None:
        desk = Desk([ZeroDivisionError("first"), None])
        with capture_logs():
            async with serving(memory.jobs, desk) as server:
                await enqueue(memory, JUDGE, DELIVER)
                assert DELIVER in await desk.has_seen(2)
                assert not server.done()

    async def test_a_transaction_that_only_looks_enqueues_nothing(self, memory: SqlMemory) -> None:
        with pytest.raises(OursToFix):
            async with memory.read() as work:
                await work.enqueue(JUDGE)


class TestLocalJobs:
    """The engine of a single process, beyond the port."""

    async def test_a_job_that_waits_is_not_queued_twice(self, sqlite_memory: SqlMemory) -> None:
        desk = Desk()
        for _ in range(3):
            await enqueue(sqlite_memory, JUDGE)
        async with serving(sqlite_memory.jobs, desk):
            await desk.has_seen(1)
            await asyncio.sleep(0.05)
        assert desk.seen == [JUDGE]

    async def test_a_job_enqueued_while_it_runs_runs_once_more_and_not_beside_itself(
        self, sqlite_memory: SqlMemory
    ) -> None:
        running, most, go_on, calls = 0, 0, asyncio.Event(), 0

        async def handler(_job: Job) -> None:
            nonlocal running, most, calls
            running, calls = running + 1, calls + 1
            most = max(most, running)
            await go_on.wait()
            running -= 1

        async with serving(sqlite_memory.jobs, handler):
            await enqueue(sqlite_memory, JUDGE)
            await until(lambda: running == 1)
            await enqueue(sqlite_memory, JUDGE)
            await enqueue(sqlite_memory, JUDGE)
            go_on.set()
            await until(lambda: calls == 2 and running == 0)
            await asyncio.sleep(0.05)
        assert (calls, most) == (2, 1)

    async def test_no_more_jobs_run_at_once_than_there_are_slots(self, sqlite_memory: SqlMemory) -> None:
        jobs, running, most, done = LocalJobs(slots=3), 0, 0, 0

        async def handler(_job: Job) -> None:
            nonlocal running, most, done
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running, done = running - 1, done + 1

        async with sqlite_memory.begin() as work:
            for n in range(12):
                await jobs.enqueue(work, Job("judge", ROOM, str(n)))
        async with serving(jobs, handler):
            await until(lambda: done == 12)
        assert most == 3

    async def test_a_pause_that_a_job_asked_for_holds_when_the_sweep_brings_it_back(
        self, sqlite_memory: SqlMemory
    ) -> None:
        desk = Desk([Retry(0.3)])
        async with serving(sqlite_memory.jobs, desk):
            await enqueue(sqlite_memory, JUDGE)
            await desk.has_seen(1)
            for _ in range(3):
                await asyncio.sleep(0.05)
                await enqueue(sqlite_memory, JUDGE)
            assert len(desk.seen) == 1
            await desk.has_seen(2)
            await asyncio.sleep(0.1)
        assert len(desk.seen) == 2

    async def test_a_pause_holds_for_a_job_that_was_enqueued_again_while_it_ran(self, sqlite_memory: SqlMemory) -> None:
        began, go_on, calls = asyncio.Event(), asyncio.Event(), 0

        async def handler(_job: Job) -> Retry | None:
            nonlocal calls
            calls += 1
            began.set()
            await go_on.wait()
            return Retry(0.2) if calls == 1 else None

        async with serving(sqlite_memory.jobs, handler):
            await enqueue(sqlite_memory, JUDGE)
            await began.wait()
            await enqueue(sqlite_memory, JUDGE)
            go_on.set()
            await asyncio.sleep(0.1)
            assert calls == 1
            await until(lambda: calls == 2)
            await asyncio.sleep(0.05)
        assert calls == 2

    async def test_a_running_handler_may_finish_when_the_program_stops(self, sqlite_memory: SqlMemory) -> None:
        finished = asyncio.Event()

        async def handler(_job: Job) -> None:
            started.set()
            await asyncio.sleep(0.1)
            finished.set()

        started = asyncio.Event()
        async with serving(sqlite_memory.jobs, handler):
            await enqueue(sqlite_memory, JUDGE)
            await started.wait()
        assert finished.is_set()

    async def test_a_handler_that_outstays_its_grace_is_cut_off(self, sqlite_memory: SqlMemory) -> None:
        jobs, started, cut = LocalJobs(grace_s=0.05), asyncio.Event(), asyncio.Event()

        async def handler(_job: Job) -> None:
            started.set()
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                cut.set()
                raise

        async with sqlite_memory.begin() as work:
            await jobs.enqueue(work, JUDGE)
        async with serving(jobs, handler):
            await started.wait()
        assert cut.is_set()

    async def test_a_job_that_always_fails_is_given_up_and_its_words_are_in_no_log(
        self, sqlite_memory: SqlMemory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("storage.jobs_local._LONGEST_WAIT_S", 0.001)
        desk = Desk([ValueError(SECRET)] * (MAX_FAILURES + 3))
        with capture_logs() as logs:
            async with serving(sqlite_memory.jobs, desk):
                await enqueue(sqlite_memory, JUDGE)
                await desk.has_seen(MAX_FAILURES)
                await asyncio.sleep(0.1)
        assert len(desk.seen) == MAX_FAILURES
        assert [line["event"] for line in logs][-1] == "job given up until the next sweep"
        assert SECRET not in repr(logs)
        first = logs[0]
        assert (first["job"], first["key"], first["workspace"], first["error"]) == (
            "judge",
            "a1",
            "local:demo",
            ["ValueError"],
        )
        assert any("test_jobs.py" in frame for frame in first["where"])
