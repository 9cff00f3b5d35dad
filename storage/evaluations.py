"""What became of each reply, as rows, and what the learner said about it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.evaluation import (
    Band,
    Evaluation,
    EvaluationState,
    Judgement,
    Outcome,
    Provenance,
    Unscored,
)
from drills.people import PersonRef, Workspace
from storage.claims import free_to_take, still_mine
from storage.tables import evaluations, fairness, ticks
from storage.verdicts import SqlVerdicts
from storage.writes import add_once, move, put

_ON_THE_WAY = [state.value for state in EvaluationState if state not in {EvaluationState.DONE, EvaluationState.FAILED}]


class SqlEvaluations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._verdicts = SqlVerdicts(connection)

    async def add(self, evaluation: Evaluation) -> None:
        """A second time changes nothing: there is one evaluation for each attempt."""
        if await add_once(self._connection, evaluations, _row(evaluation)):
            await self._keep_verdicts(evaluation)

    async def get(self, workspace: Workspace, id_: str) -> Evaluation | None:
        own = (evaluations.c.workspace == str(workspace), evaluations.c.id == id_)
        row = (await self._connection.execute(sa.select(evaluations).where(*own))).one_or_none()
        return None if row is None else _evaluation(row, await self._judgement(workspace, row))

    async def save(self, evaluation: Evaluation, *, was: EvaluationState) -> None:
        row = _row(evaluation)
        if was is not evaluation.state:  # a worker's older copy must not take a contest back
            row["contested"] = sa.or_(evaluations.c.contested, sa.literal(evaluation.contested))
        await move(self._connection, evaluations, row, *_guards(evaluation, was))
        await self._keep_verdicts(evaluation)

    async def comment(self, workspace: Workspace, id_: str, fair: bool, words: str, at: datetime) -> None:
        key = {"workspace": str(workspace), "evaluation": id_}
        await put(self._connection, fairness, {**key, "fair": fair, "words": words, "at": at})

    async def erase_words(self, person: PersonRef) -> None:
        """Every row moves on by a try: whoever read it with its quotes and would save it again is Stale."""
        workspace = str(person.workspace)
        own = (evaluations.c.workspace == workspace, evaluations.c.person == person.user)
        await self._connection.execute(sa.update(evaluations).where(*own).values(tries=evaluations.c.tries + 1))
        ended = {"state": EvaluationState.FAILED.value, "claimed_at": None}
        await self._connection.execute(
            sa.update(evaluations).where(*own, evaluations.c.state.in_(_ON_THE_WAY)).values(ended)
        )
        theirs = sa.select(evaluations.c.id).where(*own)
        await self._verdicts.erase_words(workspace, theirs)
        said = (fairness.c.workspace == workspace, fairness.c.evaluation.in_(theirs))
        await self._connection.execute(sa.update(fairness).where(*said).values(words=""))
        await self._connection.execute(
            sa.delete(ticks).where(ticks.c.workspace == workspace, ticks.c.evaluation.in_(theirs))
        )

    async def _keep_verdicts(self, evaluation: Evaluation) -> None:
        if evaluation.judgement is not None:
            await self._verdicts.replace(evaluation.person.workspace, evaluation.id, evaluation.judgement)

    async def _judgement(self, workspace: Workspace, row: sa.Row[Any]) -> Judgement | None:
        if row.provenance is None:
            return None
        verdicts, red_flags = await self._verdicts.of(workspace, row.id)
        return Judgement(verdicts, red_flags, Provenance(**row.provenance), practice=row.practice)


def _guards(evaluation: Evaluation, was: EvaluationState) -> list[sa.ColumnElement[bool]]:
    guards = [evaluations.c.state == was.value]
    if was is EvaluationState.POSTING:
        guards.append((free_to_take if evaluation.state is was else still_mine)(evaluations, evaluation))
    elif was.value not in _ON_THE_WAY:
        guards.append(still_mine(evaluations, evaluation))
    return guards


def _evaluation(row: sa.Row[Any], judgement: Judgement | None) -> Evaluation:
    return Evaluation(
        id=row.id,
        push=row.push,
        person=PersonRef(Workspace.parse(row.workspace), row.person),
        state=EvaluationState(row.state),
        received_at=row.received_at,
        tries=row.tries,
        claimed_at=row.claimed_at,
        judgement=judgement,
        outcome=_outcome(row),
        unscored=Unscored(row.unscored) if row.unscored else None,
        contested=row.contested,
        delivered_by=row.delivered_by,
    )


def _outcome(row: sa.Row[Any]) -> Outcome | None:
    if row.capped_by is None:
        return None
    return Outcome(row.score, Band(row.band) if row.band else None, tuple(row.capped_by))


def _row(evaluation: Evaluation) -> dict[str, Any]:
    judgement, outcome = evaluation.judgement, evaluation.outcome
    return {
        "workspace": str(evaluation.person.workspace),
        "id": evaluation.id,
        "push": evaluation.push,
        "person": evaluation.person.user,
        "state": evaluation.state.value,
        "received_at": evaluation.received_at,
        "tries": evaluation.tries,
        "claimed_at": evaluation.claimed_at,
        "provenance": asdict(judgement.provenance) if judgement else None,
        "practice": judgement.practice if judgement else None,
        "score": outcome.score if outcome else None,
        "band": outcome.band.value if outcome and outcome.band else None,
        "capped_by": list(outcome.capped_by) if outcome else None,
        "unscored": evaluation.unscored.value if evaluation.unscored else None,
        "contested": evaluation.contested,
        "delivered_by": evaluation.delivered_by,
    }
