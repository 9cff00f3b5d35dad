"""A connection goes to its thread for what can wait, and for nothing else."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from storage.line import BEGIN, SHORT, Line


class Watched(Line):
    """`hops` is what went to the thread."""

    def __init__(self, database: str) -> None:
        super().__init__(database, isolation_level=None)
        self.hops: list[str] = []

    @override
    async def _in_thread(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.hops.append(fn.__name__)
        return await super()._in_thread(fn, *args, **kwargs)

    async def rows(self, sql: str) -> list[Any]:
        async with self.cursor() as cursor:
            await cursor.execute(sql)
            return list(await cursor.fetchall())


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Watched]:
    connection = Watched(str(tmp_path / "a.db"))
    async with connection:
        await connection.execute("PRAGMA journal_mode=WAL")
        await connection.execute("CREATE TABLE replies (id INTEGER PRIMARY KEY, words TEXT)")
        connection.hops.clear()
        yield connection


async def test_a_write_waits_for_its_lock_and_its_commit_only(line: Watched) -> None:
    await line.rows(BEGIN)
    await line.rows("INSERT INTO replies (words) VALUES ('one') RETURNING id")
    assert await line.rows("SELECT words FROM replies") == [("one",)]
    await line.commit()
    assert line.hops == ["execute", "commit"]
    assert not line.in_transaction


async def test_a_look_waits_for_nothing(line: Watched) -> None:
    await line.rows("BEGIN")
    assert await line.rows("SELECT count(*) FROM replies") == [(0,)]
    await line.commit()
    assert line.hops == []


async def test_a_long_query_leaves_the_loop_to_others_and_has_the_same_rows(line: Watched) -> None:
    await line.executemany("INSERT INTO replies VALUES (?, ?)", ((n, f"words {n}") for n in range(1, SHORT + 1)))
    assert line.hops == []
    found = await line.rows("SELECT id FROM replies ORDER BY words || 'x'")
    assert line.hops == ["<lambda>"]
    assert sorted(id_ for (id_,) in found) == list(range(1, SHORT + 1))


async def test_a_query_that_is_wrong_says_so(line: Watched) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await line.rows("SELECT * FROM nowhere")
    assert line.hops == []


async def test_a_file_that_cannot_be_opened_leaves_no_thread_at_work(tmp_path: Path) -> None:
    connection = Line(str(tmp_path / "no such folder" / "a.db"))
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        await connection
    connection._thread.join(0.5)
    assert not connection._thread.is_alive()


def test_a_loop_that_closes_at_once_after_a_file_that_cannot_be_opened_is_not_written_to(tmp_path: Path) -> None:
    threads: list[Line] = []

    async def opened() -> None:
        threads.append(Line(str(tmp_path / "no such folder" / "a.db")))
        await threads[-1]

    for _ in range(50):  # a thread that answers a closed loop raises in itself, which pytest makes this test's error
        with pytest.raises(sqlite3.OperationalError, match="unable to open"):
            asyncio.run(opened())
    for line in threads:
        line._thread.join(5)
        assert not line._thread.is_alive()
