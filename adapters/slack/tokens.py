"""The live token of each workspace, renewed before it ends: also for a push that no event of Slack's precedes.

A refresh token is good once. So whoever renews says so in the row first, and nobody else does it meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
import time
from copy import copy

from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.clients import web_client
from adapters.slack.errors import NETWORK, code_of
from adapters.slack.install import Held, Installed
from drills.errors import CannotReach, ReadbackError, Stale, TryLater
from drills.people import Workspace

log = logging.getLogger(__name__)

EARLY_MIN = 120  # of a token's twelve hours
LAST_MIN = 5
PATIENCE_S = 2.0
_CLAIM_S = 60  # after that long, whoever renews has died over it
_CLAIM = "renewing_until"
_LOOK_S = 0.2


class NotInstalled(CannotReach):
    """The workspace never installed the app, or took it away."""


class Tokens:
    def __init__(self, installed: Installed, rotator: AsyncTokenRotator, *, patience_s: float = PATIENCE_S) -> None:
        self._installed = installed
        self._rotator = rotator
        self._patience_s = patience_s
        self._under_way: dict[Workspace, asyncio.Task[None]] = {}

    async def of(self, workspace: Workspace) -> str:
        """Raises NotInstalled, TryLater when the token has ended and no new one came yet, and Unsealable."""
        held = await self._get(workspace)
        if _minutes_left(held.bot) >= EARLY_MIN:
            return held.bot.bot_token
        bot = (await self._soon(held)).bot
        if _minutes_left(bot) <= 0:
            raise TryLater(f"the token of {workspace} has ended and is not renewed yet", retry_after=30)
        return bot.bot_token

    async def _soon(self, held: Held) -> Held:
        """The row once it was renewed here, within our patience. Another process is waited for near the end only."""
        ends = time.monotonic() + self._patience_s
        if not _claimed(held.bot):
            await asyncio.wait({self._renewal(held)}, timeout=self._patience_s)
        now = await self._get(held.row.workspace)
        while _claimed(now.bot) and _minutes_left(now.bot) < LAST_MIN and time.monotonic() < ends:
            await asyncio.sleep(_LOOK_S)
            now = await self._get(held.row.workspace)
        return now

    async def _get(self, workspace: Workspace) -> Held:
        held = await self._installed.held(workspace)
        if held is None:
            raise NotInstalled(f"the app is not installed in {workspace}")
        return held

    def _renewal(self, held: Held) -> asyncio.Task[None]:
        """One at a time for each workspace. It goes on when whoever asked has no more time."""
        workspace = held.row.workspace
        if workspace not in self._under_way:
            self._under_way[workspace] = asyncio.create_task(self._renew(held))
            self._under_way[workspace].add_done_callback(lambda _: self._under_way.pop(workspace))
        return self._under_way[workspace]

    async def _renew(self, held: Held) -> None:
        """Raises nothing: the old token may still be good, and the next one who asks tries again."""
        try:
            claimed = await self._installed.replace(held, _marked(held.bot, {_CLAIM: time.time() + _CLAIM_S}))
            await self._installed.replace(claimed, await self._ask(claimed.bot))
            log.info("the token of %s was renewed", held.row.workspace)
        except Stale:
            log.info("the token of %s is renewed by another process, or it was installed anew", held.row.workspace)
        except SlackTokenRotationError as refused:
            log.error("Slack would not renew the token of %s: %s", held.row.workspace, code_of(refused.api_error))
        except (ReadbackError, *NETWORK) as trouble:
            log.warning("the token of %s could not be renewed yet: %s", held.row.workspace, type(trouble).__name__)

    async def _ask(self, bot: Bot) -> Bot:
        """Raises SlackTokenRotationError."""
        renewed = await self._rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=EARLY_MIN)
        return _marked(renewed or bot, {})


class ManyWorkspaces:
    """Implements `clients.Clients` with each workspace's own token."""

    def __init__(self, base: str, tokens: Tokens) -> None:
        self._base = base
        self._tokens = tokens

    async def of(self, workspace: Workspace) -> AsyncWebClient:
        """Raises NotInstalled, TryLater or Unsealable."""
        return web_client(self._base, await self._tokens.of(workspace))


def _minutes_left(bot: Bot) -> float:
    if bot.bot_token_expires_at is None or bot.bot_refresh_token is None:
        return float("inf")
    return (bot.bot_token_expires_at - time.time()) / 60


def _claimed(bot: Bot) -> bool:
    """Whether somebody is renewing it just now."""
    return float(bot.custom_values.get(_CLAIM, 0)) > time.time()


def _marked(bot: Bot, values: dict[str, float]) -> Bot:
    marked = copy(bot)
    marked.custom_values = dict(values)
    return marked
