"""What the team board is computed from: one query over the people each push was meant for, no names, no words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.attempt import AttemptState
from drills.board import DrillRecord, PersonRecord, TeamRecord
from drills.people import PersonRef, Workspace
from drills.push import LATE, PushState
from storage.pushes import first_attempt
from storage.tables import attempts, drill_versions, eligible, evaluations, pushes
from storage.teams import SqlTeams

_OUT = (PushState.POSTED.value, PushState.CLOSED.value)


class SqlBoards:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def records(self, workspace: Workspace, since: datetime, until: datetime) -> Sequence[TeamRecord]:
        """Pushes that reached a channel and opened in [since, until). Teams without one are in it, with nobody."""
        rows = await self._connection.execute(_eligible_drills(workspace, since, until))
        people = {team: _people(workspace, own) for team, own in groupby(rows, attrgetter("team"))}
        return [TeamRecord(team, people.get(team.id, ())) for team in await SqlTeams(self._connection).of(workspace)]


def _eligible_drills(workspace: Workspace, since: datetime, until: datetime) -> sa.Select[Any]:
    """One row for each eligible person and push, ordered by team, person and time."""
    return (
        sa.select(
            pushes.c.team,
            eligible.c.person,
            pushes.c.id.label("push"),
            drill_versions.c.drill_id,
            drill_versions.c.version,
            drill_versions.c.kind,
            pushes.c.opens_at,
            pushes.c.closes_at,
            (attempts.c.state == AttemptState.REPLIED.value).label("answered"),
            attempts.c.ended_at,
            _counted_score(),
        )
        .select_from(_from())
        .where(pushes.c.workspace == str(workspace), pushes.c.opens_at >= since, pushes.c.opens_at < until)
        .where(pushes.c.state.in_(_OUT))
        .order_by(pushes.c.team, eligible.c.person, pushes.c.opens_at, pushes.c.id)
    )


def _from() -> sa.FromClause:
    version = (drill_versions.c.workspace == pushes.c.workspace) & (drill_versions.c.hash == pushes.c.drill_hash)
    invited = (eligible.c.workspace == pushes.c.workspace) & (eligible.c.push == pushes.c.id)
    judged = (evaluations.c.workspace == attempts.c.workspace) & (evaluations.c.id == attempts.c.id)
    return (
        pushes.join(drill_versions, version)
        .join(eligible, invited)
        .outerjoin(attempts, first_attempt())
        .outerjoin(evaluations, judged)
    )


def _counted_score() -> sa.ColumnElement[float | None]:
    """Practice feedback, contested and unscored replies enter no metric (clinical.md §7)."""
    counts = sa.and_(
        evaluations.c.practice.is_(False), evaluations.c.contested.is_(False), evaluations.c.unscored.is_(None)
    )
    return sa.case((counts, evaluations.c.score), else_=None).label("score")


def _people(workspace: Workspace, rows: Iterable[sa.Row[Any]]) -> tuple[PersonRecord, ...]:
    return tuple(
        PersonRecord(PersonRef(workspace, person), tuple(_drill(row) for row in own))
        for person, own in groupby(rows, attrgetter("person"))
    )


def _drill(row: sa.Row[Any]) -> DrillRecord:
    """Whoever answers after the window has seen the model answer: for a while they take part, their score is none."""
    answered = bool(row.answered) and row.ended_at <= row.closes_at + LATE
    in_time = answered and row.ended_at <= row.closes_at
    return DrillRecord(
        push=row.push,
        drill=f"{row.drill_id}@{row.version}",
        kind=row.kind,
        opened_at=row.opens_at,
        answered=answered,
        answered_at=row.ended_at if answered else None,
        closes_at=row.closes_at,
        score=row.score if in_time else None,
    )
