"""What a learner is told: one strength in their own words, one or two next steps, one question (clinical.md §3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from drills.drill import Drill
from drills.evaluation import Band, Judgement, Outcome
from drills.judging.quotes import fired
from drills.judging.register import closest
from drills.rubric import Criterion, Level, Severity

MAX_WORDS = 90  # of `Feedback.text`, clinical.md §3
_SHORT_QUOTE = 12  # words

_THANKS = "Thank you for putting it into words."
_ALL_THERE = "Every point was there. The model answer shows another way to say it."
_ALL_FOUND = "Your wording has something on every point. Compare it with the model answer: a checklist can be fooled."
_QUESTION = "What would you say the same way next time, and what differently?"


@dataclass(frozen=True, slots=True)
class Strength:
    """`quote` is from the reply, word for word (shortened with "…" when long); `why` is the criterion's text."""

    criterion: str
    quote: str
    why: str

    @property
    def text(self) -> str:
        return f"What worked: {self.why} – “{self.quote}”"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to try: the criterion's tip and a sentence that would count, in a register near the reply's.

    `unsure`: the judge could not tell, so it is something to compare with, not something that was missing.
    """

    criterion: str
    tip: str
    example: str
    unsure: bool = False

    @property
    def text(self) -> str:
        example = f" One way to say it: “{self.example}”" if self.example else ""
        return f"Try next: {self.tip}{example}"


@dataclass(frozen=True, slots=True)
class Feedback:
    """The default message as parts. `opening` stands in when there is no strength to quote, or nothing left to add.

    `notes` are the private notes of red flags, caps first. `practice` marks wording for the embedded judge's result:
    a next step then means "not found in your wording", not "missing".
    """

    band: Band | None
    practice: bool
    opening: str
    strength: Strength | None
    next_steps: tuple[NextStep, ...]
    question: str
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The message as plain paragraphs, MAX_WORDS words at most where the drill's own sentences allow it."""
        return "\n".join(self._lines())

    @property
    def words(self) -> int:
        return len(self.text.split())

    def _lines(self) -> Iterator[str]:
        if self.opening:
            yield self.opening
        if self.strength:
            yield self.strength.text
        yield from (f"A private note: {note}" for note in self.notes)
        yield from (step.text for step in self.next_steps)
        if self.question:
            yield f"To think about: {self.question}"


def pick(drill: Drill, judgement: Judgement, outcome: Outcome, reply: str) -> Feedback:
    """The richest message that fits MAX_WORDS, from a checked judgement (`quotes.check`).

    The strength is the weightiest `met` with a found quote. Next steps are the weightiest unmet criteria, critical
    ones first among equals. `cannot_judge` is no next step; practice feedback that has none offers one to compare with.
    """
    candidates = list(_from_rich_to_lean(_full(drill, judgement, outcome, reply)))
    return next((feedback for feedback in candidates if feedback.words <= MAX_WORDS), candidates[-1])


def _full(drill: Drill, judgement: Judgement, outcome: Outcome, reply: str) -> Feedback:
    strength = _strength(drill, judgement)
    steps = tuple(_next_step(criterion, reply) for criterion in _unmet(drill, judgement)[:2])
    if judgement.by_checklist and not steps:
        steps = tuple(replace(_next_step(c, reply), unsure=True) for c in _untold(drill, judgement)[:1])
    return Feedback(
        band=outcome.band,
        practice=judgement.practice,
        opening=_opening(drill, judgement, strength),
        strength=strength,
        next_steps=steps,
        question=drill.team_reflection or _QUESTION,
        notes=_notes(drill, judgement),
    )


def _from_rich_to_lean(full: Feedback) -> Iterator[Feedback]:
    """Each leaves out what the reader misses least. One next step and every note stay to the end."""
    yield full
    one_step = replace(full, next_steps=full.next_steps[:1])
    yield one_step
    short_quote = replace(one_step, strength=_shortened(one_step.strength))
    yield short_quote
    plain_question = replace(short_quote, question=_QUESTION)
    yield plain_question
    no_question = replace(plain_question, question="")
    yield no_question
    without_example = tuple(replace(step, example="") for step in no_question.next_steps)
    no_example = replace(no_question, next_steps=without_example)
    yield no_example
    no_strength = replace(no_example, strength=None, opening=_THANKS)
    yield no_strength
    no_comparing = replace(no_strength, next_steps=tuple(step for step in no_strength.next_steps if not step.unsure))
    yield no_comparing
    yield replace(no_comparing, opening="")


def _strength(drill: Drill, judgement: Judgement) -> Strength | None:
    met = [v for v in judgement.verdicts if v.level is Level.MET and v.quote_found]
    best = max(met, key=lambda v: drill.rubric.criterion(v.criterion).weight, default=None)
    return Strength(best.criterion, best.quote, drill.rubric.criterion(best.criterion).text) if best else None


def _unmet(drill: Drill, judgement: Judgement) -> list[Criterion]:
    levels = {v.criterion: v.level for v in judgement.verdicts}
    open_ = [c for c in drill.rubric.criteria if levels.get(c.id) in {Level.PARTIAL, Level.NOT_YET}]
    return sorted(open_, key=lambda c: (-c.weight, not c.critical, levels[c.id] is Level.PARTIAL))


def _untold(drill: Drill, judgement: Judgement) -> list[Criterion]:
    """What the embedded judge could not tell, weightiest first: there the learner compares with the examples."""
    levels = {v.criterion: v.level for v in judgement.verdicts}
    untold = [c for c in drill.rubric.criteria if levels.get(c.id) is Level.CANNOT_JUDGE]
    return sorted(untold, key=lambda c: -c.weight)


def _next_step(criterion: Criterion, reply: str) -> NextStep:
    return NextStep(criterion.id, criterion.tip, closest(reply, criterion.exemplars))


def _opening(drill: Drill, judgement: Judgement, strength: Strength | None) -> str:
    if strength is None:
        return _THANKS
    met = sum(v.level is Level.MET for v in judgement.verdicts)
    if met < len(drill.rubric.criteria) or fired(judgement):
        return ""
    return _ALL_FOUND if judgement.by_checklist else _ALL_THERE


def _notes(drill: Drill, judgement: Judgement) -> tuple[str, ...]:
    seen = {flag.id for flag in fired(judgement)}
    raised = [flag for flag in drill.red_flags if flag.id in seen]
    return tuple(flag.note for flag in sorted(raised, key=lambda flag: flag.severity is not Severity.CAP))


def _shortened(strength: Strength | None) -> Strength | None:
    if strength is None or len(strength.quote.split()) <= _SHORT_QUOTE:
        return strength
    kept = re.match(rf"(?:\S+\s+){{{_SHORT_QUOTE - 1}}}\S+", strength.quote.strip())
    return replace(strength, quote=f"{kept[0]} …") if kept else strength
