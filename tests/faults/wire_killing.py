"""kill -9 around ticks on Slack and Discord: what stands in the channels is counted there, at the platform.

Campaigns whose slots come every five minutes of the hurried clock, one started from the command line. Every other life
ends at the worst moment: the platform has taken a drill, and its answer is still on the way.
"""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from campaign_ward import DRILLS
from child_environment import child_environment, readback
from fake_discord import discord_trouble
from fake_discord.discord_paths import POST
from fake_discord.discord_server import FakeDiscord
from fake_slack import slack_trouble
from fake_slack.slack_server import FakeSlack

from bot.clock import utc_now
from bot.wiring import fresh_id
from drills.catalog import read_campaign
from drills.journeys.run_campaign import start
from drills.journeys.tools import Tools
from drills.people import Member, PersonRef, Profession, Team, Workspace
from storage.memory import open_memory
from storage.upgrade import upgrade

_EVERY = 15  # minutes; the linter takes no more slots a day
_APART = 5  # minutes between the slots of two campaigns
_ANSWER_S = 0.3
_MANY = 200
_WAITING = "SELECT id FROM pushes WHERE state IN ('planned', 'posting')"
_ZONES = {"5-west": "America/Chicago", "micu": "Asia/Kathmandu"}
_FILE = """\
schema: 1
id: spring-%(first)s
title: Spring
drills: [sbar-001-night-call, sbar-002-lobby-recheck]
teams: [{id: 5-west, tz: America/Chicago}, {id: micu, tz: Asia/Kathmandu}]
cadence: {cron: "%(first)s-59/%(every)s * * * *"}
starts: %(starts)s
ends: %(ends)s
"""


@dataclass(frozen=True)
class Wire:
    """A platform with two channels, `standing` the ids of all messages there; its answers to posts come late."""

    workspace: Workspace
    role: str
    channels: Mapping[str, str]
    user: str
    environment: Mapping[str, str]
    standing: Callable[[], list[str]]


@dataclass(frozen=True)
class Found:
    """What the platform shows against what the rows say; each of the lists is empty when nothing went wrong."""

    posted: int
    doubled: list[str]
    absent: list[str]
    missing: list[str]
    without_push: list[str]
    exit_code: int

    @property
    def faults(self) -> dict[str, object]:
        named = {
            "messages of no push, or a second one": self.doubled,
            "pushes that nobody can see": self.absent,
            "slots missing": self.missing,
            "slots that happen and have no push": self.without_push,
            "did not stop cleanly": self.exit_code,
        }
        return {what: which for what, which in named.items() if which}


@asynccontextmanager
async def on_slack() -> AsyncIterator[Wire]:
    async with FakeSlack() as slack:
        north = slack.workspace("T0NORTH")
        ada = north.person("Ada")
        channels = {team: north.channel(team, ada) for team in _ZONES}
        slack.trouble("chat.postMessage", *[slack_trouble.slow(_ANSWER_S)] * _MANY)
        environment = {
            "SLACK_BOT_TOKEN": slack.token_of(north).text,
            "SLACK_APP_TOKEN": slack.app_token,
            "READBACK_SLACK_API_BASE": slack.api_base,
        }

        def standing() -> list[str]:
            return [one.ts for channel in channels.values() for one in north.channels[channel].messages]

        yield Wire(Workspace("slack", north.id), "slack", channels, ada, environment, standing)


@asynccontextmanager
async def on_discord() -> AsyncIterator[Wire]:
    async with FakeDiscord() as discord:
        north = discord.guild("North")
        ada = north.person("Ada")
        channels = {team: north.channel(team) for team in _ZONES}
        discord.trouble(POST, *[discord_trouble.slow(_ANSWER_S)] * _MANY)
        environment = {
            "DISCORD_TOKEN": discord.token,
            "READBACK_DISCORD_API_BASE": discord.api_base,
            "READBACK_DISCORD_GATEWAY_URL": discord.gateway_url,
        }

        def standing() -> list[str]:
            return [one.id for channel in channels.values() for one in north.channels[channel].messages]

        yield Wire(Workspace("discord", north.id), "discord", channels, ada, environment, standing)


WIRES: Mapping[str, Callable[[], AbstractAsyncContextManager[Wire]]] = {"slack": on_slack, "discord": on_discord}


async def kill_at_the_wire(wire: Wire, folder: Path, *, kills: int, seed: int, mutation: str = "") -> Found:
    """So many lives end with kill -9; the last one settles and stops cleanly."""
    chance, epoch = Random(f"{seed} kills"), time.time()  # noqa: S311  # no secret
    url = f"sqlite+aiosqlite:///{folder / 'readback.db'}"
    await _teams(wire, url)
    stage = _Stage(wire, folder, url, str(epoch), mutation)
    await stage.campaigns_start()
    for life in range(kills):
        async with stage.lives():
            if life % 2:
                await asyncio.sleep(chance.uniform(0.5, 3.5))
            else:
                await stage.takes_another()
    left = stage.waiting()
    async with stage.lives() as last:
        await stage.settled(left, within_s=20)
        exit_code = await _end(last, signal.SIGTERM)
    return look(wire, folder / "readback.db", exit_code)


