"""The floor under every acknowledgement: one INSERT and one durable COMMIT on a SQLite file, with our pragmas."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000")  # storage/engines.py
_WORDS = "x" * 300  # about as long as a reply


class BareCommit:
    """Commits take turns on one connection, as the program's do."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._turn = asyncio.Lock()

    async def once(self) -> float:
        """Seconds until one row is durable, waiting for its turn included."""
        began = time.perf_counter()
        async with self._turn:
            await self._connection.execute("BEGIN IMMEDIATE")
            await self._connection.execute("INSERT INTO floor (words) VALUES (?)", (_WORDS,))
            await self._connection.commit()
        return time.perf_counter() - began

    async def one_by_one(self, count: int) -> list[float]:
        return [await self.once() for _ in range(count)]

    async def burst(self, count: int) -> list[float]:
        return await asyncio.gather(*[self.once() for _ in range(count)])


@asynccontextmanager
async def bare_commit(folder: Path) -> AsyncIterator[BareCommit]:
    """On the same disk as the program's file."""
    async with aiosqlite.connect(folder / "floor.db", isolation_level=None) as connection:
        for pragma in _PRAGMAS:
            await connection.execute(f"PRAGMA {pragma}")
        await connection.execute("CREATE TABLE floor (id INTEGER PRIMARY KEY, words TEXT)")
        yield BareCommit(connection)
