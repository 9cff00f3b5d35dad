"""Leases as rows: taken and renewed in one guarded statement, so that two processes never both have one."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import key, metadata, moment, text
from storage.writes import insert

leases = sa.Table("leases", metadata, key("name"), text("holder"), moment("until"))


class SqlLeases:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def take(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        row = {"holder": holder, "until": until}
        mine_or_over = sa.or_(leases.c.holder == holder, leases.c.until <= now)
        taken = (
            insert(self._connection, leases)
            .values(name=name, **row)
            .on_conflict_do_update(index_elements=["name"], set_=row, where=mine_or_over)
            .returning(sa.literal(1))
        )
        return (await self._connection.execute(taken)).first() is not None

    async def free(self, name: str, holder: str) -> None:
        await self._connection.execute(sa.delete(leases).where(leases.c.name == name, leases.c.holder == holder))
