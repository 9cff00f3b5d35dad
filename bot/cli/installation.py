"""How commands act on an installation's database, beside the running program."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, TypeVar

import typer
from sqlalchemy.exc import DBAPIError

from bot.cli.faults import FAULTY, misuse
from bot.clock import utc_now
from bot.settings import load_settings
from bot.wiring import fresh_id
from drills.errors import OursToFix, TellPerson
from drills.journeys.tools import Tools
from drills.people import Workspace
from storage.memory import SqlMemory, open_memory
from storage.outages import first_line

Found = TypeVar("Found")
Where = Annotated[str, typer.Option(help="platform:id, as in slack:T012AB.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]


class NotOurs(OursToFix):
    """The database is empty, of another version, or somebody else's."""


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


@asynccontextmanager
async def memory_beside(url: str) -> AsyncIterator[SqlMemory]:
    """Opened beside a running program, whose file it does not claim. Raises NotOurs."""
    try:
        memory = await open_memory(url, lock=False)
        try:
            yield memory
        finally:
            await memory.close()
    except DBAPIError as error:
        raise NotOurs(
            f"DATABASE_URL leads to no database of this version of Readback ({first_line(error)}). "
            "`readback db upgrade` makes it one, and `readback db check` looks at all of it."
        ) from error


async def _within(act: Callable[[Tools], Awaitable[Found]]) -> Found:
    async with memory_beside(load_settings().database_url) as memory:
        return await act(Tools(memory, utc_now, fresh_id))
