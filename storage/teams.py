"""Care teams as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.people import Place, Profession, QuietHours, Team, Workspace
from storage.tables import teams
from storage.workspaces import settle
from storage.writes import put


class SqlTeams:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, team: Team) -> None:
        await settle(self._connection, team.workspace)
        await put(self._connection, teams, _row(team))

    async def get(self, workspace: Workspace, id_: str) -> Team | None:
        return await self._one(teams.c.workspace == str(workspace), teams.c.id == id_)

    async def at(self, place: Place) -> Team | None:
        """The team whose channel this is; a thread belongs to its channel."""
        return await self._one(teams.c.workspace == str(place.workspace), teams.c.channel == place.channel)

    async def of(self, workspace: Workspace) -> Sequence[Team]:
        """By name."""
        of = sa.select(teams).where(teams.c.workspace == str(workspace)).order_by(teams.c.name, teams.c.id)
        return [team_of(row) for row in await self._connection.execute(of)]

    async def _one(self, *where: sa.ColumnElement[bool]) -> Team | None:
        row = (await self._connection.execute(sa.select(teams).where(*where))).one_or_none()
        return None if row is None else team_of(row)


def team_of(row: sa.Row[Any]) -> Team:
    return Team(
        workspace=Workspace.parse(row.workspace),
        id=row.id,
        name=row.name,
        channel=row.channel,
        tz=row.tz,
        on_board=row.on_board,
        demo=row.demo,
        professions=tuple(Profession(name) for name in row.professions.split(",") if name),
        quiet=QuietHours.parse(row.quiet) if row.quiet else None,
        threads=row.threads,
    )


def _row(team: Team) -> dict[str, Any]:
    return {
        "workspace": str(team.workspace),
        "id": team.id,
        "name": team.name,
        "channel": team.channel,
        "tz": team.tz,
        "on_board": team.on_board,
        "demo": team.demo,
        "professions": ",".join(team.professions),
        "quiet": str(team.quiet) if team.quiet else None,
        "threads": team.threads,
    }
