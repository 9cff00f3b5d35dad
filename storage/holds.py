"""Surge holds as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.hold import Hold
from drills.people import PersonRef, Team, Workspace
from storage.campaign_tables import holds
from storage.instant import Instant
from storage.tables import teams
from storage.writes import put

_RECENT = (  # built once: every batch of a tick asks
    sa.select(holds).where(holds.c.ends > sa.bindparam("since", type_=Instant())).order_by(holds.c.begins, holds.c.id)
)


class SqlHolds:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, hold: Hold) -> None:
        await put(self._connection, holds, _row(hold))

    async def settle(self, hold: Hold) -> None:
        """Nothing else is written: whoever asked for it may have been forgotten since it was read."""
        one = sa.update(holds).filter_by(workspace=str(hold.workspace), id=hold.id, ends=hold.ends)
        await self._connection.execute(one.values(settled=True))

    async def of(self, team: Team, since: datetime, *, held: bool = False) -> Sequence[Hold]:
        if held:  # the team's row is locked: a hold that is not there yet has none of its own
            one = sa.select(teams.c.id).where(teams.c.workspace == str(team.workspace), teams.c.id == team.id)
            await self._connection.execute(one.with_for_update(key_share=True))
        return await self._where(
            holds.c.workspace == str(team.workspace), holds.c.team == team.id, holds.c.ends > since
        )

    async def recent(self, since: datetime) -> Sequence[Hold]:
        return [_hold(row) for row in await self._connection.execute(_RECENT, {"since": since})]

    async def over(self, now: datetime) -> Sequence[Hold]:
        return await self._where(holds.c.settled.is_(False), holds.c.ends <= now)

    async def forget(self, person: PersonRef) -> None:
        own = (holds.c.workspace == str(person.workspace), holds.c.by == person.user)
        await self._connection.execute(sa.update(holds).where(*own).values(by=""))

    async def _where(self, *where: sa.ColumnElement[bool]) -> list[Hold]:
        found = sa.select(holds).where(*where).order_by(holds.c.begins, holds.c.id)
        return [_hold(row) for row in await self._connection.execute(found)]


def _hold(row: sa.Row[Any]) -> Hold:
    return Hold(row.id, Workspace.parse(row.workspace), row.team, row.begins, row.ends, row.by, settled=row.settled)


def _row(hold: Hold) -> dict[str, Any]:
    return {
        "workspace": str(hold.workspace),
        "id": hold.id,
        "team": hold.team,
        "begins": hold.begins,
        "ends": hold.ends,
        "by": hold.by,
        "settled": hold.settled,
    }
