"""How much of the ideal the judge pipeline reaches: slots ÷ latency, with a model server that takes exactly so long."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web
from fake_anthropic import FakeAnthropic
from faults.scene import MEMBERS, set_up
from typing_extensions import override

from benchmarks.figure import Figure
from benchmarks.replies import open_over_http, submit_all
from benchmarks.running import running


@dataclass
class TimedModel(FakeAnthropic):
    """Answers nobody until `opened`, so that every slot is filled when the clock starts."""

    opened: asyncio.Event = field(default_factory=asyncio.Event)

    @override
    async def _messages(self, request: web.Request) -> web.Response:
        await self.opened.wait()
        return await super()._messages(request)


async def measure(folder: Path, *, tiny: bool = False) -> list[Figure]:
    """Replies wait in the database; then the model server begins to answer, and the clock runs until all are told."""
    latency, rounds = (0.05, 2) if tiny else (0.5, 12)
    return [await _throughput(folder, slots, latency, rounds) for slots in ((4,) if tiny else (8, 16, 32))]


async def _throughput(folder: Path, slots: int, latency: float, rounds: int) -> Figure:
    """`rounds` is how often every slot is filled."""
    count, home = slots * rounds, folder / f"slots-{slots}"
    home.mkdir()
    scene = await set_up(home, pushes=-(-count // MEMBERS))
    async with (
        TimedModel(latency_s=latency) as model,
        running(scene.file, model.url, slots) as program,
        aiohttp.ClientSession() as session,
    ):
        forms = await open_over_http(session, program.base, scene.pairs[:count])
        await submit_all(session, program.base, forms, at_once=20)
        began = time.perf_counter()
        model.opened.set()
        await all_told(scene.file, count)
        took = time.perf_counter() - began
    ideal = slots / latency
    return Figure(
        f"{count} replies, {slots} slots, {latency:g} s a call",
        count / took,
        "replies/s",
        ideal,
        "ideal: slots ÷ latency",
    )


async def all_told(file: Path, count: int) -> None:
    """Waits until so many replies have their feedback."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as db:
        while db.execute("SELECT count(*) FROM evaluations WHERE state = 'done'").fetchone()[0] < count:  # noqa: ASYNC110
            await asyncio.sleep(0.02)  # another process's rows, not an event of ours
