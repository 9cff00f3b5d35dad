"""Feedback reaches its reader, privately and at most once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from drills.attempt import Attempt
from drills.chat.cards import Card
from drills.errors import CannotReach, NotFound, OursToFix, Stale, TryLater
from drills.evaluation import MAX_TRIES, Evaluation, EvaluationState
from drills.journeys.home import home_changed
from drills.journeys.shifts import LOOK_AGAIN, wait_for
from drills.journeys.tools import Tools, the_push
from drills.people import PersonRef, Place, Workspace
from drills.ports import Chat, Job, Once, Retry, UnitOfWork
from drills.views.feedback import feedback_card

_STILL_THERE = timedelta(hours=1)  # since they wrote: until then nobody is woken by the answer


@dataclass(frozen=True, slots=True)
class _Parcel:
    evaluation: Evaluation
    attempt: Attempt
    near: Place
    card: Card
    keep: bool


async def deliver(tools: Tools, chats: Mapping[str, Chat], job: Job) -> Retry | None:
    """Claim, tell, mark done. A claim whose worker died is taken over after its lease."""
    parcel = await _claim(tools, job)
    if parcel is None or isinstance(parcel, Retry):
        return parcel
    evaluation, attempt = parcel.evaluation, parcel.attempt
    once = Once(f"feedback:{evaluation.id}", again=evaluation.tries > 1)
    chat = chats[job.workspace.platform]
    try:
        way = await chat.tell(attempt.person, parcel.near, parcel.card, once, attempt.handle, keep=parcel.keep)
    except TryLater as later:
        return await _give_back(tools, evaluation, later)
    except CannotReach:
        await _save(tools, evaluation.undelivered())  # still under "My drills", so nothing is lost
        return None
    except OursToFix:
        await _save(tools, evaluation.undelivered())
        raise
    await _save(tools, evaluation.delivered(way.value))
    return None


async def own_feedback(work: UnitOfWork, person: PersonRef, attempt: Attempt) -> Card:
    """The feedback card of somebody's own attempt. Raises NotFound while it is not there yet."""
    evaluation = await work.evaluations.get(person.workspace, attempt.id)
    if evaluation is None or evaluation.state is EvaluationState.RECEIVED:
        raise NotFound("no feedback yet", tell="Your reply is still being read. Your feedback comes in a moment.")
    return await _card(work, person.workspace, attempt, evaluation)


async def _claim(tools: Tools, job: Job) -> _Parcel | Retry | None:
    """A Retry while its reader is to be left alone: after an outage of the judge they may be asleep by now."""
    now = tools.clock()
    async with tools.memory.begin() as work:
        evaluation = await work.evaluations.get(job.workspace, job.key)
        attempt = await work.attempts.get(job.workspace, job.key)
        if evaluation is None or attempt is None:
            return None
        posting = evaluation.state is EvaluationState.POSTING
        if evaluation.state is not EvaluationState.READY and not (posting and evaluation.claim_is_stale(now)):
            return None
        found = await the_push(work, job.workspace, attempt.push, attempt.variant)
        team = await work.teams.get(job.workspace, found.push.team)
        if team is None:
            return None
        late = now - evaluation.received_at > _STILL_THERE
        if late and (wait := await wait_for(work, found.push, team, attempt.person.user, now)):
            return Retry(min(wait, LOOK_AGAIN).total_seconds())
        claimed = evaluation.claim(now)
        await work.evaluations.save(claimed, was=evaluation.state)
        card = await _card(work, job.workspace, attempt, claimed)
        return _Parcel(claimed, attempt, team.place, card, found.push.keep)


async def _card(work: UnitOfWork, workspace: Workspace, attempt: Attempt, evaluation: Evaluation) -> Card:
    found = await the_push(work, workspace, attempt.push, attempt.variant)
    reply = await work.attempts.words(workspace, attempt.id)
    ticked = await work.ticks.of(workspace, evaluation.id)
    asked = await work.reviews.get(workspace, evaluation.id) is not None
    return feedback_card(found.drill, attempt, evaluation, reply.text if reply else "", ticked, asked=asked)


async def _give_back(tools: Tools, evaluation: Evaluation, later: TryLater) -> Retry | None:
    if evaluation.tries >= MAX_TRIES:
        await _save(tools, evaluation.undelivered())
        return None
    await _save(tools, evaluation.release())
    return Retry(later.retry_after)


async def _save(tools: Tools, evaluation: Evaluation) -> None:
    try:
        async with tools.memory.begin() as work:
            await work.evaluations.save(evaluation, was=EvaluationState.POSTING)
            await home_changed(work, evaluation.person)
    except Stale:
        return  # the claim was taken over while we were away; its new owner finishes
