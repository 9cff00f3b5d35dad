"""kill -9 around ticks: campaigns with a slot every minute of the program's hurried clock, then a look at every row."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE, Process
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from builders import a_drill_file
from campaign_builders import a_campaign
from child_environment import child_environment
from faults.flaky_model import FlakyModel
from faults.scene import TEAM

from drills.campaign import CampaignState, Entry
from drills.campaign.course import Course
from drills.people import Member, PersonRef, Profession, Team
from drills.ports import StartedCampaign
from storage.memory import open_memory
from storage.upgrade import upgrade

_BOOT_S = 60.0
_MINUTE = timedelta(minutes=1)


def _team(id_: str, tz: str) -> Team:
    return replace(TEAM, id=id_, channel=id_, tz=tz)


_CAMPAIGNS = {  # each its own teams: of two at one moment in one team the second is dropped, and would post nothing
    "early": (TEAM, _team("micu", "Asia/Kathmandu")),
    "late": (_team("ed", "Europe/London"), _team("labor", "Asia/Kathmandu")),
}


@dataclass(frozen=True, slots=True)
class Findings:
    """What became of every minute since the start; each list is empty when nothing went wrong."""

    slots: int
    sent: int
    missing: list[str]
    without_push: list[str]
    push_without_slot: list[str]
    not_posted_once: list[str]

    @property
    def faults(self) -> dict[str, list[str]]:
        named = {
            "slots missing": self.missing,
            "slots that happen and have no push": self.without_push,
            "pushes of no slot": self.push_without_slot,
            "drills not posted exactly once": self.not_posted_once,
        }
        return {what: which for what, which in named.items() if which}


async def kill_ticks(folder: Path, *, kills: int, seed: int, mutation: str = "") -> Findings:
    """So many lives end at random moments; the last one settles and stops cleanly."""
    chance, epoch = Random(f"{seed} kills"), datetime.now(UTC)  # noqa: S311  # no secret
    file = await _set_up(folder, epoch)
    async with FlakyModel(chance=Random(seed)) as model:  # noqa: S311
        asked = [str(file), model.url, str(epoch.timestamp()), "1", mutation]
        for _ in range(kills):
            child = await _start(asked, folder)
            await asyncio.sleep(chance.uniform(0.1, 2.5))
            await _end(child, signal.SIGKILL)
        child = await _start([*asked[:4], ""], folder)
        await _settled(file, within_s=30)
        assert await _end(child, signal.SIGTERM) == 0
    return look(file, epoch)


def look(file: Path, epoch: datetime) -> Findings:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        slots = db.execute("SELECT campaign, team, local, status, push FROM slots").fetchall()
        pushes = {row[0]: row[1:] for row in db.execute("SELECT id, campaign, team, slot, state FROM pushes")}
        posted = {
            key.split(":")[1] for (key,) in db.execute("""SELECT "key" FROM messages WHERE "key" LIKE 'push:%'""")
        }
    happening = {push: (campaign, team, local) for campaign, team, local, status, push in slots if status != "dropped"}
    return Findings(
        slots=len(slots),
        sent=len(happening),
        missing=[
            minute
            for campaign, teams in _CAMPAIGNS.items()
            for team in teams
            for minute in _gaps(slots, campaign, team, epoch)
        ],
        without_push=[str(slot) for push, slot in happening.items() if pushes.get(push, ())[:3] != slot],
        push_without_slot=[push for push in pushes if push not in happening],
        not_posted_once=[push for push, row in pushes.items() if row[3] in {"posted", "closed"} and push not in posted],
    )


def _gaps(slots: list[tuple[str, ...]], campaign: str, team: Team, epoch: datetime) -> list[str]:
    """Minutes between the start and the last decided one that no row speaks of."""
    known = {slot[2] for slot in slots if slot[:2] == (campaign, team.id)}
    wall = _wall(team, epoch).replace(second=0, microsecond=0)
    gaps = []
    while known and (wall := wall + _MINUTE).isoformat(timespec="minutes") <= max(known):
        if wall.isoformat(timespec="minutes") not in known:
            gaps.append(f"{campaign} {team.id} {wall:%H:%M}")
    return gaps


async def _set_up(folder: Path, epoch: datetime) -> Path:
    file, drill = folder / "readback.db", a_drill_file()
    url = f"sqlite+aiosqlite:///{file}"
    upgrade(url)
    memory = await open_memory(url)
    playlist = (Entry(drill.id, drill.hash, drill.variants),)
    try:
        async with memory.begin() as work:
            for team in chain.from_iterable(_CAMPAIGNS.values()):
                await work.teams.save(team)
                who = PersonRef(team.workspace, "kai")
                await work.members.save(Member(who, team.id, "Kai", Profession.NURSE))
            await work.drills.keep(TEAM.workspace, drill.drill(), drill.source)
            for id_, teams in _CAMPAIGNS.items():
                campaign = a_campaign("* * * * *", "2020-01-01", None, id=id_)
                await work.campaigns.save(
                    StartedCampaign(TEAM.workspace, campaign, playlist, CampaignState.RUNNING, "")
                )
                await work.campaigns.put_courses(
                    [Course(TEAM.workspace, id_, team.id, _wall(team, epoch), None) for team in teams]
                )
    finally:
        await memory.close()
    return file


def _wall(team: Team, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(team.tz)).replace(tzinfo=None)


async def _start(asked: list[str], folder: Path) -> Process:
    """Returns when the program serves. Raises RuntimeError with its last words when it ends instead."""
    log = folder / "program.log"
    with log.open("ab") as words:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "faults.child", *asked, env=child_environment(), stdout=PIPE, stderr=words
        )
    assert child.stdout
    async with asyncio.timeout(_BOOT_S):
        if not await child.stdout.readline():
            raise RuntimeError(f"the program ended at its start: {log.read_text()[-2000:]}")
    return child


async def _settled(file: Path, within_s: float) -> None:
    """Until nothing waits to be posted at one moment; slots go on coming every three seconds."""
    end = time.monotonic() + within_s
    await asyncio.sleep(4)
    while time.monotonic() < end and _waiting(file):  # noqa: ASYNC110  # another process's rows
        await asyncio.sleep(0.05)


def _waiting(file: Path) -> int:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as db:
        (count,) = db.execute("SELECT count(*) FROM pushes WHERE state IN ('planned', 'posting')").fetchone()
    return int(count)


async def _end(child: Process, how: signal.Signals) -> int:
    """Only the process that was started here, by its own handle."""
    if child.returncode is None:
        child.send_signal(how)
    await child.communicate()
    return child.returncode or 0
