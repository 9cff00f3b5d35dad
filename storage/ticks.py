"""What learners ticked for themselves, as rows of their own: no statistic and no ledger reads them."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.people import Workspace
from storage.tables import ticks
from storage.writes import add_once


class SqlTicks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, workspace: Workspace, evaluation: str, criterion: str, at: datetime) -> None:
        row = {"workspace": str(workspace), "evaluation": evaluation, "criterion": criterion, "at": at}
        await add_once(self._connection, ticks, row)

    async def take_back(self, workspace: Workspace, evaluation: str, criterion: str) -> None:
        own = (*_of(workspace, evaluation), ticks.c.criterion == criterion)
        await self._connection.execute(sa.delete(ticks).where(*own))

    async def of(self, workspace: Workspace, evaluation: str) -> Set[str]:
        own = sa.select(ticks.c.criterion).where(*_of(workspace, evaluation))
        return frozenset(await self._connection.scalars(own))


def _of(workspace: Workspace, evaluation: str) -> tuple[sa.ColumnElement[bool], ...]:
    return ticks.c.workspace == str(workspace), ticks.c.evaluation == evaluation
