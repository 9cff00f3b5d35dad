"""The tick: what time alone brings about – slots come due, windows close, and unfinished rows are picked up again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import structlog

from drills.errors import ReadbackError
from drills.journeys.campaigns import push_due
from drills.journeys.close import close_due
from drills.journeys.hold import settle_holds
from drills.journeys.remind import remind_due
from drills.journeys.tools import Tools

TICK_S = 15.0
log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


async def tick_forever(tools: Tools, every_s: float = TICK_S) -> None:
    """Until cancelled. A tick that fails is logged, and the next one tries again."""
    fresh = True  # a new process may know newer rules of time zones than the one that reckoned the rows
    while True:
        try:
            if fresh:
                await reckon_again(tools)
            fresh = False
            await tick(tools)
        except ReadbackError as trouble:
            log.warning("tick.failed", error=type(trouble).__name__)
        await asyncio.sleep(every_s)


async def tick(tools: Tools) -> None:
    """Close and send what is due, then enqueue every unfinished row: boot scan and sweep are the same thing.

    Every process may do this at any time: rows have unique keys, and each move is compare-and-set.
    """
    now = tools.clock()
    await settle_holds(tools, now)
    await close_due(tools, now)
    await push_due(tools, now)
    await remind_due(tools, now)
    await sweep(tools, now)


async def reckon_again(tools: Tools) -> None:
    async with tools.memory.begin() as work:
        await work.campaigns.reckon_again()


async def sweep(tools: Tools, now: datetime) -> None:
    jobs = await tools.memory.unfinished(now)
    if not jobs:
        return
    async with tools.memory.begin() as work:
        for job in jobs:
            await work.enqueue(job)