def look(wire: Wire, file: Path, exit_code: int) -> Found:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        slots = db.execute("SELECT campaign, team, local, status, push FROM slots ORDER BY local").fetchall()
        pushes = dict(db.execute("SELECT id, message_id FROM pushes").fetchall())
    known = Counter(id_ for id_ in pushes.values() if id_)
    standing = Counter(wire.standing())
    return Found(
        posted=standing.total(),
        doubled=sorted((standing - known).elements()),
        absent=sorted((known - standing).elements()),
        missing=list(_gaps(slots)),
        without_push=[str(slot) for slot in slots if slot[3] != "dropped" and slot[4] not in pushes],
        exit_code=exit_code,
    )


def _gaps(slots: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Between one slot of a campaign in a team and its next."""
    before: dict[tuple[str, ...], datetime] = {}
    for campaign, team, local, *_ in slots:
        wall, last = datetime.fromisoformat(local), before.get((campaign, team))
        if last and wall - last > timedelta(minutes=_EVERY):
            yield f"{campaign} {team} after {last:%H:%M}"
        before[campaign, team] = wall


@dataclass
class _Stage:
    wire: Wire
    folder: Path
    url: str
    epoch: str
    mutation: str

    @property
    def environment(self) -> dict[str, str]:
        return child_environment(
            DATABASE_URL=self.url, PORT="0", READBACK_JUDGE="embedded", **dict(self.wire.environment)
        )

    async def campaigns_start(self) -> None:
        """The first by `readback campaign start`, as an educator types it; the others likewise, without its process."""
        today, day = datetime.fromtimestamp(float(self.epoch), UTC).date(), timedelta(days=1)
        known = {"every": _EVERY, "starts": today - day, "ends": today + 2 * day}  # a few days: all are reckoned
        texts = [_FILE % {"first": first, **known} for first in range(0, _EVERY, _APART)]
        file = self.folder / "spring.yaml"
        file.write_text(texts[0], encoding="utf-8")
        asked = readback("campaign", "start", str(file), "--workspace", str(self.wire.workspace), "--yes")
        child = await asyncio.create_subprocess_exec(*asked, env=self.environment, stdout=DEVNULL)
        assert await child.wait() == 0
        memory = await open_memory(self.url)
        try:
            for text in texts[1:]:
                await start(Tools(memory, utc_now, fresh_id), read_campaign(text, DRILLS), self.wire.workspace)
        finally:
            await memory.close()

    @asynccontextmanager
    async def lives(self) -> AsyncIterator[Process]:
        """Until the end of the block: then kill -9, if it did not stop before."""
        child = await self._start()
        try:
            yield child
        finally:
            await _end(child, signal.SIGKILL)

    async def _start(self) -> Process:
        asked = ["-m", "faults.wire_child", self.epoch, self.mutation, "run", self.wire.role]
        with (self.folder / "program.log").open("ab") as words:
            return await asyncio.create_subprocess_exec(
                sys.executable, *asked, env=self.environment, stdout=words, stderr=words
            )

    async def takes_another(self, within_s: float = 30.0) -> None:
        """Until the platform has one message more than now."""
        before, end = len(self.wire.standing()), time.monotonic() + within_s
        while len(self.wire.standing()) == before:
            if time.monotonic() > end:
                raise RuntimeError(f"nothing was posted: {(self.folder / 'program.log').read_text()[-2000:]}")
            await asyncio.sleep(0.01)

    async def settled(self, left: frozenset[str], within_s: float) -> None:
        """Until another drill stands there and nothing waits of what the dead lives left; slots go on coming."""
        await self.takes_another()
        end = time.monotonic() + within_s
        while time.monotonic() < end and left & self.waiting():  # noqa: ASYNC110  # another process's rows
            await asyncio.sleep(0.05)

    def waiting(self) -> frozenset[str]:
        with closing(sqlite3.connect(f"file:{self.folder / 'readback.db'}?mode=ro", uri=True, timeout=5)) as db:
            return frozenset(id_ for (id_,) in db.execute(_WAITING))


async def _teams(wire: Wire, url: str) -> None:
    await asyncio.to_thread(upgrade, url)
    memory = await open_memory(url)
    try:
        async with memory.begin() as work:
            for id_, tz in _ZONES.items():
                await work.teams.save(Team(wire.workspace, id_, id_, wire.channels[id_], tz))
                who = PersonRef(wire.workspace, wire.user)
                await work.members.save(Member(who, id_, "Ada", Profession.NURSE))
    finally:
        await memory.close()


async def _end(child: Process, how: signal.Signals) -> int:
    """Only the process that was started here, by its own handle."""
    if child.returncode is None:
        child.send_signal(how)
    return await child.wait()
