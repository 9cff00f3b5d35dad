"""The checklist as a Judge: found with the words that show it, not found in your wording, or can't tell."""

from __future__ import annotations

from typing_extensions import override

from adapters.judges.embedded.features import Seen
from adapters.judges.embedded.looking import looked
from adapters.judges.embedded.reading import Reading
from adapters.judges.embedded.weights import Chance, Weights, fitted
from drills.evaluation import Judgement, Provenance, Verdict
from drills.judging.normal import normal
from drills.judging.quotes import find
from drills.judging.register import closest
from drills.ports import Case, Judge
from drills.rubric import Criterion, Level

VERSION = "4"
FOUND = 0.82  # chance of "met" from which we say so
NOT_FOUND = 0.64  # chance of "not even partly" from which we say so

_FOUND_NOTE = "Found in your words."


class EmbeddedJudge(Judge):
    """Matches wording and understands nothing; deterministic, offline, some milliseconds a reply.

    Its judgement is practice feedback: `met` means found, with a quote; `not_yet` means not found in your wording;
    `cannot_judge` means can't tell. It never says `partial` and never raises a red flag. With `forced` it commits
    to a level for every criterion, `partial` included, so that it can be measured against labels.
    """

    name = "embedded"

    def __init__(self, *, forced: bool = False, weights: Weights | None = None) -> None:
        """`weights` are for measuring; left out, it judges with those that ship."""
        self._forced = forced
        self._weights = weights or fitted()

    @override
    async def verdicts(self, case: Case) -> Judgement:
        """Never raises: a reply of any kind gets one verdict for each criterion."""
        read, seen = looked(normal(case.reply), case.drill)
        verdicts = tuple(
            self._verdict(criterion, one, read, case.reply)
            for criterion, one in zip(case.drill.rubric.criteria, seen, strict=True)
        )
        provenance = Provenance(judge=self.name, judge_version=VERSION)
        return Judgement(verdicts, (), provenance, practice=True)

    def _verdict(self, criterion: Criterion, seen: Seen, read: Reading, reply: str) -> Verdict:
        quote = _quote(seen, read, reply)
        level = self._level(criterion, seen) if quote else Level.NOT_YET
        shown = quote if level in {Level.MET, Level.PARTIAL} else ""
        return Verdict(criterion.id, level, shown, _note(criterion, level, reply))

    def _level(self, criterion: Criterion, seen: Seen) -> Level:
        chance = self._weights.chance(seen.figures)
        return _committed(criterion, chance) if self._forced else _honest(chance)


def _honest(chance: Chance) -> Level:
    if chance.met >= FOUND:
        return Level.MET
    return Level.NOT_YET if 1 - chance.some >= NOT_FOUND else Level.CANNOT_JUDGE


def _committed(criterion: Criterion, chance: Chance) -> Level:
    if not criterion.partial:
        return Level.MET if chance.some + chance.met >= 1 else Level.NOT_YET
    if chance.met >= 0.5:
        return Level.MET
    return Level.PARTIAL if chance.some >= 0.5 else Level.NOT_YET


def _quote(seen: Seen, read: Reading, reply: str) -> str:
    """The evidence as it stands in the reply, invisible characters and all."""
    place = find(reply, read.verbatim(seen.evidence)) if seen.evidence else None
    return reply[slice(*place)] if place else ""


def _note(criterion: Criterion, level: Level, reply: str) -> str:
    if level is Level.MET:
        return _FOUND_NOTE
    example = closest(reply, criterion.exemplars)
    if level is Level.PARTIAL:
        return f"Partly found in your words; this would count: “{example}”"
    if level is Level.NOT_YET:
        return f"Not found in your wording; this would count: “{example}”"
    return f"Can't tell: compare with “{example}”"
