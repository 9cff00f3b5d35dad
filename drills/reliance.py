"""Appropriate reliance on an AI's output, from the two taps around its card, never from prose (clinical.md §7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import fsum

from drills.drill import GroundTruth, Reliance
from drills.people import PersonRef

UNSURE = "unsure"  # the option that follows nobody; its share is always told beside the others


@dataclass(frozen=True, slots=True)
class Taps:
    """The two taps of one first attempt, in words of the drill's `Reliance`. `person` is for grouping only."""

    person: PersonRef
    truth: GroundTruth
    advised: str
    correct: tuple[str, ...]
    before: str
    after: str

    @classmethod
    def of(cls, person: PersonRef, reliance: Reliance, before: str, after: str) -> Taps:
        return cls(person, reliance.ground_truth, reliance.ai_advises, reliance.correct, before, after)

    @property
    def followed(self) -> bool:
        """The final tap is the AI's advice. `unsure` is not following, even if an AI were to advise it."""
        return self.after == self.advised and self.after != UNSURE

    @property
    def began_right(self) -> bool:
        return self.before in self.correct

    @property
    def ended_right(self) -> bool:
        return self.after in self.correct


@dataclass(frozen=True, slots=True)
class Rate:
    """A mean of each person's own share, 0…1, over `people` persons. Show it for five or more only."""

    value: float
    people: int


@dataclass(frozen=True, slots=True)
class RelianceFigures:
    """Each is None when nobody had the occasion. Drills whose AI is neither right nor wrong count in `unsure` only.

    `discrimination` is −1…1: reflex trust and reflex doubt both give 0. `rair` and `rsr` are Schemmer 2023's
    relative AI reliance and relative self-reliance.
    """

    over_reliance: Rate | None
    under_reliance: Rate | None
    discrimination: float | None
    rair: Rate | None
    rsr: Rate | None
    unsure: Rate | None


def reliance_figures(taps: Iterable[Taps]) -> RelianceFigures:
    """First averaged within a person, then across persons. Give it first attempts with both taps only."""
    every = tuple(taps)
    right = [tap for tap in every if tap.truth is GroundTruth.AI_RIGHT]
    wrong = [tap for tap in every if tap.truth is GroundTruth.AI_WRONG]
    over, followed_right = _rate(wrong, _followed), _rate(right, _followed)
    return RelianceFigures(
        over_reliance=over,
        under_reliance=_rate(right, lambda tap: not tap.followed),
        discrimination=None if over is None or followed_right is None else followed_right.value - over.value,
        rair=_rate([tap for tap in right if not tap.began_right], _ended_right),
        rsr=_rate([tap for tap in wrong if tap.began_right], _ended_right),
        unsure=_rate(every, lambda tap: tap.after == UNSURE),
    )


def _followed(tap: Taps) -> bool:
    return tap.followed


def _ended_right(tap: Taps) -> bool:
    return tap.ended_right


def _rate(taps: Iterable[Taps], holds: Callable[[Taps], bool]) -> Rate | None:
    own: dict[PersonRef, list[bool]] = defaultdict(list)
    for tap in taps:
        own[tap.person].append(holds(tap))
    if not own:
        return None
    return Rate(fsum(sum(held) / len(held) for held in own.values()) / len(own), len(own))
