"""The whole program as an operator runs it, between a fake Slack and a real SQLite file: over sockets or over HTTP."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiohttp
from cryptography.fernet import Fernet
from empty_database import an_empty_database
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import Team as SlackTeam
from platform_program import PlatformProgram

from adapters.slack.socket import Lines
from bot.roles import ProcessRole
from bot.settings import load_settings
from bot.wiring import build
from drills.people import Team, Workspace

PING_S = 0.5  # so that a broken line is found out while a test waits, and a busy machine breaks none


@dataclass
class SlackProgram(PlatformProgram):
    """`base` is the program's own address."""

    slack: FakeSlack
    base: str

    async def installs(self, admin: str) -> str:
        """Add the app from the install page, as an admin's browser goes through it; returns the last page."""
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as browser:
            async with browser.get(f"{self.base}/slack/install") as page:
                link = re.search(r'href="([^"]+/oauth/v2/authorize[^"]+)"', await page.text())
                cookie = page.headers["Set-Cookie"].partition(";")[0]
            assert link
            self.slack.at_the_door = admin
            async with browser.get(html.unescape(link[1]), allow_redirects=False) as allowed:
                back = allowed.headers["Location"]
            async with browser.get(back, headers={"Cookie": cookie}) as done:
                assert done.status == 200, await done.text()
                return await done.text()

    async def team(self, slack_team: SlackTeam, channel: str, *people: str, **facts: Any) -> Team:
        """As `/drill setup` and first answers leave it."""
        named = {user: slack_team.users[user].name for user in people}
        name = slack_team.channels[channel].name
        return await self.staffed(Workspace("slack", slack_team.id), name, channel, named, **facts)


@asynccontextmanager
async def slack_program(slack: FakeSlack, folder: Path, **settings: Any) -> AsyncIterator[SlackProgram]:
    """`settings` as an operator gives them; `many_workspaces` and `one_workspace` have those for Slack."""
    url = await an_empty_database(folder / "readback.db")
    loaded = load_settings(database_url=url, port=0, judge="embedded", slack_api_base=slack.api_base, **settings)
    roles = {ProcessRole.WEB, ProcessRole.WORKER} | ({ProcessRole.SLACK} if loaded.slack_app_token else set())
    stop, address = asyncio.Event(), asyncio.get_running_loop().create_future()
    with patch("adapters.slack.adapter.Lines", partial(Lines, ping_s=PING_S)):
        async with build(loaded) as program:
            running = asyncio.create_task(program.run(frozenset(roles), stop, ready=address.set_result))
            await asyncio.wait({running, address}, return_when=asyncio.FIRST_COMPLETED)
            try:
                if not running.done():
                    await _reached(slack, address.result(), ProcessRole.SLACK in roles)
                    yield SlackProgram(program, slack, address.result())
            finally:
                stop.set()
                await running


async def _reached(slack: FakeSlack, base: str, by_socket: bool) -> None:
    slack.patience_s = slack.triggers.life_s = 20.0  # these stories time nothing, and the machine may be busy
    slack.redirect_uri = f"{base}/slack/oauth_redirect"
    if by_socket:
        await slack.connected(2)
    else:
        slack.delivers_to(f"{base}/slack/events")


def one_workspace(slack: FakeSlack, team: SlackTeam) -> dict[str, str]:
    """Socket Mode, with the two tokens of a workspace of one's own."""
    return {"slack_bot_token": slack.token_of(team).text, "slack_app_token": slack.app_token}


def many_workspaces(slack: FakeSlack) -> dict[str, str]:
    """An app that workspaces install: HTTP, OAuth, sealed tokens."""
    return {
        "slack_signing_secret": slack.signing_secret,
        "slack_client_id": slack.client_id,
        "slack_client_secret": slack.client_secret,
        "encryption_keys": Fernet.generate_key().decode(),
    }
