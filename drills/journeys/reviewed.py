"""The writer hears what a person found in their reply, privately and once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drills.chat.cards import Card
from drills.drill import Drill
from drills.errors import CannotReach, OursToFix, Stale, TryLater
from drills.evaluation import MAX_TRIES, Evaluation
from drills.journeys.shifts import LOOK_AGAIN, wait_for
from drills.journeys.tools import Tools, the_push, the_team
from drills.judging.person import before
from drills.people import PersonRef, Place
from drills.ports import Chat, Job, Once, Retry
from drills.review import Review, ReviewState
from drills.views.appeal import outcome_card


@dataclass(frozen=True, slots=True)
class _Parcel:
    review: Review
    person: PersonRef
    near: Place
    card: Card


async def reviewed(tools: Tools, chats: Mapping[str, Chat], job: Job) -> Retry | None:
    """Claim, tell, mark told. A claim whose worker died is taken over after its lease."""
    parcel = await _claim(tools, job)
    if parcel is None or isinstance(parcel, Retry):
        return parcel
    review = parcel.review
    once = Once(f"reviewed:{review.evaluation}", again=review.tries > 1)
    try:
        await chats[job.workspace.platform].tell(parcel.person, parcel.near, parcel.card, once, keep=True)
    except TryLater as later:
        return await _give_back(tools, review, later)
    except CannotReach:
        await _save(tools, review.untold())  # their feedback says it as well
        return None
    except OursToFix:
        await _save(tools, review.untold())
        raise
    await _save(tools, review.told())
    return None


async def _claim(tools: Tools, job: Job) -> _Parcel | Retry | None:
    """A Retry while the writer is to be left alone: a reviewer's night is not theirs."""
    now = tools.clock()
    async with tools.memory.begin() as work:
        review = await work.reviews.get(job.workspace, job.key)
        evaluation = await work.evaluations.get(job.workspace, job.key)
        attempt = await work.attempts.get(job.workspace, job.key)
        if review is None or evaluation is None or attempt is None or not review.may_be_claimed(now):
            return None
        if await work.attempts.words(job.workspace, attempt.id) is None:  # forgotten: nothing more is told
            await work.reviews.save(review.untold(), was=review.state)
            return None
        found = await the_push(work, job.workspace, attempt.push, attempt.variant)
        team = await the_team(work, found.push)
        if wait := await wait_for(work, found.push, team, attempt.person.user, now):
            return Retry(min(wait, LOOK_AGAIN).total_seconds())
        claimed = review.claim(now)
        await work.reviews.save(claimed, was=review.state)
        return _Parcel(claimed, attempt.person, team.place, _card(found.drill, evaluation, review))


def _card(drill: Drill, evaluation: Evaluation, review: Review) -> Card:
    if evaluation.judgement is None or review.before is None:
        raise OursToFix(f"the settled review {review.evaluation} has no verdict")
    now = before(evaluation.judgement, evaluation.outcome)
    return outcome_card(drill, evaluation.id, review.before, now, practice=evaluation.judgement.practice)


async def _give_back(tools: Tools, review: Review, later: TryLater) -> Retry | None:
    if review.tries >= MAX_TRIES:
        await _save(tools, review.untold())
        return None
    await _save(tools, review.release())
    return Retry(later.retry_after)


async def _save(tools: Tools, review: Review) -> None:
    try:
        async with tools.memory.begin() as work:
            await work.reviews.save(review, was=ReviewState.TELLING)
    except Stale:
        return  # the claim was taken over while we were away; its new owner finishes
