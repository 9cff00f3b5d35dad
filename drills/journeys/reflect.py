"""Friday's card: what the team's replies of the week have in common, and one question to talk about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from drills.campaign import Campaign
from drills.campaign.clocks import clock_for
from drills.campaign.slot import week_of
from drills.chat.cards import Card
from drills.errors import CannotReach, OursToFix, Stale, TryLater
from drills.evaluation import MAX_TRIES
from drills.hold import holding
from drills.journeys.tools import Tools, the_push
from drills.people import Team
from drills.ports import Chat, Job, Once, Retry, UnitOfWork
from drills.push import Push, PushState
from drills.reflection import AT, FRIDAY, Reflection, ReflectionState
from drills.views.reflection import reflection_card

REFLECT = "reflect"
_WEEK = timedelta(days=7)


async def plan_reflection(tools: Tools, work: UnitOfWork, campaign: Campaign, team: Team, push: Push) -> None:
    """In the transaction that closes a push: the Friday on which the team talks about it, once a week."""
    clock = clock_for(campaign, team)
    day = clock.day(push.closes_at)
    friday = day + timedelta(days=(FRIDAY - day.isoweekday()) % 7)
    due = clock.instant(datetime.combine(friday, AT))
    if due < push.closes_at:
        friday += _WEEK
        due = clock.instant(datetime.combine(friday, AT))
    await work.reflections.add(
        Reflection(tools.ids(), team.workspace, campaign.id, team.id, week_of(friday), clock.awake(due) or due)
    )


async def reflect(tools: Tools, chats: Mapping[str, Chat], job: Job) -> Retry | None:
    """Post it once. It waits for the end of a hold and of quiet hours."""
    chat = chats[job.workspace.platform]
    parcel = await _claim(tools, job, threads=chat.limits.threads)
    if parcel is None:
        return None
    reflection = parcel.reflection
    once = Once(f"reflection:{reflection.id}", again=reflection.tries > 1)
    try:
        await chat.post(parcel.team.place, parcel.card, once)
    except TryLater as later:
        given_up = reflection.tries >= MAX_TRIES
        await _save(tools, reflection.ended(ReflectionState.FAILED if given_up else ReflectionState.PLANNED))
        return None if given_up else Retry(later.retry_after)
    except (CannotReach, OursToFix):
        await _save(tools, reflection.ended(ReflectionState.FAILED))
        raise
    await _save(tools, reflection.ended(ReflectionState.POSTED))
    return None


@dataclass(frozen=True, slots=True)
class _Parcel:
    reflection: Reflection
    team: Team
    card: Card


async def _claim(tools: Tools, job: Job, *, threads: bool) -> _Parcel | None:
    now = tools.clock()
    async with tools.memory.begin() as work:
        reflection = await work.reflections.get(job.workspace, job.key)
        if reflection is None or not reflection.may_claim(now):
            return None
        team = await work.teams.get(job.workspace, reflection.team)
        started = await work.campaigns.get(job.workspace, reflection.campaign)
        if team is None or started is None or await _must_wait(work, started.campaign, team, now):
            return None
        card = await _card(work, reflection, team, threads=threads)
        if card is None:
            await work.reflections.save(reflection.ended(ReflectionState.FAILED), was=reflection.state)
            return None
        claimed = reflection.claim(now)
        await work.reflections.save(claimed, was=reflection.state)
        return _Parcel(claimed, team, card)


async def _must_wait(work: UnitOfWork, campaign: Campaign, team: Team, now: datetime) -> bool:
    held = holding(await work.holds.of(team, now), now) is not None
    return held or clock_for(campaign, team).quiet_at(now) is not None


async def _card(work: UnitOfWork, reflection: Reflection, team: Team, *, threads: bool) -> Card | None:
    """About the drill that closed last in the week before; None when there was none, or it asks no question."""
    of_week = [
        push
        for push in await work.pushes.of_team(team)
        if push.campaign == reflection.campaign
        and push.state is PushState.CLOSED
        and reflection.due_at - _WEEK < push.closes_at <= reflection.due_at
    ]
    for push in of_week:
        found = await the_push(work, push.workspace, push.id)
        if found.drill.team_reflection:
            return reflection_card(found.drill, await work.patterns.of(push), threads=threads)
    return None


async def _save(tools: Tools, reflection: Reflection) -> None:
    try:
        async with tools.memory.begin() as work:
            await work.reflections.save(reflection, was=ReflectionState.POSTING)
    except Stale:
        return  # the claim was taken over while we were away
