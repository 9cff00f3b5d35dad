"""Registers the commands with Discord, and only where they differ: each registration counts, 200 a day at most.

Done by whoever deploys, never by a process that starts: https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

from dataclasses import dataclass

from adapters.discord.clients import DISCORD_API, Clients
from adapters.discord.commands import changes, commands, hash_of
from adapters.discord.install import link

_PATH = "/applications/{application_id}/commands"


@dataclass(frozen=True, slots=True)
class Synced:
    """`changes` are lines for an operator; `done` says whether they were made. `link` adds the app to a server."""

    application: str
    link: str
    hash: str
    changes: tuple[str, ...]
    done: bool


async def sync(token: str, base: str | None = None, *, look_only: bool = False) -> Synced:
    """Raises TryLater and OursToFix. For everywhere at once: Discord shows a change within a minute or so."""
    clients = Clients(base or DISCORD_API, token)
    try:
        application = str((await clients.call("GET", "/oauth2/applications/@me"))["id"])
        registered = await clients.call("GET", _PATH, application_id=application)
        found = tuple(changes(registered))
        if found and not look_only:
            await clients.call("PUT", _PATH, commands(), application_id=application)
        return Synced(application, link(application), hash_of(commands()), found, bool(found) and not look_only)
    finally:
        await clients.close()
