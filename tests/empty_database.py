"""A SQLite file with the newest schema and no rows, made once for all tests of a run: each gets a copy."""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.memory import SqlMemory, open_memory
from storage.upgrade import upgrade


@cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        upgrade(f"sqlite+aiosqlite:///{path}")
        return path.read_bytes()


async def an_empty_database(path: Path) -> str:
    """The address of a fresh copy at `path`."""
    await asyncio.to_thread(lambda: path.write_bytes(_empty_database()))
    return f"sqlite+aiosqlite:///{path}"


async def a_memory(path: Path) -> SqlMemory:
    """Open, in a fresh copy at `path`."""
    return await open_memory(await an_empty_database(path))
