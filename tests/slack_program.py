"""The whole program as an operator runs it, between a fake Slack and a real SQLite file: over sockets or over HTTP."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import aiohttp
from builders import a_drill_file
from cryptography.fernet import Fernet
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import Team as SlackTeam

from adapters.slack.socket import Lines
from bot.clock import tick, utc_now
from bot.program import Program
from bot.roles import ProcessRole
from bot.settings import load_settings
from bot.wiring import build
from drills.journeys.push import plan
from drills.people import Member, PersonRef, Profession, Team, Workspace
from drills.push import WINDOW, Push, PushState
from storage.upgrade import upgrade

PING_S = 0.2  # so that a broken line is found out while a test waits


@dataclass
class SlackProgram:
    """`base` is the program's own address."""

    slack: FakeSlack
    program: Program
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
        """A care team in a channel, with these people in it, as `/drill setup` and first answers leave it."""
        workspace = Workspace("slack", slack_team.id)
        name = slack_team.channels[channel].name
        team = Team(workspace, f"{slack_team.id}-{name}".lower(), name, channel, "America/Chicago", **facts)
        async with self.program.tools.memory.begin() as work:
            await work.teams.save(team)
            for user in people:
                named = slack_team.users[user].name
                await work.members.save(Member(PersonRef(workspace, user), team.id, named, Profession.NURSE))
        return team

    async def push(self, team: Team, drill: str = "sbar-001-night-call", slot: str = "1", **facts: Any) -> Push:
        """A drill for the team, as a campaign plans it; the worker posts it."""
        file, tools = a_drill_file(drill), self.program.tools
        push = await plan(
            tools, team, file.drill(), file.source, campaign="test", slot=slot, opens_at=utc_now(), **facts
        )
        assert push
        return push

    async def stands(self, push: Push) -> Push:
        """The push, once it is written down that it was posted: a moment after the channel sees it."""
        async with asyncio.timeout(10):
            while (now := await self._now(push)).state is not PushState.POSTED:  # noqa: ASYNC110  # a test's patience
                await asyncio.sleep(0.02)
        return now

    async def window_passes(self, push: Push, team: Team) -> None:
        """Every drill of the team that stands has been out for its time; the clock's next tick closes it."""
        await self.stands(push)
        async with self.program.tools.memory.begin() as work:
            await work.pushes.postpone(team, utc_now(), -WINDOW)
        await tick(self.program.tools)

    async def becomes(self, push: Push, **changes: Any) -> None:
        """The row is another one from now on, as a campaign would have made it."""
        now = await self.stands(push)
        async with self.program.tools.memory.begin() as work:
            await work.pushes.save(replace(now, **changes), was=now.state)

    async def _now(self, push: Push) -> Push:
        async with self.program.tools.memory.read() as work:
            found = await work.pushes.get(push.workspace, push.id)
        assert found
        return found


@asynccontextmanager
async def slack_program(slack: FakeSlack, folder: Path, **settings: Any) -> AsyncIterator[SlackProgram]:
    """`settings` as an operator gives them; `many_workspaces` and `one_workspace` have those for Slack."""
    (folder / "readback.db").write_bytes(await asyncio.to_thread(_empty_database))
    url = f"sqlite+aiosqlite:///{folder / 'readback.db'}"
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
                    yield SlackProgram(slack, program, address.result())
            finally:
                stop.set()
                await running


@cache
def _empty_database() -> bytes:
    """With the newest schema, made once for all stories of a run."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        upgrade(f"sqlite+aiosqlite:///{path}")
        return path.read_bytes()


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
