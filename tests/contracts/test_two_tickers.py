"""Two processes tick on one PostgreSQL at the same time: every slot is decided once, and no week overflows."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from builders import a_drill_file
from campaign_builders import a_campaign
from contracts.remembered import ROOM, WARD, settle
from fakes import counting_ids

from drills.campaign import CampaignState, Entry, SlotStatus
from drills.campaign.course import Course
from drills.journeys.campaigns import push_due
from drills.journeys.tools import Tools
from drills.ports import StartedCampaign
from storage.memory import SqlMemory, open_memory

pytestmark = pytest.mark.postgres

TEAMS = [f"team-{n:03}" for n in range(20)]  # so that two batches of a tick have the same teams
CAMPAIGNS = {"autumn": "0 14 * * *", "spring": "30 14 * * *", "winter": "30 14 * * *"}
BEGIN = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
async def two(postgres_url: str) -> AsyncIterator[tuple[Tools, Tools]]:
    first, second = await open_memory(postgres_url), await open_memory(postgres_url)
    ids = counting_ids()
    yield Tools(first, lambda: BEGIN, ids), Tools(second, lambda: BEGIN, ids)
    await first.close()
    await second.close()


async def started(memory: SqlMemory) -> None:
    drill = a_drill_file()
    playlist = (Entry(drill.id, drill.hash, drill.variants),)
    async with memory.begin() as work:
        await settle(work, WARD)
        await work.drills.keep(ROOM, drill.drill(), drill.source)
        for name in TEAMS:
            await work.teams.save(replace(WARD, id=name, channel=name, tz="UTC"))
        for id_, cron in CAMPAIGNS.items():
            campaign = a_campaign(cron, "2026-03-02", "2026-03-06", id=id_, per_week=8, teams=())
            await work.campaigns.save(StartedCampaign(ROOM, campaign, playlist, CampaignState.RUNNING, ""))
            after = BEGIN.replace(tzinfo=None)
            await work.campaigns.put_courses([Course(ROOM, id_, name, after, None) for name in TEAMS])


async def test_nothing_is_double_nothing_is_missed_and_no_week_overflows(two: tuple[Tools, Tools]) -> None:
    one, other = two
    assert isinstance(one.memory, SqlMemory)
    await started(one.memory)
    sent = 0
    for half_hours in range(5 * 48):
        now = BEGIN + timedelta(minutes=30 * half_hours)
        if now.hour in {12, 14}:
            sent += sum(await asyncio.gather(push_due(one, now), push_due(other, now), push_due(one, now)))
    async with one.memory.read() as work:
        rows = [row for id_ in CAMPAIGNS for row in await work.campaigns.slots(ROOM, id_)]
        pushes = [push for name in TEAMS for push in await work.pushes.of_team(replace(WARD, id=name))]
    happened = [row for row in rows if row["status"] == SlotStatus.PLANNED.value]
    assert Counter((row["campaign"], row["team"]) for row in rows) == Counter(
        dict.fromkeys(((id_, name) for id_ in CAMPAIGNS for name in TEAMS), 5)
    )
    assert Counter(row["team"] for row in happened) == dict.fromkeys(TEAMS, 8)
    assert sorted(push.id for push in pushes) == sorted(row["push"] for row in happened)
    assert sent == len(happened)
    moments = Counter((row["team"], row["at"]) for row in happened)
    assert max(moments.values()) == 1  # spring and winter want the same moment
