"""What the tripwire held back, as rows: kinds and moments, no words and nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.people import Workspace
from drills.push import Push
from storage.tables import tripwires


class SqlTripwires:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, push: Push, kinds: Sequence[str], at: datetime) -> None:
        row = {"workspace": str(push.workspace), "push": push.id, "at": at, "kinds": sorted(kinds)}
        await self._connection.execute(sa.insert(tripwires).values(row))

    async def of(self, workspace: Workspace, since: datetime) -> Mapping[str, int]:
        """By kind; an alarm with two kinds counts under both."""
        own = sa.select(tripwires.c.kinds).where(tripwires.c.workspace == str(workspace), tripwires.c.at >= since)
        return Counter(kind for kinds in await self._connection.scalars(own) for kind in kinds)
