"""Every version of a drill that was pushed, as its file's own text: an old reply is judged by its own rubric."""

from __future__ import annotations

from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.catalog import drill_from_source
from drills.drill import Drill
from drills.people import Workspace
from storage.tables import drill_versions
from storage.workspaces import settle
from storage.writes import add_once

_read = lru_cache(maxsize=256)(drill_from_source)  # pure: the same text and variant give the same drill


class SqlDrillVersions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, workspace: Workspace, drill: Drill, source: str) -> None:
        await settle(self._connection, workspace)
        row = {"workspace": str(workspace), "hash": drill.hash, "drill_id": drill.id, "version": drill.version}
        await add_once(self._connection, drill_versions, {**row, "kind": drill.kind.value, "source": source})

    async def get(self, workspace: Workspace, hash_: str, variant: str) -> Drill | None:
        table = drill_versions.c
        kept = sa.select(table.source).where(table.workspace == str(workspace), table.hash == hash_)
        source = (await self._connection.execute(kept)).scalar_one_or_none()
        return None if source is None else _read(source, variant)
