"""`/drill roles`: who is an educator, a lead or a charge nurse of the team that is here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drills.chat.cards import picked
from drills.chat.inbound import Answer, Asked, Pressed, Submitted
from drills.journeys.authority import must, role_of, team_here
from drills.journeys.tools import Tools, is_first
from drills.people import Role, Team
from drills.ports import UnitOfWork
from drills.views.roles_form import NAMED, roles_card, roles_form, roles_refused

_OWN = "You are one of the educators. Somebody else has to take you off this list."


async def roles(tools: Tools, seen: Asked | Pressed) -> Answer:
    """The form, filled with who is named now. Raises NotFound and NotAllowed."""
    async with tools.memory.read() as work:
        team = await team_here(work, seen)
        await must(work, seen, team, Role.EDUCATOR)
        return Answer(roles_form(team, await _named(work, team)))


async def save(tools: Tools, submitted: Submitted) -> Answer:
    """Whoever is not on the lists any more is a learner again. Raises as `roles` does."""
    wanted = _wanted(submitted.values)
    async with tools.memory.begin() as work:
        team = await team_here(work, submitted)
        await must(work, submitted, team, Role.EDUCATOR)
        before = await _named(work, team)
        own = submitted.person.user
        if await role_of(work, submitted.person, team) is Role.EDUCATOR and wanted.get(own) is not Role.EDUCATOR:
            return Answer(roles_refused(roles_form(team, before), submitted.values, _OWN))
        if await is_first(tools, work, submitted) and wanted != before:
            await _name(work, team, wanted)
            body = {"what": "roles", "team": team.id, "by": own, "named": dict(wanted)}
            await work.ledger.append(team.workspace, tools.clock(), body)
    return Answer(roles_card(team, wanted))


def _wanted(values: Mapping[str, str]) -> dict[str, Role]:
    """By user; whoever is on several lists has the role that may do most."""
    found: dict[str, Role] = {}
    for name, role in NAMED.items():
        for user in picked(values.get(name, "").replace(" ", "")):
            found.setdefault(user, role)
    return found


async def _named(work: UnitOfWork, team: Team) -> dict[str, Role]:
    members = {member.person.user: member.role for member in await work.members.of(team)}
    both = {**await work.appointments.of(team), **members}
    return {user: role for user, role in both.items() if role in NAMED.values()}


async def _name(work: UnitOfWork, team: Team, wanted: Mapping[str, Role]) -> None:
    """A member's role is theirs; for everybody else it waits until they join, and holds meanwhile."""
    waiting = dict(wanted)
    for member in await work.members.of(team):
        role = waiting.pop(member.person.user, Role.LEARNER)
        if member.role not in {role, Role.ADMIN}:
            await work.members.save(replace(member, role=role), was=member)
    for user in set(await work.appointments.of(team)) - set(waiting):
        await work.appointments.remove(team, user)
    for user, role in waiting.items():
        await work.appointments.save(team, user, role)
