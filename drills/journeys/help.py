"""`/drill help`: what can be said here, by this person."""

from __future__ import annotations

from drills.chat.inbound import Answer, Asked, Pressed
from drills.journeys.authority import may
from drills.journeys.tools import Tools
from drills.people import Role
from drills.views.help import DOCTOR, FOR_CHARGE_NURSES, FOR_EDUCATORS, FOR_LEADS, SET_UP, help_card
from drills.views.notices import notice


async def help_(tools: Tools, seen: Asked | Pressed, unknown: str = "") -> Answer:
    """Words for those who look after a team are shown to them only; anybody else would only be refused.

    `unknown` is what was asked for and is no word of ours.
    """
    async with tools.memory.read() as work:
        team = await work.teams.at(seen.place)
        holds, leads, educates = [
            await may(work, seen, team, role) for role in (Role.CHARGE_NURSE, Role.LEAD, Role.EDUCATOR)
        ]
    if team is None:
        return Answer(help_card((*(() if seen.place.direct else SET_UP), *(DOCTOR if leads else ())), unknown))
    looks_after = FOR_LEADS + DOCTOR if leads else FOR_CHARGE_NURSES if holds else ()
    return Answer(help_card((*looks_after, *(FOR_EDUCATORS if educates else ())), unknown))


async def doctor(_tools: Tools, _asked: Asked, _rest: str) -> Answer:
    """Where this comes as far as here, the platform has nothing of its own to look at."""
    return Answer(notice("Nothing to look at here", "On the server, `readback doctor` looks at the whole program."))
