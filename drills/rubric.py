"""The rubric: criteria with anchors, red flags, and the cut-offs of the bands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What a reply shows for one criterion. `cannot_judge` is never counted as a miss."""

    MET = "met"
    PARTIAL = "partial"
    NOT_YET = "not_yet"
    CANNOT_JUDGE = "cannot_judge"


class Severity(StrEnum):
    """`cap` holds the band at "Worth another go"; `note` is a private message only."""

    CAP = "cap"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One observable move. `partial` is its anchor; without one the criterion is met or not yet."""

    id: str
    element: str
    text: str
    weight: int
    look_for: tuple[str, ...]
    tip: str
    critical: bool = False
    partial: str | None = None
    not_enough: tuple[str, ...] = ()
    exemplars: tuple[str, ...] = ()
    ipec: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RedFlag:
    """Something that should not be in a reply; `note` is told to the learner, privately."""

    id: str
    severity: Severity
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Bands:
    """Lowest score, 0…1, of the two upper bands. Starting values of clinical.md §4, not standard-set."""

    solid: float = 0.80
    nearly: float = 0.60


@dataclass(frozen=True, slots=True)
class Rubric:
    criteria: tuple[Criterion, ...]
    bands: Bands = Bands()

    def criterion(self, id_: str) -> Criterion:
        """Raises KeyError when the rubric has no such criterion."""
        for criterion in self.criteria:
            if criterion.id == id_:
                return criterion
        raise KeyError(id_)
