"""A second and a third opinion, but only where one call is not to be trusted (judging.md §7.4)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from drills.drill import Drill
from drills.errors import JudgeUnavailable, JudgeUnusable
from drills.evaluation import Judgement, Outcome, Provenance, RaisedFlag, Verdict
from drills.judging.answer import Integrity
from drills.judging.directed import without_directed
from drills.judging.quotes import check, fired
from drills.judging.scoring import outcome
from drills.ports import Case, Judge
from drills.rubric import Level, Severity

EDGE = 0.05  # of score: closer to a band's cut-off than this is within the noise of one call (judging.md §7.4)
_ENOUGH = 2  # equal votes of at most three


class Doubt(StrEnum):
    """Why one call is not enough."""

    GATE = "gate"
    CANNOT_JUDGE = "cannot_judge"
    QUOTE = "quote"
    INTEGRITY = "integrity"
    BAND_EDGE = "band_edge"


@dataclass(frozen=True, slots=True)
class Panel:
    """A judge made of judges: the first alone where that is enough, all three where it is not.

    Its `verdicts` raises what the first raises, and JudgeUnavailable when a doubt is left without a second vote.
    """

    first: Judge
    second: Judge
    third: Judge

    @property
    def name(self) -> str:
        return self.first.name

    async def verdicts(self, case: Case) -> Judgement:
        opening = await self.first.verdicts(case)
        if not any(doubts(case.drill, opening, case.reply)):
            return opening
        again = _for_the_others(case, opening)
        others = await asyncio.gather(_vote(self.second, again), _vote(self.third, again))
        votes = [opening, *(vote for vote in others if vote)]
        if len(votes) < _ENOUGH:
            raise JudgeUnavailable("a doubtful verdict has no second vote")
        return settle(votes, case.reply, cut=again is not case)


def _for_the_others(case: Case, opening: Judgement) -> Case:
    """Where the first vote saw itself spoken to, the others don't get to read that (judging.md §7.5 d)."""
    if opening.provenance.integrity != Integrity.ADDRESSES_THE_GRADER.value:
        return case
    kept = without_directed(case.reply)
    return case if kept == case.reply else replace(case, reply=kept)


async def _vote(judge: Judge, case: Case) -> Judgement | None:
    """None for a judge that can't be reached or says nothing usable: a vote less, not a failure."""
    try:
        return await judge.verdicts(case)
    except (JudgeUnavailable, JudgeUnusable):
        return None


def doubts(drill: Drill, raw: Judgement, reply: str) -> Iterator[Doubt]:
    """What makes a second look worth its price; practice feedback is never doubted, since nothing is scored."""
    if raw.practice:
        return
    checked = check(raw, reply)
    result = outcome(drill.rubric, drill.red_flags, checked)
    if _touches_a_gate(drill, checked):
        yield Doubt.GATE
    if any(verdict.level is Level.CANNOT_JUDGE for verdict in checked.verdicts):
        yield Doubt.CANNOT_JUDGE
    if any(verdict.quote_found is False for verdict in checked.verdicts):
        yield Doubt.QUOTE
    if raw.provenance.integrity not in {None, Integrity.ORDINARY_REPLY.value}:
        yield Doubt.INTEGRITY
    if _near_an_edge(drill, result):
        yield Doubt.BAND_EDGE


def settle(votes: Sequence[Judgement], reply: str, *, cut: bool = False) -> Judgement:
    """The majority of each criterion. Where no level has two votes it is `cannot_judge`, and `split` names it.

    With `cut`, all but the first read the reply without the words that speak to a judge: then a level stands only if
    the first is among those who gave it. Where the words made a difference, a person looks; nobody is punished.

    A red flag stands when two votes raise it with words of the reply. Quotes and notes are those of the first vote
    for the level that won. `votes` keeps every judge's own answer, for the ledger.
    """
    checked = [check(vote, reply) for vote in votes]
    decided = [_majority(row, cut) for row in zip(*(vote.verdicts for vote in checked), strict=True)]
    return Judgement(
        verdicts=tuple(verdict for verdict, _ in decided),
        red_flags=tuple(_raised_twice(checked)),
        provenance=_together([vote.provenance for vote in votes]),
        votes=tuple(votes),
        split=tuple(verdict.criterion for verdict, agreed in decided if not agreed),
    )


def _touches_a_gate(drill: Drill, checked: Judgement) -> bool:
    critical = {criterion.id for criterion in drill.rubric.criteria if criterion.critical}
    unmet = any(v.criterion in critical and v.level is Level.NOT_YET for v in checked.verdicts)
    return unmet or any(drill.red_flag(flag.id).severity is Severity.CAP for flag in fired(checked))


def _near_an_edge(drill: Drill, result: Outcome) -> bool:
    edges = (drill.rubric.bands.solid, drill.rubric.bands.nearly)
    return result.score is not None and any(abs(result.score - edge) < EDGE for edge in edges)


def _majority(row: Sequence[Verdict], cut: bool) -> tuple[Verdict, bool]:
    level, count = Counter(verdict.level for verdict in row).most_common(1)[0]
    if count < _ENOUGH or (cut and level is not row[0].level):
        return Verdict(row[0].criterion, Level.CANNOT_JUDGE), False
    return next(verdict for verdict in row if verdict.level is level), True


def _raised_twice(checked: Sequence[Judgement]) -> Iterator[RaisedFlag]:
    raised = [flag for vote in checked for flag in fired(vote)]
    counted = Counter(flag.id for flag in raised)
    for id_ in dict.fromkeys(flag.id for flag in raised):
        if counted[id_] >= _ENOUGH:
            yield next(flag for flag in raised if flag.id == id_)


def _together(each: Sequence[Provenance]) -> Provenance:
    """The first judge's, at the price of all; latency is that of the first and the slower of the others."""
    first, *others = each
    return replace(
        first,
        input_tokens=_sum(p.input_tokens for p in each),
        output_tokens=_sum(p.output_tokens for p in each),
        cache_read_tokens=_sum(p.cache_read_tokens for p in each),
        cache_write_tokens=_sum(p.cache_write_tokens for p in each),
        cost_usd=_cost(p.cost_usd for p in each),
        latency_ms=_sum([first.latency_ms, max((p.latency_ms or 0 for p in others), default=0)]),
    )


def _sum(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _cost(costs: Iterable[float | None]) -> float | None:
    known = [cost for cost in costs if cost is not None]
    return sum(known) if known else None
