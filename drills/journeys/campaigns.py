"""Campaigns run: every tick decides the slots whose time has come and writes their pushes, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from drills.campaign import Campaign, Landing, Order, choose
from drills.campaign.clocks import clock_for, clock_name
from drills.campaign.course import Course, Due, Step, step
from drills.campaign.plan import over_the_week
from drills.campaign.playlist import Pick, in_turn
from drills.campaign.slot import slot_name
from drills.hold import LONGEST, Hold
from drills.journeys.missed import missed_by
from drills.journeys.push import POST
from drills.journeys.tools import Tools
from drills.people import Workspace
from drills.ports import DecidedSlot, Job, TeamWeek, UnitOfWork
from drills.push import Push, PushState

AT_ONCE = 200
"""Courses in one transaction: few enough that nobody waits long for it, enough that a commit is shared."""

_ON_TIME = timedelta(minutes=5)  # a slot sent later than that opens when it is sent, so that its window is whole
_HOLDS_SINCE = timedelta(days=7) + LONGEST  # no slot that waited longer is sent anyway


async def push_due(tools: Tools, now: datetime) -> int:
    """Decide every slot whose time has come, and return how many were sent. Any number of processes may do this."""
    sent = 0
    while True:
        async with tools.memory.begin() as work:
            due = await work.campaigns.due(now, AT_ONCE)
            sent += await _decide(tools, work, due, now) if due else 0
        if len(due) < AT_ONCE:
            return sent


@dataclass(frozen=True, slots=True)
class _Stepped:
    due: Due
    step: Step


async def _decide(tools: Tools, work: UnitOfWork, due: Sequence[Due], now: datetime) -> int:
    holds = _by_team(await work.holds.recent(now - _HOLDS_SINCE))
    stepped = [_Stepped(one, _step(one, now, holds.get((one.team.workspace, one.team.id), ()))) for one in due]
    in_week = dict(await work.campaigns.in_weeks(frozenset(_weeks(stepped))))
    slots: list[DecidedSlot] = []
    pushes: dict[str, Push] = {}
    courses = []
    for one in stepped:
        decided, push = await _carried_out(tools, work, one, in_week, now)
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


def _by_team(holds: Sequence[Hold]) -> Mapping[tuple[Workspace, str], list[Hold]]:
    found: dict[tuple[Workspace, str], list[Hold]] = {}
    for hold in holds:
        found.setdefault((hold.workspace, hold.team), []).append(hold)
    return found


def _weeks(stepped: Sequence[_Stepped]) -> set[TeamWeek]:
    limited = [one for one in stepped if one.step.happening and one.due.campaign.per_week is not None]
    return {_week(one.due, one.step.happening) for one in limited if one.step.happening}


def _week(due: Due, landing: Landing) -> TeamWeek:
    return due.team.workspace, due.team.id, landing.week


async def _carried_out(
    tools: Tools, work: UnitOfWork, one: _Stepped, in_week: dict[TeamWeek, int], now: datetime
) -> tuple[list[DecidedSlot], Push | None]:
    """The slots to write, and the push of the one that happens."""
    due = one.due
    if not one.step.decided:
        return [], None
    pick = await _pick(work, due, one.step.decided[-1])
    slots: list[DecidedSlot] = []
    push = None
    for landing in one.step.decided:
        week = _week(due, landing)
        kept = over_the_week(landing, in_week.get(week, 0), due.campaign.per_week)
        if kept.happens:
            in_week[week] = in_week.get(week, 0) + 1
            push = _push(tools, due, kept, pick, now)
        slots.append(_slot(due, kept, pick, push if kept.happens else None))
    return slots, push


async def _pick(work: UnitOfWork, due: Due, landing: Landing) -> Pick:
    if due.campaign.order is Order.GIVEN:
        return in_turn(due.playlist, due.course.shown)
    past = await work.campaigns.shown(due.course)
    missed = await missed_by(work, due.course) if due.campaign.order is Order.ADAPTIVE else frozenset()
    return choose(due.campaign.order, due.playlist, past, landing.local.date(), missed)


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
