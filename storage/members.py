"""Who belongs to which team, as rows. A name stands here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.people import Member, PersonRef, Profession, Role, Team, Workspace
from storage.tables import members
from storage.writes import move, put


class SqlMembers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, member: Member, *, was: Member | None = None) -> None:
        if was is None:
            await put(self._connection, members, _row(member))
        else:
            await move(self._connection, members, _row(member), *(members.c[n] == old for n, old in _row(was).items()))

    async def get(self, person: PersonRef, team: str) -> Member | None:
        found = await self._where(*_is(person), members.c.team == team)
        return found[0] if found else None

    async def of(self, team: Team) -> Sequence[Member]:
        """By name."""
        return await self._where(members.c.workspace == str(team.workspace), members.c.team == team.id)

    async def teams_of(self, person: PersonRef) -> Sequence[Member]:
        """The person's membership in each of their teams."""
        return await self._where(*_is(person))

    async def _where(self, *where: sa.ColumnElement[bool]) -> list[Member]:
        found = sa.select(members).where(*where).order_by(members.c.name, members.c.person, members.c.team)
        return [_member(row) for row in await self._connection.execute(found)]


def _is(person: PersonRef) -> tuple[sa.ColumnElement[bool], ...]:
    return members.c.workspace == str(person.workspace), members.c.person == person.user


def _member(row: sa.Row[Any]) -> Member:
    return Member(
        person=PersonRef(Workspace.parse(row.workspace), row.person),
        team=row.team,
        name=row.name,
        profession=Profession(row.profession),
        role=Role(row.role),
        opted_out=row.opted_out,
        snoozed_until=row.snoozed_until,
        tz=row.tz,
    )


def _row(member: Member) -> dict[str, Any]:
    return {
        "workspace": str(member.person.workspace),
        "team": member.team,
        "person": member.person.user,
        "name": member.name,
        "profession": member.profession.value,
        "role": member.role.value,
        "opted_out": member.opted_out,
        "snoozed_until": member.snoozed_until,
        "tz": member.tz,
    }
