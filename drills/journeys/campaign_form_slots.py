"""What a campaign will bring: every slot from now on, beside all that the same teams get from other campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from drills.campaign import Campaign, CampaignState, Entry, Planned, Slot, plan
from drills.campaign.clocks import clock_for
from drills.people import Team, Workspace
from drills.ports import UnitOfWork

OPEN_END = timedelta(days=8 * 7 - 1)
LONGEST = timedelta(days=366)
"""How far a preview looks at most; without an end it is eight weeks."""


@dataclass(frozen=True, slots=True)
class Tour:
    """A campaign with its drills and the teams that it goes to."""

    campaign: Campaign
    playlist: tuple[Entry, ...]
    teams: Sequence[Team]


async def ahead(work: UnitOfWork, workspace: Workspace, tour: Tour, now: datetime) -> list[Slot]:
    """In order of time. What is dropped because a week is full counts the drills of running campaigns too."""
    tours = sorted([tour, *await _beside(work, workspace, tour)], key=lambda one: one.campaign.id)
    slots = plan([_planned(one) for one in tours], last_day(tour.campaign, now.date()))
    return [slot for slot in slots if slot.campaign == tour.campaign.id and slot.landing.at > now]


def last_day(campaign: Campaign, today: date) -> date:
    """The last day that a preview shows."""
    begin = max(today, campaign.starts)
    return min(campaign.ends, begin + LONGEST) if campaign.ends else begin + OPEN_END


async def _beside(work: UnitOfWork, workspace: Workspace, tour: Tour) -> list[Tour]:
    own = {team.id: team for team in tour.teams}
    found = []
    for other in await work.campaigns.of(workspace):
        if other.state is CampaignState.RUNNING and other.campaign.id != tour.campaign.id:
            courses = await work.campaigns.courses(workspace, other.campaign.id)
            shared = [own[course.team] for course in courses if course.team in own]
            found += [Tour(other.campaign, other.playlist, shared)] if shared else []
    return found


def _planned(tour: Tour) -> Planned:
    return Planned(tour.campaign, tour.playlist, {team.id: clock_for(tour.campaign, team) for team in tour.teams})
