"""What a campaign will bring: every slot from now on, as its rows stand, beside all that the same teams get else."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from drills.campaign import Campaign, CampaignState, Entry, Order, Slot
from drills.campaign.clocks import clock_for
from drills.campaign.course import Course
from drills.campaign.outlook import Run, Standing, outlook
from drills.campaign.slot import week_of
from drills.catalog import CampaignFile
from drills.journeys.campaigns import HOLDS_SINCE, by_team
from drills.journeys.tools import Tools
from drills.people import Team, Workspace
from drills.ports import StartedCampaign, UnitOfWork
from drills.push import Push, PushState

OPEN_END = timedelta(days=8 * 7 - 1)
_LOOK_BACK, _MANY = timedelta(days=14), 100
LONGEST = timedelta(days=366)
"""How far a preview looks at most; without an end it is eight weeks."""


@dataclass(frozen=True, slots=True)
class Tour:
    """A campaign with its drills, the teams that it goes to, and how far it is with those that it reached before."""

    workspace: Workspace
    campaign: Campaign
    playlist: tuple[Entry, ...]
    teams: Sequence[Team]
    courses: Mapping[str, Course] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Others:
    """Slots of other campaigns that no longer happen, and that happen now; `titles` of campaigns by id."""

    lost: tuple[Slot, ...]
    freed: tuple[Slot, ...]
    titles: Mapping[str, str]
    teams: Sequence[Team]


def anew(workspace: Workspace, campaign: str, team: Team, before: Course | None, now: datetime) -> Course:
    """Where a course goes on when its campaign is started, changed or resumed: what lies before now is not made up for.

    An empty clock name is no team's, so the next tick reckons when the first slot is.
    """
    after = now.astimezone(ZoneInfo(team.tz)).replace(tzinfo=None, fold=0)
    if before is not None:
        return replace(before, after=max(after, before.after), clock="")
    return Course(workspace, campaign, team.id, after, None)


async def tour_of(work: UnitOfWork, started: StartedCampaign, now: datetime) -> Tour:
    """As it runs; one that is paused as if it were resumed now."""
    workspace, campaign = started.workspace, started.campaign
    teams = {team.id: team for team in await work.teams.of(workspace)}
    courses = {one.team: one for one in await work.campaigns.courses(workspace, campaign.id) if one.team in teams}
    if started.state is not CampaignState.RUNNING:
        courses = {id_: anew(workspace, campaign.id, teams[id_], one, now) for id_, one in courses.items()}
    return Tour(workspace, campaign, started.playlist, [teams[id_] for id_ in courses], courses)


async def missed(work: UnitOfWork, tour: Tour, now: datetime) -> list[Push]:
    """What could not be posted in the last two weeks."""
    return [
        push
        for team in tour.teams
        for push in await work.pushes.of_team(team, limit=_MANY)
        if push.campaign == tour.campaign.id and push.state is PushState.FAILED and push.opens_at > now - _LOOK_BACK
    ]


async def tour_anew(work: UnitOfWork, workspace: Workspace, file: CampaignFile, now: datetime) -> Tour:
    """As if it were started now, or what runs were changed to it. Teams that are gone are left out."""
    campaign, teams = file.campaign, {team.id: team for team in await work.teams.of(workspace)}
    known = {one.team: one for one in await work.campaigns.courses(workspace, campaign.id)}
    there = [teams[one.id] for one in campaign.teams if one.id in teams]
    courses = {team.id: anew(workspace, campaign.id, team, known.get(team.id), now) for team in there}
    return Tour(workspace, campaign, file.playlist, there, courses)


async def ahead(tools: Tools, tour: Tour, now: datetime, until: date | None = None) -> list[Slot]:
    """In order of time: what the ticks will do if nothing happens meanwhile. In a thread, since a year takes a while.

    What is dropped because a week is full counts the drills of running campaigns too.
    """
    async with tools.memory.read() as work:
        standing = await _standing(work, tour, now, await _runs(work, tour, now))
    slots = await asyncio.to_thread(outlook, standing, now, until or last_day(tour.campaign, now.date()))
    own = [slot for slot in slots if slot.campaign == tour.campaign.id]
    return [slot for slot in own if slot.landing.at > now or slot.landing.happens]


def last_day(campaign: Campaign, today: date) -> date:
    """The last day that a preview shows."""
    begin = max(today, campaign.starts)
    return min(campaign.ends, begin + LONGEST) if campaign.ends else begin + OPEN_END


async def others(tools: Tools, before: StartedCampaign | None, tour: Tour, now: datetime) -> Others:
    """What a start takes from the campaigns that run in the same teams, or a change of `before`; and what it leaves.

    Up to the last day that a preview shows. A week can be full, and a moment can be taken.
    """
    running = before is not None and before.state is CampaignState.RUNNING
    async with tools.memory.read() as work:
        was = await tour_of(work, before, now) if before and running else replace(tour, teams=(), courses={})
        all_teams = replace(tour, teams=list(dict.fromkeys([*tour.teams, *was.teams])))
        with_it = await _standing(work, all_teams, now, await _runs(work, tour, now))
        without = await _standing(work, all_teams, now, await _runs(work, was, now))
        titles = {one.campaign.id: one.campaign.title for one in await work.campaigns.of(tour.workspace)}
    until = last_day(tour.campaign, now.date())
    old, new = [await asyncio.to_thread(_happening, one, tour.campaign.id, now, until) for one in (without, with_it)]
    return Others(
        lost=tuple(slot for key, slot in old.items() if key not in new),
        freed=tuple(slot for key, slot in new.items() if key not in old),
        titles=titles,
        teams=all_teams.teams,
    )


def _happening(standing: Standing, own: str, now: datetime, until: date) -> dict[tuple[str, str, datetime], Slot]:
    slots = outlook(standing, now, until)
    return {
        (slot.campaign, slot.team, slot.landing.at): slot
        for slot in slots
        if slot.campaign != own and slot.landing.happens
    }


async def _standing(work: UnitOfWork, tour: Tour, now: datetime, own: Sequence[Run]) -> Standing:
    """`own` beside all that the tour's teams get from other campaigns."""
    keys = {(tour.workspace, team.id) for team in tour.teams}
    drills = await work.campaigns.drills_since(keys, week_of((now - HOLDS_SINCE).date()))
    holds = by_team(await work.holds.recent(now - HOLDS_SINCE))
    return Standing(
        runs=[*own, *await _beside(work, tour)],
        weeks={team: weeks for (_, team), weeks in drills.items()},
        holds={team: of_team for (workspace, team), of_team in holds.items() if workspace == tour.workspace},
    )


async def _runs(work: UnitOfWork, tour: Tour, now: datetime) -> list[Run]:
    courses = [tour.courses[team.id] for team in tour.teams]
    shown = await work.campaigns.shown(courses)
    lessons = await work.patterns.lessons(courses if tour.campaign.order is Order.ADAPTIVE else (), now)
    return [
        Run(
            tour.courses[team.id],
            tour.campaign,
            tour.playlist,
            clock_for(tour.campaign, team),
            tuple(shown.get(tour.courses[team.id].key, ())),
            tuple(lessons.get(tour.courses[team.id].key, ())),
        )
        for team in tour.teams
    ]


async def _beside(work: UnitOfWork, tour: Tour) -> list[Run]:
    """Running campaigns that reach the same teams. Only their times matter here, not which drill comes when."""
    own = {team.id: team for team in tour.teams}
    found = []
    for other in await work.campaigns.of(tour.workspace):
        if other.state is CampaignState.RUNNING and other.campaign.id != tour.campaign.id:
            courses = await work.campaigns.courses(tour.workspace, other.campaign.id)
            found += [
                Run(one, other.campaign, other.playlist, clock_for(other.campaign, own[one.team]))
                for one in courses
                if one.team in own
            ]
    return found
