"""A connection to SQLite that goes to its thread for what can wait, and for nothing else.

SQLite is a library: a statement is a function call of microseconds, and waking a thread for it costs far more than it
does. What waits is another matter: BEGIN IMMEDIATE for a lock, COMMIT for the disk, a long query for its own end.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Generator, Iterable
from typing import Any

import aiosqlite
from aiosqlite.context import contextmanager
from typing_extensions import override

SHORT = 20_000  # steps of SQLite's machine, about a millisecond: a query that takes more begins again in the thread
BEGIN = "BEGIN IMMEDIATE"


class Line(aiosqlite.Connection):
    """What aiosqlite promises, with the hops to its thread left out where nobody would wait."""

    def __init__(self, database: str, **options: Any) -> None:
        super().__init__(lambda: self._opened(database, options), iter_chunk_size=64)
        self._thread.daemon = True
        self._apart = False
        self._hurries = False
        self._writes = False
        self._stopped: asyncio.Future[Any] | None = None

    @override
    def __await__(self) -> Generator[Any, None, aiosqlite.Connection]:
        """Where the file can't be opened, its thread has ended before anybody is told.

        aiosqlite waits for that thread on its way out of a good connection only: one that is left at work here answers
        a loop that may be closed by then, and an operator would read its traceback below our sentence.
        """
        try:
            return (yield from super().__await__())
        except (Exception, asyncio.CancelledError):
            if self._stopped is not None:
                yield from self._stopped.__await__()
            raise

    @override
    def stop(self) -> asyncio.Future[Any] | None:
        self._stopped = super().stop()
        return self._stopped

    @override
    @contextmanager
    async def cursor(self) -> aiosqlite.Cursor:
        cursor: aiosqlite.Cursor = _Cursor(self, self._conn.cursor())
        return cursor

    @override
    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._apart or self._waits(fn, args):
            return await self._in_thread(fn, *args, **kwargs)
        if self._connection is None:
            raise ValueError("Connection closed")
        return fn(*args, **kwargs)

    def _waits(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        match fn.__qualname__:
            case "Cursor.execute":
                self._writes = self._writes or args[0] == BEGIN
                return bool(args[0].startswith((BEGIN, "PRAGMA")))
            case "Connection.commit":
                return self._writes
            case name:
                return name == "Connection.close"

    async def look(self, rows: Callable[[], list[Any]]) -> list[Any]:
        """The rows of a query. It must be free to run twice."""
        if not self._apart:
            self._hurries = True
            try:
                return rows()
            except sqlite3.OperationalError as stopped:
                if stopped.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                    raise
            finally:
                self._hurries = False
        found: list[Any] = await self._in_thread(rows)
        return found

    async def _in_thread(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Whoever is cancelled here leaves the thread at work: all that follows on this connection queues behind it."""
        self._apart = True
        try:
            result = await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        except Exception:
            self._apart = False
            raise
        self._apart = False
        return result

    def _opened(self, database: str, options: dict[str, Any]) -> sqlite3.Connection:
        connection: sqlite3.Connection = sqlite3.connect(database, **{**options, "check_same_thread": False})
        connection.set_progress_handler(lambda: self._hurries, SHORT)
        return connection


class _Cursor(aiosqlite.Cursor):
    """Asks a query and takes its rows in one go."""

    def __init__(self, line: Line, cursor: sqlite3.Cursor) -> None:
        super().__init__(line, cursor)
        self._line = line
        self._rows: list[Any] | None = None

    @override
    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> aiosqlite.Cursor:
        given: Any = () if parameters is None else parameters
        if not sql.startswith("SELECT"):
            self._rows = None
            return await super().execute(sql, given)
        self._rows = await self._line.look(lambda: self._cursor.execute(sql, given).fetchall())
        return self

    @override
    async def fetchall(self) -> Iterable[Any]:
        return await super().fetchall() if self._rows is None else self._rows
