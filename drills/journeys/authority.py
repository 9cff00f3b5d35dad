"""Who may do what in a team: asked in one place, by everything that is not for every learner."""

from __future__ import annotations

from drills.chat.inbound import Asked, Pressed, Submitted
from drills.errors import NotFound, TellPerson
from drills.people import PersonRef, Role, Team
from drills.ports import UnitOfWork

_WHO = {
    Role.CHARGE_NURSE: (
        "Charge nurses, leads and educators of this team can do that, and whoever administers the workspace. "
        "An educator names them with `/drill roles`."
    ),
    Role.LEAD: "Leads and educators of this team can do that, and whoever administers the workspace.",
    Role.EDUCATOR: "Educators of this team can do that, and whoever administers the workspace.",
}
NO_TEAM = "No team is set up in this channel yet. Whoever administers the workspace can do it: `/drill setup`."


class NotAllowed(TellPerson):
    """Somebody without the role that this needs; `tell` names those who have it."""


async def may(work: UnitOfWork, seen: Asked | Pressed | Submitted, team: Team | None, role: Role) -> bool:
    """Whether somebody has this role in the team, by us or by the platform, or administers the whole workspace."""
    if seen.profile.admin or team is None:
        return seen.profile.admin
    return seen.profile.role.includes(role) or (await role_of(work, seen.person, team)).includes(role)


async def role_of(work: UnitOfWork, person: PersonRef, team: Team) -> Role:
    """As a member or as somebody named without being one; whichever may do more."""
    member = await work.members.get(person, team.id)
    named = (await work.appointments.of(team)).get(person.user, Role.LEARNER)
    return named if member is None or named.includes(member.role) else member.role


async def must(work: UnitOfWork, seen: Asked | Pressed | Submitted, team: Team | None, role: Role) -> None:
    """Raises NotAllowed, with a sentence that says who may."""
    if not await may(work, seen, team, role):
        raise NotAllowed(f"not {role.value} of {team.id if team else 'no team'}", tell=doubted(_WHO[role], seen))


def doubted(refusal: str, seen: Asked | Pressed | Submitted) -> str:
    """A refusal as it is told to somebody of whom the platform did not say whether they administer the workspace."""
    return f"{seen.profile.unknown} {refusal}".strip()


async def team_here(work: UnitOfWork, seen: Asked | Pressed | Submitted) -> Team:
    """The team whose channel this is. Raises NotFound."""
    team = await work.teams.at(seen.place)
    if team is None:
        raise NotFound(f"no team at {seen.place}", tell=NO_TEAM)
    return team
