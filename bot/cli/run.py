"""`readback run`: the program, until it is stopped."""

from __future__ import annotations

import asyncio
import gc
from typing import Annotated

import structlog
import typer

from adapters import platforms
from bot.logs import configure_logs
from bot.program import stop_on_signals
from bot.roles import ProcessRole, roles_for
from bot.settings import Settings, load_settings
from bot.wiring import build

log = structlog.get_logger(__name__)


def run(
    roles: Annotated[
        list[ProcessRole] | None, typer.Argument(help="web, worker, slack, discord. None: all that are configured.")
    ] = None,
) -> None:
    """Run Readback until SIGINT or SIGTERM.

    On SQLite one process does everything. On PostgreSQL each role may be a process of its own, as in the Procfile.

    Example: DATABASE_URL=postgresql+psycopg://… readback run worker
    """
    settings = load_settings()
    configure_logs(settings.log_level, settings.log_format)
    asyncio.run(_serve(settings, roles_for(roles or [], settings, platforms())))


async def _serve(settings: Settings, roles: frozenset[ProcessRole]) -> None:
    async with stop_on_signals() as stop, build(settings) as program:
        gc.collect()
        gc.freeze()  # what was built stays: a full collection over all of it can hold a tap's answer for 0.3 s
        log.info("program.starting", roles=sorted(roles), judge=program.worker.judge.name)
        await program.run(roles, stop, ready=lambda url: log.info("web.ready", url=url))
