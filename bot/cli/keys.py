"""`readback keys`: make a key for the tokens that workspaces gave us, and move everything to a new one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from adapters import platforms
from adapters.slack.seal import Seal, Unsealable, new_key
from bot.cli.installation import memory_beside
from bot.settings import BadSettings, load_settings
from drills.errors import Stale
from drills.installation import Installation
from drills.people import Workspace
from drills.ports import Memory

app = typer.Typer(
    no_args_is_help=True,
    help="Make an encryption key, move everything to a new one.\n\nExample: readback keys new",
)

FAILED = 1


@app.command()
def new() -> None:
    """Print a fresh key for READBACK_ENCRYPTION_KEYS. Nothing is kept.

    Example: READBACK_ENCRYPTION_KEYS=$(readback keys new)
    """
    typer.echo(new_key())


@app.command()
def rotate(
    as_json: Annotated[bool, typer.Option("--json", help="Plain JSON on standard output.")] = False,
) -> None:
    """Seal every installation anew with the first key. May run beside the program, and again at any time.

    Put the new key first in READBACK_ENCRYPTION_KEYS and restart every process before. Exits with 1 when something
    could not be opened: then no key may be dropped.

    Example: readback keys rotate --json
    """
    settings = load_settings()
    if settings.encryption_keys is None:
        raise BadSettings(["READBACK_ENCRYPTION_KEYS is not set; `readback keys new` makes a key"])
    keys = settings.encryption_keys.get_secret_value()
    done = asyncio.run(_rotate(settings.database_url, Seal(keys)))
    older = len([key for key in keys.split(",") if key.strip()]) - 1
    typer.echo(json.dumps(document(done), indent=2) if as_json else "\n".join(_sentences(done, older)))
    if done["unreadable"]:
        raise typer.Exit(FAILED)


Done = dict[str, list[str]]


def document(done: Done) -> dict[str, object]:
    return {**done, "older_keys_may_go": not done["unreadable"]}


def _sentences(done: Done, older: int) -> list[str]:
    sealed, fine = len(done["sealed_anew"]), len(done["already"])
    said = [f"{sealed} sealed anew with the first key, {fine} were already."]
    if done["unreadable"]:
        named = ", ".join(done["unreadable"])
        return [*said, f"No key opens {named}: add the old key again, or add the app there again. Drop no key yet."]
    if older:
        said.append("Once every process of Readback runs with the new first key, the older keys may go.")
    return said


async def _rotate(url: str, seal: Seal) -> Done:
    """Each is one small compare-and-set beside a running program."""
    done: Done = {"sealed_anew": [], "already": [], "unreadable": []}
    async with memory_beside(url) as memory:
        async with memory.read() as work:
            found = [each for platform in platforms() for each in await work.installations.of(platform)]
        for installation in _shown([each for each in found if each.sealed]):  # a Discord server gave us no token
            done[await _one(memory, seal, installation)].append(str(installation.workspace))
    return done


def _shown(found: list[Installation]) -> Iterable[Installation]:
    """With a bar on standard error where it takes a while."""
    return track(found, "Sealing", console=Console(stderr=True), disable=len(found) < 100, transient=True)


async def _one(memory: Memory, seal: Seal, installation: Installation) -> str:
    """Under which word it is reported."""
    if seal.is_newest(installation.sealed):
        return "already"
    try:
        anew = Installation(installation.workspace, seal.renewed(installation.sealed), installation.at)
    except Unsealable:
        return "unreadable"
    try:
        async with memory.begin() as work:
            await work.installations.save(anew, was=installation)
    except Stale:  # its token was renewed or it was removed, just now
        return await _again(memory, seal, installation.workspace)
    return "sealed_anew"


async def _again(memory: Memory, seal: Seal, workspace: Workspace) -> str:
    async with memory.read() as work:
        now = await work.installations.get(workspace)
    return "already" if now is None else await _one(memory, seal, now)
