"""A picture of a board of twelve teams: how long it takes, and how long it keeps the event loop waiting."""

from __future__ import annotations

import asyncio
import io
import time
from pathlib import Path

from PIL import Image

from adapters.pictures import Drawer
from adapters.pictures.drawing import png
from adapters.pictures.palette import SURFACE
from benchmarks.figure import Figure, percentiles
from drills.chat.charts import Cell, Chart, ChartRow, Look

_FLOOR = "an empty picture of that size as PNG"
_TENTHS = (8, 7, 6, 9, 5, 6, 4, 3, 7, 5, 2, 6)


async def measure(_folder: Path, *, tiny: bool = False) -> list[Figure]:
    """Each picture is another one, because the same one is drawn only once."""
    count = 3 if tiny else 60
    size = Image.open(io.BytesIO(png(_board("size")))).size
    floor = [_seconds_of_empty(size) for _ in range(count)]
    spent, pause = await _drawn(count)
    bare_pause = await _longest_pause(asyncio.create_task(asyncio.sleep(0.5)))
    return [
        *percentiles("a picture, one at a time", spent, floor, _FLOOR),
        Figure("the loop's longest pause meanwhile", pause * 1000, "ms", bare_pause * 1000, "with nothing to do"),
        Figure("its size", len(png(_board("size"))) / 1000, "kB"),
    ]


async def _drawn(count: int) -> tuple[list[float], float]:
    hand, spent = Drawer(), []

    async def all_of_them() -> None:
        for number in range(count):
            began = time.perf_counter()
            assert await hand.png(_board(f"Team {number}"))
            spent.append(time.perf_counter() - began)

    pause = await _longest_pause(asyncio.create_task(all_of_them()))
    return spent, pause


async def _longest_pause(work: asyncio.Task[None]) -> float:
    """How late the loop comes back to somebody who asks for a millisecond, at worst."""
    longest = 0.0
    while not work.done():
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        longest = max(longest, time.perf_counter() - began - 0.001)
    await work
    return longest


def _seconds_of_empty(size: tuple[int, int]) -> float:
    began = time.perf_counter()
    Image.new("RGB", size, SURFACE).save(io.BytesIO(), "PNG")
    return time.perf_counter() - began


def _board(first: str) -> Chart:
    rows = (ChartRow(f"{first} {at}", _bar(tenths), f"about {tenths} in 10") for at, tenths in enumerate(_TENTHS))
    return Chart("Participation, in tenths", Look.BAR, tuple(rows), "Bars for 12 teams.")


def _bar(tenths: int) -> tuple[Cell, ...]:
    return (Cell.FULL,) * tenths + (Cell.EMPTY,) * (10 - tenths)
