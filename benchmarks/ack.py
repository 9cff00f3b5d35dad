"""How long a person waits for "Reading your reply…": the commit behind it, alone and in a burst."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from fake_anthropic import FakeAnthropic
from faults.scene import MEMBERS, Scene, set_up

from benchmarks.bare_commit import BareCommit, bare_commit
from benchmarks.figure import Figure, percentiles
from benchmarks.replies import open_over_http, open_through, receive, submit, submit_all
from benchmarks.running import running
from bot.clock import utc_now
from bot.wiring import fresh_id
from drills.journeys.inbox import Inbox
from drills.journeys.tools import Tools
from storage.memory import open_memory

_ALONE, _BURST = "bare commit, alone", "bare commit, same burst"


async def measure(folder: Path, *, tiny: bool = False) -> list[Figure]:
    """Through the inbox of this process with nobody judging, then over HTTP with the whole program at work."""
    count = 8 if tiny else 200
    async with bare_commit(folder) as floor:
        return [*await _inbox(folder / "inbox", floor, count), *await _http(folder / "http", floor, count)]


async def _inbox(folder: Path, floor: BareCommit, count: int) -> list[Figure]:
    scene = await _scene(folder, count)
    async with _open_inbox(scene) as inbox:
        ready = await open_through(inbox, scene.pairs[: 2 * count])
        alone = [await receive(inbox, one) for one in ready[:count]]
        burst = await asyncio.gather(*[receive(inbox, one) for one in ready[count:]])
    return [
        *percentiles("inbox, one at a time", alone, await floor.one_by_one(count), _ALONE),
        *percentiles(f"inbox, {count} at once", burst, await floor.burst(count), _BURST),
    ]


async def _http(folder: Path, floor: BareCommit, count: int) -> list[Figure]:
    scene = await _scene(folder, count)
    connections = aiohttp.TCPConnector(limit=0)
    async with (
        FakeAnthropic(latency_s=0.5) as model,
        running(scene.file, model.url) as program,
        aiohttp.ClientSession(connector=connections) as session,
    ):
        forms = await open_over_http(session, program.base, scene.pairs[: 2 * count])
        alone = [await submit(session, program.base, *form) for form in forms[:count]]
        burst = await submit_all(session, program.base, forms[count:], at_once=count)
    return [
        *percentiles("HTTP, one at a time, replies being judged", alone, await floor.one_by_one(count), _ALONE),
        *percentiles(f"HTTP, {count} at once, replies being judged", burst, await floor.burst(count), _BURST),
    ]


async def _scene(folder: Path, count: int) -> Scene:
    await asyncio.to_thread(folder.mkdir)
    return await set_up(folder, pushes=-(-2 * count // MEMBERS))


@asynccontextmanager
async def _open_inbox(scene: Scene) -> AsyncIterator[Inbox]:
    memory = await open_memory(f"sqlite+aiosqlite:///{scene.file}")
    try:
        yield Inbox(Tools(memory, utc_now, fresh_id))
    finally:
        await memory.close()
