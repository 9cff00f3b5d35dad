"""Pooled patterns: how many distinct people met each criterion of a push, counted in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.attempt import AttemptState
from drills.campaign.course import Course, CourseKey
from drills.campaign.lessons import Lesson
from drills.pattern import Pattern, pattern_of
from drills.push import Push, PushState
from drills.rubric import Level
from storage.tables import attempts, evaluations, pushes, verdicts
from storage.verdicts import CRITERION


class SqlPatterns:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, push: Push) -> Pattern | None:
        one = (pushes.c.workspace == str(push.workspace), pushes.c.id == push.id)
        return (await self._where(*one)).get(push.id)

    async def lessons(self, of: Collection[Course], now: datetime) -> Mapping[CourseKey, Sequence[Lesson]]:
        found: dict[CourseKey, list[Lesson]] = {}
        if not of:
            return found
        names = {(str(one.workspace), one.campaign, one.team): one.key for one in of}
        own = sa.tuple_(pushes.c.workspace, pushes.c.campaign, pushes.c.team).in_(list(names))
        patterns = await self._where(own)
        for row in await self._connection.execute(_sent(own, now)):
            pattern = patterns.get(row.id)
            lesson = Lesson(row.closes_at, row.drill_id, missed=pattern is not None and pattern.missed)
            found.setdefault(names[row.workspace, row.campaign, row.team], []).append(lesson)
        return found

    async def _where(self, *where: sa.ColumnElement[bool]) -> Mapping[str, Pattern]:
        """By the push's id."""
        rows = (await self._connection.execute(_counted(*where))).all()
        found = {id_: _pattern(list(of_one)) for id_, of_one in groupby(rows, key=lambda row: str(row.push))}
        return {id_: pattern for id_, pattern in found.items() if pattern is not None}


def _pattern(rows: Sequence[sa.Row[Any]]) -> Pattern | None:
    return pattern_of({row.ref: row.judged for row in rows}, {row.ref: row.met for row in rows})


def _sent(own: sa.ColumnElement[bool], now: datetime) -> sa.Select[Any]:
    """Closed, or to be closed later. One that is neither was never posted."""
    over = sa.or_(pushes.c.state == PushState.CLOSED.value, pushes.c.closes_at > now)
    columns = (pushes.c.workspace, pushes.c.campaign, pushes.c.team, pushes.c.id, pushes.c.drill_id, pushes.c.closes_at)
    sent = sa.select(*columns).where(own, over, pushes.c.state != PushState.FAILED.value)
    return sent.order_by(pushes.c.opens_at, pushes.c.id)


def _counted(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    own_push = (pushes.c.workspace == attempts.c.workspace) & (pushes.c.id == attempts.c.push)
    own_attempt = (evaluations.c.workspace == attempts.c.workspace) & (evaluations.c.id == attempts.c.id)
    own_verdict = (verdicts.c.workspace == evaluations.c.workspace) & (verdicts.c.evaluation == evaluations.c.id)
    people = sa.func.count(attempts.c.person.distinct())
    return (
        sa.select(
            attempts.c.push,
            verdicts.c.ref,
            people.label("judged"),
            people.filter(verdicts.c.level == Level.MET.value).label("met"),
        )
        .select_from(pushes.join(attempts, own_push).join(evaluations, own_attempt).join(verdicts, own_verdict))
        .where(
            *where,
            attempts.c.number == 1,
            attempts.c.state == AttemptState.REPLIED.value,
            attempts.c.ended_at <= pushes.c.closes_at,
            evaluations.c.practice.is_(False),
            evaluations.c.contested.is_(False),
            evaluations.c.unscored.is_(None),
            verdicts.c.kind == CRITERION,
            verdicts.c.level != Level.CANNOT_JUDGE.value,
        )
        .group_by(attempts.c.push, verdicts.c.ref)
        .order_by(attempts.c.push, verdicts.c.ref)
    )
