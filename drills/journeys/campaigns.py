"""Campaigns run: every tick decides the slots whose time has come and writes their pushes, each once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from drills.campaign import Campaign, Landing, Order, Past, Shown, choose
from drills.campaign.clocks import clock_for, clock_name
from drills.campaign.course import Course, CourseKey, Due, Step, step
from drills.campaign.diary import Diary
from drills.campaign.lessons import Lesson, missed_at
from drills.campaign.playlist import Pick
from drills.campaign.slot import slot_name
from drills.hold import LONGEST, Hold
from drills.journeys.push import POST
from drills.journeys.tools import Tools
from drills.ports import DecidedSlot, Job, TeamKey, UnitOfWork
from drills.push import Push, PushState

AT_ONCE = 25
"""Courses in one transaction: few enough that nobody waits long for it, enough that a commit is shared."""

_ON_TIME = timedelta(minutes=5)  # a slot sent later than that opens when it is sent, so that its window is whole
HOLDS_SINCE = timedelta(days=7) + LONGEST
"""How far back holds matter: no slot that waited longer is sent anyway."""


async def push_due(tools: Tools, now: datetime) -> int:
    """Decide every slot whose time has come, and return how many were sent. Any number of processes may do this."""
    sent = 0
    async with tools.memory.read() as work:
        waiting = await work.campaigns.due(now)
    for first in range(0, len(waiting), AT_ONCE):
        async with tools.memory.begin() as work:
            due = await work.campaigns.claim(waiting[first : first + AT_ONCE], now)
            sent += await _decide(tools, work, due, now) if due else 0
        await asyncio.sleep(0)  # whoever waits for the one writer goes first
    return sent


@dataclass(frozen=True, slots=True)
class _Stepped:
    due: Due
    step: Step

    @property
    def team(self) -> TeamKey:
        return self.due.team.workspace, self.due.team.id


@dataclass(frozen=True, slots=True)
class _Known:
    """What has to be known of the teams and courses whose slots are decided."""

    diaries: Mapping[TeamKey, Diary]
    shown: Mapping[CourseKey, Sequence[Shown]]
    lessons: Mapping[CourseKey, Sequence[Lesson]]


async def _decide(tools: Tools, work: UnitOfWork, due: Sequence[Due], now: datetime) -> int:
    holds = by_team(await work.holds.recent(now - HOLDS_SINCE))
    stepped = [_Stepped(one, _step(one, now, holds.get((one.team.workspace, one.team.id), ()))) for one in due]
    stepped.sort(key=lambda one: one.step.rank(one.due.campaign.id))
    known = await _look(work, [one for one in stepped if one.step.decided], now)
    slots: list[DecidedSlot] = []
    pushes: dict[str, Push] = {}
    courses = []
    for one in stepped:
        decided, push = _carried_out(tools, one, known, now)
        slots += decided
        courses.append(_course_after(one, shown=push is not None))
        if push is not None:
            pushes[push.id] = push
    new = await work.campaigns.decide(slots)
    await work.pushes.add_all([pushes[id_] for id_ in sorted(new)])
    await work.campaigns.put_courses(courses)
    for id_ in sorted(new):
        await work.enqueue(Job(POST, pushes[id_].workspace, id_))
    return len(new)


def _step(due: Due, now: datetime, holds: Sequence[Hold]) -> Step:
    return step(due.campaign, clock_for(due.campaign, due.team), due.course.after, now, holds)


def by_team(holds: Sequence[Hold]) -> Mapping[TeamKey, list[Hold]]:
    found: dict[TeamKey, list[Hold]] = {}
    for hold in holds:
        found.setdefault((hold.workspace, hold.team), []).append(hold)
    return found


async def _look(work: UnitOfWork, deciding: Sequence[_Stepped], now: datetime) -> _Known:
    happening = [one for one in deciding if one.step.happening]
    since = min((one.step.happening.week for one in happening if one.step.happening), default="")
    drills = await work.campaigns.drills_since({one.team for one in happening}, since)
    adaptive = [one.due.course for one in deciding if one.due.campaign.order is Order.ADAPTIVE]
    return _Known(
        diaries={one.team: Diary(drills.get(one.team)) for one in deciding},
        shown=await work.campaigns.shown([one.due.course for one in deciding if one.due.course.shown]),
        lessons=await work.patterns.lessons(adaptive, now),
    )


def _carried_out(tools: Tools, one: _Stepped, known: _Known, now: datetime) -> tuple[list[DecidedSlot], Push | None]:
    """The slots to write, and the push of the one that happens."""
    due, slots, push = one.due, list[DecidedSlot](), None
    past = Past(known.shown.get(due.course.key, ()))
    missed = missed_at(known.lessons.get(due.course.key, ()), now)
    for landing in one.step.decided:
        kept = known.diaries[one.team].enter(landing, due.campaign.per_week)
        day = kept.local.date()
        pick = choose(due.campaign.order, due.playlist, past, day, missed)
        if kept.happens:
            past.add(Shown(pick.entry.drill, pick.variant, day))
            push = _push(tools, due, kept, pick, now)
        slots.append(_slot(due, kept, pick, push if kept.happens else None))
    return slots, push


def _push(tools: Tools, due: Due, landing: Landing, pick: Pick, now: datetime) -> Push:
    opens_at = landing.at if now - landing.at <= _ON_TIME else now
    return Push(
        id=tools.ids(),
        workspace=due.team.workspace,
        team=due.team.id,
        drill_id=pick.entry.drill,
        drill_hash=pick.entry.hash,
        variant=pick.variant,
        campaign=due.campaign.id,
        slot=slot_name(landing.wall),
        state=PushState.PLANNED,
        opens_at=opens_at,
        closes_at=opens_at + due.campaign.window,
        keep=due.campaign.keep,
    )


def _slot(due: Due, landing: Landing, pick: Pick, push: Push | None) -> DecidedSlot:
    return DecidedSlot(
        course=due.course,
        landing=landing,
        drill=pick.entry.drill,
        variant=pick.variant,
        push=push.id if push else None,
        remind_at=_first_reminder(due.campaign, push) if push else None,
    )


def _first_reminder(campaign: Campaign, push: Push) -> datetime | None:
    at = push.opens_at + campaign.reminders.due(1)
    return at if campaign.reminders.most and at < push.closes_at else None


def _course_after(one: _Stepped, *, shown: bool) -> Course:
    course = one.due.course
    after = max([course.after, *(landing.wall for landing in one.step.decided)])
    clock = clock_name(one.due.team)
    return replace(course, after=after, next_at=one.step.next_at, clock=clock, shown=course.shown + shown)
