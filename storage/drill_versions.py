"""Every version of a drill that was pushed, as its file's own text: an old reply is judged by its own rubric."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.catalog import drill_from_source
from drills.drill import Drill
from drills.people import Workspace
from storage.tables import drill_versions
from storage.workspaces import settle
from storage.writes import add_once

_MOST_READ, _MOST_KNOWN = 256, 50_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """Versions that were read before. They never change and never go, so looking once is enough.

    `known` is which (workspace, hash) there are: what stands on the shelf for one workspace is not there for another.
    """

    read: dict[tuple[str, str], Drill] = field(default_factory=dict)
    known: set[tuple[str, str]] = field(default_factory=set)

    def get(self, workspace: Workspace, hash_: str, variant: str) -> Drill | None:
        return self.read.get((hash_, variant)) if (str(workspace), hash_) in self.known else None

    async def put(self, workspace: Workspace, hash_: str, variant: str, source: str) -> Drill:
        """Reading a file takes 40 ms: long enough for everybody else to notice, so that a thread does it, once."""
        if (hash_, variant) not in self.read:
            drill = await asyncio.to_thread(drill_from_source, source, variant)
            if len(self.read) >= _MOST_READ:
                self.read.clear()
            self.read[hash_, variant] = drill
        if len(self.known) >= _MOST_KNOWN:
            self.known.clear()
        self.known.add((str(workspace), hash_))
        return self.read[hash_, variant]


class SqlDrillVersions:
    def __init__(self, connection: AsyncConnection, shelf: Shelf) -> None:
        self._connection = connection
        self._shelf = shelf

    async def keep(self, workspace: Workspace, drill: Drill, source: str) -> None:
        await settle(self._connection, workspace)
        row = {"workspace": str(workspace), "hash": drill.hash, "drill_id": drill.id, "version": drill.version}
        await add_once(self._connection, drill_versions, {**row, "kind": drill.kind.value, "source": source})

    async def get(self, workspace: Workspace, hash_: str, variant: str) -> Drill | None:
        if drill := self._shelf.get(workspace, hash_, variant):
            return drill
        table = drill_versions.c
        kept = sa.select(table.source).where(table.workspace == str(workspace), table.hash == hash_)
        source = (await self._connection.execute(kept)).scalar_one_or_none()
        return None if source is None else await self._shelf.put(workspace, hash_, variant, source)
