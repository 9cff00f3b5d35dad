"""Resident memory of the whole program: just started, and after many replies were judged and told."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import aiohttp
from child_environment import child_environment
from fake_anthropic import FakeAnthropic
from faults.scene import MEMBERS, set_up

from benchmarks.figure import Figure
from benchmarks.pipeline import all_told
from benchmarks.replies import open_over_http, submit_all
from benchmarks.running import rss_mb, running

_FLOOR = "Python that imported asyncio"
_REST_S = 2.0


async def measure(folder: Path, *, tiny: bool = False) -> list[Figure]:
    """The same process twice over: what it holds after the second half of the replies says whether it grows."""
    half = 10 if tiny else 1000
    scene = await set_up(folder, pushes=-(-2 * half // MEMBERS))
    floor = await _bare_python()
    async with (
        FakeAnthropic() as model,
        running(scene.file, model.url) as program,
        aiohttp.ClientSession() as session,
    ):
        figures = [Figure("idle, just started", program.rss_mb, "MB", floor, _FLOOR)]
        for done in (half, 2 * half):
            forms = await open_over_http(session, program.base, scene.pairs[done - half : done])
            await submit_all(session, program.base, forms, at_once=8)
            await all_told(scene.file, done)
            await asyncio.sleep(0 if tiny else _REST_S)
            figures.append(Figure(f"after {done} replies", program.rss_mb, "MB", floor, _FLOOR))
    return figures


async def _bare_python() -> float:
    """An interpreter that has imported asyncio and waits."""
    statement = "import asyncio, sys; print('up', flush=True); sys.stdin.read()"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", statement, env=child_environment(), stdin=PIPE, stdout=PIPE
    )
    assert child.stdout
    await child.stdout.readline()
    resident = rss_mb(child.pid)
    await child.communicate(b"")
    return resident
