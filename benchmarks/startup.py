"""From the command to the first answer of /health, and what of it is spent importing."""

from __future__ import annotations

import asyncio
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path
from statistics import median

from child_environment import child_environment

from benchmarks.figure import Figure
from benchmarks.running import running

_FLOOR = "python -c pass"
_PROGRAM = "import bot.cli.run"
_TOP = 8


async def measure(folder: Path, *, tiny: bool = False) -> list[Figure]:
    """Medians; the first start of each file also makes its schema."""
    runs = 1 if tiny else 3
    floor = median([await _python("pass") for _ in range(runs)])
    fresh = median([await _up(folder / f"{run}.db") for run in range(runs)])
    again = median([await _up(folder / "0.db") for _ in range(runs)])
    imports = median([await _python(_PROGRAM) for _ in range(runs)])
    return [
        Figure("readback run to /health, new database", fresh, "s", floor, _FLOOR),
        Figure("readback run to /health, known database", again, "s", floor, _FLOOR),
        Figure("of it: importing everything", imports, "s", floor, _FLOOR),
        *await _heaviest(),
    ]


async def _up(file: Path) -> float:
    async with running(file) as program:
        return program.started_in


async def _python(statement: str) -> float:
    began = time.perf_counter()
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", statement, env=child_environment())
    assert await child.wait() == 0
    return time.perf_counter() - began


async def _heaviest() -> list[Figure]:
    """Packages by the time their own modules take to import, in milliseconds, from -X importtime."""
    asked = [sys.executable, "-X", "importtime", "-c", _PROGRAM]
    child = await asyncio.create_subprocess_exec(*asked, env=child_environment(), stdout=DEVNULL, stderr=PIPE)
    _, told = await child.communicate()
    spent: dict[str, int] = {}
    for line in told.decode().splitlines():
        own, _, name = line.removeprefix("import time:").split("|") if line.count("|") == 2 else ("", "", "")
        if own.strip().isdigit():
            package = name.strip().partition(".")[0]
            spent[package] = spent.get(package, 0) + int(own)
    top = sorted(spent.items(), key=lambda item: -item[1])[:_TOP]
    return [Figure(f"importing {package}, its own modules", us / 1000, "ms") for package, us in top]
