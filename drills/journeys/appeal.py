"""A writer asks for a person to look: their consent, and from then on a reviewer may see the words."""

from __future__ import annotations

from drills.chat.inbound import Answer, Pressed
from drills.errors import NotFound
from drills.evaluation import Evaluation
from drills.journeys.tools import Tools, is_first, own_attempt
from drills.people import PersonRef
from drills.ports import UnitOfWork
from drills.review import Review
from drills.views.appeal import consent_card
from drills.views.notices import notice


async def consent(tools: Tools, pressed: Pressed, evaluation_id: str) -> Answer:
    """What it means, before anything happens. Raises NotFound for anybody else's, and where nothing is set aside."""
    async with tools.memory.read() as work:
        await _set_aside(work, pressed.person, evaluation_id)
    return Answer(consent_card(evaluation_id))


async def appeal(tools: Tools, pressed: Pressed, evaluation_id: str) -> Answer:
    """Asking twice is asking once. Raises as `consent` does."""
    async with tools.memory.begin() as work:
        evaluation = await _set_aside(work, pressed.person, evaluation_id)
        if await is_first(tools, work, pressed):
            await ask_person(tools, work, evaluation)
    return Answer(notice("A person will look", "You are told what came of it. Until then it counts in no figure."))


async def ask_person(tools: Tools, work: UnitOfWork, evaluation: Evaluation) -> None:
    """In the caller's transaction. A reply that no judge could score has nothing to compare with and is left out."""
    if evaluation.judgement is not None:
        await work.reviews.ask(Review(evaluation.person.workspace, evaluation.id, tools.clock()))


async def _set_aside(work: UnitOfWork, person: PersonRef, evaluation_id: str) -> Evaluation:
    await own_attempt(work, person, evaluation_id)
    evaluation = await work.evaluations.get(person.workspace, evaluation_id)
    if evaluation is None or not evaluation.contested:
        raise NotFound(f"{evaluation_id} is not set aside", tell="There is nothing open about this feedback any more.")
    return evaluation
