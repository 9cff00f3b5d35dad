"""Judges case by case, as many at a time as asked for, and tells the results in the order of the input."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.calibration.cases import LabelledReply
from drills.drill import Drill
from drills.errors import ReadbackError
from drills.evaluation import Judgement, Outcome
from drills.judging.quotes import check, fired
from drills.judging.scoring import outcome
from drills.phi import screen
from drills.ports import Case, Judge

_NO_OUTCOME = Outcome(None, None)


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one case: judged (`judgement` is checked), or `blocked` before any judge saw it, or `error`."""

    case: LabelledReply
    judgement: Judgement | None = None
    outcome: Outcome = _NO_OUTCOME
    blocked: dict[str, object] | None = None
    error: str = ""

    def line(self) -> dict[str, Any]:
        """As JSON data; `error` is there only where something went wrong."""
        verdicts = self.judgement.verdicts if self.judgement else ()
        return {
            "case_id": self.case.case_id,
            "labels": {verdict.criterion: verdict.level.value for verdict in verdicts},
            "quotes": {verdict.criterion: verdict.quote for verdict in verdicts if verdict.quote},
            "red_flags": [flag.id for flag in fired(self.judgement)] if self.judgement else [],
            "band": self.outcome.band.value if self.outcome.band else None,
            "score": self.outcome.score,
            "blocked": self.blocked,
            **({"error": self.error} if self.error else {}),
        }


async def judge_all(
    cases: Iterable[LabelledReply], judge: Judge, *, slots: int, forced: bool, tell: Callable[[Judged], None]
) -> None:
    """Calls `tell` for each case, in order, as soon as it and those before it are done. No case stops another."""
    under_way: deque[asyncio.Task[Judged]] = deque()
    async with asyncio.TaskGroup() as group:
        for case in cases:
            if len(under_way) == slots:
                tell(await under_way.popleft())
            under_way.append(group.create_task(_judged(case, judge, forced)))
        while under_way:
            tell(await under_way.popleft())


async def _judged(case: LabelledReply, judge: Judge, forced: bool) -> Judged:
    blocked = _held_back(case.reply, case.drill)
    if blocked:
        return Judged(case, blocked=blocked)
    try:
        checked = check(await judge.verdicts(Case(case.drill, case.reply)), case.reply)
    except ReadbackError as trouble:
        return Judged(case, error=str(trouble))
    rubric, flags = case.drill.rubric, case.drill.red_flags
    return Judged(case, checked, outcome(rubric, flags, checked, forced=forced))


def _held_back(reply: str, drill: Drill) -> dict[str, object] | None:
    """The tripwire that every platform runs before it keeps or judges anything."""
    return screen(reply, drill).blocked
