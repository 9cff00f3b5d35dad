"""Friday reflections as rows: one for each campaign, team and week."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.people import Workspace
from drills.reflection import Reflection, ReflectionState
from storage.campaign_tables import reflections
from storage.writes import add_once, move


class SqlReflections:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, reflection: Reflection) -> bool:
        return await add_once(self._connection, reflections, _row(reflection))

    async def get(self, workspace: Workspace, id_: str) -> Reflection | None:
        one = sa.select(reflections).where(reflections.c.workspace == str(workspace), reflections.c.id == id_)
        row = (await self._connection.execute(one)).one_or_none()
        return None if row is None else _reflection(row)

    async def save(self, reflection: Reflection, *, was: ReflectionState) -> None:
        """Of two that take over the same dead claim, and of a holder whose claim was taken, the later one is Stale."""
        before = reflection.tries - (reflection.state is ReflectionState.POSTING)
        mine = (reflections.c.state == was.value, reflections.c.tries == before)
        await move(self._connection, reflections, _row(reflection), *mine)


def _reflection(row: sa.Row[Any]) -> Reflection:
    return Reflection(
        id=row.id,
        workspace=Workspace.parse(row.workspace),
        campaign=row.campaign,
        team=row.team,
        week=row.week,
        due_at=row.due_at,
        state=ReflectionState(row.state),
        claimed_at=row.claimed_at,
        tries=row.tries,
    )


def _row(reflection: Reflection) -> dict[str, Any]:
    return {
        "workspace": str(reflection.workspace),
        "id": reflection.id,
        "campaign": reflection.campaign,
        "team": reflection.team,
        "week": reflection.week,
        "state": reflection.state.value,
        "due_at": reflection.due_at,
        "claimed_at": reflection.claimed_at,
        "tries": reflection.tries,
    }
