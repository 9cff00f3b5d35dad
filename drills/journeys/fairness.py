""" "Was this fair?": a no takes the evaluation out of every figure until a person has looked at it."""

from __future__ import annotations

from drills.chat.inbound import Answer, Pressed, Submitted
from drills.errors import NotFound
from drills.evaluation import Evaluation
from drills.journeys.appeal import ask_person
from drills.journeys.tools import Tools, is_first, own_attempt, the_push
from drills.journeys.tripwire import look
from drills.judging.normal import visible
from drills.people import PersonRef
from drills.phi import Reason
from drills.ports import UnitOfWork
from drills.review import Review, ReviewState
from drills.views.fairness import COMMENT, unfair_form, unfair_refused
from drills.views.notices import notice
from drills.views.tripwire import comment_support_card, held_back

_WAITS = "It counts in no figure until a person has looked at it. You are told what came of it."
_GOES_ON = (
    "Good to know. A person looks at it all the same, as you asked. Until then it counts in no figure, and you are "
    "told what came of it."
)
_WITH_REVIEWER = "It is with a reviewer already, and so are your words."
_ERASED = "Your words are erased, so there is nothing left that a person could look at."
_REVIEWED = "Your words are kept. A person has looked at this one already, so it stays as it is."


async def fair(tools: Tools, pressed: Pressed, evaluation_id: str) -> Answer:
    async with tools.memory.begin() as work:
        await own_attempt(work, pressed.person, evaluation_id)
        if await is_first(tools, work, pressed):
            await work.evaluations.comment(pressed.person.workspace, evaluation_id, True, "", tools.clock())
        waits = await _waiting(work, pressed.person, evaluation_id) is not None
    thanks = "Good to know. It helps us see where the judge can be trusted."
    return Answer(notice("Thank you", _GOES_ON if waits else thanks))


async def ask_why(tools: Tools, pressed: Pressed, evaluation_id: str) -> Answer:
    async with tools.memory.read() as work:
        await own_attempt(work, pressed.person, evaluation_id)
        review = await _waiting(work, pressed.person, evaluation_id)
        if review and await work.reviews.reason(review):
            return Answer(notice("A person will look", f"{_WITH_REVIEWER} {_WAITS}"))
        if await work.attempts.words(pressed.person.workspace, evaluation_id) is None:
            return Answer(notice("Nothing to look at", _ERASED))
    return Answer(unfair_form(evaluation_id))


async def contest(tools: Tools, submitted: Submitted, evaluation_id: str) -> Answer:
    """Keep the comment, set the evaluation aside, and ask a person to look. Raises NotFound for anybody else's.

    A comment about a real event is not kept; the no itself counts all the same. What a person said already stays.
    """
    words = visible(submitted.values.get(COMMENT, "")).strip()
    async with tools.memory.read() as work:
        attempt = await own_attempt(work, submitted.person, evaluation_id)
        found = await the_push(work, submitted.person.workspace, attempt.push, attempt.variant)
    screening = await look(tools, submitted, found, words)
    if screening.reason is Reason.PHI:
        return Answer(unfair_refused(evaluation_id, words, held_back(words, screening)))
    kept = "" if screening.reason else words
    async with tools.memory.begin() as work:
        evaluation = await _evaluation(work, submitted, evaluation_id)
        review, told = await _waiting(work, submitted.person, evaluation_id), _WAITS
        if await is_first(tools, work, submitted):
            await work.evaluations.comment(submitted.person.workspace, evaluation_id, False, kept, tools.clock())
            await _set_aside(tools, work, evaluation)
            told = f"{_WITH_REVIEWER} {_WAITS}" if review else _WAITS
    if screening.reason:
        return Answer(comment_support_card(tools.support_text, words))
    return Answer(notice("Thank you for saying so", _REVIEWED if evaluation.is_reviewed else told))


async def _waiting(work: UnitOfWork, person: PersonRef, evaluation_id: str) -> Review | None:
    """A person was asked to look and has not yet."""
    review = await work.reviews.get(person.workspace, evaluation_id)
    return review if review and review.state is ReviewState.OPEN else None


async def _evaluation(work: UnitOfWork, submitted: Submitted, evaluation_id: str) -> Evaluation:
    evaluation = await work.evaluations.get(submitted.person.workspace, evaluation_id)
    if evaluation is None:
        raise NotFound(f"no evaluation {evaluation_id}")
    return evaluation


async def _set_aside(tools: Tools, work: UnitOfWork, evaluation: Evaluation) -> None:
    if evaluation.is_reviewed:
        return
    if not evaluation.contested:
        await work.evaluations.save(evaluation.contest(), was=evaluation.state)
    await ask_person(tools, work, evaluation)
