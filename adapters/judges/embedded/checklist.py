"""A drill prepared for looking: for each criterion its examples as vectors, the speech acts it expects, its numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from adapters.judges.embedded.cues import cues_in
from adapters.judges.embedded.likeness import Likeness
from adapters.judges.embedded.negation import disclaimed_until, is_negated
from adapters.judges.embedded.parts import Group, groups_of
from adapters.judges.embedded.similarity import Scale
from adapters.judges.embedded.spelling import Spelling
from adapters.judges.embedded.story import Story, story
from adapters.judges.embedded.tokens import STOP, is_number, keys, written
from drills.drill import Drill
from drills.rubric import Criterion

_EARLY = re.compile(
    r"first (?:two )?(?:content )?sentences?|in the opening|before (?:explaining|giving|any|food|the data|own|advice)"
    r"|only at the end|only after|said first|speaks first",
    re.IGNORECASE,
)
_TIMED = re.compile(
    r"\bwith a time\b|\band when\b|\bby when\b|without (?:a time|when)|with no time|(?<!or )clock times?\b"
)
_ASKING = re.compile(r"\s*(?:asks|invites|requests|turns to)\b", re.IGNORECASE)
_FACTUAL = 0.75
_EXPECTED = 0.5  # a speech act in so many of the examples is what the criterion asks for


@dataclass(frozen=True, slots=True)
class Example:
    """`at`: which of the checklist's texts it is."""

    at: int
    negated: bool
    disclaimed: bool


@dataclass(frozen=True, slots=True)
class Point:
    """`cues`: the share of examples that show a speech act. `core`: words typical of the criterion, with weights.

    `descriptions` and `near_misses` are places among the checklist's texts.
    """

    criterion: Criterion
    examples: tuple[Example, ...]
    descriptions: range
    near_misses: range
    cues: dict[str, float]
    core: dict[str, float]
    groups: tuple[Group, ...]
    numbers: frozenset[str]
    factual: bool
    early: bool
    timed: bool
    asking: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    points: tuple[Point, ...]
    scale: Scale
    likeness: Likeness
    story: Story
    spelling: Spelling


@lru_cache(maxsize=64)
def checklist_for(drill: Drill) -> Checklist:
    """Built once for each drill variant; some ten milliseconds."""
    names = _names(drill)
    scale = Scale(_texts(drill), names)
    spread = Counter(word for c in drill.rubric.criteria for word in _words(c)) + Counter(dict.fromkeys(names, 99))
    told = story(_all_texts(drill))
    figures = story(_told(drill)).numbers
    shelf = _Shelf([], [])
    points = tuple(_point(c, shelf, scale, spread, figures) for c in drill.rubric.criteria)
    likeness = Likeness([scale.vector(text) for text in shelf.texts], shelf.owners)
    spelling = Spelling(word.word for text in _all_texts(drill) for word in written(text))
    return Checklist(points, scale, likeness, told, spelling)


def _names(drill: Drill) -> frozenset[str]:
    """Whom the reply is spoken to: a name that is in every reply shows nothing."""
    return frozenset(keys(drill.roles.counterpart.name)) if drill.roles.counterpart else frozenset()


@dataclass(frozen=True, slots=True)
class _Shelf:
    """All texts that a reply is compared with, and the criterion that each speaks for; -1 for near misses."""

    texts: list[str]
    owners: list[int]

    def put(self, texts: Iterable[str], owner: int) -> range:
        start = len(self.texts)
        self.texts.extend(texts)
        self.owners.extend([owner] * (len(self.texts) - start))
        return range(start, len(self.texts))


def _point(criterion: Criterion, shelf: _Shelf, scale: Scale, spread: Counter[str], figures: frozenset[str]) -> Point:
    examples = criterion.exemplars
    number = max(shelf.owners, default=-1) + 1
    return Point(
        criterion=criterion,
        examples=tuple(
            Example(at, is_negated(e), bool(disclaimed_until(e)))
            for at, e in zip(shelf.put(examples, number), examples, strict=True)
        ),
        descriptions=shelf.put((*criterion.look_for, criterion.text, *criterion.cues), number),
        near_misses=shelf.put(criterion.not_enough, -1),
        cues=_expected_cues(examples),
        core=_core(criterion, scale, spread),
        groups=groups_of(criterion, scale),
        numbers=_numbers(criterion),
        factual=_factual(criterion, figures),
        early=any(_EARLY.search(text) for text in (criterion.text, criterion.partial or "", *criterion.not_enough)),
        timed=any(_TIMED.search(text) for text in (criterion.text, criterion.partial or "")),
        asking=bool(_ASKING.match(criterion.text)),
    )


def _numbers(criterion: Criterion) -> frozenset[str]:
    """The numbers that examples and descriptions give, when most examples have one."""
    with_one = sum(any(is_number(key) for key in keys(example)) for example in criterion.exemplars)
    if 2 * with_one <= len(criterion.exemplars):
        return frozenset()
    texts = (*criterion.exemplars, *criterion.look_for, criterion.text)
    return frozenset(key for text in texts for key in keys(text) if is_number(key))


def _factual(criterion: Criterion, figures: frozenset[str]) -> bool:
    """Whether the examples' numbers are the story's, so that another number is a wrong one."""
    said = [key for text in criterion.exemplars for key in keys(text) if is_number(key)]
    return bool(said) and sum(key in figures for key in said) / len(said) >= _FACTUAL


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


def _told(drill: Drill) -> list[str]:
    card = drill.reliance.ai_card if drill.reliance else None
    shown = [card.output, card.provenance or "", card.confidence or "", card.time or ""] if card else []
    after = [drill.reliance.reveal or ""] if drill.reliance else []
    return [drill.scenario, drill.ask, *drill.facts, *shown, *after]


def _all_texts(drill: Drill) -> list[str]:
    return [*_told(drill), drill.model_answer, *_texts(drill)]
