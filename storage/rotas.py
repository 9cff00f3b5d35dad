"""Rotas as rows, one for each shift, leave, and span that files have spoken of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.people import PersonRef, Team
from drills.rota import Leave, Rota, Shift
from storage.campaign_tables import rota_times
from storage.tables import members
from storage.writes import insert

_SHIFT, _NIGHT, _LEAVE, _KNOWN = "shift", "night", "leave", "known"


class SqlRotas:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, team: Team) -> Mapping[str, Rota]:
        return await self._where(*_in(team))

    async def deciding(self, team: Team) -> Mapping[str, Rota]:
        in_team = members.c.workspace == str(team.workspace), members.c.team == team.id
        return await self._deciding(team, rota_times.c.person.in_(sa.select(members.c.person).where(*in_team)))

    async def deciding_for(self, team: Team, user: str) -> Rota:
        return (await self._deciding(team, rota_times.c.person == user)).get(user, Rota())

    async def put(self, team: Team, rotas: Mapping[str, Rota]) -> None:
        for user, rota in sorted(rotas.items()):
            own = sa.delete(rota_times).where(*_in(team), rota_times.c.person == user)
            await self._connection.execute(own)
            rows = list(_rows(team, user, rota))
            if rows:
                await self._connection.execute(insert(self._connection, rota_times), rows)

    async def forget(self, person: PersonRef) -> None:
        own = {"workspace": str(person.workspace), "person": person.user}
        await self._connection.execute(sa.delete(rota_times).filter_by(**own))

    async def _where(self, *where: sa.ColumnElement[bool]) -> dict[str, Rota]:
        found = sa.select(rota_times).where(*where).order_by(rota_times.c.person, rota_times.c.begins)
        rows = await self._connection.execute(found)
        return {person: _rota(list(own)) for person, own in groupby(rows, attrgetter("person"))}

    async def _deciding(self, team: Team, people: sa.ColumnElement[bool]) -> dict[str, Rota]:
        here = rota_times.c.team == team.id
        counts = here | (rota_times.c.kind != _KNOWN)  # which days a rota speaks of is each team's own
        found = sa.select(rota_times).where(rota_times.c.workspace == str(team.workspace), people, counts)
        rows = await self._connection.execute(found.order_by(rota_times.c.person, rota_times.c.begins))
        return {person: _with_elsewhere(team, list(all_)) for person, all_ in groupby(rows, attrgetter("person"))}


def _in(team: Team) -> tuple[sa.ColumnElement[bool], ...]:
    return rota_times.c.workspace == str(team.workspace), rota_times.c.team == team.id


def _with_elsewhere(team: Team, rows: list[sa.Row[Any]]) -> Rota:
    others = [row for row in rows if row.team != team.id]
    own = _rota([row for row in rows if row.team == team.id])
    return replace(own, elsewhere=_rota(others)) if others else own


def _rota(rows: list[sa.Row[Any]]) -> Rota:
    return Rota(
        tuple(Shift(row.begins, row.ends, row.kind == _NIGHT) for row in rows if row.kind in {_SHIFT, _NIGHT}),
        tuple(Leave(row.begins, row.ends) for row in rows if row.kind == _LEAVE),
        tuple((row.begins, row.ends) for row in rows if row.kind == _KNOWN),
    )


def _rows(team: Team, user: str, rota: Rota) -> Iterator[dict[str, Any]]:
    key = {"workspace": str(team.workspace), "team": team.id, "person": user}
    for shift in rota.shifts:
        yield {**key, "kind": _NIGHT if shift.night else _SHIFT, "begins": shift.begins, "ends": shift.ends}
    for leave in rota.leaves:
        yield {**key, "kind": _LEAVE, "begins": leave.begins, "ends": leave.ends}
    for begins, ends in rota.known:
        yield {**key, "kind": _KNOWN, "begins": begins, "ends": ends}
