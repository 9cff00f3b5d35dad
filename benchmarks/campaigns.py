"""Planning a year for two hundred teams, and a tick that finds ten thousand campaigns due while replies come in."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiosqlite
from builders import a_drill_file, a_team
from campaign_builders import NIGHT, a_campaign

from benchmarks.figure import Figure
from bot.wiring import fresh_id
from drills.campaign import Campaign, CampaignState, Entry, Planned, Slot, TeamClock, plan
from drills.campaign.course import Course
from drills.journeys.campaigns import AT_ONCE, push_due
from drills.journeys.tools import Tools
from drills.people import Team
from drills.ports import StartedCampaign, UnitOfWork
from drills.views.campaign import slot_line
from storage.memory import SqlMemory, open_memory
from storage.upgrade import upgrade

ZONES = ("America/New_York", "America/Chicago", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
_DUE = datetime(2026, 3, 3, 14, tzinfo=UTC)
_HERE = a_team().workspace
_EVERY_S = 0.025
_ROWS = 3  # a slot, a push and a course for each campaign


async def measure(folder: Path, *, tiny: bool = False) -> list[Figure]:
    """The plan in this process; the tick on a SQLite file, with nobody posting."""
    return [*_planning(teams=4 if tiny else 200), *await _ticking(folder, 30 if tiny else 10_000)]


def _planning(teams: int) -> Iterator[Figure]:
    campaign = a_campaign("Tue and Thu at 14:00", "2026-01-05", "2027-01-03", quiet=NIGHT, per_week=3)
    clocks = {f"team-{n}": TeamClock(ZoneInfo(ZONES[n % len(ZONES)]), (NIGHT,)) for n in range(teams)}
    playlist = tuple(Entry(f"drill-{n}", "hash", ("a", "b")) for n in range(20))
    began = time.perf_counter()
    slots = plan([Planned(campaign, playlist, clocks)], date(2027, 1, 3))
    lines = [slot_line(slot) for slot in slots]
    took = time.perf_counter() - began
    assert len(lines) == teams * 104
    yield Figure(
        f"plan of 52 weeks × {teams} teams, {len(lines)} slots", took, "s", _conversions(slots), "one zone change each"
    )


def _conversions(slots: list[Slot]) -> float:
    """The floor: for each slot, its local time and its UTC time from zoneinfo, and both as text."""
    zones = [ZoneInfo(name) for name in ZONES]
    began = time.perf_counter()
    for number, slot in enumerate(slots):
        local = slot.landing.wall.replace(tzinfo=zones[number % len(zones)])
        local.isoformat(), local.astimezone(UTC).isoformat()
    return time.perf_counter() - began


async def _ticking(folder: Path, campaigns: int) -> list[Figure]:
    url = f"sqlite+aiosqlite:///{folder / 'campaigns.db'}"
    await asyncio.to_thread(upgrade, url)
    memory = await open_memory(url)
    try:
        await _started(memory, campaigns)
        tools = Tools(memory, lambda: _DUE, fresh_id)
        quiet = await _arriving(memory, asyncio.sleep(2.0))
        began = time.perf_counter()
        busy = await _arriving(memory, _sent_by(tools, campaigns))
        took = time.perf_counter() - began
        began = time.perf_counter()
        assert await push_due(tools, _DUE) == 0
        idle = time.perf_counter() - began
    finally:
        await memory.close()
    floor = await _bare_rows(folder, campaigns)
    return [
        Figure(f"tick with {campaigns} campaigns due, all sent", took, "s", floor, "the same rows, bare, same commits"),
        Figure("for each of them", took / campaigns * 1000, "ms", floor / campaigns * 1000, "bare rows"),
        Figure(f"tick with none of {campaigns} due", idle * 1000, "ms"),
        Figure(
            "a small commit that comes in during that tick, p50", _part(busy, 0.5), "ms", _part(quiet, 0.5), "no tick"
        ),
        Figure("the same, p99", _part(busy, 0.99), "ms", _part(quiet, 0.99), "no tick"),
    ]


async def _sent_by(tools: Tools, campaigns: int) -> None:
    assert await push_due(tools, _DUE) == campaigns


async def _arriving(memory: SqlMemory, meanwhile: Coroutine[object, object, None]) -> list[float]:
    """Milliseconds that a commit of one row takes, from the moment at which it was to come in, every 25 ms."""
    task = asyncio.create_task(meanwhile)
    waits = []
    due = time.perf_counter()
    while not task.done():
        async with memory.begin() as work:
            await work.inbox.first(_HERE, fresh_id(), _DUE)
        waits.append((time.perf_counter() - due) * 1000)
        due = max(due + _EVERY_S, time.perf_counter())
        await asyncio.sleep(due - time.perf_counter())
    await task
    return sorted(waits)


def _part(waits: Sequence[float], part: float) -> float:
    return waits[int(part * (len(waits) - 1))]


async def _started(memory: SqlMemory, campaigns: int) -> None:
    """Each with a team of its own in one of a few zones, due at this very moment."""
    drill = a_drill_file()
    playlist = (Entry(drill.id, drill.hash, drill.variants),)
    for first in range(0, campaigns, AT_ONCE):
        async with memory.begin() as work:
            for number in range(first, min(first + AT_ONCE, campaigns)):
                team = replace(a_team(f"team-{number}"), tz="UTC")
                await work.teams.save(team)
                if number == 0:
                    await work.drills.keep(team.workspace, drill.drill(), drill.source)
                await _start(work, team, a_campaign("0 14 * * *", id=f"campaign-{number}", per_week=3), playlist)


async def _start(work: UnitOfWork, team: Team, campaign: Campaign, playlist: tuple[Entry, ...]) -> None:
    await work.campaigns.save(StartedCampaign(team.workspace, campaign, playlist, CampaignState.RUNNING, ""))
    after = (_DUE - timedelta(hours=1)).replace(tzinfo=None)
    await work.campaigns.put_courses([Course(team.workspace, campaign.id, team.id, after, _DUE, "UTC|")])


async def _bare_rows(folder: Path, campaigns: int) -> float:
    """The floor: as many rows of such a size, one statement a batch, a durable commit for each batch."""
    async with aiosqlite.connect(folder / "floor.db", isolation_level=None) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            await connection.execute(f"PRAGMA {pragma}")
        await connection.execute("CREATE TABLE floor (a TEXT, b TEXT, c TEXT, PRIMARY KEY (a, b))")
        began = time.perf_counter()
        for first in range(0, campaigns, AT_ONCE):
            await connection.execute("BEGIN IMMEDIATE")
            for kind in range(_ROWS):
                rows = [(f"{kind}", f"campaign-{number}", "x" * 200) for number in range(first, first + AT_ONCE)]
                await connection.executemany("INSERT INTO floor VALUES (?, ?, ?)", rows)
            await connection.commit()
        return time.perf_counter() - began
