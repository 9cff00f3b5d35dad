"""The tick: what time alone brings about – windows close, and rows that nobody works on are picked up again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import structlog

from drills.errors import ReadbackError
from drills.journeys.refresh import close_due
from drills.journeys.tools import Tools

TICK_S = 15.0
log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


async def tick_forever(tools: Tools, every_s: float = TICK_S) -> None:
    """Until cancelled. A tick that fails is logged, and the next one tries again."""
    while True:
        try:
            await tick(tools)
        except ReadbackError as trouble:
            log.warning("tick.failed", error=type(trouble).__name__)
        await asyncio.sleep(every_s)


async def tick(tools: Tools) -> None:
    """Close what is due, then enqueue every unfinished row: the boot scan and the sweep are the same thing."""
    now = tools.clock()
    await close_due(tools, now)
    await sweep(tools, now)


async def sweep(tools: Tools, now: datetime) -> None:
    jobs = await tools.memory.unfinished(now)
    if not jobs:
        return
    async with tools.memory.begin() as work:
        for job in jobs:
            await work.enqueue(job)
