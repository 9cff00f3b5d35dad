"""`python -m benchmarks [name …] [--json]`: every figure that README or docs quote, measured here and now."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from rich.console import Console

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]  # the model server and the team that the tests use

from benchmarks import ack, campaigns, discord, judge_agreement, memory, pictures, pipeline, slack, startup  # noqa: E402  # found through the line above
from benchmarks.figure import Figure, table  # noqa: E402

Measure: TypeAlias = Callable[..., Awaitable[list[Figure]]]

MEASURES: Mapping[str, tuple[str, Measure]] = {
    "ack": ("Acknowledging a reply, SQLite", ack.measure),
    "slack": ("Acknowledging in Slack, SQLite", slack.measure),
    "discord": ("Acknowledging in Discord, SQLite", discord.measure),
    "pipeline": ("Judging, SQLite, one process", pipeline.measure),
    "campaigns": ("Campaigns, SQLite, one process", campaigns.measure),
    "pictures": ("Drawing a picture", pictures.measure),
    "startup": ("Starting", startup.measure),
    "memory": ("Resident memory", memory.measure),
}
REPORTS: Mapping[str, Callable[[], None]] = {"judge_agreement": judge_agreement.main}
"""These print a table of their own and have no JSON."""


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("names", nargs="*", metavar="name", help=", ".join([*MEASURES, *REPORTS]) + "; none: all")
    asked.add_argument("--json", action="store_true", dest="as_json", help="plain JSON on standard output")
    asked.add_argument("--tiny", action="store_true", help="sizes that show that it runs, and measure nothing")
    options = asked.parse_args()
    if unknown := set(options.names) - set(MEASURES) - set(REPORTS):
        asked.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join([*MEASURES, *REPORTS])}")
    _run(options.names or [*MEASURES, *REPORTS], as_json=options.as_json, tiny=options.tiny)


def _run(names: Sequence[str], *, as_json: bool, tiny: bool) -> None:
    out, progress = Console(width=None if sys.stdout.isatty() else 140), Console(stderr=True)
    results: dict[str, Any] = {}
    if not as_json:
        out.print(f"[bold]{machine()}[/]")
    for name in names:
        if name in MEASURES:
            title, measure = MEASURES[name]
            with progress.status(f"measuring {name}"), tempfile.TemporaryDirectory(prefix="readback-bench-") as folder:
                figures = asyncio.run(measured(measure, Path(folder), tiny=tiny))
            results[name] = [figure.as_json() for figure in figures]
            if not as_json:
                out.print(table(title, figures))
        elif not as_json:
            REPORTS[name]()
    if as_json:
        print(json.dumps({"machine": machine(), "figures": results}, indent=2))


async def measured(measure: Measure, folder: Path, *, tiny: bool) -> list[Figure]:
    return await measure(folder, tiny=tiny)


def machine() -> str:
    """What the figures were taken on."""
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


if __name__ == "__main__":
    main()
