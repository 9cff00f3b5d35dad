"""Who sits at this browser: one member in one team. The address says so; there is no sign-in and no cookie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote
from zlib import crc32

from drills.chat.inbound import Profile
from drills.errors import NotFound
from drills.people import Member, PersonRef, Place, Role, Team, Workspace
from drills.ports import Memory

_HUES = 6  # as many as cards.css has


@dataclass(frozen=True, slots=True)
class Seat:
    team: Team
    member: Member

    @property
    def person(self) -> PersonRef:
        return self.member.person

    @property
    def place(self) -> Place:
        return self.team.place

    @property
    def name(self) -> str:
        """Somebody who joined by a form, or whose name was erased, has the one in their address."""
        return self.member.name or self.person.user

    @property
    def profile(self) -> Profile:
        """The room has nobody above its teams, so their educators administer it."""
        return Profile(self.member.role.includes(Role.EDUCATOR), self.member.name, self.team.tz)

    @property
    def leads(self) -> bool:
        """Whether there is something to look after here."""
        return self.member.role.includes(Role.LEAD)

    @property
    def url(self) -> str:
        return f"/{quote(self.team.id, safe='')}/as/{quote(self.person.user, safe='')}"

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper() if words else "?"

    @property
    def hue(self) -> int:
        """Which of the avatar's colours; the same for the same person on every machine."""
        return crc32(self.person.user.encode()) % _HUES


async def find_seat(memory: Memory, workspace: Workspace, team_id: str, user: str) -> Seat:
    """Raises NotFound when there is no such team, or no such member in it."""
    async with memory.read() as work:
        team = await work.teams.get(workspace, team_id)
        member = await work.members.get(PersonRef(workspace, user), team_id) if team else None
    if team is None or member is None:
        raise NotFound(f"no member {user!r} in team {team_id!r}", tell="There is no such place in this room.")
    return Seat(team, member)


async def all_seats(memory: Memory, workspace: Workspace) -> Sequence[tuple[Team, Sequence[Seat]]]:
    """Every team with its members, by name."""
    async with memory.read() as work:
        teams = sorted(await work.teams.of(workspace), key=lambda team: team.name)
        members = [(team, await work.members.of(team)) for team in teams]
    return [(team, [Seat(team, member) for member in sorted(of, key=lambda m: m.name)]) for team, of in members]


async def colleagues(memory: Memory, seat: Seat) -> Sequence[tuple[str, str]]:
    """Everybody in the seat's team as (user, name), by name."""
    async with memory.read() as work:
        members = await work.members.of(seat.team)
    return [(member.person.user, Seat(seat.team, member).name) for member in members]
