"""The memory, opened: what wiring asks for, and the one place where the URL chooses the engines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from drills.errors import OursToFix
from drills.ports import Job, Jobs
from storage.database import Database
from storage.drill_versions import Shelf
from storage.jobs_local import LocalJobs
from storage.leases import leases
from storage.outages import MemoryBusy, first_line, passes
from storage.unfinished import jobs_for_rows
from storage.unit_of_work import SqlUnitOfWork


async def open_memory(url: str, *, slots: int = 8, lock: bool = True) -> SqlMemory:
    """The schema must be up to date (`storage.upgrade.upgrade`). `slots` is how many jobs run at once.

    On SQLite `lock` claims the file for this process. Raises BadDatabaseUrl, MissingDriver or FileInUse, and
    MemoryBusy when the database can't be reached.
    """
    memory = SqlMemory(Database.open(url, lock=lock), _jobs_for(url, slots))
    try:
        await memory.connect()
    except BaseException:
        await memory.close()
        raise
    return memory


def _jobs_for(_url: str, slots: int) -> Jobs:
    """LocalJobs for both databases. On PostgreSQL with several processes, Procrastinate takes its place here: it
    defers on `work.connection`, the caller's own (a later issue; docs/decisions/0002)."""
    return LocalJobs(slots=slots)


class SqlMemory:
    """Implements `drills.ports.Memory`. `begin` and `read` raise MemoryBusy when it is worth trying again."""

    def __init__(self, database: Database, jobs: Jobs) -> None:
        self.jobs = jobs
        self._database = database
        self._shelf = Shelf()
        self._writing: set[asyncio.Task[object] | None] = set()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[SqlUnitOfWork]:
        """Raises OursToFix when this task has a transaction open: on SQLite it would wait for itself."""
        with self._one_for_each_task():
            async with _transaction(self._database.writer, self.jobs, self._shelf) as work:
                yield work
        work.committed()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlUnitOfWork]:
        """Sees what was committed before it began. Writing in it is an error of the database's."""
        async with _transaction(self._database.reader, None, self._shelf) as work:
            yield work

    async def unfinished(self, now: datetime) -> Sequence[Job]:
        async with self.read() as work:
            return await jobs_for_rows(work.connection, now)

    async def connect(self) -> None:
        """Raises MemoryBusy when the database can't be reached.

        On SQLite also ends every lease: under the file's lock there is nobody else who could hold one.
        Also makes the one writer connection before anybody queues for it: the pool never wakes those that wait for a
        connection whose making was cancelled.
        """
        async with self.begin() as work:
            await work.connection.execute(sa.delete(leases) if self._database.lock else sa.select(1))

    async def close(self) -> None:
        """No transaction may be open any more."""
        await self._database.close()

    @contextmanager
    def _one_for_each_task(self) -> Iterator[None]:
        task = asyncio.current_task()
        if task in self._writing:
            raise OursToFix("a transaction was begun inside another one of the same task")
        self._writing.add(task)
        try:
            yield
        finally:
            self._writing.discard(task)


@asynccontextmanager
async def _transaction(engine: AsyncEngine, jobs: Jobs | None, shelf: Shelf) -> AsyncIterator[SqlUnitOfWork]:
    try:
        async with engine.begin() as connection:
            yield SqlUnitOfWork(connection, jobs, shelf)
    except sa.exc.SQLAlchemyError as error:
        if passes(error):
            raise MemoryBusy(f"the database is busy or gone: {first_line(error)}") from error
        raise
