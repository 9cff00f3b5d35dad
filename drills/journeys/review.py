"""`/drill review`: a person reads a reply without its writer, rules on it blind, and what they say counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drills.attempt import Attempt, Reply
from drills.chat.inbound import Answer, Asked, Pressed
from drills.errors import NotFound, TellPerson
from drills.evaluation import Evaluation, Judgement, Outcome
from drills.journeys.authority import NotAllowed, doubted, may, must
from drills.journeys.tools import Tools, is_first, the_push, the_team
from drills.judging.person import before, by_person
from drills.judging.record import reviewed_body
from drills.judging.scoring import outcome
from drills.people import Role, Team
from drills.ports import Job, UnitOfWork
from drills.review import Review, ReviewState, Ruling, items, levels_offered
from drills.rubric import Level
from drills.views.review import (
    BlindCase,
    Said,
    case_card,
    comparison_card,
    item_card,
    nothing_card,
    overview_card,
    settled_card,
)

REVIEWED = "reviewed"
_GONE = "This reply is not here for review any more."
_NO_TEAM = "Educators of a team review what its learners find unfair, and whoever administers the workspace."


class AlreadySettled(TellPerson):
    tell = "Somebody has settled this one meanwhile. Your answers on it changed nothing."


class RulingStands(TellPerson):
    tell = "You have seen what the judge said, so your answers stand as they were."


class NotRuled(TellPerson):
    tell = "Some questions are still open. `/drill review` goes on where you stopped."


@dataclass(frozen=True, slots=True)
class _Case:
    review: Review
    evaluation: Evaluation
    was: Judgement
    attempt: Attempt
    reply: Reply
    blind: BlindCase

    def result(self) -> tuple[Judgement, Outcome]:
        """What the reviewer's rulings amount to."""
        drill = self.blind.drill
        judgement = by_person(drill, self.was, self.blind.rulings)
        return judgement, outcome(drill.rubric, drill.red_flags, judgement)


async def review(tools: Tools, seen: Asked | Pressed) -> Answer:
    """The oldest reply that waits for this person, or the one after `(evaluation, "next")`, or one of its questions.

    Raises NotAllowed for whoever may review nothing.
    """
    evaluation, where = (*seen.intent.args, "", "")[:2] if isinstance(seen, Pressed) else ("", "")
    if where.isdecimal():
        return await _at(tools, seen, evaluation, int(where))
    async with tools.memory.read() as work:
        teams = await _teams(work, seen)
        waiting = [review for team in teams for review in await work.reviews.open(team, seen.person)]
        not_asked = sum([await work.reviews.not_asked(team) for team in teams])
        if not waiting:
            return Answer(nothing_card(not_asked))
        chosen = _after(sorted(waiting, key=lambda review: review.asked_at), evaluation)
        case = await _case(work, seen, chosen.evaluation)
    return Answer(case_card(case.blind, len(waiting), not_asked))


async def rule(tools: Tools, pressed: Pressed, evaluation: str, place: str, level: str) -> Answer:
    """Keep one answer and show the next open question; after the last one, all of them."""
    async with tools.memory.begin() as work:
        case = await _case(work, pressed, evaluation)
        ruling = _ruling(case.blind, place, level)
        if any(said.final for said in case.blind.rulings.values()):
            raise RulingStands
        if await is_first(tools, work, pressed):
            await work.reviews.rule(case.review, pressed.person, int(place), ruling, tools.clock())
        blind = (await _case(work, pressed, evaluation)).blind
    return Answer(overview_card(blind) if blind.next_place is None else item_card(blind, blind.next_place))


async def compare(tools: Tools, pressed: Pressed, evaluation: str) -> Answer:
    """What the judge said, beside this reviewer's answers, which stand from now on. Raises NotRuled before the last."""
    async with tools.memory.begin() as work:
        case = await _case(work, pressed, evaluation)
        if case.blind.next_place is not None:
            raise NotRuled
        await work.reviews.close_rulings(case.review, pressed.person)
        said = Said(
            before=before(case.was, case.evaluation.outcome),
            votes=await _votes(work, case.review),
            reason=await work.reviews.reason(case.review),
            result=case.result()[1].band,
        )
    return Answer(comparison_card(case.blind, said))


