"""Which clock holds for a team of the installation."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from drills.campaign.campaign import Campaign
from drills.campaign.wall import TeamClock
from drills.people import Team


def clock_for(campaign: Campaign, team: Team) -> TeamClock:
    """The team's own zone and quiet hours, and those that the campaign has for all teams and for this one."""
    written = (one.quiet for one in campaign.teams if one.id == team.id)
    quiet = dict.fromkeys((campaign.quiet, *written, team.quiet))
    return TeamClock(ZoneInfo(team.tz), tuple(hours for hours in quiet if hours))


def clock_name(team: Team) -> str:
    """What a course was reckoned with: when it changes, the course is reckoned again."""
    return f"{team.tz}|{team.quiet or ''}"
