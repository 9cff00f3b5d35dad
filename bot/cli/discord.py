"""`readback discord`: the app's commands, told to Discord."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer

from adapters.discord.sync import sync as register
from bot.settings import BadSettings, load_settings

app = typer.Typer(
    no_args_is_help=True,
    help="What Discord wants to know about the app.\n\nExample: readback discord sync",
)

DIFFERS = 1


@app.callback()
def _group() -> None:
    """Keeps `sync` a word of its own."""


@app.command()
def sync(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit with 1 when something differs.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Plain JSON on standard output.")] = False,
) -> None:
    """Register the slash commands where they differ from this version's, and print the link that adds the app.

    Example: readback discord sync
    """
    settings = load_settings()
    if settings.discord_token is None:
        raise BadSettings(["DISCORD_TOKEN is not set"])
    token = settings.discord_token.get_secret_value()
    synced = asyncio.run(register(token, settings.discord_api_base, look_only=check))
    if as_json:
        typer.echo(json.dumps(asdict(synced), indent=2))
    else:
        for change in synced.changes:
            typer.echo(change if synced.done else f"differs: {change}")
        if not synced.changes:
            typer.echo("The commands are registered as in this version.")
        typer.echo(f"Add the app to a server: {synced.link}")
    if check and synced.changes:
        raise typer.Exit(DIFFERS)
