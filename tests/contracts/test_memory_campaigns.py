"""What every memory promises of campaigns, on both databases: due once, decided once, counted by week."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from campaign_builders import THREE, a_campaign
from contracts.remembered import ELSEWHERE, NOW, ROOM, WARD, a_push, settle
from fakes import counting_ids

from drills.campaign import Campaign, CampaignState, Landing, Order, Reminders, SlotStatus
from drills.campaign.course import Course
from drills.chat.inbound import Asked, Profile
from drills.errors import Stale
from drills.hold import Hold
from drills.journeys import hold as hold_word
from drills.journeys.tools import Tools
from drills.people import PersonRef, QuietHours
from drills.ports import DecidedSlot, Memory, StartedCampaign
from storage.memory import SqlMemory

EVERYTHING = a_campaign(
    "Tue and Thu at 14:00 and 16:30",
    quiet=QuietHours.parse("21:00-07:00"),
    reminders=Reminders(2, timedelta(hours=12)),
    per_week=2,
    order=Order.SPACED,
    keep=True,
    friday_reflection=True,
    tz="Europe/Berlin",
    teams=(),
)
CLOCK = "America/New_York|"


def a_start(campaign: Campaign = EVERYTHING) -> StartedCampaign:
    return StartedCampaign(ROOM, campaign, THREE, CampaignState.RUNNING, "schema: 1\n")


def a_course(**changes: object) -> Course:
    course = Course(ROOM, "spring", "4w", datetime(2026, 3, 1, 14), NOW, CLOCK, 3)  # noqa: DTZ001  # a wall-clock time
    return replace(course, **changes)  # type: ignore[arg-type]  # a test's shorthand


def a_slot(day: int = 3, *, push: str | None = "p1", status: SlotStatus = SlotStatus.PLANNED) -> DecidedSlot:
    at = datetime(2026, 3, day, 19, tzinfo=UTC)
    landing = Landing(datetime(2026, 3, day, 14), at, at, status)  # noqa: DTZ001  # a wall-clock time
    return DecidedSlot(a_course(), landing, "drill-1", "a", push)


@pytest.fixture
async def running(memory: SqlMemory) -> SqlMemory:
    async with memory.begin() as work:
        await settle(work, WARD)
        await work.campaigns.save(a_start())
        await work.campaigns.put_courses([a_course()])
    return memory


async def test_a_campaign_comes_back_as_it_was_started(running: Memory) -> None:
    async with running.read() as work:
        assert await work.campaigns.get(ROOM, "spring") == a_start()
        assert await work.campaigns.of(ROOM) == [a_start()]
        assert await work.campaigns.get(ELSEWHERE, "spring") is None
        assert await work.campaigns.courses(ROOM, "spring") == [a_course()]


async def test_of_two_that_change_its_state_one_is_too_late(running: Memory) -> None:
    async with running.begin() as work:
        await work.campaigns.save(replace(a_start(), state=CampaignState.PAUSED), was=CampaignState.RUNNING)
    with pytest.raises(Stale):
        async with running.begin() as work:
            await work.campaigns.save(replace(a_start(), state=CampaignState.STOPPED), was=CampaignState.RUNNING)


async def test_a_draft_can_be_thrown_away_and_nothing_else(running: Memory) -> None:
    draft = replace(a_start(replace(EVERYTHING, id="draft")), state=CampaignState.DRAFT)
    async with running.begin() as work:
        await work.campaigns.save(draft)
    async with running.begin() as work:
        for id_ in (draft.campaign.id, EVERYTHING.id, "no-such"):
            await work.campaigns.discard(draft.workspace, id_)
    async with running.read() as work:
        assert [one.campaign.id for one in await work.campaigns.of(draft.workspace)] == [EVERYTHING.id]


async def test_a_course_is_due_at_its_time_while_the_campaign_runs(running: Memory) -> None:
    async with running.begin() as work:
        assert await work.campaigns.due(NOW - timedelta(seconds=1)) == []
        assert await work.campaigns.due(NOW) == [a_course().key]
        assert await work.campaigns.claim([], NOW) == []
        (due,) = await work.campaigns.claim([a_course().key, a_course(team="5w").key], NOW)
        assert (due.course, due.campaign, due.playlist, due.team) == (a_course(), EVERYTHING, THREE, WARD)
        await work.campaigns.put_courses([a_course(next_at=None)])
        assert await work.campaigns.due(NOW) == []
        assert await work.campaigns.claim([a_course().key], NOW) == []  # somebody else was faster
        await work.campaigns.put_courses([a_course()])
        await work.campaigns.save(replace(a_start(), state=CampaignState.PAUSED), was=CampaignState.RUNNING)
        assert await work.campaigns.due(NOW) == []


@pytest.mark.parametrize("team", [replace(WARD, tz="Asia/Tokyo"), replace(WARD, quiet=QuietHours.parse("12:00-13:00"))])
async def test_a_course_is_due_when_the_teams_clock_is_another(running: Memory, team: object) -> None:
    async with running.begin() as work:
        await work.teams.save(team)  # type: ignore[arg-type]  # pytest's parameters
        assert await work.campaigns.due(NOW - timedelta(days=9)) == [a_course().key]


async def test_everything_is_due_once_after_a_start(running: Memory) -> None:
    async with running.begin() as work:
        await work.campaigns.put_courses([a_course(next_at=None)])
        await work.campaigns.reckon_again()
        assert [due.course.clock for due in await work.campaigns.claim(await work.campaigns.due(NOW), NOW)] == [""]


async def test_the_courses_of_one_team_are_due_when_its_hold_changes(running: Memory) -> None:
    async with running.begin() as work:
        await work.teams.save(replace(WARD, id="5w", channel="c-5w"))
        await work.campaigns.put_courses([a_course(next_at=None), a_course(team="5w", next_at=None)])
        await work.campaigns.reckon_team_again(WARD)
        assert await work.campaigns.due(NOW) == [a_course().key]


async def test_a_slot_is_decided_once(running: Memory) -> None:
    async with running.begin() as work:
        assert await work.campaigns.decide([a_slot(3), a_slot(5, push="p2")]) == {"p1", "p2"}
    async with running.begin() as work:
        assert await work.campaigns.decide([a_slot(5, push="p9"), a_slot(10, push="p3")]) == {"p3"}
        assert await work.campaigns.decide([]) == set()
    async with running.read() as work:
        assert [row["push"] for row in await work.campaigns.slots(ROOM, "spring")] == ["p1", "p2", "p3"]
        shown = await work.campaigns.shown([a_course(), a_course(team="5w")])
        assert await work.campaigns.shown([]) == {}
    assert {key: [one.day.day for one in drills] for key, drills in shown.items()} == {
        a_course().key: [3, 5, 10],
        a_course(team="5w").key: [],
    }


async def test_a_week_holds_what_happened_in_it(running: Memory) -> None:
    dropped = a_slot(4, push=None, status=SlotStatus.DROPPED)
    key = (ROOM, "4w")
    async with running.begin() as work:
        await work.campaigns.decide([a_slot(3), a_slot(5, push="p2"), dropped, a_slot(10, push="p3")])
        third, fifth, tenth = (datetime(2026, 3, day, 19, tzinfo=UTC) for day in (3, 5, 10))
        both = await work.campaigns.drills_since({key, (ELSEWHERE, "4w"), (ROOM, "5w")}, "2026-W10")
        assert both == {key: {"2026-W10": {third, fifth}, "2026-W11": {tenth}}}
        assert await work.campaigns.drills_since([key], "2026-W11") == {key: {"2026-W11": {tenth}}}
        assert await work.campaigns.drills_since([], "2026-W10") == {}


async def test_teams_that_a_campaign_no_longer_has_leave_it(running: Memory) -> None:
    async with running.begin() as work:
        await work.teams.save(replace(WARD, id="5w", channel="c-5w"))
        await work.campaigns.put_courses([a_course(team="5w")])
        await work.campaigns.drop_courses(ROOM, "spring", keep=frozenset({"5w"}))
        assert [course.team for course in await work.campaigns.courses(ROOM, "spring")] == ["5w"]


@pytest.mark.postgres
@pytest.mark.parametrize("other", ["spring", "autumn"])
async def test_a_team_that_one_process_has_locked_another_leaves_out(postgres_memory: SqlMemory, other: str) -> None:
    """Also for another campaign of it: the two fill the same week."""
    async with postgres_memory.begin() as work:
        await settle(work, WARD)
        for id_ in {"spring", other}:
            await work.campaigns.save(a_start(replace(EVERYTHING, id=id_)))
            await work.campaigns.put_courses([a_course(campaign=id_)])

    async def beside() -> int:
        async with postgres_memory.begin() as work:
            return len(await work.campaigns.claim([a_course(campaign=other).key], NOW))

    async with postgres_memory.begin() as work:
        assert len(await work.campaigns.claim([a_course().key], NOW)) == 1
        assert await asyncio.create_task(beside()) == 0
    assert await beside() == 1


@pytest.mark.postgres
async def test_whoever_holds_a_campaign_sees_what_the_one_before_wrote(postgres_memory: SqlMemory) -> None:
    """Two save the draft of one campaign: each reads it, adds a word and writes it back."""
    draft = replace(a_start(), state=CampaignState.DRAFT, source="")
    async with postgres_memory.begin() as work:
        await settle(work, WARD)
        await work.campaigns.save(draft)

    async def adds(word: str) -> None:
        async with postgres_memory.begin() as work:
            read = await work.campaigns.get(ROOM, "spring", held=True)
            assert read
            await asyncio.sleep(0.05)
            await work.campaigns.save(replace(read, source=f"{read.source}{word} "), was=CampaignState.DRAFT)

    await asyncio.gather(*(adds(word) for word in ("one", "two", "three")))
    async with postgres_memory.read() as work:
        written = await work.campaigns.get(ROOM, "spring")
    assert written
    assert sorted(written.source.split()) == ["one", "three", "two"]


@pytest.mark.postgres
async def test_a_hold_waits_for_a_push_that_a_tick_is_writing_and_holds_it_too(postgres_memory: SqlMemory) -> None:
    asked = Asked("e1", PersonRef(ROOM, "nina"), WARD.place, "hold 6h", profile=Profile(admin=True))
    tools, push = Tools(postgres_memory, lambda: NOW, counting_ids()), a_push("p1")
    async with postgres_memory.begin() as work:
        await settle(work, WARD)
        await work.campaigns.save(a_start())
        await work.campaigns.put_courses([a_course()])
    async with postgres_memory.begin() as work:
        assert await work.campaigns.claim([a_course().key], NOW)
        holding = asyncio.create_task(hold_word.hold(tools, asked, "6h"))
        await asyncio.sleep(0.5)  # it has come as far as it can
        await work.pushes.add(push)
    await holding
    async with postgres_memory.read() as work:
        held = await work.pushes.get(ROOM, "p1")
    assert held is not None
    assert held.closes_at == push.closes_at + timedelta(hours=6)


@pytest.mark.postgres
async def test_two_leads_who_hold_at_once_make_one_hold_and_move_a_window_once(postgres_memory: SqlMemory) -> None:
    tools, push = Tools(postgres_memory, lambda: NOW, counting_ids()), a_push("p1")
    async with postgres_memory.begin() as work:
        await settle(work, WARD)
        await work.pushes.add(push)
    asked = [
        Asked(lead, PersonRef(ROOM, lead), WARD.place, "hold 6h", profile=Profile(admin=True))
        for lead in ("nina", "omar")
    ]
    await asyncio.gather(*(hold_word.hold(tools, one, "6h") for one in asked))
    async with postgres_memory.read() as work:
        found, held = await work.holds.of(WARD, NOW), await work.pushes.get(ROOM, "p1")
    assert len(found) == 1
    assert held is not None
    assert held.closes_at == push.closes_at + timedelta(hours=6)


async def test_how_many_a_team_was_sent_is_not_taken_back_by_an_older_copy(running: Memory) -> None:
    """A start, a pause or a resume reads courses without locking them, and a tick may come between."""
    async with running.begin() as work:
        await work.campaigns.put_courses([a_course(shown=0, next_at=None)])
        assert await work.campaigns.courses(ROOM, "spring") == [a_course(next_at=None)]


async def test_windows_that_are_open_are_postponed_and_no_stale_copy_takes_that_back(memory: Memory) -> None:
    over, still = a_push("p1", opens_at=NOW - timedelta(days=4)), a_push("p2")
    async with memory.begin() as work:
        await settle(work, WARD, over, still)
        assert [push.id for push in await work.pushes.postpone(WARD, NOW, timedelta(hours=6))] == ["p2"]
        await work.pushes.save(still.claim(NOW), was=still.state)
    async with memory.read() as work:
        later = await work.pushes.get(ROOM, "p2")
        same = await work.pushes.get(ROOM, "p1")
    assert later is not None
    assert same is not None
    assert (later.closes_at, same.closes_at) == (still.closes_at + timedelta(hours=6), over.closes_at)


async def test_holds_are_found_until_they_are_over_and_settled(memory: Memory) -> None:
    hold = Hold("h1", ROOM, WARD.id, NOW, NOW + timedelta(hours=6), "nina")
    async with memory.begin() as work:
        await settle(work, WARD)
        await work.holds.add(hold)
        assert await work.holds.of(WARD, NOW) == [hold]
        assert await work.holds.recent(NOW) == [hold]
        assert await work.holds.of(WARD, NOW + timedelta(hours=6)) == []
        assert await work.holds.over(NOW) == []
        assert await work.holds.over(NOW + timedelta(hours=6)) == [hold]
        await work.holds.settle(hold)
        assert await work.holds.over(NOW + timedelta(hours=6)) == []


async def test_a_hold_that_was_made_longer_meanwhile_is_not_settled(memory: Memory) -> None:
    read, longer = NOW + timedelta(hours=6), NOW + timedelta(hours=9)
    hold = Hold("h1", ROOM, WARD.id, NOW, read, "nina")
    async with memory.begin() as work:
        await settle(work, WARD)
        await work.holds.add(replace(hold, ends=longer))
        await work.holds.settle(hold)
        assert await work.holds.of(WARD, read) == [replace(hold, ends=longer)]


async def test_many_pushes_are_written_at_once_and_a_slot_that_has_one_keeps_it(memory: Memory) -> None:
    async with memory.begin() as work:
        await settle(work, WARD, a_push("p1", slot="same"))
        await work.pushes.add_all([a_push("p2", slot="same"), a_push("p3")])
        await work.pushes.add_all([])
        assert {push.id for push in await work.pushes.of_team(WARD)} == {"p1", "p3"}
