"""Which workspaces installed the app, as rows. The tokens in them are sealed: storage can't read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.installation import Installation
from drills.people import Workspace
from storage.tables import installations
from storage.writes import move, put


class SqlInstallations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, installation: Installation, *, was: Installation | None = None) -> None:
        row = {"workspace": str(installation.workspace), "sealed": installation.sealed, "at": installation.at}
        if was is None:
            await put(self._connection, installations, row)
        else:
            await move(self._connection, installations, row, installations.c.sealed == was.sealed)

    async def get(self, workspace: Workspace) -> Installation | None:
        one = sa.select(installations).where(installations.c.workspace == str(workspace))
        row = (await self._connection.execute(one)).one_or_none()
        return None if row is None else _installation(row)

    async def of(self, platform: str) -> Sequence[Installation]:
        """By workspace."""
        of = installations.c.workspace.startswith(f"{platform}:", autoescape=True)
        found = sa.select(installations).where(of).order_by(installations.c.workspace)
        return [_installation(row) for row in await self._connection.execute(found)]

    async def remove(self, workspace: Workspace) -> None:
        await self._connection.execute(sa.delete(installations).where(installations.c.workspace == str(workspace)))


def _installation(row: sa.Row[Any]) -> Installation:
    return Installation(Workspace.parse(row.workspace), bytes(row.sealed), row.at)
