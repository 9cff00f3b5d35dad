"""`/drill help`: what can be said here, by this person."""

from __future__ import annotations

from drills.chat.inbound import Answer, Asked, Pressed
from drills.journeys.authority import may
from drills.journeys.tools import Tools
from drills.people import Role
from drills.views.help import FOR_EDUCATORS, FOR_LEADS, SET_UP, help_card


async def help_(tools: Tools, seen: Asked | Pressed) -> Answer:
    """Words for those who look after a team are shown to them only; anybody else would only be refused."""
    async with tools.memory.read() as work:
        team = await work.teams.at(seen.place)
        leads, educates = [await may(work, seen, team, role) for role in (Role.LEAD, Role.EDUCATOR)]
    if team is None:
        return Answer(help_card(() if seen.place.direct else SET_UP))
    return Answer(help_card((*(FOR_LEADS if leads else ()), *(FOR_EDUCATORS if educates else ()))))
