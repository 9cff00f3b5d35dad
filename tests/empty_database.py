"""A SQLite file with the newest schema and no rows, made once for all tests of a run: each gets a copy."""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from drills.people import Team
from storage.memory import SqlMemory, open_memory
from storage.upgrade import upgrade


@cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        upgrade(f"sqlite+aiosqlite:///{path}")
        return path.read_bytes()


def _copied(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_empty_database())


async def an_empty_database(path: Path) -> str:
    """The address of a fresh copy at `path`."""
    await asyncio.to_thread(_copied, path)
    return f"sqlite+aiosqlite:///{path}"


async def a_memory(path: Path, *teams: Team) -> SqlMemory:
    """Open, in a fresh copy at `path`, with these teams in it. Where a file stands already, it is opened as it is."""
    there = await asyncio.to_thread(path.exists)
    memory = await open_memory(f"sqlite+aiosqlite:///{path}" if there else await an_empty_database(path))
    async with memory.begin() as work:
        for team in teams:
            await work.teams.save(team)
    return memory
