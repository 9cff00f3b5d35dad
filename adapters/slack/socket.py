"""Socket Mode: lines to Slack that this program opens itself, so that it needs no public address.

The SDK reconnects by itself. A watchdog replaces a line whole when that has not helped (platforms.md §4.6).
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from dataclasses import dataclass, field

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient
from typing_extensions import override

from adapters.slack.clients import is_override, quiet
from adapters.slack.errors import NETWORK, code_of
from drills.chat.at_work import AtWork
from drills.errors import OursToFix

log = logging.getLogger(__name__)

LINES = 2  # while Slack renews one, taps come in over the other; it allows ten
_PING_S = 5.0
_CONNECT_S = 20.0
_SILENT = 6  # pings without an answer; the SDK tries for itself after four
_LONGEST_WAIT_S = 30.0
_REFUSALS = {
    "account_inactive",
    "invalid_auth",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "token_expired",
    "token_revoked",
}
_ANOTHER = (
    "make an app-level token with the scope connections:write under Basic Information › App-Level Tokens, "
    "and turn Socket Mode on"
)


class TokenRefused(OursToFix):
    """Slack will not take the app-level token or the bot's, now or later."""


@dataclass(frozen=True, slots=True)
class Lines:
    """`ping_s` is how often each line is tried; a dead one is replaced after six of them. `bot` is tried once."""

    app: AsyncApp
    app_token: str
    base: str
    ping_s: float = _PING_S
    count: int = LINES
    bot: AsyncWebClient | None = None
    at_work: AtWork = field(default_factory=AtWork)

    async def hold(self) -> None:
        """Until cancelled. Raises TokenRefused; everything else is tried again."""
        async with asyncio.TaskGroup() as group:
            if self.bot:
                group.create_task(_must_be_taken(self.bot))
            for number in range(self.count):
                group.create_task(self._keep_up(number))

    async def _keep_up(self, number: int) -> None:
        wait = self.ping_s / 5
        while True:
            try:
                await self._one_life(number)
                wait = self.ping_s / 5
            except SlackApiError as refused:
                _give_up_on(refused, "SLACK_APP_TOKEN", _ANOTHER)
                log.warning("line %d to Slack: %s; trying again", number, code_of(refused) or "no answer")
            except NETWORK as trouble:
                log.warning("line %d to Slack: %s; trying again", number, type(trouble).__name__)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT_S)

    async def _one_life(self, number: int) -> None:
        """From connecting until the line is beyond the SDK's help."""
        handler = self._handler()
        client: SocketModeClient = handler.client
        try:
            client.wss_uri = await client.issue_new_wss_url()
            await asyncio.wait_for(handler.connect_async(), _CONNECT_S)  # type: ignore[no-untyped-call]
            log.info("line %d to Slack is up", number)
            while _is_alive(client, self.ping_s * _SILENT):  # noqa: ASYNC110  # the SDK offers no event to wait for
                await asyncio.sleep(self.ping_s)
            log.warning("line %d to Slack is silent; replacing it", number)
        except asyncio.CancelledError:
            await self.at_work.done()  # an acknowledgement goes back over the line that the tap came by
            raise
        finally:
            with suppress(*NETWORK):
                await handler.close_async()  # type: ignore[no-untyped-call]

    def _handler(self) -> AsyncSocketModeHandler:
        """Made in the running loop: its constructor starts tasks."""
        handler = _Handler(self.app, self.app_token, logger=quiet(), ping_interval=self.ping_s)
        handler.at_work = self.at_work
        if is_override(self.base):
            handler.client.proxy = None
        return handler


class _Handler(AsyncSocketModeHandler):
    at_work: AtWork

    @override
    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        with self.at_work.here():
            await super().handle(client, req)


def _is_alive(client: SocketModeClient, silence_s: float) -> bool:
    tasks = (client.message_processor, client.message_receiver, client.current_session_monitor)
    if any(task is None or task.done() for task in tasks):
        return False
    answered = client.last_ping_pong_time
    return answered is None or time.time() - answered < silence_s


async def _must_be_taken(bot: AsyncWebClient) -> None:
    """A line opens without the bot's token too, and then nobody would get an answer. Other troubles show in use."""
    try:
        await bot.auth_test()
    except SlackApiError as refused:
        _give_up_on(refused, "SLACK_BOT_TOKEN", "copy it anew from OAuth & Permissions")
    except NETWORK as trouble:
        log.warning("the bot's token could not be tried out: %s", type(trouble).__name__)


def _give_up_on(refused: SlackApiError, setting: str, helps: str) -> None:
    code = code_of(refused)
    if code in _REFUSALS:
        raise TokenRefused(f"Slack refuses {setting} ({code}): {helps}") from refused
