"""Pooled patterns: how many distinct people met each criterion of a push, counted in the database."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.attempt import AttemptState
from drills.campaign.course import Course
from drills.pattern import Pattern, pattern_of
from drills.push import Push, PushState
from drills.rubric import Level
from storage.pushes import push_of
from storage.tables import attempts, evaluations, pushes, verdicts
from storage.verdicts import CRITERION


class SqlPatterns:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, push: Push) -> Pattern | None:
        rows = (await self._connection.execute(_counted(push))).all()
        return pattern_of({row.ref: row.judged for row in rows}, {row.ref: row.met for row in rows})

    async def closed(self, course: Course) -> Sequence[Push]:
        of = sa.select(pushes).where(
            pushes.c.workspace == str(course.workspace),
            pushes.c.campaign == course.campaign,
            pushes.c.team == course.team,
            pushes.c.state == PushState.CLOSED.value,
        )
        return [push_of(row) for row in await self._connection.execute(of.order_by(pushes.c.opens_at))]


def _counted(push: Push) -> sa.Select[str, int, int]:
    own_attempt = (evaluations.c.workspace == attempts.c.workspace) & (evaluations.c.id == attempts.c.id)
    own_verdict = (verdicts.c.workspace == evaluations.c.workspace) & (verdicts.c.evaluation == evaluations.c.id)
    people = sa.func.count(attempts.c.person.distinct())
    return (
        sa.select(
            verdicts.c.ref,
            people.label("judged"),
            people.filter(verdicts.c.level == Level.MET.value).label("met"),
        )
        .select_from(attempts.join(evaluations, own_attempt).join(verdicts, own_verdict))
        .where(
            attempts.c.workspace == str(push.workspace),
            attempts.c.push == push.id,
            attempts.c.number == 1,
            attempts.c.state == AttemptState.REPLIED.value,
            attempts.c.ended_at <= push.closes_at,
            evaluations.c.practice.is_(False),
            evaluations.c.contested.is_(False),
            evaluations.c.unscored.is_(None),
            verdicts.c.kind == CRITERION,
            verdicts.c.level != Level.CANNOT_JUDGE.value,
        )
        .group_by(verdicts.c.ref)
    )
