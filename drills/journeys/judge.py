"""A reply is judged: the judge outside any transaction, then score, ledger line and next job in one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from drills.attempt import Attempt, Reply
from drills.drill import Drill
from drills.errors import JudgeUnusable, OursToFix, Stale, TryLater
from drills.evaluation import MAX_TRIES, Evaluation, EvaluationState, Judgement, Unscored
from drills.journeys.tools import Tools, the_push
from drills.judging.quotes import check
from drills.judging.record import ledger_body, unscored_body
from drills.judging.scoring import outcome
from drills.ports import Case, Job, Judge, Retry

JUDGE, DELIVER = "judge", "deliver"
_BACKOFF_S = 5.0
_LONGEST_BACKOFF_S = 300.0


@dataclass(frozen=True, slots=True)
class _Pending:
    evaluation: Evaluation
    attempt: Attempt
    drill: Drill
    reply: Reply
    case: Case


class _Erased(Exception):  # a turn in the story, not an error
    def __init__(self, evaluation: Evaluation) -> None:
        super().__init__()
        self.evaluation = evaluation


async def judge(tools: Tools, judge: Judge, job: Job) -> Retry | None:
    """Move one evaluation from received to ready, once, whatever happens on the way."""
    try:
        pending = await _pending(tools, job)
    except _Erased as erased:
        await _end(tools, erased.evaluation)
        return None
    if pending is None:
        return None
    try:
        judgement = await judge.verdicts(pending.case)
    except JudgeUnusable as unusable:
        await _not_scored(tools, pending, Unscored(unusable.reason))
        return None
    except (TryLater, OursToFix) as trouble:
        return await _later(tools, pending, trouble)
    await _judged(tools, pending, judgement)
    return None


async def _pending(tools: Tools, job: Job) -> _Pending | None:
    """What the judge needs, or None when there is nothing (left) to judge."""
    async with tools.memory.read() as work:
        evaluation = await work.evaluations.get(job.workspace, job.key)
        if evaluation is None or evaluation.state is not EvaluationState.RECEIVED:
            return None
        attempt = await work.attempts.get(job.workspace, job.key)
        reply = await work.attempts.words(job.workspace, job.key)
        if attempt is None or reply is None:
            raise _Erased(evaluation)
        found = await the_push(work, job.workspace, attempt.push, attempt.variant)
        member = await work.members.get(attempt.person, found.push.team)
    case = Case(found.drill, reply.text, member.profession if member else None)
    return _Pending(evaluation, attempt, found.drill, reply, case)


async def _end(tools: Tools, evaluation: Evaluation) -> None:
    """Words that were erased before anybody read them: nothing is judged, nothing is told."""
    with suppress(Stale):
        async with tools.memory.begin() as work:
            await work.evaluations.save(evaluation.undelivered(), was=EvaluationState.RECEIVED)


async def _judged(tools: Tools, pending: _Pending, raw: Judgement) -> None:
    checked = check(raw, pending.reply.text)
    result = outcome(pending.drill.rubric, pending.drill.red_flags, checked)
    body = ledger_body(pending.drill, pending.attempt, pending.reply, raw, checked, result)
    judged = pending.evaluation.judged(checked, result)
    await _ready(tools, judged.contest() if raw.split else judged, body)


async def _not_scored(tools: Tools, pending: _Pending, why: Unscored) -> None:
    body = unscored_body(pending.drill, pending.attempt, pending.reply, why)
    await _ready(tools, pending.evaluation.not_scored(why), body)


async def _ready(tools: Tools, evaluation: Evaluation, body: dict[str, object]) -> None:
    workspace = evaluation.person.workspace
    try:
        async with tools.memory.begin() as work:
            await work.evaluations.save(evaluation, was=EvaluationState.RECEIVED)
            await work.ledger.append(workspace, tools.clock(), body)
            await work.enqueue(Job(DELIVER, workspace, evaluation.id))
    except Stale:
        return  # a second worker was faster: its verdict stands, ours is dropped


async def _later(tools: Tools, pending: _Pending, trouble: TryLater | OursToFix) -> Retry | None:
    tried = pending.evaluation.tried()
    if tried.tries >= MAX_TRIES:
        await _not_scored(tools, pending, Unscored.OUTAGE)
        return None
    async with tools.memory.begin() as work:
        await work.evaluations.save(tried, was=EvaluationState.RECEIVED)
    wished = trouble.retry_after if isinstance(trouble, TryLater) else 0.0
    return Retry(min(max(wished, _BACKOFF_S * 2 ** (tried.tries - 1)), _LONGEST_BACKOFF_S))
