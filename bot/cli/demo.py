"""`readback demo`: a care team's channel in the browser, with no key and no account."""

from __future__ import annotations

import asyncio
import webbrowser
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.clock import utc_now
from bot.demo.seed import seed
from bot.logs import configure_logs
from bot.program import Program, stop_on_signals
from bot.roles import ProcessRole
from bot.settings import BadSettings, Settings, is_loopback, load_settings
from bot.wiring import build, fresh_id
from drills.catalog import Library

console = Console(stderr=True)


def demo(
    host: Annotated[
        str, typer.Option(help="Where to listen; loopback only, because the room has no sign-in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 picks a free one.")] = 8765,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
    data: Annotated[Path, typer.Option(help="Where the demo keeps its data. Delete it to start afresh.")] = Path(
        ".readback/demo"
    ),
) -> None:
    """Open the demo room: made-up teams with eight weeks of history, and two drills to answer.

    Without ANTHROPIC_API_KEY the embedded judge gives practice feedback; with one, the LLM judge reads replies.

    Example: readback demo --no-open --port 8765
    """
    if not is_loopback(host):
        raise BadSettings([f"--host {host}: the demo has no sign-in, so it listens on this machine only"])
    settings = load_settings(
        database_url=f"sqlite+aiosqlite:///{data.resolve() / 'readback.db'}", host=host, port=port, room=True
    )
    asked = "log_level" in settings.model_fields_set  # else a newcomer reads two lines, not a log
    configure_logs(
        settings.log_level if asked else "warning", "console" if console.is_terminal else settings.log_format
    )
    asyncio.run(_serve(settings, open_browser=open_))


async def _serve(settings: Settings, *, open_browser: bool) -> None:
    async with stop_on_signals() as stop, build(settings) as program:
        await _fill(program)
        await program.run(
            frozenset({ProcessRole.WEB, ProcessRole.WORKER}),
            stop,
            ready=lambda url: _welcome(url, program, open_browser),
        )


async def _fill(program: Program) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Writing demo data", total=None)
        await seed(
            program.tools.memory,
            Library.shipped(),
            utc_now(),
            fresh_id,
            lambda done, total: bar.update(task, completed=done, total=total),
        )


def _welcome(url: str, program: Program, open_browser: bool) -> None:
    console.print(f"[bold]Readback demo[/bold] at {url}   (stop with Ctrl+C)")
    console.print(f"Judge: {program.worker.judge.name}. All teams, people and history are made up.")
    if open_browser:
        webbrowser.open(url)
