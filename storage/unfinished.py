"""Which rows still want something done: what the boot scan and the sweep bring back to the jobs engine."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.evaluation import LEASE_S, EvaluationState
from drills.people import Workspace
from drills.ports import Job
from drills.push import PushState
from drills.reflection import ReflectionState
from drills.reminder import ReminderState
from drills.review import ReviewState
from storage.campaign_tables import reflections, reminders
from storage.tables import evaluations, pushes, reviews


async def jobs_for_rows(connection: AsyncConnection, now: datetime) -> list[Job]:
    """Of every workspace, oldest first within a kind. A claim younger than LEASE_S is somebody's at work."""
    stale = now - timedelta(seconds=LEASE_S)
    return [
        *await _jobs("post", connection, _to_post(now, stale)),
        *await _jobs("judge", connection, _to_judge()),
        *await _jobs("deliver", connection, _to_deliver(stale)),
        *await _jobs("refresh", connection, _to_refresh()),
        *await _jobs("remind", connection, _to_remind(now, stale)),
        *await _jobs("reflect", connection, _to_reflect(now, stale)),
        *await _jobs("reviewed", connection, _to_tell(stale)),
    ]


async def _jobs(kind: str, connection: AsyncConnection, rows: sa.Select[Any]) -> list[Job]:
    return [Job(kind, Workspace.parse(row.workspace), row.id) for row in await connection.execute(rows)]


def _to_post(now: datetime, stale: datetime) -> sa.Select[Any]:
    """A push that opens later is not late yet."""
    due = sa.and_(pushes.c.state == PushState.PLANNED.value, pushes.c.opens_at <= now)
    left = sa.and_(pushes.c.state == PushState.POSTING.value, _is_stale(pushes.c.claimed_at, stale))
    return sa.select(pushes.c.workspace, pushes.c.id).where(due | left).order_by(pushes.c.opens_at)


def _to_judge() -> sa.Select[Any]:
    return _evaluations(evaluations.c.state == EvaluationState.RECEIVED.value)


def _to_deliver(stale: datetime) -> sa.Select[Any]:
    ready = evaluations.c.state == EvaluationState.READY.value
    left = sa.and_(evaluations.c.state == EvaluationState.POSTING.value, _is_stale(evaluations.c.claimed_at, stale))
    return _evaluations(ready | left)


def _to_refresh() -> sa.Select[Any]:
    """Channel cards that lag behind."""
    behind = sa.and_(pushes.c.message_id.is_not(None), pushes.c.card_shown < pushes.c.card_changes)
    return sa.select(pushes.c.workspace, pushes.c.id).where(behind).order_by(pushes.c.opens_at)


def _to_tell(stale: datetime) -> sa.Select[Any]:
    """Reviews whose outcome the writer does not know yet."""
    settled = reviews.c.state == ReviewState.SETTLED.value
    left = sa.and_(reviews.c.state == ReviewState.TELLING.value, _is_stale(reviews.c.claimed_at, stale))
    return (
        sa.select(reviews.c.workspace, reviews.c.evaluation.label("id"))
        .where(settled | left)
        .order_by(reviews.c.settled_at)
    )


def _to_remind(now: datetime, stale: datetime) -> sa.Select[Any]:
    """One that waits for a shift is not late yet."""
    due = sa.or_(reminders.c.due_at.is_(None), reminders.c.due_at <= now)
    planned = sa.and_(reminders.c.state == ReminderState.PLANNED.value, due)
    left = sa.and_(reminders.c.state == ReminderState.TELLING.value, _is_stale(reminders.c.claimed_at, stale))
    return sa.select(reminders.c.workspace, reminders.c.id).where(planned | left).order_by(reminders.c.made_at)


def _to_reflect(now: datetime, stale: datetime) -> sa.Select[Any]:
    due = sa.and_(reflections.c.state == ReflectionState.PLANNED.value, reflections.c.due_at <= now)
    left = sa.and_(reflections.c.state == ReflectionState.POSTING.value, _is_stale(reflections.c.claimed_at, stale))
    return sa.select(reflections.c.workspace, reflections.c.id).where(due | left).order_by(reflections.c.due_at)


def _evaluations(which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(evaluations.c.workspace, evaluations.c.id).where(which).order_by(evaluations.c.received_at)


def _is_stale(claimed_at: sa.ColumnElement[Any], stale: datetime) -> sa.ColumnElement[bool]:
    """The mirror of `Evaluation.claim_is_stale`."""
    return sa.or_(claimed_at.is_(None), claimed_at < stale)
