"""Who was named lead or educator of a team without being in it, as rows."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.people import PersonRef, Role, Team
from storage.tables import appointments
from storage.writes import put


class SqlAppointments:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, team: Team, user: str, role: Role) -> None:
        row = {"workspace": str(team.workspace), "team": team.id, "person": user, "role": role.value}
        await put(self._connection, appointments, row)

    async def of(self, team: Team) -> Mapping[str, Role]:
        own = sa.select(appointments).where(*_of(team)).order_by(appointments.c.person)
        return {row.person: Role(row.role) for row in await self._connection.execute(own)}

    async def remove(self, team: Team, user: str) -> None:
        await self._connection.execute(sa.delete(appointments).where(*_of(team), appointments.c.person == user))

    async def forget(self, person: PersonRef) -> None:
        own = (appointments.c.workspace == str(person.workspace), appointments.c.person == person.user)
        await self._connection.execute(sa.delete(appointments).where(*own))


def _of(team: Team) -> tuple[sa.ColumnElement[bool], ...]:
    return appointments.c.workspace == str(team.workspace), appointments.c.team == team.id
