"""Pasted rotas that wait for a yes, as rows: one for each team and person who pastes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.people import PersonRef, Team
from drills.rota import Leave, Rota, RotaDraft, Shift
from storage.campaign_tables import rota_drafts
from storage.writes import put


class SqlRotaDrafts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, team: Team, draft: RotaDraft) -> None:
        begins, ends = draft.span
        times = {user: _times(rota) for user, rota in draft.people.items()}
        row = {"id": draft.id, "times": times, "begins": begins, "ends": ends, "made_at": draft.made_at}
        await put(self._connection, rota_drafts, {**_key(team, draft.by), **row})

    async def of(self, team: Team, by: str) -> RotaDraft | None:
        one = sa.select(rota_drafts).filter_by(**_key(team, by))
        row = (await self._connection.execute(one)).one_or_none()
        return None if row is None else _draft(row)

    async def drop(self, team: Team, by: str) -> None:
        await self._connection.execute(sa.delete(rota_drafts).filter_by(**_key(team, by)))

    async def forget(self, person: PersonRef) -> None:
        """One that names the person goes as a whole: whoever pasted it does so once more, without them."""
        of = sa.select(rota_drafts).where(rota_drafts.c.workspace == str(person.workspace))
        for row in (await self._connection.execute(of)).all():
            if person.user in {row.person, *row.times}:
                own = {"workspace": row.workspace, "team": row.team, "person": row.person}
                await self._connection.execute(sa.delete(rota_drafts).filter_by(**own))


def _key(team: Team, by: str) -> dict[str, Any]:
    return {"workspace": str(team.workspace), "team": team.id, "person": by}


def _times(rota: Rota) -> Mapping[str, Any]:
    return {
        "shifts": [[shift.begins.isoformat(), shift.ends.isoformat(), shift.night] for shift in rota.shifts],
        "leaves": [[leave.begins.isoformat(), leave.ends.isoformat()] for leave in rota.leaves],
    }


def _draft(row: sa.Row[Any]) -> RotaDraft:
    people = {user: _rota(times["shifts"], times["leaves"]) for user, times in row.times.items()}
    return RotaDraft(row.id, row.person, people, (row.begins, row.ends), row.made_at)


def _rota(shifts: Sequence[Any], leaves: Sequence[Any]) -> Rota:
    return Rota(
        tuple(Shift(_at(begins), _at(ends), night) for begins, ends, night in shifts),
        tuple(Leave(_at(begins), _at(ends)) for begins, ends in leaves),
    )


def _at(written: str) -> datetime:
    return datetime.fromisoformat(written)
