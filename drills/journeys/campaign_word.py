"""`/drill campaign`: which campaigns this team is in, and when the next drill comes. For leads; forms come later."""

from __future__ import annotations

from datetime import datetime

from drills.campaign import CampaignState
from drills.chat.inbound import Answer, Asked
from drills.journeys.authority import must, team_here
from drills.journeys.tools import Tools
from drills.people import Role
from drills.views.campaign import CampaignLine, campaigns_card


async def campaign(tools: Tools, asked: Asked) -> Answer:
    """Raises NotFound and NotAllowed."""
    lines = []
    async with tools.memory.read() as work:
        team = await team_here(work, asked)
        await must(work, asked, team, Role.LEAD)
        for started in await work.campaigns.of(team.workspace):
            courses = await work.campaigns.courses(team.workspace, started.campaign.id)
            course = next((one for one in courses if one.team == team.id), None)
            if course is not None:
                runs = started.state is CampaignState.RUNNING
                lines.append(CampaignLine(started.campaign.title, started.state, _next(course.next_at, runs=runs)))
    return Answer(campaigns_card(team, lines))


def _next(at: datetime | None, *, runs: bool) -> datetime | None:
    return at if runs else None
