"""Which clock holds for a team of the installation."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from drills.campaign.campaign import Campaign
from drills.campaign.wall import TeamClock
from drills.people import Team


def clock_for(campaign: Campaign, team: Team) -> TeamClock:
    """The team's own zone and quiet hours, and the campaign's quiet hours."""
    return TeamClock(ZoneInfo(team.tz), tuple(quiet for quiet in (campaign.quiet, team.quiet) if quiet))


def clock_name(team: Team) -> str:
    """What a course was reckoned with: when it changes, the course is reckoned again."""
    return f"{team.tz}|{team.quiet or ''}"
