"""A drill prepared for looking: for each criterion its examples as vectors, the speech acts it expects, its numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from adapters.judges.embedded.cues import cues_in
from adapters.judges.embedded.negation import disclaimed_until, is_negated
from adapters.judges.embedded.similarity import Scale, Vector
from adapters.judges.embedded.tokens import STOP, is_number, keys
from drills.drill import Drill
from drills.rubric import Criterion

_EXPECTED = 0.5  # a speech act in so many of the examples is what the criterion asks for


@dataclass(frozen=True, slots=True)
class Example:
    vector: Vector
    negated: bool
    disclaimed: bool


@dataclass(frozen=True, slots=True)
class Point:
    """`cues`: the share of examples that show a speech act. `core`: words typical of the criterion, with weights."""

    criterion: Criterion
    examples: tuple[Example, ...]
    descriptions: tuple[Vector, ...]
    near_misses: tuple[Vector, ...]
    cues: dict[str, float]
    core: dict[str, float]
    has_numbers: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    points: tuple[Point, ...]
    scale: Scale
    numbers: frozenset[str]


@lru_cache(maxsize=64)
def checklist_for(drill: Drill) -> Checklist:
    """Built once for each drill variant; a few milliseconds."""
    names = _names(drill)
    scale = Scale(_texts(drill), names)
    numbers = {key for text in _all_texts(drill) for key in keys(text) if is_number(key)}
    spread = Counter(word for c in drill.rubric.criteria for word in _words(c)) + Counter(dict.fromkeys(names, 99))
    points = tuple(_point(c, scale, spread) for c in drill.rubric.criteria)
    return Checklist(points, scale, frozenset(numbers))


def _names(drill: Drill) -> frozenset[str]:
    """Whom the reply is spoken to: a name that is in every reply shows nothing."""
    return frozenset(keys(drill.roles.counterpart.name)) if drill.roles.counterpart else frozenset()


def _point(criterion: Criterion, scale: Scale, spread: Counter[str]) -> Point:
    examples = criterion.exemplars
    return Point(
        criterion=criterion,
        examples=tuple(Example(scale.vector(e), is_negated(e), bool(disclaimed_until(e))) for e in examples),
        descriptions=tuple(scale.vector(d) for d in (*criterion.look_for, criterion.text, *criterion.cues)),
        near_misses=tuple(scale.vector(n) for n in criterion.not_enough),
        cues=_expected_cues(examples),
        core=_core(criterion, scale, spread),
        has_numbers=any(is_number(key) for example in examples for key in keys(example)),
    )


def _expected_cues(examples: tuple[str, ...]) -> dict[str, float]:
    counts = Counter(cue for example in examples for cue in cues_in(example))
    shares = {cue: n / len(examples) for cue, n in counts.items()}
    return {cue: share for cue, share in shares.items() if share >= _EXPECTED}


def _core(criterion: Criterion, scale: Scale, spread: Counter[str]) -> dict[str, float]:
    """Words that come back in this criterion's examples and descriptions, less those that every criterion uses."""
    texts = (*criterion.exemplars, *criterion.look_for)
    counts = Counter(word for text in texts for word in set(keys(text)) - STOP)
    return {word: n * scale.weight(word) / spread[word] for word, n in counts.items() if n >= 2}


def _words(criterion: Criterion) -> set[str]:
    return {word for text in (*criterion.exemplars, *criterion.look_for) for word in keys(text)}


def _texts(drill: Drill) -> list[str]:
    criteria = drill.rubric.criteria
    return [text for c in criteria for text in (*c.exemplars, *c.look_for, *c.not_enough)]


def _all_texts(drill: Drill) -> list[str]:
    card = drill.reliance.ai_card if drill.reliance else None
    shown = [card.output, card.provenance or "", card.confidence or "", card.time or ""] if card else []
    told = [drill.reliance.reveal or ""] if drill.reliance else []
    return [drill.scenario, drill.ask, *drill.facts, drill.model_answer, *_texts(drill), *shown, *told]
