"""The learner ticks what practice feedback missed. The tick is kept apart from verdicts and enters no figure."""

from __future__ import annotations

from dataclasses import dataclass

from drills.chat.inbound import Answer, Pressed
from drills.drill import Drill
from drills.errors import NotFound
from drills.evaluation import Judgement
from drills.journeys.tools import Tools, is_first, own_attempt, the_push
from drills.ports import UnitOfWork
from drills.views.ticks import ticks_card


@dataclass(frozen=True, slots=True)
class _Practice:
    """Somebody's own practice feedback that has something left to tick."""

    drill: Drill
    evaluation: str
    judgement: Judgement

    def may_be_ticked(self, criterion: str) -> bool:
        return criterion in {verdict.criterion for verdict in self.judgement.missed}


async def look(tools: Tools, pressed: Pressed, evaluation_id: str) -> Answer:
    """What was missed, and what is ticked. Raises NotFound for anybody else's, and where nothing can be ticked."""
    async with tools.memory.read() as work:
        return await _answer(work, pressed, await _practice(work, pressed, evaluation_id))


async def toggle(tools: Tools, pressed: Pressed, evaluation_id: str, criterion: str) -> Answer:
    """Tick a missed criterion, or take the tick back; then look again. Raises NotFound as `look` does."""
    async with tools.memory.begin() as work:
        practice = await _practice(work, pressed, evaluation_id)
        if not practice.may_be_ticked(criterion):
            raise NotFound(f"{criterion!r} of evaluation {evaluation_id} was not missed")
        if await is_first(tools, work, pressed):
            await _turn(tools, work, pressed, practice.evaluation, criterion)
        return await _answer(work, pressed, practice)


async def _turn(tools: Tools, work: UnitOfWork, pressed: Pressed, evaluation: str, criterion: str) -> None:
    workspace = pressed.person.workspace
    if criterion in await work.ticks.of(workspace, evaluation):
        await work.ticks.take_back(workspace, evaluation, criterion)
    else:
        await work.ticks.put(workspace, evaluation, criterion, tools.clock())


async def _practice(work: UnitOfWork, pressed: Pressed, evaluation_id: str) -> _Practice:
    attempt = await own_attempt(work, pressed.person, evaluation_id)
    evaluation = await work.evaluations.get(pressed.person.workspace, attempt.id)
    if evaluation is None or evaluation.judgement is None or not evaluation.judgement.missed:
        raise NotFound(f"nothing to tick in {evaluation_id}", tell="There is nothing to tick in this feedback.")
    found = await the_push(work, pressed.person.workspace, attempt.push, attempt.variant)
    return _Practice(found.drill, evaluation.id, evaluation.judgement)


async def _answer(work: UnitOfWork, pressed: Pressed, practice: _Practice) -> Answer:
    ticked = await work.ticks.of(pressed.person.workspace, practice.evaluation)
    return Answer(ticks_card(practice.drill, practice.evaluation, practice.judgement, ticked))
