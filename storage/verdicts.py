"""Verdicts and red flags as rows, so that statistics are SQL and a person's words can be erased alone."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.evaluation import Judgement, RaisedFlag, Verdict
from drills.people import Workspace
from drills.rubric import Level
from storage.tables import verdicts

CRITERION, RED_FLAG = "criterion", "red_flag"


class SqlVerdicts:
    """Part of an evaluation: no port of its own."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def replace(self, workspace: Workspace, evaluation: str, judgement: Judgement) -> None:
        """Leaves rows alone that say the same already."""
        rows = _rows(judgement)
        if await self._stored(workspace, evaluation) == rows:
            return
        await self._connection.execute(sa.delete(verdicts).where(*_of(workspace, evaluation)))
        if rows:
            key = {"workspace": str(workspace), "evaluation": evaluation}
            await self._connection.execute(sa.insert(verdicts), [{**key, **row} for row in rows])

    async def of(self, workspace: Workspace, evaluation: str) -> tuple[tuple[Verdict, ...], tuple[RaisedFlag, ...]]:
        """In rubric order."""
        rows = await self._stored(workspace, evaluation)
        return (
            tuple(_verdict(row) for row in rows if row["kind"] == CRITERION),
            tuple(RaisedFlag(row["ref"], row["quote"], row["quote_found"]) for row in rows if row["kind"] == RED_FLAG),
        )

    async def erase_words(self, workspace: str, of: sa.Select[str]) -> None:
        """Of the evaluations that `of` selects."""
        theirs = (verdicts.c.workspace == workspace, verdicts.c.evaluation.in_(of))
        await self._connection.execute(sa.update(verdicts).where(*theirs).values(quote="", note=""))

    async def _stored(self, workspace: Workspace, evaluation: str) -> list[dict[str, Any]]:
        own = [column for column in verdicts.c if column.name not in {"workspace", "evaluation"}]
        of = sa.select(*own).where(*_of(workspace, evaluation)).order_by(verdicts.c.kind, verdicts.c.position)
        return [dict(row) for row in (await self._connection.execute(of)).mappings()]


def _of(workspace: Workspace, evaluation: str) -> tuple[sa.ColumnElement[bool], ...]:
    return verdicts.c.workspace == str(workspace), verdicts.c.evaluation == evaluation


def _verdict(row: dict[str, Any]) -> Verdict:
    return Verdict(row["ref"], Level(row["level"]), row["quote"], row["note"], row["quote_found"])


def _rows(judgement: Judgement) -> list[dict[str, Any]]:
    """In the order in which they are read back."""
    criteria = [
        _row(CRITERION, n, v.criterion, v.quote, v.quote_found, level=v.level.value, note=v.note)
        for n, v in enumerate(judgement.verdicts)
    ]
    flags = [_row(RED_FLAG, n, f.id, f.quote, f.quote_found) for n, f in enumerate(judgement.red_flags)]
    return criteria + flags


def _row(
    kind: str,
    position: int,
    ref: str,
    quote: str,
    quote_found: bool | None,
    *,
    level: str | None = None,
    note: str = "",
) -> dict[str, Any]:
    return {
        "kind": kind,
        "position": position,
        "ref": ref,
        "level": level,
        "quote": quote,
        "note": note,
        "quote_found": quote_found,
    }
