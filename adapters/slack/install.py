"""Which workspaces installed the app, with the bot's token for each: slack_sdk's store over our memory, sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store import Installation as SlackInstallation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from typing_extensions import override

from adapters.slack.inbound import PLATFORM
from adapters.slack.seal import Seal
from drills.installation import Installation
from drills.people import Workspace
from drills.ports import Clock, Memory


@dataclass(frozen=True, slots=True)
class Held:
    """A row, and what was sealed in it."""

    row: Installation
    bot: Bot


class Installed(AsyncInstallationStore):
    """One row for a workspace, or for an organisation (Enterprise Grid) that installed the app for all of its own.

    Only the bot's token is kept: people's tokens and webhooks are not asked for and would be dropped.
    """

    def __init__(self, memory: Memory, seal: Seal, clock: Clock) -> None:
        self._memory = memory
        self._seal = seal
        self._clock = clock

    async def held(self, workspace: Workspace) -> Held | None:
        """None where the app is not installed. Raises Unsealable."""
        async with self._memory.read() as work:
            row = await work.installations.get(workspace)
        return None if row is None else Held(row, Bot(**self._seal.open(row.sealed)))

    async def replace(self, old: Held, bot: Bot) -> Held:
        """In place of the one that was read. Raises Stale when it is another one by now, or gone."""
        new = self._row(bot)
        async with self._memory.begin() as work:
            await work.installations.save(new, was=old.row)
        return Held(new, bot)

    async def remove(self, workspace: Workspace) -> None:
        """Later messages to it find no token; other workspaces keep theirs."""
        async with self._memory.begin() as work:
            await work.installations.remove(workspace)

    @override
    async def async_save(self, installation: SlackInstallation) -> None:
        await self.async_save_bot(installation.to_bot())

    @override
    async def async_save_bot(self, bot: Bot) -> None:
        async with self._memory.begin() as work:
            await work.installations.save(self._row(bot))

    @override
    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The workspace's own, else its organisation's."""
        own = None if is_enterprise_install or not team_id else await self.held(Workspace(PLATFORM, team_id))
        if own is None and enterprise_id:
            own = await self.held(Workspace(PLATFORM, enterprise_id))
        return own.bot if own else None

    @override
    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """The organisation's goes only where no workspace is named."""
        await self.remove(Workspace(PLATFORM, team_id or enterprise_id or ""))

    @override
    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """No person's token is kept."""

    def _row(self, bot: Bot) -> Installation:
        return Installation(_workspace(bot), self._seal.close(_content(bot)), self._clock())


class WhoInstalled(AsyncAuthorize):
    """None for a workspace without an installation: Bolt tells the person so, and goes no further.

    No token goes with the request, and Slack is not asked: an acknowledgement can't wait for either.
    """

    def __init__(self, installed: Installed) -> None:
        self._installed = installed

    @override
    async def __call__(
        self, *, context: AsyncBoltContext, enterprise_id: str | None, team_id: str | None, **_: Any
    ) -> AuthorizeResult | None:
        whole = bool(context.is_enterprise_install and enterprise_id)
        found = await self._installed.held(Workspace(PLATFORM, (enterprise_id if whole else team_id) or ""))
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id) if found else None


def _workspace(bot: Bot) -> Workspace:
    """As `inbound.workspace_of` reads it from what Slack sends."""
    whole = bot.is_enterprise_install and bot.enterprise_id
    return Workspace(PLATFORM, bot.enterprise_id if whole and bot.enterprise_id else bot.team_id or "")


def _content(bot: Bot) -> dict[str, Any]:
    return dict(vars(bot))