async def settle(tools: Tools, pressed: Pressed, evaluation: str) -> Answer:
    """The person's verdict takes the place of the judge's, once: of two reviewers the later one is told so."""
    async with tools.memory.begin() as work:
        case = await _case(work, pressed, evaluation)
        if not case.blind.is_final:
            raise NotRuled
        if await is_first(tools, work, pressed):
            await _settled(tools, work, case, pressed.person.user)
    return Answer(settled_card())


async def _settled(tools: Tools, work: UnitOfWork, case: _Case, reviewer: str) -> None:
    now, was = tools.clock(), before(case.was, case.evaluation.outcome)
    judgement, result = case.result()
    body = reviewed_body(case.blind.drill, case.attempt, case.reply, was, judgement, result, reviewer)
    await work.reviews.save(case.review.settle(reviewer, now, was), was=ReviewState.OPEN)
    await work.evaluations.save(case.evaluation.reviewed(judgement, result), was=case.evaluation.state)
    await work.ledger.append(case.review.workspace, now, body)
    await work.enqueue(Job(REVIEWED, case.review.workspace, case.review.evaluation))


async def _at(tools: Tools, seen: Asked | Pressed, evaluation: str, place: int) -> Answer:
    async with tools.memory.read() as work:
        blind = (await _case(work, seen, evaluation)).blind
    if any(ruling.final for ruling in blind.rulings.values()):
        raise RulingStands
    if place < len(items(blind.drill)):
        return Answer(item_card(blind, place))
    if blind.next_place is not None:
        raise NotRuled
    return Answer(overview_card(blind))


async def _teams(work: UnitOfWork, seen: Asked | Pressed) -> list[Team]:
    every = await work.teams.of(seen.person.workspace)
    mine = [team for team in every if await may(work, seen, team, Role.EDUCATOR)]
    if not mine:
        raise NotAllowed("educator of no team", tell=doubted(_NO_TEAM, seen))
    return mine


def _after(waiting: Sequence[Review], evaluation: str) -> Review:
    """Round and round: behind the last one the first comes again."""
    names = [review.evaluation for review in waiting]
    return waiting[(names.index(evaluation) + 1) % len(names) if evaluation in names else 0]


async def _case(work: UnitOfWork, seen: Asked | Pressed, id_: str) -> _Case:
    """One reply that this person may review at this moment. Raises NotFound, NotAllowed and AlreadySettled."""
    workspace = seen.person.workspace
    review, attempt = await work.reviews.get(workspace, id_), await work.attempts.get(workspace, id_)
    if review is None or attempt is None or attempt.person == seen.person:
        raise NotFound(f"no review of {id_}", tell=_GONE)
    found = await the_push(work, workspace, attempt.push, attempt.variant)
    await must(work, seen, await the_team(work, found.push), Role.EDUCATOR)
    if review.state is not ReviewState.OPEN:
        raise AlreadySettled(id_, tell="You have settled this one." if review.reviewer == seen.person.user else None)
    evaluation, reply = await work.evaluations.get(workspace, id_), await work.attempts.words(workspace, id_)
    if evaluation is None or evaluation.judgement is None or not evaluation.is_out or reply is None:
        raise NotFound(f"nothing to review in {id_}", tell=_GONE)
    rulings = await work.reviews.rulings(review, seen.person)
    member = await work.members.get(attempt.person, found.push.team)
    note = found.drill.roles.scope_note(member.profession) if member else None
    blind = BlindCase(
        id_, found.drill, reply.text, rulings, f"{member.profession.label}: {note}" if member and note else ""
    )
    return _Case(review, evaluation, evaluation.judgement, attempt, reply, blind)


def _ruling(blind: BlindCase, place: str, level: str) -> Ruling:
    """Raises NotFound for what no button of ours says."""
    all_ = items(blind.drill)
    if not place.isdecimal() or int(place) >= len(all_) or level not in set(levels_offered(all_[int(place)])):
        raise NotFound(f"no question {place} with an answer {level}", tell=_GONE)
    return Ruling(all_[int(place)].id, Level(level))


async def _votes(work: UnitOfWork, review: Review) -> list[dict[str, Level]]:
    """Each judge's own levels, where several were asked: they stand in the ledger only."""
    judged = [
        entry.body
        for entry in await work.ledger.about(review.workspace, review.evaluation)
        if entry.body["what"] == "evaluation"
    ]
    votes = judged[-1].get("votes", []) if judged else []
    return [{verdict["criterion"]: Level(verdict["level"]) for verdict in vote["verdicts"]} for vote in votes]
