"""What the doctor asks Discord: the token, the commands, and whether the bot may write where its teams are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.discord.clients import Clients
from adapters.discord.commands import changes
from adapters.discord.errors import code_of
from adapters.discord.inbound import PLATFORM
from adapters.discord.install import ADMINISTRATOR, READS_MESSAGES, draws, link, missing
from drills.errors import CannotReach, OursToFix, ReadbackError
from drills.installation import Finding
from drills.people import Team, Workspace
from drills.ports import Memory

TIME_S = 25
MOST_TEAMS = 40  # of one server

_PORTAL = "discord.com/developers/applications › your app"


@dataclass(frozen=True, slots=True)
class Server:
    """One server, as the bot sees it. `roles` are the bot's own there, with the one that everybody has."""

    workspace: Workspace
    name: str
    roles: frozenset[str]
    permissions: int


@dataclass(frozen=True, slots=True)
class Doctor:
    memory: Memory
    clients: Clients

    async def all(self) -> Sequence[Finding]:
        """Every server, within `TIME_S`. Raises nothing."""
        return await _in_time(self._all())

    async def one(self, workspace: Workspace) -> Sequence[Finding]:
        """One server, and nothing of any other. Raises nothing."""
        return await _in_time(self._one(workspace))

    async def _all(self) -> AsyncIterator[Finding]:
        application = await self.clients.call("GET", "/oauth2/applications/@me")
        yield Finding("discord", True, f"the token works; add the app to a server by {link(str(application['id']))}")
        yield await self._commands(str(application["id"]))
        if application.get("interactions_endpoint_url"):
            says = f"taps go to an address and not to us: {_PORTAL} › General Information › Interactions Endpoint URL"
            yield Finding("discord, taps", False, f"{says}, and empty it")
        for workspace in await self._servers():
            async for finding in self._server(workspace, int(application.get("flags") or 0)):
                yield finding

    async def _one(self, workspace: Workspace) -> AsyncIterator[Finding]:
        application = await self.clients.call("GET", "/oauth2/applications/@me")
        yield await self._commands(str(application["id"]))
        async for finding in self._server(workspace, int(application.get("flags") or 0)):
            yield finding

    async def _commands(self, application: str) -> Finding:
        registered = await self.clients.call(
            "GET", "/applications/{application_id}/commands", application_id=application
        )
        differs = list(changes(registered))
        if differs:
            return Finding("discord, commands", False, "not as in this version: run `readback discord sync`")
        return Finding("discord, commands", True, "registered as in this version")

    async def _servers(self) -> Sequence[Workspace]:
        async with self.memory.read() as work:
            return [installation.workspace for installation in await work.installations.of(PLATFORM)]

    async def _server(self, workspace: Workspace, flags: int) -> AsyncIterator[Finding]:
        try:
            server = await self._ask(workspace)
        except CannotReach:
            yield Finding(f"discord {workspace.id}", False, "the bot is not in that server any more: add it again")
            return
        async with self.memory.read() as work:
            teams = await work.teams.of(workspace)
        yield Finding(
            f"discord {server.name}", True, f"the bot is there; {len(teams)} {'team' if len(teams) == 1 else 'teams'}"
        )
        for team in teams[:MOST_TEAMS]:
            yield Finding(f"discord {server.name}, team {team.name}", *await self._team(server, team, flags))
        if len(teams) > MOST_TEAMS:
            yield Finding(f"discord {server.name}", True, f"{len(teams) - MOST_TEAMS} more teams were not looked at")

    async def _ask(self, workspace: Workspace) -> Server:
        found: dict[str, Any] = await self.clients.call("GET", "/guilds/{guild_id}", guild_id=workspace.id)
        path = "/guilds/{guild_id}/members/{user_id}"
        member = await self.clients.call("GET", path, guild_id=workspace.id, user_id=await self.clients.me())
        roles = frozenset((workspace.id, *map(str, member.get("roles") or ())))
        granted = 0
        for role in found.get("roles") or ():
            granted |= int(role["permissions"]) if str(role["id"]) in roles else 0
        return Server(workspace, str(found.get("name") or workspace.id), roles, granted)

    async def _team(self, server: Server, team: Team, flags: int) -> tuple[bool, str]:
        try:
            channel = await self.clients.call("GET", "/channels/{channel_id}", channel_id=team.channel)
        except CannotReach as unseen:
            return False, _unseen(code_of(unseen.__cause__), team)
        name = f"#{channel.get('name') or team.channel}"
        granted = effective(server, await self.clients.me(), channel)
        lacking = missing(granted)
        if lacking:
            click = f"in {name} › Edit Channel › Permissions › Readback"
            return False, f"the bot lacks {', '.join(lacking)}: allow it {click}"
        if team.threads and not flags & READS_MESSAGES:
            click = f"{_PORTAL} › Bot › Privileged Gateway Intents › Message Content Intent, then restart"
            return False, f"answers in threads are on, but Discord keeps their words from the bot: {click}"
        bare = "" if draws(granted) else "; pictures go in words, because it lacks Attach Files"
        return True, f"the bot may write in {name}{bare}"


def effective(server: Server, me: str, channel: dict[str, Any]) -> int:
    """What the bot may do in a channel: https://discord.com/developers/docs/topics/permissions#permission-overwrites"""
    if server.permissions & ADMINISTRATOR:
        return server.permissions
    overwrites = {str(one["id"]): one for one in channel.get("permission_overwrites") or ()}
    everybody = [server.workspace.id]
    own_roles = sorted(server.roles - {server.workspace.id})
    granted = server.permissions
    for ids in (everybody, own_roles, [me]):
        found = [overwrites[id_] for id_ in ids if id_ in overwrites]
        for one in found:
            granted &= ~int(one["deny"])
        for one in found:
            granted |= int(one["allow"])
    return granted


async def _in_time(findings: AsyncIterator[Finding]) -> Sequence[Finding]:
    """What was found until the time was up."""
    found: list[Finding] = []
    try:
        async with asyncio.timeout(TIME_S):
            found += [finding async for finding in findings]
    except TimeoutError:
        found.append(Finding("discord", False, f"Discord took longer than {TIME_S} s, so the rest was not looked at"))
    except OursToFix as refused:
        click = f"{_PORTAL} › Bot › Reset Token gives a new one"
        found.append(Finding("discord", False, f"{refused} {click}"))
    except ReadbackError as error:
        found.append(Finding("discord", False, f"could not ask Discord: {error}"))
    return found


def _unseen(code: int, team: Team) -> str:
    if code == 50001:
        return (
            f"the bot does not see its channel {team.channel}: allow View Channel in Edit Channel › Permissions › "
            "Readback, or type /drill-admin setup in another channel"
        )
    return f"its channel {team.channel} is gone: type /drill-admin setup in the channel that took its place"
