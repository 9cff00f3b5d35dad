"""`/drill settings`: somebody's own time zone. What reaches them alone goes by it; the channel keeps the team's."""

from __future__ import annotations

from collections.abc import Sequence

from drills.chat.inbound import Answer, Asked, Pressed, Submitted
from drills.errors import NotFound
from drills.journeys.home import home_changed
from drills.journeys.own import own_zone
from drills.journeys.tools import Tools, is_first
from drills.journeys.zones import zone, zone_fault
from drills.judging.normal import visible
from drills.people import Member
from drills.ports import UnitOfWork
from drills.views.settings_form import ZONE, saved_card, settings_form, settings_refused


async def settings(tools: Tools, seen: Asked | Pressed) -> Answer:
    """The form, filled with what they chose, else with what the platform tells. Raises NotFound."""
    async with tools.memory.read() as work:
        zones = await _team_zones(work, await _memberships(work, seen))
        chosen = await own_zone(work, seen.person)
    told = zone(seen.profile.tz or "")
    return Answer(settings_form(zones, chosen, told if told not in zones else None))


async def save(tools: Tools, submitted: Submitted) -> Answer:
    """In every team of this person, or the form again with a sentence and what was written. Raises NotFound."""
    written = visible(submitted.values.get(ZONE, "")).strip()
    async with tools.memory.begin() as work:
        members = await _memberships(work, submitted)
        zones = await _team_zones(work, members)
        if written and (fault := zone_fault(written)):
            return Answer(settings_refused(settings_form(zones, None, None), written, fault))
        tz = zone(written) if written else None
        if await is_first(tools, work, submitted):
            for member in members:
                await work.members.save(member.live_in(tz), was=member)
            await home_changed(work, submitted.person)
    return Answer(saved_card(tz, zones, tools.clock()))


async def _memberships(work: UnitOfWork, seen: Asked | Pressed | Submitted) -> Sequence[Member]:
    members = await work.members.teams_of(seen.person)
    if not members:
        raise NotFound("no team", tell="You are in no team yet. Answer a drill in a team's channel to join it.")
    return members


async def _team_zones(work: UnitOfWork, members: Sequence[Member]) -> list[str]:
    teams = [await work.teams.get(member.person.workspace, member.team) for member in members]
    return list(dict.fromkeys(team.tz for team in teams if team))
