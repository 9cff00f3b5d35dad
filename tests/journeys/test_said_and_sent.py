"""What a running campaign says it will send is what the ticks then send, whatever happened to it before."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from campaign_ward import a_file, at, make_lead
from hypothesis import given, settings
from hypothesis import strategies as st
from ward import Ward, open_ward

from bot.clock import reckon_again
from drills.campaign import Cadence, CampaignState, Order, Slot
from drills.campaign.slot import slot_name
from drills.journeys.ahead import ahead, tour_of
from drills.journeys.campaigns import push_due
from drills.journeys.run_campaign import change, start
from drills.people import QuietHours

Event: TypeAlias = tuple[str, Any]
Told: TypeAlias = tuple[str, str, datetime, str, str, str, str]

IDS = ("first", "second")
CADENCES = ("0 14 * * TUE,THU", "30 2 * * *", "0 9 * * MON-FRI", "0 7,22 * * WED", "15 */6 * * SAT,SUN", "0 14 * * *")
DRILLS = ("[sbar-001-night-call, sbar-002-lobby-recheck]", "[sbar-002-lobby-recheck, conf-001-held-dose]")
NIGHT, NOON = QuietHours.parse("21:00-07:00"), QuietHours.parse("13:00-15:00")
AHEAD = timedelta(days=17)

EVENTS = st.one_of(
    st.tuples(st.just("live"), st.integers(1, 200)),
    st.tuples(st.just("outage"), st.integers(1, 120)),
    st.tuples(st.just("hold"), st.sampled_from(["1h", "20h", "72h", "off"])),
    st.tuples(st.just("pause"), st.sampled_from(IDS)),
    st.tuples(st.just("resume"), st.sampled_from(IDS)),
    st.tuples(st.just("zone"), st.sampled_from(["Asia/Tokyo", "Pacific/Honolulu", "Europe/Berlin", "America/Chicago"])),
    st.tuples(st.just("quiet"), st.sampled_from([None, NIGHT, NOON])),
    st.tuples(st.just("drills"), st.sampled_from(DRILLS)),
    st.tuples(st.just("back"), st.integers(1, 50)),
    st.tuples(st.just("reckon"), st.none()),
)


@dataclass(frozen=True)
class Plans:
    """Two campaigns of one team in Chicago, from 1 March 2026: clocks change there on the eighth."""

    crons: tuple[str, str]
    orders: tuple[Order, Order]
    per_week: int | None
    ends: str | None

    async def start(self, ward: Ward, number: int, drills: str = DRILLS[0]) -> None:
        file = a_file("[sbar-001-night-call, conf-001-held-dose]", drills)
        campaign = replace(
            file.campaign,
            id=IDS[number],
            cadence=Cadence.cron(self.crons[number]),
            order=self.orders[number],
            per_week=self.per_week,
            ends=date.fromisoformat(self.ends) if self.ends else None,
        )
        await start(ward.tools, replace(file, campaign=campaign), ward.team.workspace)


PLANS = st.builds(
    Plans,
    crons=st.tuples(st.sampled_from(CADENCES), st.sampled_from(CADENCES)),
    orders=st.tuples(st.sampled_from(Order), st.sampled_from(Order)),
    per_week=st.sampled_from([None, 2, 4]),
    ends=st.sampled_from([None, "2026-03-24"]),
)


@given(PLANS, st.lists(EVENTS, min_size=2, max_size=8))
@settings(max_examples=15)
def test_the_next_weeks_are_sent_as_the_outlook_says(plans: Plans, events: list[Event]) -> None:
    asyncio.run(_lived(plans, events))


async def _lived(plans: Plans, events: Sequence[Event]) -> None:
    with TemporaryDirectory() as folder:
        async with open_ward(Path(folder)) as ward:
            ward.clock.now = at("2026-03-01 12:00")
            await make_lead(ward)
            for number in (0, 1):
                await plans.start(ward, number)
            for event in events:
                await _happens(ward, plans, *event)
            began, until = ward.clock(), ward.clock() + AHEAD
            before = {(one[0], one[1]) for one in await _decided(ward)}
            said = await _said(ward, began, until)
            while ward.clock() < until + timedelta(days=2):
                await _next_tick(ward)
            sent = [one for one in await _decided(ward) if (one[0], one[1]) not in before]
            assert [one for one in sent if _counts(one, began, until)] == said


def _counts(one: Told, began: datetime, until: datetime) -> bool:
    """Up to the last day by the wall, and nothing that was missed before the outlook."""
    return one[1][:10] <= until.date().isoformat() and (one[2] > began or one[3] != "dropped")


async def _said(ward: Ward, began: datetime, until: datetime) -> list[Told]:
    told: list[Told] = []
    for id_ in IDS:
        async with ward.memory.read() as work:
            started = await work.campaigns.get(ward.team.workspace, id_)
            assert started is not None
            tour = await tour_of(work, started, began)
        if started.state is CampaignState.RUNNING:
            slots = await ahead(ward.tools, tour, began, until.date())
            told += [_told(slot) for slot in slots]
    return sorted(told)


def _told(slot: Slot) -> Told:
    one = slot.landing
    return slot.campaign, slot_name(one.wall), one.at, one.status.value, one.reason, slot.drill, slot.variant


async def _decided(ward: Ward) -> list[Told]:
    names = ("campaign", "local", "at", "status", "reason", "drill", "variant")
    async with ward.memory.read() as work:
        rows = [row for id_ in IDS for row in await work.campaigns.slots(ward.team.workspace, id_)]
    return sorted(tuple(row[name] for name in names) for row in rows)


async def _happens(ward: Ward, plans: Plans, what: str, how: Any) -> None:
    workspace = ward.team.workspace
    match what:
        case "live":
            until = ward.clock() + timedelta(hours=how)
            while ward.clock() < until:
                await _next_tick(ward, until)
        case "outage":
            ward.clock.pass_by(hours=how)
        case "back":
            ward.clock.pass_by(hours=-how)
        case "hold":
            await ward.ask(f"hold {how}", by="grace")
        case "pause" | "resume":
            to = CampaignState.PAUSED if what == "pause" else CampaignState.RUNNING
            async with ward.memory.read() as work:
                started = await work.campaigns.get(workspace, how)
            if started is not None and started.state is not to:
                await change(ward.tools, workspace, how, to)
        case "zone":
            await ward.change_team(tz=how)
        case "quiet":
            await ward.change_team(quiet=how)
        case "drills":
            await plans.start(ward, 0, how)
        case "reckon":
            await reckon_again(ward.tools)


async def _next_tick(ward: Ward, until: datetime | None = None) -> None:
    """The clock at the next moment at which it has something to do, or half a day later."""
    await push_due(ward.tools, ward.clock())
    async with ward.memory.read() as work:
        courses = [one for id_ in IDS for one in await work.campaigns.courses(ward.team.workspace, id_)]
    later = ward.clock() + timedelta(hours=12)
    wanted = [one.next_at for one in courses if one.next_at is not None and one.next_at > ward.clock()]
    ward.clock.now = min([later, *wanted, *([until] if until else [])])
