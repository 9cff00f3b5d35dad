"""What people asked to have looked at by a person, as rows: who rules on what, and whether the writer was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.evaluation import Band, EvaluationState
from drills.people import PersonRef, Team, Workspace
from drills.review import Before, Review, ReviewState, Ruling
from drills.rubric import Level
from storage.claims import free_to_take, still_mine
from storage.tables import evaluations, fairness, pushes, replies, reviews, rulings
from storage.writes import add_once, insert, move

_OUT = (EvaluationState.DONE.value, EvaluationState.FAILED.value)


class SqlReviews:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, review: Review) -> bool:
        return await add_once(self._connection, reviews, _row(review))

    async def get(self, workspace: Workspace, evaluation: str) -> Review | None:
        own = (reviews.c.workspace == str(workspace), reviews.c.evaluation == evaluation)
        row = (await self._connection.execute(sa.select(reviews).where(*own))).one_or_none()
        return None if row is None else _review(row)

    async def save(self, review: Review, *, was: ReviewState) -> None:
        guards = [reviews.c.state == was.value]
        if was is ReviewState.TELLING:
            guards.append((free_to_take if review.state is was else still_mine)(reviews, review))
        row = _row(review)
        if was is not ReviewState.OPEN:  # who settled it may have been forgotten since it was read
            del row["reviewer"]
        await move(self._connection, reviews, row, *guards)

    async def open(self, team: Team, reviewer: PersonRef) -> Sequence[Review]:
        worded = (replies.c.workspace == reviews.c.workspace) & (replies.c.attempt == reviews.c.evaluation)
        found = (
            sa.select(reviews)
            .select_from(_evaluations_of(team).join(reviews, _asked()).join(replies, worded))
            .where(reviews.c.state == ReviewState.OPEN.value, evaluations.c.state.in_(_OUT))
            .where(sa.or_(evaluations.c.workspace != str(reviewer.workspace), evaluations.c.person != reviewer.user))
            .order_by(reviews.c.asked_at, reviews.c.evaluation)
        )
        return [_review(row) for row in await self._connection.execute(found)]

    async def not_asked(self, team: Team) -> int:
        counted = (
            sa.select(sa.func.count())
            .select_from(_evaluations_of(team).outerjoin(reviews, _asked()))
            .where(evaluations.c.contested, reviews.c.evaluation.is_(None))
        )
        return int((await self._connection.execute(counted)).scalar_one())

    async def rule(self, review: Review, reviewer: PersonRef, place: int, ruling: Ruling, at: datetime) -> None:
        key = {**_key(review, reviewer), "place": place}
        said = {"ref": ruling.ref, "level": ruling.level.value, "final": ruling.final, "at": at}
        write = insert(self._connection, rulings).values({**key, **said})
        write = write.on_conflict_do_update(index_elements=list(key), set_=said, where=rulings.c.final.is_(False))
        await self._connection.execute(write)

    async def rulings(self, review: Review, reviewer: PersonRef) -> Mapping[int, Ruling]:
        own = [rulings.c[name] == value for name, value in _key(review, reviewer).items()]
        rows = await self._connection.execute(sa.select(rulings).where(*own).order_by(rulings.c.place))
        return {row.place: Ruling(row.ref, Level(row.level), row.final) for row in rows}

    async def close_rulings(self, review: Review, reviewer: PersonRef) -> None:
        own = [rulings.c[name] == value for name, value in _key(review, reviewer).items()]
        await self._connection.execute(sa.update(rulings).where(*own).values(final=True))

    async def forget(self, person: PersonRef, alias: str) -> None:
        for table in (reviews, rulings):
            own = (table.c.workspace == str(person.workspace), table.c.reviewer == person.user)
            await self._connection.execute(sa.update(table).where(*own).values(reviewer=alias))

    async def reason(self, review: Review) -> str:
        own = (fairness.c.workspace == str(review.workspace), fairness.c.evaluation == review.evaluation)
        words = await self._connection.scalar(sa.select(fairness.c.words).where(*own, fairness.c.fair.is_(False)))
        return words or ""


def _evaluations_of(team: Team) -> sa.Join:
    own = (pushes.c.workspace == str(team.workspace)) & (pushes.c.team == team.id)
    pushed = (pushes.c.workspace == evaluations.c.workspace) & (pushes.c.id == evaluations.c.push)
    return evaluations.join(pushes, pushed & own)


def _asked() -> sa.ColumnElement[bool]:
    return (reviews.c.workspace == evaluations.c.workspace) & (reviews.c.evaluation == evaluations.c.id)


def _key(review: Review, reviewer: PersonRef) -> dict[str, Any]:
    return {"workspace": str(review.workspace), "evaluation": review.evaluation, "reviewer": reviewer.user}


def _review(row: sa.Row[Any]) -> Review:
    return Review(
        workspace=Workspace.parse(row.workspace),
        evaluation=row.evaluation,
        asked_at=row.asked_at,
        state=ReviewState(row.state),
        reviewer=row.reviewer,
        settled_at=row.settled_at,
        before=_before(row.before) if row.before is not None else None,
        tries=row.tries,
        claimed_at=row.claimed_at,
    )


def _before(data: dict[str, Any]) -> Before:
    levels = {criterion: Level(level) for criterion, level in data["levels"].items()}
    return Before(levels, tuple(data["red_flags"]), Band(data["band"]) if data["band"] else None)


def _row(review: Review) -> dict[str, Any]:
    return {
        "workspace": str(review.workspace),
        "evaluation": review.evaluation,
        "asked_at": review.asked_at,
        "state": review.state.value,
        "reviewer": review.reviewer,
        "settled_at": review.settled_at,
        "before": asdict(review.before) if review.before else None,
        "tries": review.tries,
        "claimed_at": review.claimed_at,
    }
