"""What the doctor asks Slack: tokens, scopes, and whether the bot is where its teams are. Each fault with its click."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.clients import Clients, web_client
from adapters.slack.errors import NETWORK, code_of
from adapters.slack.inbound import PLATFORM
from adapters.slack.manifest import INSTALL, required_scopes
from drills.errors import ReadbackError
from drills.installation import Finding
from drills.people import Team, Workspace
from drills.ports import Memory

TIME_S = 25
MOST_TEAMS = 40  # of one workspace: Slack answers about fifty such questions a minute

_PAGE = "api.slack.com/apps › your app"
_LOST = {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One workspace, as its token sees it. `scopes` is None where Slack does not say."""

    client: AsyncWebClient
    workspace: Workspace
    name: str
    bot: str
    scopes: frozenset[str] | None

    def lacks(self, scope: str) -> bool:
        return self.scopes is not None and scope not in self.scopes


@dataclass(frozen=True, slots=True)
class Doctor:
    """`many`: each workspace has a token of its own. `hosts` are the web process's public names, None without HTTP."""

    memory: Memory
    clients: Clients
    base: str
    many: bool = False
    app_token: str = ""
    hosts: str | None = None

    async def all(self) -> Sequence[Finding]:
        """Every workspace, within `TIME_S`. Raises nothing."""
        return await _in_time(self._all())

    async def one(self, workspace: Workspace) -> Sequence[Finding]:
        """One workspace, and nothing of any other. Raises nothing."""
        return await _in_time(self._workspace(workspace))

    async def scopes(self, workspace: Workspace) -> Sequence[Finding]:
        """Its token and what that lacks: nothing that anybody in the workspace may not know. Raises nothing."""
        return await _in_time(self._workspace(workspace, teams=False))

    async def _all(self) -> AsyncIterator[Finding]:
        if self.app_token:
            yield await self._line()
        if self.hosts is not None:
            yield _reached(self.hosts)
        for workspace in await self._workspaces():
            async for finding in self._workspace(workspace):
                yield finding

    async def _workspaces(self) -> Sequence[Workspace]:
        if not self.many:
            return [Workspace(PLATFORM, "")]
        async with self.memory.read() as work:
            return [installation.workspace for installation in await work.installations.of(PLATFORM)]

    async def _line(self) -> Finding:
        what = "slack, Socket Mode"
        try:
            await web_client(self.base).apps_connections_open(app_token=self.app_token)
        except SlackApiError as refused:
            click = f"{_PAGE} › Basic Information › App-Level Tokens › Generate, with connections:write; Socket Mode on"
            return Finding(what, False, f"Slack refuses SLACK_APP_TOKEN ({code_of(refused)}): {click}")
        except NETWORK as trouble:
            return Finding(what, False, _could_not_ask(trouble))
        return Finding(what, True, "SLACK_APP_TOKEN opens a line")

    async def _workspace(self, workspace: Workspace, *, teams: bool = True) -> AsyncIterator[Finding]:
        try:
            asked = await self._ask(workspace)
        except SlackApiError as refused:
            yield Finding(f"slack {workspace.id}".strip(), False, self._refused(code_of(refused)))
        except ReadbackError as error:
            yield Finding(f"slack {workspace.id}".strip(), False, str(error))
        except NETWORK as trouble:
            yield Finding(f"slack {workspace.id}".strip(), False, _could_not_ask(trouble))
        else:
            if workspace.id not in {"", asked.workspace.id}:  # what is another workspace's is not told here
                yield Finding(f"slack {workspace.id}", False, "the bot's token is another workspace's")
                return
            for finding in self._scopes(asked):
                yield finding
            if teams:
                async for finding in self._teams(asked):
                    yield finding

    async def _ask(self, workspace: Workspace) -> Asked:
        client = await self.clients.of(workspace)
        told = await client.auth_test()
        granted = told.headers.get("x-oauth-scopes")
        whole = told.get("is_enterprise_install") and told.get("enterprise_id")
        return Asked(
            client,
            Workspace(PLATFORM, str(whole or told.get("team_id"))),
            str(told.get("team") or workspace.id),
            str(told.get("user") or "readback"),
            None if granted is None else frozenset(scope.strip() for scope in granted.split(",")),
        )

    def _refused(self, code: str) -> str:
        if code not in _LOST:
            return f"Slack refuses the bot's token ({code})"
        if self.many:
            return f"the token is of no use any more ({code}): open {INSTALL} and add the app again"
        return f"SLACK_BOT_TOKEN is of no use ({code}): copy it anew from {_PAGE} › OAuth & Permissions"

    def _scopes(self, asked: Asked) -> Sequence[Finding]:
        missing = [scope for scope in required_scopes() if asked.lacks(scope)]
        if not missing:
            granted = "with every scope it needs" if asked.scopes is not None else "Slack does not say which scopes"
            return [Finding(f"slack {asked.name}", True, f"the token works, {granted}")]
        return [Finding(f"slack {asked.name}", False, self._missing(scope)) for scope in missing]

    def _missing(self, scope: str) -> str:
        add = f"{_PAGE} › OAuth & Permissions › Scopes › Bot Token Scopes › Add an OAuth Scope › {scope}"
        then = f"open {INSTALL} again in that workspace" if self.many else "Reinstall to Workspace, on the same page"
        return f"the scope {scope} is missing: {add}; then {then}"

    async def _teams(self, asked: Asked) -> AsyncIterator[Finding]:
        async with self.memory.read() as work:
            teams = await work.teams.of(asked.workspace)
        for team in teams[:MOST_TEAMS]:
            yield Finding(f"slack {asked.name}, team {team.name}", *await self._team(asked, team))
        if len(teams) > MOST_TEAMS:
            yield Finding(f"slack {asked.name}", True, f"{len(teams) - MOST_TEAMS} more teams were not looked at")

    async def _team(self, asked: Asked, team: Team) -> tuple[bool, str]:
        try:
            channel = (await asked.client.conversations_info(channel=team.channel))["channel"]
        except SlackApiError as refused:
            return False, _unseen(code_of(refused), refused, team, asked)
        except NETWORK as trouble:
            return False, _could_not_ask(trouble)
        return self._channel(asked, team, channel)

    def _channel(self, asked: Asked, team: Team, channel: dict[str, Any]) -> tuple[bool, str]:
        name = f"#{channel.get('name') or team.channel}"
        history = "groups:history" if channel.get("is_private") else "channels:history"
        if channel.get("is_archived"):
            return False, f"{name} is archived: unarchive it, or type /drill setup in the channel that took its place"
        if not channel.get("is_member"):
            return False, f"the bot is not in {name}: type /invite @{asked.bot} there"
        if team.threads and asked.lacks(history):
            return False, f"answers in threads are on, but in {name} {self._missing(history)}"
        return True, f"the bot is in {name}"


