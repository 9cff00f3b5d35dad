"""What somebody's own first replies showed, as their own page draws it. Nobody else's is ever read here."""

from __future__ import annotations

from drills.attempt import Attempt, AttemptState
from drills.drill import Drill
from drills.evaluation import Evaluation
from drills.journeys.tools import the_push
from drills.people import PersonRef
from drills.ports import UnitOfWork
from drills.rubric import Level
from drills.views.practice import OwnReply
from drills.views.wording import MADE_UP_BY

_LATEST = 40
"""Attempts that are looked at, skipped ones and repeats included: a drill a week for most of a year."""


async def own_practice(work: UnitOfWork, person: PersonRef) -> list[OwnReply]:
    """First replies only, newest first: a repeat is practice and counts in no figure."""
    attempts = await work.attempts.of_person(person, limit=_LATEST)
    return [await _of(work, one) for one in attempts if one.number == 1 and one.state is AttemptState.REPLIED]


async def _of(work: UnitOfWork, attempt: Attempt) -> OwnReply:
    found = await the_push(work, attempt.person.workspace, attempt.push, attempt.variant)
    evaluation = await work.evaluations.get(attempt.person.workspace, attempt.id)
    if evaluation is None or not _counts(evaluation):
        return OwnReply(found.drill.kind)
    return OwnReply(found.drill.kind, _levels(found.drill, evaluation), demo=_is_made_up(evaluation))


def _counts(evaluation: Evaluation) -> bool:
    """A checklist's practice feedback has no score, and a contested result is in no figure."""
    return evaluation.outcome is not None and evaluation.outcome.score is not None and not evaluation.contested


def _levels(drill: Drill, evaluation: Evaluation) -> dict[str, tuple[Level, ...]]:
    found: dict[str, tuple[Level, ...]] = {}
    for verdict in evaluation.judgement.verdicts if evaluation.judgement else ():
        element = drill.rubric.criterion(verdict.criterion).element
        found[element] = (*found.get(element, ()), verdict.level)
    return found


def _is_made_up(evaluation: Evaluation) -> bool:
    return evaluation.judgement is not None and evaluation.judgement.provenance.judge == MADE_UP_BY
