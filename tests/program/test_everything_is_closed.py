"""A program that ends closes every way out: also those of platforms that another process listens to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import aiohttp
import pytest
from builders import a_drill_file
from empty_database import an_empty_database
from fake_discord.discord_paths import POST
from fake_discord.discord_server import FakeDiscord
from fake_slack.slack_server import FakeSlack

from bot.clock import utc_now
from bot.doctor import examine
from bot.program import Program
from bot.roles import ProcessRole
from bot.settings import load_settings
from bot.wiring import build
from drills.journeys.push import plan
from drills.people import Team, Workspace

Sessions = list[aiohttp.ClientSession]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Sessions:
    """Every session with the outside that this process opens, in order."""
    sessions: Sessions = []
    begin = aiohttp.ClientSession.__init__

    def begun(session: aiohttp.ClientSession, *given: object, **named: object) -> None:
        sessions.append(session)
        begin(session, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(aiohttp.ClientSession, "__init__", begun)
    return sessions


async def a_worker_posts(
    folder: Path, workspace: Workspace, channel: str, posted: Callable[[], bool], **platforms: str
) -> None:
    """`readback run worker`, until the channel has its drill."""
    url, stop = await an_empty_database(folder / "readback.db"), asyncio.Event()
    async with build(load_settings(database_url=url, port=0, judge="embedded", **platforms)) as program:
        running = asyncio.create_task(program.run(frozenset({ProcessRole.WORKER}), stop))
        try:
            await _push(program, Team(workspace, "5-west", "5 West", channel, "UTC"))
            async with asyncio.timeout(20):
                while not posted():  # noqa: ASYNC110  # a test's patience
                    await asyncio.sleep(0.01)
        finally:
            stop.set()
            await running


async def _push(program: Program, team: Team) -> None:
    async with program.tools.memory.begin() as work:
        await work.teams.save(team)
    file = a_drill_file("sbar-001-night-call")
    now = utc_now()
    assert await plan(program.tools, team, file.drill(), file.source, campaign="test", slot="1", opens_at=now)


async def test_a_worker_that_only_posts_to_discord_leaves_nothing_open(tmp_path: Path, opened: Sessions) -> None:
    async with FakeDiscord() as discord:
        north = discord.guild("North")
        ward, here = north.channel("5-west"), Workspace("discord", north.id)
        await a_worker_posts(tmp_path, here, ward, lambda: bool(discord.calls_of(POST)), **discord.settings())
        assert discord.gateway.identifies == []
    assert opened
    assert [session for session in opened if not session.closed] == []


async def test_a_worker_that_only_posts_to_slack_leaves_nothing_open(tmp_path: Path, opened: Sessions) -> None:
    async with FakeSlack() as slack:
        north = slack.workspace("T0NORTH")
        ward, here = north.channel("5-west", north.person("Ada")), Workspace("slack", north.id)
        tokens = {"slack_bot_token": slack.token_of(north).text, "slack_app_token": slack.app_token}
        posted, base = (lambda: bool(slack.calls_of("chat.postMessage"))), slack.api_base
        await a_worker_posts(tmp_path, here, ward, posted, slack_api_base=base, **tokens)
    assert opened
    assert [session for session in opened if not session.closed] == []


async def test_the_doctor_leaves_nothing_open(tmp_path: Path, opened: Sessions) -> None:
    async with FakeDiscord() as discord:
        url = await an_empty_database(tmp_path / "readback.db")
        settings = load_settings(database_url=url, judge="embedded", **discord.settings())
        findings = await asyncio.to_thread(lambda: list(examine(settings)))
        assert any(finding.what == "discord" and finding.well for finding in findings)
    assert opened
    assert [session for session in opened if not session.closed] == []
