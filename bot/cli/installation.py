"""How commands act on an installation's database, beside the running program."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from bot.cli.faults import FAULTY, misuse
from bot.clock import utc_now
from bot.settings import load_settings
from bot.wiring import fresh_id
from drills.errors import TellPerson
from drills.journeys.tools import Tools
from drills.people import Workspace
from storage.memory import open_memory

Found = TypeVar("Found")
Where = Annotated[str, typer.Option(help="platform:id, as in slack:T012AB.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]


def workspace_of(text: str) -> Workspace:
    try:
        return Workspace.parse(text)
    except ValueError as error:
        raise misuse(f"--workspace: {error}, as in slack:T012AB") from error


def within(act: Callable[[Tools], Awaitable[Found]]) -> Found:
    """A refusal ends in its sentence. Without claiming the file: the running program sees the rows at its next tick."""
    try:
        return asyncio.run(_within(act))
    except TellPerson as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(FAULTY) from refused


def must_agree(question: str) -> None:
    """Raises typer.Exit when somebody says no, and where nobody is there to answer."""
    try:
        agreed = typer.confirm(question)
    except typer.Abort as nobody:
        typer.echo("\nNothing was changed. Where nobody can answer, say --yes.", err=True)
        raise typer.Exit(FAULTY) from nobody
    if not agreed:
        typer.echo("Nothing was changed.", err=True)
        raise typer.Exit(FAULTY)


async def _within(act: Callable[[Tools], Awaitable[Found]]) -> Found:
    memory = await open_memory(load_settings().database_url, lock=False)
    try:
        return await act(Tools(memory, utc_now, fresh_id))
    finally:
        await memory.close()