async def _in_time(findings: AsyncIterator[Finding]) -> Sequence[Finding]:
    """What was found until the time was up."""
    found: list[Finding] = []
    try:
        async with asyncio.timeout(TIME_S):
            async for finding in findings:
                found.append(finding)  # noqa: PERF401  # a comprehension would lose them all when the time is up
    except TimeoutError:
        found.append(Finding("slack", False, f"Slack took longer than {TIME_S} s, so the rest was not looked at"))
    except ReadbackError as error:
        found.append(Finding("slack", False, str(error)))
    return found


def _reached(hosts: str) -> Finding:
    if hosts:
        return Finding("slack over HTTP", True, f"requests to {hosts} are let in")
    unset = (
        "READBACK_PUBLIC_HOSTS is not set, so only requests that name this machine are let in: set the name in the URL"
    )
    return Finding("slack over HTTP", False, unset)


def _unseen(code: str, refused: SlackApiError, team: Team, asked: Asked) -> str:
    if code == "channel_not_found":
        return (
            f"its channel {team.channel} is gone, or is private and the bot is not in it: type /invite @{asked.bot} "
            "there, or /drill setup in another channel"
        )
    if code == "missing_scope":
        return f"its channel can't be looked at without the scope {refused.response.get('needed')}"
    return f"its channel can't be looked at: Slack says {code}"


def _could_not_ask(trouble: Exception) -> str:
    return f"could not ask Slack ({type(trouble).__name__}): this machine must reach slack.com by https"
